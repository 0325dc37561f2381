import type { ApplyAgain, LeavingReason, YearChange, YearExclusion } from './year-change.ts';

/** A change of the year (年度替わり): looked at first, then confirmed and written, then on record. */
export const YEAR_RUN_STATUSES = ['preview', 'running', 'done'] as const;
export type YearRunStatus = (typeof YEAR_RUN_STATUSES)[number];

/** What a run does with a child: writes the next year, has the family apply again, lets it end, or leaves it out. */
export const YEAR_PLANS = ['continues', 'applyAgain', 'leaves', 'excluded'] as const;
export type YearPlan = (typeof YEAR_PLANS)[number];

/**
 * What became of a child that was to go on: its next year was written; it was there already (another run, or an application
 * that was faster); or something had changed since the preview, so that it is left to the next one.
 */
export const YEAR_ITEM_RESULTS = ['written', 'already', 'changed'] as const;
export type YearItemResult = (typeof YEAR_ITEM_RESULTS)[number];

export interface YearItemPlan {
  plan: YearPlan;
  reason: YearExclusion | LeavingReason | null;
  again: readonly ApplyAgain[];
}

/** What the run does with a child, from what the ward's rule says of it and what is there for the next year. */
export function planOf(change: YearChange | undefined, exclusion: YearExclusion | undefined): YearItemPlan {
  if (!change) return { plan: 'excluded', reason: 'birthDateUnknown', again: [] };
  const { continues, applyAgain: again, leaves } = change;
  if (leaves !== undefined) return { plan: 'leaves', reason: leaves, again };
  if (continues.length === 0) return { plan: 'applyAgain', reason: null, again };
  if (exclusion !== undefined) return { plan: 'excluded', reason: exclusion, again };
  return { plan: 'continues', reason: null, again };
}

/** The side effects that the workflows of enrolments ask for; implemented in `activities/enrolment/`. */
export interface EnrolmentActivities {
  /** Writes the next year of the next children of a confirmed run, each once. @returns how many are left */
  writeYearBatch(input: { runId: string; size: number }): Promise<{ left: number }>;
  endYearRun(input: { runId: string }): Promise<void>;
  /** Brings kintone an enrolment as its entries and the day have it. @returns the day of the next change of 新BOP */
  carryEnrolment(input: { enrolmentId: string }): Promise<{ nextOn: string | null }>;
  /** Has some open applications read the ward's settings again. @returns where this page ended; null at the end */
  tellSettings(input: { after: string | null }): Promise<{ after: string | null }>;
  markSettingsTold(input: { version: string }): Promise<void>;
}
