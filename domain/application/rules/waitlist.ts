import { changedSince } from '../decisive.ts';
import { releaseDay, waitlistDue } from '../deadlines.ts';
import { byRole, bySystem, firstOf, inStage, refuse, type Rule } from './common.ts';
import { relatedAllows } from './related.ts';

/** The one procedure whose places are counted (domain.md: 40 a 新BOP). */
const COUNTED = 'extendedUse';

/**
 * The ward puts an application for extended use on the waiting list (待機) of its 新BOP: no place is free, and the decision stays
 * open until one is. The family is told so, in a round together with the decisions of the others.
 */
export const waitlist: Rule<'waitlist'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'ward'),
      () => inStage(state, 'awaitingDecision'),
      () => (state.procedure === COUNTED ? null : refuse('noWaitingList')),
      () => (state.waitlist ? refuse('alreadyWaiting') : null),
    ),
  check: (state, _actor, { expectedSeq }) =>
    firstOf(
      () => (changedSince(state, expectedSeq) ? refuse('changedSince') : null),
      () => relatedAllows(state, 'approved'),
    ),
  events: (state, _actor, { rank }, { now }) => {
    const tellOn = releaseDay(state, now);
    return [{ type: 'waitlisted', rank, ...(tellOn === undefined ? {} : { tellOn }) }];
  },
};

/** The day of the round has come for who waits for a place. By the clock only. */
export const tellWaitlisted: Rule<'tellWaitlisted'> = {
  may: (state, actor) =>
    firstOf(
      () => bySystem(actor),
      () => inStage(state, 'awaitingDecision'),
      () => (state.waitlist && state.waitlist.toldAt === undefined ? null : refuse('wrongStage')),
    ),
  check: (state, _actor, _action, { now }) => {
    const due = waitlistDue(state.settings, state.waitlist?.at ?? now);
    return due <= now ? null : refuse('releaseNotDue');
  },
  events: () => [{ type: 'waitlistTold' }],
};
