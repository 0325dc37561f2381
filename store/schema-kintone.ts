import type { ColumnType, Generated } from 'kysely';
import type { KintoneChangeKind } from '../domain/application/kintone-changes.ts';

type DefaultInstant = ColumnType<string, string | Date | undefined, string | Date>;
type Instant = ColumnType<string, string | Date, string | Date>;
type OptionalInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;

/** What kintone was last given of a record. */
export interface KintoneRecordsTable {
  application_id: string;
  app: string;
  /** The value of the app's key field. */
  key: string;
  /** kintone's own number of the record; null until it has been looked at. */
  record_id: string | null;
  /** The application's event that it was written with. */
  seq: number;
  /** All fields are known, not only those of the last write. */
  complete: boolean;
  /** `content_ct` is keyed hashes, not values. */
  hashed: Generated<boolean>;
  content_ct: Buffer;
  written_at: DefaultInstant;
}

export interface KintoneChangesTable {
  id: string;
  application_id: string;
  kind: KintoneChangeKind;
  /** Keyed hash of what was seen: the same seen again is no second change. */
  fingerprint: string;
  detail_ct: Buffer;
  found_at: DefaultInstant;
  reported_at: OptionalInstant;
  settled_at: OptionalInstant;
}

/** Records that a webhook told of and that nobody has compared yet. */
export interface KintoneSuspectsTable {
  app: string;
  record_id: string;
  event: string;
  by_ct: Buffer | null;
  received_at: DefaultInstant;
}
export interface KintoneWebhooksTable {
  app: string;
  received_at: Instant;
}
export interface KintoneLooksTable {
  app: string;
  since: Instant;
  /** When all records were last counted through, to see what is gone. */
  swept_at: OptionalInstant;
}
export interface KintoneProcessesTable {
  id: string;
  /** Requests that the process allows itself at one time. */
  taken: Generated<number>;
  beat_at: DefaultInstant;
}

export interface KintoneTables {
  kintone_records: KintoneRecordsTable;
  kintone_changes: KintoneChangesTable;
  kintone_suspects: KintoneSuspectsTable;
  kintone_webhooks: KintoneWebhooksTable;
  kintone_looks: KintoneLooksTable;
  kintone_processes: KintoneProcessesTable;
}
