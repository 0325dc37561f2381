import type { Milestone, RoundDates } from './assign.ts';
import type { BulkStatus } from './bulk.ts';

/** A round by its fiscal year and code. */
export interface RoundId {
  fiscalYear: number;
  round: string;
}

/** What a round's workflow goes by. */
export interface RoundSchedule {
  dates: readonly RoundDates[];
  /** The hour at which decisions are told, `HH:MM` in Asia/Tokyo. */
  releaseTime: string;
  /** The dates are not the ones that the round went by before: its applications have to be told. */
  changed: boolean;
}

/** The side effects that the workflows of rounds and bulk decisions ask for; implemented in `activities/rounds/`. */
export interface RoundActivities {
  /** The ward's dates as they are now. */
  loadRound(id: RoundId): Promise<RoundSchedule>;
  /** Records that the round goes by these dates from now on. */
  armRound(input: RoundId & { dates: readonly RoundDates[] }): Promise<void>;
  /**
   * Has some of the round's open applications read the ward's settings again, so that their release moves with the round's.
   * @param input.after where the page before ended; null at the beginning
   * @returns where this page ended; null once all have been told
   */
  tellApplications(input: RoundId & { after: string | null }): Promise<{ after: string | null }>;
  /** Records what the round did, with the counts of that moment. Idempotent by the milestone's key. */
  recordMilestone(input: RoundId & { milestone: Milestone }): Promise<void>;
  /** How many of its applications are decided and still to be told. */
  countUntold(id: RoundId): Promise<{ untold: number }>;
  endRound(id: RoundId): Promise<void>;
  /**
   * Decides the next applications of a bulk decision, each by an Update of one id, so that it is decided once however often
   * this is tried. @returns how many are left
   */
  decideBatch(input: { bulkId: string; size: number }): Promise<{ left: number }>;
  markBulk(input: { bulkId: string; status: BulkStatus }): Promise<void>;
}
