import type { ColumnType, Generated } from 'kysely';
import type { EnrolmentEffect, ExtendedMode, ReductionReason } from '../domain/enrolment/effects.ts';

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
}

export interface EnrolmentEntriesTable {
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

export interface EnrolmentTables {
  enrolments: EnrolmentsTable;
  enrolment_entries: EnrolmentEntriesTable;
  enrolment_months: EnrolmentMonthsTable;
}
