import type { Instant } from '../calendar/dates.ts';
import type { ApplicationState } from './state.ts';

/** Has the family been told something since an instant, by a contact on record? */
export function toldSince(state: ApplicationState, since: Instant): boolean {
  return state.contacts.some((c) => c.direction === 'toApplicant' && c.recordedAt >= since);
}

/**
 * Does somebody have to phone about the open request: it was made by phone and not told yet, or its deadline was extended
 * and there is no mail address to say so (Q18, Q20)?
 */
export function needsTelling(state: ApplicationState): boolean {
  const { request } = state;
  if (state.stage !== 'awaitingApplicant' || !request) return false;
  if (request.method === 'phone' && !request.toldAt) return true;
  return !state.hasMail && request.extendedAt !== undefined && !toldSince(state, request.extendedAt);
}
