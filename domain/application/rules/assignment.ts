import { isContractor } from '../../people/actor.ts';
import { byRole, firstOf, idOf, inStage, refuse, type Rule } from './common.ts';
import { barred } from './review.ts';

const REVIEWING = ['entryCheck', 'firstReview', 'secondReview'] as const;

/** Takes the present review for oneself, so that two people do not read the same papers. */
export const claim: Rule<'claim'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => inStage(state, ...REVIEWING),
      () => barred(state, idOf(actor)),
      () => (state.assignee ? refuse('assignedToOther') : null),
    ),
  events: (_state, actor) => [{ type: 'assigned', assignee: idOf(actor) }],
};

/** A leader gives the review to somebody; the bars of four eyes hold for whoever gets it. */
export const assign: Rule<'assign'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'leader'),
      () => inStage(state, ...REVIEWING),
    ),
  check: (state, _actor, { assignee }) =>
    firstOf(
      () => (isContractor(assignee.role) ? null : refuse('assigneeNotAllowed')),
      () => barred(state, assignee.id) && refuse('assigneeNotAllowed'),
    ),
  events: (_state, _actor, { assignee }) => [{ type: 'assigned', assignee: assignee.id }],
};

/** The person themself, or a leader, puts the review back into the queue. */
export const unassign: Rule<'unassign'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => inStage(state, ...REVIEWING),
      () => (state.assignee ? null : refuse('notAssigned')),
      () => (state.assignee === idOf(actor) ? null : byRole(actor, 'leader')),
    ),
  events: () => [{ type: 'unassigned' }],
};
