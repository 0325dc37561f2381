import { endOfDay, isLocalDate, tokyoDate, type Instant, type LocalDate } from '../../calendar/dates.ts';
import { addWorkingDays, isWorkingDay } from '../../calendar/working-days.ts';
import type { Actor } from '../../people/actor.ts';
import type { ContactInput, Refusal } from '../actions.ts';
import type { EventBody } from '../events.ts';
import { openItems, type ApplicationState, type ContactRecord, type DeficiencyRequest } from '../state.ts';
import { needsTelling } from '../told.ts';
import {
  byApplicant,
  byRole,
  bySystem,
  contactFilled,
  firstOf,
  idOf,
  inStage,
  refuse,
  type Rule,
} from './common.ts';

/** The open request; only called where `may` has made sure of it. */
function requestOf(state: ApplicationState): DeficiencyRequest {
  if (!state.request) throw new Error(`application ${state.applicationId} has no open request`);
  return state.request;
}

/** The record that an action leaves of the contact it came from (Q21). */
export function contactBy(actor: Actor, contact: ContactInput, now: Instant): ContactRecord {
  return { ...contact, recordedBy: idOf(actor), recordedAt: now };
}

/** Once nothing is left to answer, both reviews begin anew (Q19). */
function reopenIfComplete(state: ApplicationState, settled: readonly string[]): readonly EventBody[] {
  const left = openItems(state).filter((item) => !settled.includes(item.id));
  return left.length === 0 ? [{ type: 'reviewReopened', cause: 'answered' }] : [];
}

function checkNewDeadline(state: ApplicationState, deadline: LocalDate, now: Instant): Refusal | null {
  if (!isLocalDate(deadline)) return refuse('deadlineNotWorkingDay');
  if (deadline < tokyoDate(now) || deadline <= requestOf(state).deadline) return refuse('deadlineNotLater');
  return isWorkingDay(deadline, state.settings.calendar) ? null : refuse('deadlineNotWorkingDay');
}

function openItem(state: ApplicationState, itemId: string): Refusal | null {
  const item = state.request?.items.find((i) => i.id === itemId);
  if (!item) return refuse('noSuchItem', itemId);
  return item.status === 'open' ? null : refuse('itemNotOpen', itemId);
}

/** There is an open request exactly while the applicant's answer is awaited. */
function whileAsked(state: ApplicationState): Refusal | null {
  return inStage(state, 'awaitingApplicant');
}

/** Handling an open request beyond the applicant's own answer is for a leader or the ward (Q18 minor points, Q20). */
function leaderWhileAsked(state: ApplicationState, actor: Actor): Refusal | null {
  return firstOf(
    () => byRole(actor, 'leader', 'ward'),
    () => whileAsked(state),
  );
}

/** The applicant answers all or some items; also after the deadline, for lateness never closes anything (Q20). */
export const answer: Rule<'answer'> = {
  may: (state, actor) =>
    firstOf(
      () => byApplicant(state, actor),
      () => whileAsked(state),
    ),
  check: (state, _actor, { itemIds }) =>
    itemIds.length === 0
      ? refuse('nothingAnswered')
      : firstOf(...itemIds.map((itemId) => () => openItem(state, itemId))),
  events: (state, _actor, { answerId, itemIds, unchanged }) => [
    { type: 'answered', answerId, itemIds: [...new Set(itemIds)], unchanged },
    ...reopenIfComplete(state, itemIds),
  ],
};

/** An applicant without a mail address was told by phone what is missing, and by when. */
export const confirmTold: Rule<'confirmTold'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => whileAsked(state),
      () => (needsTelling(state) ? null : refuse(state.request?.toldAt ? 'alreadyConfirmed' : 'notPhone')),
    ),
  check: (_state, _actor, { contact }) => contactFilled(contact),
  events: (state, actor, { contact }, { now }) => [
    { type: 'contactRecorded', contact: contactBy(actor, contact, now) },
    { type: 'applicantTold', requestId: requestOf(state).id },
  ],
};

/** The deficiency letter went to the post: its days count from then (Q20). */
export const markLetterPosted: Rule<'markLetterPosted'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => whileAsked(state),
      () => (state.request?.method === 'letter' ? null : refuse('notLetter')),
      () => (state.request?.postedOn ? refuse('alreadyPosted') : null),
    ),
  check: (state, _actor, { postedOn }, { now }) =>
    !isLocalDate(postedOn) || postedOn > tokyoDate(now) || postedOn < tokyoDate(requestOf(state).requestedAt)
      ? refuse('postedInFuture')
      : null,
  events: (state, _actor, { postedOn }) => {
    const { settings } = state;
    const request = requestOf(state);
    const counted = addWorkingDays(postedOn, settings.deadlines.letterDays, settings.calendar);
    const deadline = counted > request.deadline ? counted : request.deadline;
    return [{ type: 'letterPosted', requestId: request.id, postedOn, deadline }];
  },
};

export const extendDeadline: Rule<'extendDeadline'> = {
  may: leaderWhileAsked,
  check: (state, _actor, { deadline, reason }, { now }) =>
    firstOf(
      () => (reason ? null : refuse('reasonMissing')),
      () => checkNewDeadline(state, deadline, now),
    ),
  events: (state, _actor, { deadline, reason }) => [
    { type: 'deadlineExtended', requestId: requestOf(state).id, deadline, reason },
  ],
};

/** After the deadline, and after consulting the ward: a chaser by phone or mail with a new deadline (Q20). */
export const chase: Rule<'chase'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => whileAsked(state),
      () => (state.request?.overdue ? null : refuse('notOverdue')),
    ),
  check: (state, _actor, { method, deadline, contact }, { now }) =>
    firstOf(
      () => (method === 'mail' && !state.hasMail ? refuse('noMailAddress') : null),
      () => (method === 'phone' && !contact ? refuse('reasonMissing') : null),
      () => (contact ? contactFilled(contact) : null),
      () => checkNewDeadline(state, deadline, now),
    ),
  events: (state, actor, { method, deadline, contact }, { now }) => [
    ...(contact ? [{ type: 'contactRecorded', contact: contactBy(actor, contact, now) } as const] : []),
    { type: 'chased', requestId: requestOf(state).id, method, deadline },
  ],
};

export const waiveItem: Rule<'waiveItem'> = {
  may: leaderWhileAsked,
  check: (state, _actor, { itemId, reason }) =>
    firstOf(
      () => openItem(state, itemId),
      () => (reason ? null : refuse('reasonMissing')),
    ),
  events: (state, _actor, { itemId, reason }) => [
    { type: 'itemWaived', itemId, reason },
    ...reopenIfComplete(state, [itemId]),
  ],
};

/** A minor point corrected by staff after a phone call, which stays on record (Q18). */
export const correctMinor: Rule<'correctMinor'> = {
  may: leaderWhileAsked,
  check: (state, _actor, { itemId, contact }) => openItem(state, itemId) ?? contactFilled(contact),
  events: (state, actor, { itemId, correctionId, contact }, { now }) => [
    { type: 'contactRecorded', contact: contactBy(actor, contact, now) },
    { type: 'minorCorrected', itemId, correctionId },
    ...reopenIfComplete(state, [itemId]),
  ],
};

/**
 * No answer came, and contractor and ward have agreed to go on with what there is: it is reviewed again, and the ward
 * decides. The only way past a missing answer, and always a person's (invariant: never refused for lateness).
 */
export const proceedWithoutAnswer: Rule<'proceedWithoutAnswer'> = {
  may: (state, actor) =>
    firstOf(
      () => leaderWhileAsked(state, actor),
      () => (state.request?.overdue ? null : refuse('notOverdue')),
    ),
  check: (_state, _actor, { reason }) => (reason ? null : refuse('reasonMissing')),
  events: (_state, _actor, { reason }) => [{ type: 'reviewReopened', cause: 'withoutAnswer', reason }],
};

export const remind: Rule<'remind'> = {
  may: (state, actor) =>
    firstOf(
      () => bySystem(actor),
      () => whileAsked(state),
      () => (state.request?.overdue ? refuse('wrongStage') : null),
    ),
  check: (state, _actor, { kind }) =>
    requestOf(state).reminders.includes(kind) ? refuse('alreadyReminded') : null,
  events: (state, _actor, { kind }) => [{ type: 'reminded', requestId: requestOf(state).id, kind }],
};

export const passDeadline: Rule<'passDeadline'> = {
  may: (state, actor) =>
    firstOf(
      () => bySystem(actor),
      () => whileAsked(state),
      () => (state.request?.overdue ? refuse('wrongStage') : null),
    ),
  check: (state, _actor, _action, { now }) =>
    now < endOfDay(requestOf(state).deadline) ? refuse('notOverdue') : null,
  events: (state) => {
    const { id, deadline } = requestOf(state);
    return [{ type: 'deadlinePassed', requestId: id, deadline }];
  },
};
