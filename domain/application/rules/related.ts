import type { Refusal } from '../actions.ts';
import type { ApplicationState, RelatedApplication } from '../state.ts';
import { bySystem, firstOf, inStage, notEnded, refuse, type Rule } from './common.ts';

/**
 * What the other application lets the ward decide (domain.md, "Effects between applications"): nothing while the admission
 * that this one waits for is undecided; no approval where that admission came to nothing, or where what was to be cancelled
 * has been decided already. Refusing is open to the ward then: the system refuses nothing by itself.
 */
export function relatedAllows(
  { waitsFor, cancels }: ApplicationState,
  outcome: 'approved' | 'refused',
): Refusal | null {
  if (waitsFor?.outcome === 'undecided') return refuse('waitsForAdmission', waitsFor.receiptNumber);
  if (outcome === 'refused') return null;
  if (waitsFor && waitsFor.outcome !== 'approved') {
    return refuse('admissionNotApproved', waitsFor.receiptNumber);
  }
  return cancels?.every(({ ended }) => ended) ? refuse('nothingToCancel', cancels[0]?.receiptNumber) : null;
}

/** Is what is told of the other application newer than what is known? A new admission takes the place of one that failed. */
export function isNews(known: RelatedApplication | undefined, told: RelatedApplication): boolean {
  if (!known) return true;
  if (known.applicationId === told.applicationId) {
    const same =
      told.outcome === known.outcome && told.ended === known.ended && told.releaseOn === known.releaseOn;
    return told.seq > known.seq && !same;
  }
  return known.outcome === 'refused' || known.outcome === 'cancelled';
}

/** The application that this one depends on has come further. Telling it twice is telling it once. */
export const reportRelated: Rule<'reportRelated'> = {
  may: (state, actor) =>
    firstOf(
      () => bySystem(actor),
      () => notEnded(state),
    ),
  events: (state, _actor, { role, related }) => {
    const known =
      role === 'waitsFor'
        ? state.waitsFor
        : state.cancels?.find(({ applicationId }) => applicationId === related.applicationId);
    return isNews(known, related) ? [{ type: 'relatedChanged', role, related }] : [];
  },
};

/** A cancellation of this application was approved: it ends, on the applicant's behalf. Told or ended, it stays as it is. */
export const cancelOnRequest: Rule<'cancelOnRequest'> = {
  may: (state, actor) =>
    firstOf(
      () => bySystem(actor),
      () => notEnded(state),
    ),
  // Another application may hold the same lock by now.
  check: (state, _actor, { targetId }) =>
    targetId === state.applicationId ? null : refuse('nothingToCancel', targetId),
  events: (_state, _actor, { applicationId, receiptNumber }) => [
    { type: 'cancelled', onRequest: { applicationId, receiptNumber } },
  ],
};

/** This cancellation came too late after all: somebody has to tell the family which procedure to use instead. */
export const reportCancelledTooLate: Rule<'reportCancelledTooLate'> = {
  may: (state, actor) =>
    firstOf(
      () => bySystem(actor),
      () => inStage(state, 'approved'),
    ),
  events: (state, _actor, { applicationId }) =>
    state.cancelledTooLate?.includes(applicationId) ? [] : [{ type: 'cancelledTooLate', applicationId }],
};
