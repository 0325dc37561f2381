import type { Actor } from '../../people/actor.ts';
import { isLocalDate } from '../../calendar/dates.ts';
import type { ApplicationState } from '../state.ts';
import { changedSince } from '../decisive.ts';
import { releaseDay, releaseInstant } from '../deadlines.ts';
import { byApplicant, byRole, bySystem, firstOf, inStage, notEnded, refuse, type Rule } from './common.ts';
import { relatedAllows } from './related.ts';

function wardBeforeDecision(state: ApplicationState, actor: Actor) {
  return firstOf(
    () => byRole(actor, 'ward'),
    () => inStage(state, 'awaitingDecision'),
  );
}

/** Only the ward decides, and only after both reviews (Q20; 業務説明書 5(3)). A refusal gives its reason. */
export const decide: Rule<'decide'> = {
  may: wardBeforeDecision,
  check: (state, _actor, { outcome, effectiveFrom, reasonCode, reason, expectedSeq }) =>
    firstOf(
      () => (changedSince(state, expectedSeq) ? refuse('changedSince') : null),
      () => relatedAllows(state, outcome),
      () => {
        if (outcome === 'refused')
          return reasonCode && reason ? null : refuse('reasonMissing', reasonCode ? 'reason' : 'reasonCode');
        if (effectiveFrom === undefined && state.settings.effectiveDate === false) return null;
        return isLocalDate(effectiveFrom) ? null : refuse('effectiveDateMissing', 'effectiveFrom');
      },
    ),
  events: (state, _actor, { type: _type, expectedSeq: _seen, ...decision }, { now }) => {
    const releaseOn = releaseDay(state, now);
    return [{ type: 'decided', ...decision, ...(releaseOn === undefined ? {} : { releaseOn }) }];
  },
};

/** Before anybody was told, the ward may find its decision wrong; why stays on record (Q23). */
export const reviseDecision: Rule<'reviseDecision'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'ward'),
      () => inStage(state, 'awaitingRelease'),
    ),
  check: (_state, _actor, { reason }) => (reason ? null : refuse('reasonMissing')),
  events: (_state, _actor, { reason }) => [{ type: 'decisionRevised', reason }],
};

/** The day of the round: what was decided takes effect and is told (Q23). By the clock only. */
export const release: Rule<'release'> = {
  may: (state, actor) =>
    firstOf(
      () => bySystem(actor),
      () => inStage(state, 'awaitingRelease'),
    ),
  check: (state, _actor, _action, { now }) => {
    const day = state.decision?.releaseOn;
    return day !== undefined && releaseInstant(day, state.settings) <= now ? null : refuse('releaseNotDue');
  },
  events: ({ decision }) => (decision ? [{ type: 'released', outcome: decision.outcome }] : []),
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
