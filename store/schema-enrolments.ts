import type { ColumnType, Generated } from 'kysely';
import type {
  EnrolmentEffect,
  ExtendedMode,
  RecordSource,
  ReductionReason,
} from '../domain/enrolment/effects.ts';
import type { ApplyAgain, YearChangePolicy } from '../domain/enrolment/year-change.ts';
import type { YearItemResult, YearPlan, YearRunStatus } from '../domain/enrolment/year-run.ts';

type Instant = ColumnType<string, string | Date, string | Date>;
type DefaultInstant = ColumnType<string, string | Date | undefined, string | Date>;
type OptionalInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;

/** A child's membership of a fiscal year; no personal data. */
export interface EnrolmentsTable {
  /** `<fiscal year>:<child key>`. */
  id: string;
  fiscal_year: number;
  child_key: string;
  application_id: string;
  bops: Generated<string[]>;
  first_day: string | null;
  last_day: string | null;
  withdrawn: Generated<boolean>;
  revision: Generated<number>;
  /** The edition of the ward's fees that kintone shows; null: not known. */
  fees_version: number | null;
  updated_at: DefaultInstant;
  /** The day on which kintone was last given it; null: never, or before this was kept. */
  shown_on: string | null;
}

export interface EnrolmentEntriesTable {
  /** The application's id, or the record's. */
  entry_id: string;
  /** Null: the approval of the application. */
  source: RecordSource | null;
  recorded_by: string | null;
  reason: string | null;
  note_ct: Buffer | null;
  application_id: string;
  enrolment_id: string;
  receipt_number: string;
  decided_at: Instant;
  effect: ColumnType<EnrolmentEffect, string, string>;
  recorded_at: DefaultInstant;
  carried_at: OptionalInstant;
}

export interface EnrolmentMonthsTable {
  enrolment_id: string;
  month: string;
  bops: string[];
  extended: ExtendedMode | null;
  reductions: ReductionReason[];
}

/** When the child belongs to which 新BOP; written anew with every entry. */
export interface EnrolmentPeriodsTable {
  enrolment_id: string;
  position: number;
  bop: string;
  from_day: string;
  to_day: string;
}

/** A change of the year, from its preview to its protocol. */
export interface YearChangesTable {
  id: string;
  fiscal_year: number;
  status: YearRunStatus;
  policy: ColumnType<YearChangePolicy, string, string>;
  created_by: string;
  created_at: DefaultInstant;
  confirmed_by: string | null;
  confirmed_at: OptionalInstant;
  finished_at: OptionalInstant;
}

export interface YearChangeItemsTable {
  year_change_id: string;
  enrolment_id: string;
  position: number;
  plan: YearPlan;
  continues: ColumnType<EnrolmentEffect[], string, string>;
  again: ColumnType<ApplyAgain[], string, string>;
  reason: string | null;
  result: YearItemResult | null;
  result_at: OptionalInstant;
}

export interface EnrolmentTables {
  enrolment_periods: EnrolmentPeriodsTable;
  year_changes: YearChangesTable;
  year_change_items: YearChangeItemsTable;
  enrolments: EnrolmentsTable;
  enrolment_entries: EnrolmentEntriesTable;
  enrolment_months: EnrolmentMonthsTable;
}
