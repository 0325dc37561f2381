import type { ColumnType, Generated } from 'kysely';
import type { RunState } from '../domain/exports/runs.ts';

type DefaultInstant = ColumnType<string, string | Date | undefined, string | Date>;
type OptionalInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;
type Json<T> = ColumnType<T, string, string>;

export interface ExportRunsTable {
  id: string;
  /** Null until the file is made; then 1, 2, … without gaps. */
  number: number | null;
  profile_id: string;
  profile_name: string;
  /** Edition of the setting `exportProfiles` that it was made with. */
  profile_version: number;
  replacements_version: number;
  scope: 'full' | 'changes';
  filter: Json<{ fiscalYear: number | null }>;
  state: RunState;
  /** The attempt that prepares it; only that one writes. */
  attempt: string | null;
  /** Records looked at so far, and how many there are. */
  done: Generated<number>;
  total: number | null;
  /** Lines of the file; records that were left out because they have not changed. */
  lines: number | null;
  unchanged: number | null;
  problem_count: number | null;
  note_count: number | null;
  /** Preview, problems and protocol. Null once erased. */
  report_ct: Buffer | null;
  /** What "only changes" was compared with; it must be the same still when the file is made. */
  basis: string | null;
  sha256: string | null;
  size: number | null;
  file_name: string | null;
  /** A code, for `failed`. */
  failure: string | null;
  created_by: string;
  created_at: DefaultInstant;
  prepared_at: OptionalInstant;
  made_by: string | null;
  made_at: OptionalInstant;
  confirmed_by: string | null;
  confirmed_at: OptionalInstant;
  withdrawn_by: string | null;
  withdrawn_at: OptionalInstant;
  withdrawn_reason_ct: Buffer | null;
  erased_at: OptionalInstant;
}

export interface ExportChunksTable {
  run_id: string;
  n: number;
  data_ct: Buffer;
}

export interface ExportRecordsTable {
  run_id: string;
  line: number;
  /** What the line is about, the same in every run. */
  record_key: string;
  application_id: string;
  receipt_number: string;
  /** Keyed hash of the values that went out. */
  fingerprint: string;
  result: Generated<'none' | 'accepted' | 'rejected'>;
  reason_ct: Buffer | null;
  handled_by: string | null;
  handled_at: OptionalInstant;
}

export interface ExportAnswersTable {
  id: string;
  run_id: string;
  sha256: string;
  accepted: number;
  rejected: number;
  faults: number;
  imported_by: string;
  imported_at: DefaultInstant;
}

/** Tables of the exports to the ward's system (Q04). */
export interface ExportTables {
  export_runs: ExportRunsTable;
  export_chunks: ExportChunksTable;
  export_records: ExportRecordsTable;
  export_answers: ExportAnswersTable;
}
