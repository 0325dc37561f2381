import type { ColumnType, Generated } from 'kysely';

type Instant = ColumnType<string, string | Date | undefined, string | Date>;
type OptionalInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;

/** A paper application from its receipt stamp until it has been entered (Q12, Q14). */
export interface PaperEntriesTable {
  id: string;
  serial: string;
  procedure: string;
  received_on: string;
  arrived_by: 'post' | 'counter';
  receiver_id: string;
  stamped_at: Instant;
  /** Whose entry it is now. */
  entered_by: string;
  /** Everybody who has typed, in their order. */
  hands: string[];
  /** Null once the application has been received, or the entry discarded. */
  content_ct: Buffer | null;
  /** Blind indexes by which other entries of the same child are found. */
  keys: Generated<string[]>;
  /** Files that the entry holds; housekeeping leaves them alone. */
  file_ids: Generated<string[]>;
  revision: Generated<number>;
  discarded_at: OptionalInstant;
  discarded_by: string | null;
  discard_reason_ct: Buffer | null;
  /** How the receipt ledger in kintone shows it, until it is an application. */
  ledger_state: string | null;
  updated_at: Instant;
}

/** Tables of paper applications. */
export interface PaperTables {
  paper_entries: PaperEntriesTable;
}
