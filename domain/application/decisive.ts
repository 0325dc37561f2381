import { concernsReview, isQuestion } from './kintone-changes.ts';
import type { ApplicationEvent } from './events.ts';
import type { ApplicationState } from './state.ts';

/**
 * Does an event change what somebody decides on? The data, what reviewers found, what the family said, what it depends on, the
 * decision itself do. Notes of colleagues, who is in charge, letters and mails to the family and the ward's own calendar do not:
 * a decision prepared before them is still the same decision.
 */
export function isDecisive(event: ApplicationEvent): boolean {
  switch (event.type) {
    case 'noted':
    case 'assigned':
    case 'unassigned':
    case 'contactConfirmed':
    case 'mailFailed':
    case 'mailFollowedUp':
    case 'reminded':
    case 'waitlistTold':
    case 'cancelledTooLate':
    case 'settingsChanged':
      // The last one's dates are the ward's own, and what has been decided follows them.
      return false;
    case 'contactRecorded':
      // What the family says may bear on the decision; what it was told does not.
      return event.contact.direction === 'fromApplicant';
    case 'changedInKintone':
      // All else the system puts right by itself.
      return isQuestion(event) && concernsReview(event);
    case 'kintoneChangeSettled':
      return event.choice === 'accept' && concernsReview(event);
    default:
      return true;
  }
}

/** Number of the newest event that a decision rests on. A state of before this was counted counts every event. */
export function decisiveSeqOf(state: Pick<ApplicationState, 'decisiveSeq' | 'seq'>): number {
  return state.decisiveSeq ?? state.seq;
}

/**
 * Has anything happened that a decision rests on, since its decider looked?
 * @param seen number of the newest event that the decider saw; undefined where nobody said: then nothing is held against it
 */
export function changedSince(
  state: Pick<ApplicationState, 'decisiveSeq' | 'seq'>,
  seen: number | undefined,
): boolean {
  return seen !== undefined && (seen > state.seq || seen < decisiveSeqOf(state));
}

/** The first event after a point that a decision rests on. */
export function decisiveAfter(
  events: readonly ApplicationEvent[],
  seq: number,
): ApplicationEvent | undefined {
  return events.find((event) => event.seq > seq && isDecisive(event));
}
