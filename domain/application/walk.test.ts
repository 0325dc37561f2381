import { kintoneAction } from '../../testing/application-kintone.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACTORS,
  anyActor,
  contact,
  findings,
  GUARDIAN,
  Run,
  SETTINGS,
  staffActor,
  SYSTEM,
  WARD,
} from '../../testing/domain.ts';
import { approve, relate, ROUND_SETTINGS } from '../../testing/application-release.ts';
import { checkHistory, checkNewEvents, checkState } from '../../testing/application-invariants.ts';
import { addDays, tokyoDate } from '../calendar/dates.ts';
import { onOrAfter } from '../calendar/working-days.ts';
import type { Actor } from '../people/actor.ts';
import type { Action, ActionType } from './actions.ts';
import { nextWake } from './deadlines.ts';
import { ACTION_TYPES, decideAction, offeredActions } from './decide.ts';
import type { EventType } from './events.ts';
import {
  FINDING_RESULTS,
  isEnded,
  openEscalations,
  openItems,
  RELATED_OUTCOMES,
  type ApplicationState,
  type Finding,
  type FindingResult,
} from './state.ts';

/** One step of a walk: who tries what, with what in it, and how much time goes by before. */
interface Step {
  actor: Actor;
  type: ActionType;
  /** Takes an action that is offered instead of `type`, so that walks get far. */
  offered: boolean;
  pick: number;
  good: boolean;
  results: readonly FindingResult[];
  hours: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  actor: anyActor,
  type: fc.constantFrom(...ACTION_TYPES),
  offered: fc.constantFrom(true, true, true, false),
  pick: fc.nat(9999),
  good: fc.constantFrom(true, true, true, false),
  results: fc.array(fc.constantFrom<FindingResult>('met', 'met', 'met', 'deficient', ...FINDING_RESULTS), {
    minLength: 3,
    maxLength: 3,
  }),
  hours: fc.constantFrom(0, 0, 1, 5, 24, 72, 24 * 20),
});

function pickOf<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(list.length, 1)];
}

/** An action for this state; with `good` false often one that cannot be done. */
function actionFor(type: ActionType, s: Step, { state, now, events }: Run): Action {
  const text = s.good ? `text-${s.pick}` : '';
  const id = `id-${events.length}`;
  const judged: Finding[] = findings(
    Object.fromEntries(SETTINGS.criteria.map((c, i) => [c.id, s.results[i] ?? 'met'])),
  );
  const agreed: Finding[] = SETTINGS.criteria.map((c) => ({ criterionId: c.id, result: 'met' }));
  const base = state.request?.deadline ?? tokyoDate(now);
  const later = base > tokyoDate(now) ? base : tokyoDate(now);
  const deadline = s.good
    ? onOrAfter(addDays(later, 1 + (s.pick % 9)), SETTINGS.calendar)
    : addDays(base, -3);
  const item = s.good ? pickOf(openItems(state), s.pick)?.id : pickOf(state.request?.items ?? [], s.pick)?.id;
  const escalationId = pickOf(openEscalations(state), s.pick)?.id ?? 'none';
  const someContact = contact(id, text);
  switch (type) {
    case 'correctEntry':
      return { type, correctionId: id };
    case 'returnEntry':
      return { type, differences: s.good ? [{ field: 'child_family_name', note: text }] : [] };
    case 'assign':
      return {
        type,
        assignee: {
          id: ['aoki', 'baba', 'chiba', 'leader'][s.pick % 4]!,
          role: s.good ? 'operator' : 'hall',
        },
      };
    case 'completeFirstReview':
      return { type, findings: s.good ? judged : judged.slice(1) };
    case 'agreeSecondReview':
      return { type, findings: s.good ? agreed : judged };
    case 'returnToFirst':
      return { type, findings: s.good ? findings({ guardian: 'deficient' }) : agreed, reason: text };
    case 'escalate':
      return { type, escalationId: id, question: text, ...(s.pick % 2 ? { criterionId: 'guardian' } : {}) };
    case 'instruct':
      return { type, escalationId, instruction: text };
    case 'withdrawEscalation':
      return { type, escalationId };
    case 'answer':
      return { type, answerId: id, itemIds: item ? [item] : [], unchanged: s.pick % 2 === 0 };
    case 'confirmTold':
    case 'recordContact':
    case 'followUpMail':
      return { type, contact: someContact };
    case 'markLetterPosted':
      return { type, postedOn: s.good ? tokyoDate(now) : addDays(tokyoDate(now), 1) };
    case 'extendDeadline':
      return { type, deadline, reason: text };
    case 'chase':
      return { type, method: s.pick % 2 ? 'phone' : 'mail', deadline, contact: someContact };
    case 'waiveItem':
      return { type, itemId: item ?? 'none', reason: text };
    case 'correctMinor':
      return { type, itemId: item ?? 'none', correctionId: id, contact: someContact };
    case 'proceedWithoutAnswer':
    case 'reviseDecision':
    case 'returnToReview':
    case 'cancel':
      return { type, reason: text };
    case 'decide':
      return {
        type,
        ...(s.pick % 3 ? {} : { expectedSeq: s.good ? state.seq : state.seq - 1 }),
        ...(s.pick % 2
          ? { outcome: 'approved', ...(s.good ? { effectiveFrom: '2027-04-01' } : {}) }
          : { outcome: 'refused', reasonCode: 'other', reason: text }),
      };
    case 'waitlist':
      return { type, rank: 1, ...(s.pick % 3 ? {} : { expectedSeq: s.good ? state.seq : state.seq - 1 }) };
    case 'addNote':
      return { type, note: text };
    case 'confirmContact':
      return { type, contactId: pickOf(state.contacts, s.pick)?.id ?? 'none' };
    case 'remind':
      return { type, kind: s.pick % 2 ? 'before' : 'onDay' };
    case 'reportMailFailure':
      return { type, mailId: `mail-${s.pick % 3}`, template: 'received' };
    case 'reportIntakeCheck':
      return { type, lookAlikes: s.pick % 3, hints: 1 };
    case 'reportRelated':
      return {
        type,
        role: s.pick % 2 ? 'waitsFor' : 'cancels',
        related: {
          applicationId: `other-${s.pick % 3}`,
          receiptNumber: 'A27-000009-0',
          procedure: 'admission',
          outcome: RELATED_OUTCOMES[(s.pick >> 2) % 4]!,
          ended: s.pick % 5 === 0,
          seq: s.pick % 50,
        },
      };
    case 'reportKintoneChange':
    case 'settleKintoneChange':
      return kintoneAction(type, s, state);
    case 'reportCancelledTooLate':
      return { type, applicationId: `other-${s.pick % 3}` };
    case 'cancelOnRequest':
      return {
        type,
        targetId: s.good ? state.applicationId : 'other-2',
        applicationId: 'other-1',
        receiptNumber: 'H27-000001-0',
      };
    case 'changeSettings': {
      const { calendar, deadlines } = SETTINGS;
      const closed =
        s.good && state.request ? [...calendar.closedDates, state.request.deadline] : calendar.closedDates;
      const noticesOn = s.pick % 4 ? {} : { noticesOn: addDays(tokyoDate(now), (s.pick % 30) - 5) };
      return { type, calendar: { ...calendar, version: id, closedDates: closed }, deadlines, ...noticesOn };
    }
    default:
      return { type };
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** Lets time go by as the workflow does: each wake that falls due acts at its time. */
function passTime(run: Run, hours: number, check: (run: Run) => void): void {
  const until = new Date(Date.parse(run.now) + hours * 3_600_000).toISOString();
  for (let wakes = 0; ; wakes += 1) {
    expect(wakes, 'a wake must get the application on').toBeLessThan(20);
    const wake = nextWake(run.state, run.now);
    if (!wake || wake.at > until) break;
    if (wake.at > run.now) run.now = wake.at;
    run.do(SYSTEM, wake.action);
    check(run);
  }
  run.now = until;
}

/** Somebody with something that they may do now, so that walks get deep where random people would mostly be refused. */
function possible(state: ApplicationState, s: Step): { actor: Actor; type: ActionType } {
  // From anybody on, the first who may do something: asking everybody each time is what takes most of a walk's time.
  for (let i = 0; i < ACTORS.length; i += 1) {
    const actor = pickOf(ACTORS, s.pick + i);
    if (!actor) break;
    // An early cancellation would end most walks.
    const types = offeredActions(state, actor).filter(
      (type) => (type !== 'cancel' && type !== 'cancelOnRequest') || s.pick % 40 === 0,
    );
    const type = pickOf(types, s.pick >> 4);
    if (type) return { actor, type };
  }
  return s;
}

function walk(run: Run, steps: readonly Step[]): Run {
  for (const s of steps) {
    passTime(run, s.hours, checkState);
    const { actor, type } = s.offered ? possible(run.state, s) : s;
    const action = actionFor(type, s, run);
    const before = deepFreeze(run.state);
    deepFreeze(action);
    const from = run.events.length;
    const once = run.try(actor, action);
    expect(decideAction(before, actor, action, { now: run.now })).toStrictEqual(once);
    if (once.ok) expect(offeredActions(before, actor)).toContain(action.type);
    checkNewEvents(run, before, from);
    checkState(run);
  }
  checkHistory(run);
  return run;
}

const beginning = fc.record({
  channel: fc.constantFrom('online' as const, 'paper' as const),
  hasMail: fc.boolean(),
  account: fc.boolean(),
  // Some begin where it takes long to come by chance: still deficient after the answer, with a letter to post.
  withLetter: fc.constantFrom(true, false, false, false),
  inRound: fc.boolean(),
  // Some begin decided, where that takes time to come by chance.
  decided: fc.constantFrom(true, false, false),
});

function begin({
  channel,
  hasMail,
  account,
  withLetter,
  inRound,
  decided,
}: {
  channel: 'online' | 'paper';
  hasMail: boolean;
  account: boolean;
  withLetter: boolean;
  inRound: boolean;
  decided: boolean;
}): Run {
  const paper = channel === 'paper';
  const run = new Run({
    channel,
    hasMail,
    applicantId: paper && !account ? null : 'guardian-1',
    ...(inRound ? { settings: ROUND_SETTINGS, procedure: 'extendedUse' } : {}),
    ...(paper ? { enteredBy: 'aoki' } : {}),
  });
  if (paper) return run;
  if (decided && inRound) return run.reviewed().do(WARD, approve);
  if (!withLetter) return run;
  run.reviewed({ guardian: 'deficient' });
  const itemIds = openItems(run.state).map((item) => item.id);
  run.do(GUARDIAN, { type: 'answer', answerId: 'first', itemIds, unchanged: false });
  return run.reviewed({ guardian: 'deficient' });
}

/** Gets an application approved whatever state it is in, with people who have not touched it yet. */
function driveToApproval(run: Run): void {
  const [one, two, boss] = [staffActor('fresh-1'), staffActor('fresh-2'), staffActor('fresh-3', 'leader')];
  const met = findings();
  for (let turns = 0; !isEnded(run.state); turns += 1) {
    expect(turns, 'no way to an end').toBeLessThan(80);
    const { state } = run;
    const [asked] = openEscalations(state);
    const [item] = openItems(state);
    const [change] = state.kintoneChanges ?? [];
    if (change) run.do(boss, { type: 'settleKintoneChange', changeId: change.id, choice: 'accept' });
    else if (asked) run.do(WARD, { type: 'instruct', escalationId: asked.id, instruction: 'text' });
    else if (state.assignee) run.do(boss, { type: 'unassign' });
    else if (state.stage === 'entryCheck') run.do(one, { type: 'confirmEntry' });
    else if (state.stage === 'firstReview') run.do(one, { type: 'completeFirstReview', findings: met });
    else if (state.stage === 'secondReview') {
      const deficient = state.cycle.first?.findings.some((f) => f.result === 'deficient');
      const action: Action = deficient
        ? { type: 'returnToFirst', findings: findings({ guardian: 'deficient' }), reason: 'text' }
        : { type: 'agreeSecondReview', findings: met };
      run.do(two, action);
    } else if (state.stage === 'awaitingApplicant' && item) {
      if (state.applicantId)
        run.do(GUARDIAN, { type: 'answer', answerId: 'a', itemIds: [item.id], unchanged: false });
      else run.do(boss, { type: 'waiveItem', itemId: item.id, reason: 'text' });
    } else if (state.stage === 'awaitingRelease' && state.decision?.outcome === 'refused') {
      run.do(WARD, { type: 'reviseDecision', reason: 'text' });
    } else if (state.stage === 'awaitingRelease') {
      run.now = nextWake(state, run.now)!.at > run.now ? nextWake(state, run.now)!.at : run.now;
      run.do(SYSTEM, { type: 'release' });
    } else if (state.waitsFor && state.waitsFor.outcome !== 'approved')
      run.do(SYSTEM, relate('waitsFor', { ...state.waitsFor, outcome: 'approved', seq: 1000 }));
    else if (state.cancels?.every(({ ended }) => ended))
      run.do(SYSTEM, relate('cancels', { ...state.cancels[0], ended: false, seq: 1000 }));
    else run.do(WARD, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' });
  }
}

describe('random walks of the state machine (invariants of design.md)', () => {
  it('keep every invariant, whoever tries whatever', () => {
    fc.assert(
      fc.property(
        beginning,
        fc.array(step, { maxLength: 60 }),
        (start, steps) => void walk(begin(start), steps),
      ),
      { numRuns: 400 },
    );
  }, 120_000);

  it('can be ended from every state they reach', () => {
    fc.assert(
      fc.property(beginning, fc.array(step, { maxLength: 40 }), (start, steps) => {
        const run = walk(begin(start), steps);
        if (isEnded(run.state)) return;
        driveToApproval(run);
        expect(run.state.stage).toBe('approved');
        checkHistory(run);
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it('reach every kind of event, so that the invariants are tried on all of them', () => {
    const seen = new Set<EventType>();
    const steps = fc.sample(fc.tuple(beginning, fc.array(step, { minLength: 50, maxLength: 60 })), {
      numRuns: 250,
      seed: 27,
    });
    for (const [start, list] of steps)
      for (const event of walk(begin(start), list).events) seen.add(event.type);
    expect([...seen].sort()).toEqual(
      [
        'answered',
        'applicantTold',
        'assigned',
        'cancelled',
        'cancelledTooLate',
        'changedInKintone',
        'chased',
        'contactConfirmed',
        'contactRecorded',
        'deadlineExtended',
        'deadlinePassed',
        'decided',
        'decisionRevised',
        'deficiencyRequested',
        'entryConfirmed',
        'entryCorrected',
        'entryReturned',
        'escalated',
        'escalationWithdrawn',
        'firstReviewCompleted',
        'instructed',
        'intakeChecked',
        'itemWaived',
        'kintoneChangeSettled',
        'letterPosted',
        'mailFailed',
        'mailFollowedUp',
        'minorCorrected',
        'noted',
        'received',
        'relatedChanged',
        'released',
        'reminded',
        'returnedToFirst',
        'reviewReopened',
        'secondReviewAgreed',
        'settingsChanged',
        'unassigned',
        'waitlisted',
        'waitlistTold',
      ].sort(),
    );
  }, 120_000);
});
