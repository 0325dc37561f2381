import type { Actor } from '../../people/actor.ts';
import { isLocalDate } from '../../calendar/dates.ts';
import type { ApplicationState } from '../state.ts';
import { byApplicant, byRole, firstOf, inStage, notEnded, refuse, type Rule } from './common.ts';

function wardBeforeDecision(state: ApplicationState, actor: Actor) {
  return firstOf(
    () => byRole(actor, 'ward'),
    () => inStage(state, 'awaitingDecision'),
  );
}

/** Only the ward decides, and only after both reviews (Q20; 業務説明書 5(3)). A refusal gives its reason. */
export const decide: Rule<'decide'> = {
  may: wardBeforeDecision,
  check: (_state, _actor, { outcome, effectiveFrom, reasonCode, reason }) => {
    if (outcome === 'refused')
      return reasonCode && reason ? null : refuse('reasonMissing', reasonCode ? 'reason' : 'reasonCode');
    return isLocalDate(effectiveFrom) ? null : refuse('effectiveDateMissing', 'effectiveFrom');
  },
  events: (_state, _actor, { type: _type, ...decision }) => [{ type: 'decided', ...decision }],
};

/** The ward finds that something has to be looked at again. */
export const returnToReview: Rule<'returnToReview'> = {
  may: wardBeforeDecision,
  check: (_state, _actor, { reason }) => (reason ? null : refuse('reasonMissing')),
  events: (_state, _actor, { reason }) => [{ type: 'reviewReopened', cause: 'byWard', reason }],
};

/**
 * 取り下げ before the decision: by the applicant, or by a leader or the ward for an applicant who asked on paper or by
 * phone, then with the reason on record (domain.md, effects).
 */
export const cancel: Rule<'cancel'> = {
  may: (state, actor) =>
    firstOf(
      () => notEnded(state),
      () => (actor.kind === 'applicant' ? byApplicant(state, actor) : byRole(actor, 'leader', 'ward')),
    ),
  check: (_state, actor, { reason }) => (actor.kind === 'staff' && !reason ? refuse('reasonMissing') : null),
  events: (_state, _actor, { reason }) => [{ type: 'cancelled', ...(reason ? { reason } : {}) }],
};
