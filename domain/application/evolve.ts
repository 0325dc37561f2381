import type { ApplicationEvent, EventOf } from './events.ts';
import { decisiveSeqOf, isDecisive } from './decisive.ts';
import { rearmedDeadline, releaseOnOf } from './deadlines.ts';
import { isQuestion } from './kintone-changes.ts';
import type { ApplicationState, DeficiencyItem, DeficiencyRequest, Escalation, ItemStatus } from './state.ts';

/** The state after the first event. */
function begin(event: EventOf<'received'>): ApplicationState {
  const { type: _type, seq, at: _at, by: _by, enteredRole: _role, ...facts } = event;
  return {
    ...facts,
    dataVersion: 1,
    stage: event.channel === 'paper' ? 'entryCheck' : 'firstReview',
    cycle: { number: 1, firstReviewers: [], correctors: [] },
    requestCount: 0,
    escalations: [],
    contacts: [],
    failedMails: [],
    lookAlikes: 0,
    enterers: event.enterers ?? (event.enteredBy === undefined ? [] : [event.enteredBy]),
    seq,
    decisiveSeq: seq,
  };
}

function person(event: ApplicationEvent): string {
  return event.by.kind === 'system' ? 'system' : event.by.id;
}

function withRequest(
  state: ApplicationState,
  change: (request: DeficiencyRequest) => Partial<DeficiencyRequest>,
): ApplicationState {
  return state.request ? { ...state, request: { ...state.request, ...change(state.request) } } : state;
}

function withItems(state: ApplicationState, ids: readonly string[], status: ItemStatus): ApplicationState {
  const set = (item: DeficiencyItem) => (ids.includes(item.id) ? { ...item, status } : item);
  return withRequest(state, (request) => ({ items: request.items.map(set) }));
}

function withEscalation(state: ApplicationState, id: string, change: Partial<Escalation>): ApplicationState {
  return { ...state, escalations: state.escalations.map((e) => (e.id === id ? { ...e, ...change } : e)) };
}

/** A new deadline starts a new count of reminders. */
function withDeadline(
  state: ApplicationState,
  deadline: string,
  change: (request: DeficiencyRequest) => Partial<DeficiencyRequest>,
): ApplicationState {
  if (!state.request) return state;
  const { remindedAt: _gone, ...request } = state.request;
  return {
    ...state,
    request: { ...request, deadline, overdue: false, reminders: [], ...change(state.request) },
  };
}

function without<K extends keyof ApplicationState>(
  state: ApplicationState,
  key: K,
): Omit<ApplicationState, K> {
  const { [key]: _gone, ...rest } = state;
  return rest;
}

/** The entry is looked at anew: nobody is in charge, and a return is settled. */
function withoutReturn(state: ApplicationState): ApplicationState {
  return without(without(state, 'assignee') as ApplicationState, 'entryReturned');
}

function begun(state: ApplicationState, event: ApplicationEvent): ApplicationState {
  return { ...state, reviewBegunAt: state.reviewBegunAt ?? event.at };
}

/** What is put right by itself is told, and nobody is asked. */
function withKintoneChange(
  state: ApplicationState,
  event: EventOf<'changedInKintone'> | EventOf<'kintoneChangeSettled'>,
): ApplicationState {
  const open = state.kintoneChanges ?? [];
  if (event.type === 'kintoneChangeSettled') {
    const kind = open.find(({ id }) => id === event.changeId)?.kind;
    return {
      ...state,
      kintoneChanges: open.filter(({ id }) => id !== event.changeId),
      ...(event.choice === 'accept' && kind === 'answers' ? { dataVersion: state.dataVersion + 1 } : {}),
    };
  }
  const { type: _type, seq: _seq, by: _by, changeId: id, ...seen } = event;
  return {
    ...state,
    kintoneChangeIds: [...(state.kintoneChangeIds ?? []), id],
    ...(isQuestion(seen) ? { kintoneChanges: [...open, { id, ...seen }] } : {}),
  };
}

/** A decision that waits for its day goes by what the day is now. */
function withReleaseDay(state: ApplicationState): ApplicationState {
  const releaseOn = releaseOnOf(state);
  return state.stage === 'awaitingRelease' && state.decision && releaseOn !== undefined
    ? { ...state, decision: { ...state.decision, releaseOn } }
    : state;
}

/** The ward's calendar, deadlines and release date in their new form; a decision that waits for its day goes by the new day. */
function withSettings(state: ApplicationState, event: EventOf<'settingsChanged'>): ApplicationState {
  const { calendar, deadlines, noticesOn } = event;
  const settings = { ...state.settings, calendar, deadlines };
  if (noticesOn === undefined) return { ...state, settings };
  return withReleaseDay({ ...state, settings: { ...settings, noticesOn } });
}

function withRelated(
  state: ApplicationState,
  { role, related }: EventOf<'relatedChanged'>,
): ApplicationState {
  if (role === 'waitsFor') return withReleaseDay({ ...state, waitsFor: related });
  const known = state.cancels ?? [];
  const cancels = known.some(({ applicationId }) => applicationId === related.applicationId)
    ? known.map((one) => (one.applicationId === related.applicationId ? related : one))
    : [...known, related];
  return { ...state, cancels };
}

/** A new pass through both reviews; who corrected data for the applicant stays barred from checking it. */
function newCycle(state: ApplicationState): ApplicationState {
  return {
    ...without(without(state, 'assignee') as ApplicationState, 'decision'),
    stage: 'firstReview',
    cycle: { number: state.cycle.number + 1, firstReviewers: [], correctors: state.cycle.correctors },
  };
}

function step(
  state: ApplicationState,
  event: Exclude<ApplicationEvent, { type: 'received' }>,
): ApplicationState {
  switch (event.type) {
    case 'intakeChecked':
      return { ...state, lookAlikes: event.lookAlikes };
    case 'entryConfirmed':
      return { ...withoutReturn(state), stage: 'firstReview' };
    case 'entryReturned': {
      const { at, differences } = event;
      return { ...withoutReturn(state), entryReturned: { by: person(event), at, differences } };
    }
    case 'entryCorrected':
      return {
        ...withoutReturn(state),
        enteredBy: person(event),
        enterers: [...new Set([...state.enterers, person(event)])],
        dataVersion: state.dataVersion + 1,
      };
    case 'assigned':
      return { ...(state.stage === 'firstReview' ? begun(state, event) : state), assignee: event.assignee };
    case 'unassigned':
      return without(state, 'assignee');
    case 'firstReviewCompleted': {
      const { returned: _returned, second: _second, ...cycle } = state.cycle;
      const reviewer = person(event);
      return {
        ...without(begun(state, event), 'assignee'),
        stage: 'secondReview',
        cycle: {
          ...cycle,
          first: { reviewer, at: event.at, findings: event.findings },
          firstReviewers: [...new Set([...cycle.firstReviewers, reviewer])],
        },
      };
    }
    case 'secondReviewAgreed':
      return {
        ...without(state, 'assignee'),
        stage: 'awaitingDecision',
        cycle: {
          ...state.cycle,
          second: { reviewer: person(event), at: event.at, findings: event.findings },
        },
      };
    case 'returnedToFirst':
      return {
        ...without(state, 'assignee'),
        stage: 'firstReview',
        cycle: {
          ...state.cycle,
          second: { reviewer: person(event), at: event.at, findings: event.findings },
          returned: { by: person(event), at: event.at, reason: event.reason },
        },
      };
    case 'escalated': {
      const escalation: Escalation = {
        id: event.escalationId,
        ...(event.criterionId ? { criterionId: event.criterionId } : {}),
        question: event.question,
        askedBy: person(event),
        askedAt: event.at,
        from: state.stage,
      };
      return { ...state, escalations: [...state.escalations, escalation] };
    }
    case 'instructed':
      return withEscalation(state, event.escalationId, {
        instruction: event.instruction,
        answeredBy: person(event),
        answeredAt: event.at,
      });
    case 'escalationWithdrawn':
      return withEscalation(state, event.escalationId, { withdrawnAt: event.at });
    case 'deficiencyRequested':
      return {
        ...without(state, 'assignee'),
        stage: 'awaitingApplicant',
        request: event.request,
        requestCount: state.requestCount + 1,
      };
    case 'applicantTold':
      return withRequest(state, () => ({ toldAt: event.at }));
    case 'letterPosted':
      return withDeadline(state, event.deadline, () => ({ postedOn: event.postedOn }));
    case 'reminded':
      return withRequest(state, (request) => ({
        reminders: [...request.reminders, event.kind],
        remindedAt: event.at,
      }));
    case 'deadlinePassed':
      return withRequest(state, () => ({ overdue: true }));
    case 'deadlineExtended':
      return withDeadline(state, event.deadline, () => ({ extendedAt: event.at }));
    case 'chased':
      return withDeadline(state, event.deadline, (request) => ({ chasers: request.chasers + 1 }));
    case 'itemWaived':
      return withItems(state, [event.itemId], 'waived');
    case 'minorCorrected': {
      const corrected = withItems(state, [event.itemId], 'corrected');
      const correctors = [...new Set([...state.cycle.correctors, person(event)])];
      return { ...corrected, dataVersion: state.dataVersion + 1, cycle: { ...state.cycle, correctors } };
    }
    case 'answered': {
      const answered = withItems(state, event.itemIds, 'answered');
      const next = withRequest(answered, (request) => ({
        answerIds: [...request.answerIds, event.answerId],
      }));
      return { ...next, dataVersion: state.dataVersion + 1 };
    }
    case 'reviewReopened':
      return newCycle(without(state, 'request'));
    case 'decided': {
      const { type: _type, seq: _seq, at, by: _by, ...decision } = event;
      const made = { ...decision, decidedBy: person(event), decidedAt: at };
      const later = event.releaseOn !== undefined;
      return {
        ...without(state, 'assignee'),
        stage: later ? 'awaitingRelease' : event.outcome,
        decision: later ? made : { ...made, releasedAt: at },
      };
    }
    case 'released':
      return {
        ...state,
        stage: event.outcome,
        ...(state.decision ? { decision: { ...state.decision, releasedAt: event.at } } : {}),
      };
    case 'waitlisted': {
      const told = event.tellOn === undefined ? { toldAt: event.at } : {};
      return { ...state, waitlist: { rank: event.rank, at: event.at, ...told } };
    }
    case 'waitlistTold':
      return state.waitlist ? { ...state, waitlist: { ...state.waitlist, toldAt: event.at } } : state;
    case 'decisionRevised':
      return { ...without(state, 'decision'), stage: 'awaitingDecision' };
    case 'relatedChanged':
      return withRelated(state, event);
    case 'cancelledTooLate':
      return { ...state, cancelledTooLate: [...(state.cancelledTooLate ?? []), event.applicationId] };
    case 'cancelled':
      // A decision that nobody was told of has never taken effect.
      return {
        ...without(without(state, 'assignee') as ApplicationState, 'decision'),
        stage: 'cancelled',
        cancelledBy: event.by,
      };
    case 'contactRecorded':
      return { ...state, contacts: [...state.contacts, event.contact] };
    case 'contactConfirmed': {
      const confirmed = { confirmedBy: person(event), confirmedAt: event.at };
      return {
        ...state,
        contacts: state.contacts.map((c) => (c.id === event.contactId ? { ...c, ...confirmed } : c)),
      };
    }
    case 'mailFailed':
      return { ...state, failedMails: [...state.failedMails, { mailId: event.mailId, at: event.at }] };
    case 'mailFollowedUp':
      return {
        ...state,
        failedMails: state.failedMails.filter((mail) => !event.mailIds.includes(mail.mailId)),
      };
    case 'settingsChanged': {
      const changed = withSettings(state, event);
      const { settings } = changed;
      return withRequest(changed, ({ deadline, overdue }) =>
        overdue ? {} : { deadline: event.deadline ?? rearmedDeadline(deadline, settings) },
      );
    }
    case 'changedInKintone':
    case 'kintoneChangeSettled':
      return withKintoneChange(state, event);
    case 'noted':
      return state;
  }
}

/**
 * The state after an event. State is never stored: it is what replaying the events gives. Only `received` can begin one.
 * @throws Error if the first event is not `received`, or `received` comes again
 */
export function evolve(state: ApplicationState | undefined, event: ApplicationEvent): ApplicationState {
  if (event.type === 'received') {
    if (state) throw new Error(`application ${event.applicationId} was received twice`);
    return begin(event);
  }
  if (!state) throw new Error(`event ${event.type} comes before the application was received`);
  const decisiveSeq = isDecisive(event) ? event.seq : decisiveSeqOf(state);
  return { ...step(state, event), seq: event.seq, decisiveSeq };
}

/** The state that a whole history gives. */
export function replay(events: readonly ApplicationEvent[]): ApplicationState {
  const state = events.reduce<ApplicationState | undefined>(evolve, undefined);
  if (!state) throw new Error('an empty history has no state');
  return state;
}
