import type { ColumnType, Generated } from 'kysely';
import type { ExtendedMode, Month } from '../domain/enrolment/effects.ts';
import type { MilestoneKind, RoundDates } from '../domain/rounds/assign.ts';
import type { BulkCriteria, BulkStatus, Exclusion, ItemResult, Plan } from '../domain/rounds/bulk.ts';

type Instant = ColumnType<string, string | Date, string | Date>;
type DefaultInstant = ColumnType<string, string | Date | undefined, string | Date>;
type OptionalInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;
type Json<T> = ColumnType<T, string, string>;

/** A round as its workflow last armed it. */
export interface RoundsTable {
  fiscal_year: number;
  round: string;
  dates: Json<readonly RoundDates[]>;
  armed_at: Instant;
  /** Its last date is over, and nothing of it waits to be told. */
  ended_at: OptionalInstant;
}

export interface RoundMilestonesTable {
  fiscal_year: number;
  round: string;
  key: string;
  procedure: string;
  kind: MilestoneKind;
  due_at: Instant;
  recorded_at: DefaultInstant;
  /** How many of its applications stood in each stage then. */
  counts: Json<Readonly<Record<string, number>>>;
}

export interface BulkDecisionsTable {
  id: string;
  title: string;
  status: BulkStatus;
  /** What was asked for: the list's conditions and the plan, in codes. */
  criteria: Json<BulkCriteria>;
  /** What families are told of a refusal; encrypted like every text that a person writes. */
  reason_ct: Buffer | null;
  created_by: string;
  created_at: DefaultInstant;
  confirmed_by: string | null;
  confirmed_at: OptionalInstant;
  finished_at: OptionalInstant;
}

export interface BulkDecisionItemsTable {
  bulk_id: string;
  position: number;
  application_id: string;
  receipt_number: string;
  bop_code: string;
  /** The application's newest event at the preview: what happens later is not decided on unseen. */
  seq: number;
  plan: Plan;
  effective_from: string | null;
  /** For extended use: the rank that was proposed. */
  rank: number | null;
  /** Why it is not decided; null: it is. */
  excluded: Exclusion | null;
  result: ItemResult | null;
  /** The refusal's code, or the stage that was found. */
  result_code: string | null;
  result_at: OptionalInstant;
}

/** What the rank of an application for extended use rests on, read once from its answers; nothing personal. */
export interface ExtendedClaimsTable {
  application_id: string;
  data_version: number;
  mode: ExtendedMode;
  from_month: Month;
  to_month: Month;
  grade: number;
  read_at: Generated<Date>;
}

/** Places of extended use that are being given at this moment. */
export interface PlaceReservationsTable {
  application_id: string;
  fiscal_year: number;
  bop_code: string;
  from_month: Month;
  to_month: Month;
  reserved_at: Generated<Date>;
}

/** The tables of rounds, bulk decisions (migration 0007) and places (0012). */
export interface RoundsDatabase {
  rounds: RoundsTable;
  round_milestones: RoundMilestonesTable;
  bulk_decisions: BulkDecisionsTable;
  bulk_decision_items: BulkDecisionItemsTable;
  extended_claims: ExtendedClaimsTable;
  place_reservations: PlaceReservationsTable;
}
