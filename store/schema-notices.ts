import type { ColumnType, Generated } from 'kysely';
import type { Channel } from '../domain/application/state.ts';
import type { VoidReason } from '../domain/notices/due.ts';
import type { NoticeKind } from '../domain/notices/kinds.ts';
import type { ScanResult, Scanned } from '../domain/notices/scanning.ts';
import type { NoticeDelivery } from '../domain/notices/template.ts';

type OptionalInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;
type DefaultInstant = ColumnType<string, string | Date | undefined, string | Date>;
type Json<T> = ColumnType<T, string, string>;

export interface NoticesTable {
  id: string;
  application_id: string;
  decided_seq: number;
  kind: NoticeKind;
  procedure: string;
  outcome: 'approved' | 'refused';
  reference: string;
  number: string;
  fiscal_year: number;
  round: string;
  bop_code: string;
  channel: Channel;
  delivery: NoticeDelivery;
  issued_on: string;
  data_version: number;
  template_version: number;
  /** Ciphertext; null once kintone has it. */
  content_ct: Buffer | null;
  /** Of the content's canonical JSON. */
  sha256: string;
  key_id: string;
  signature: string;
  check_code: string;
  missing_characters: Generated<number>;
  pdf_sha256: string | null;
  fonts: string | null;
  made_at: DefaultInstant;
  released_at: OptionalInstant;
  voided_at: OptionalInstant;
  void_reason: VoidReason | null;
  carried_as: string | null;
  carried_at: OptionalInstant;
}

export interface NoticeRunsTable {
  id: string;
  number: string;
  choice: Json<unknown>;
  together: boolean;
  frame: Json<{ left: number; top: number; width: number; height: number }>;
  envelopes: number;
  notices: number;
  left_out: Json<readonly { reference: string; reason: string }[]>;
  made_by: string;
  made_at: DefaultInstant;
  sha256: string | null;
  size: number | null;
}

export interface NoticeRunItemsTable {
  run_id: string;
  position: number;
  envelope: number;
  notice_id: string;
  counted_at: OptionalInstant;
  counted_by: string | null;
}

export interface NoticeRunPrintsTable {
  run_id: string;
  at: DefaultInstant;
  by_id: string;
  sha256: string | null;
  same: boolean | null;
}

export interface NoticeScansTable {
  id: Generated<number>;
  run_id: string;
  scan_id: string;
  at: DefaultInstant;
  by_id: string;
  result: ScanResult;
  notice_id: string | null;
  envelope: number | null;
  answer: Json<Scanned>;
}

export interface NoticeTables {
  notices: NoticesTable;
  notice_runs: NoticeRunsTable;
  notice_run_items: NoticeRunItemsTable;
  notice_run_prints: NoticeRunPrintsTable;
  notice_scans: NoticeScansTable;
}
