import { openEscalations, type ApplicationState } from '../state.ts';
import { byRole, firstOf, idOf, inStage, notEnded, refuse, type Rule } from './common.ts';

function open(state: ApplicationState, id: string) {
  return openEscalations(state).find((e) => e.id === id);
}

/** In doubt, the contractor asks the ward (Q16), or consults it about an applicant who has not answered (Q20). */
export const escalate: Rule<'escalate'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => inStage(state, 'entryCheck', 'firstReview', 'secondReview', 'awaitingApplicant'),
    ),
  check: (state, _actor, { question, criterionId }) =>
    firstOf(
      () => (question ? null : refuse('reasonMissing')),
      () =>
        criterionId && !state.settings.criteria.some((c) => c.id === criterionId)
          ? refuse('findingsUnknown', criterionId)
          : null,
    ),
  events: (_state, _actor, { escalationId, criterionId, question }) => [
    { type: 'escalated', escalationId, ...(criterionId ? { criterionId } : {}), question },
  ],
};

export const instruct: Rule<'instruct'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'ward'),
      () => notEnded(state),
      () => (openEscalations(state).length > 0 ? null : refuse('noSuchEscalation')),
    ),
  check: (state, _actor, { escalationId, instruction }) =>
    firstOf(
      () => (open(state, escalationId) ? null : refuse('noSuchEscalation', escalationId)),
      () => (instruction ? null : refuse('reasonMissing')),
    ),
  events: (_state, _actor, { escalationId, instruction }) => [
    { type: 'instructed', escalationId, instruction },
  ],
};

/** A question that has settled itself is taken back by who asked it or by a leader. */
export const withdrawEscalation: Rule<'withdrawEscalation'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => notEnded(state),
      () => (openEscalations(state).length > 0 ? null : refuse('noSuchEscalation')),
    ),
  check: (state, actor, { escalationId }) => {
    const escalation = open(state, escalationId);
    if (!escalation) return refuse('noSuchEscalation', escalationId);
    return escalation.askedBy === idOf(actor) ? null : byRole(actor, 'leader');
  },
  events: (_state, _actor, { escalationId }) => [{ type: 'escalationWithdrawn', escalationId }],
};
