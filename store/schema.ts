import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { MailTemplate } from '../domain/application/effects.ts';
import type { ApplicationEvent } from '../domain/application/events.ts';
import type { Channel, Stage } from '../domain/application/state.ts';
import type { Queue, Task } from '../domain/application/tasks.ts';
import type { Role } from '../domain/people/actor.ts';
import type { Locale } from '../domain/texts/locale.ts';
import type { EnrolmentTables } from './schema-enrolments.ts';
import type { NoticeTables } from './schema-notices.ts';
import type { ExportTables } from './schema-exports.ts';
import type { RoundsDatabase } from './schema-rounds.ts';
import type { KintoneTables } from './schema-kintone.ts';
import type { PaperTables } from './schema-paper.ts';

/** Instants come out as ISO 8601 UTC with milliseconds, days as `YYYY-MM-DD`, bigint as number (see `db.ts`). */
type Instant = ColumnType<string, string | Date, string | Date>;
type DefaultInstant = ColumnType<string, string | Date | undefined, string | Date>;
type OptionalInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>;
type Json<T> = ColumnType<T, string, string>;
/** Ciphertext (`crypto.ts`). */
type Sealed = Buffer;

export interface AccountsTable {
  id: string;
  kind: 'staff' | 'applicant';
  role: Role;
  place_kind: 'hall' | 'bop' | null;
  place_code: string | null;
  login_key: string;
  login_ct: Sealed;
  name_ct: Sealed;
  email_ct: Sealed | null;
  phone_ct: Sealed | null;
  password_hash: string;
  password_temporary: Generated<boolean>;
  status: 'unverified' | 'active' | 'disabled';
  locale: Generated<Locale>;
  failed_attempts: Generated<number>;
  locked_until: OptionalInstant;
  last_sign_in_at: OptionalInstant;
  last_sign_out_at: OptionalInstant;
  created_at: DefaultInstant;
}

export interface SessionsTable {
  id_hash: string;
  account_id: string;
  csrf_token: string;
  created_at: DefaultInstant;
  last_seen_at: DefaultInstant;
  expires_at: Instant;
  factors: Generated<string[]>;
}

export interface VerificationCodesTable {
  account_id: string;
  purpose: string;
  code_hash: string;
  attempts: Generated<number>;
  expires_at: Instant;
}

export interface DraftsTable {
  id: string;
  account_id: string;
  procedure: string;
  /** Set for an answer to a deficiency of that application which is not sent yet. */
  application_id: string | null;
  content_ct: Sealed;
  updated_at: DefaultInstant;
}

export interface FilesTable {
  id: string;
  account_id: string;
  application_id: string | null;
  /** The row of `application_versions` it came with. */
  source_id: string | null;
  /** Set when that version is accepted. */
  version: number | null;
  document_type: string;
  name_ct: Sealed;
  content_type: string;
  size: number;
  sha256: string;
  complete: Generated<boolean>;
  carried_at: OptionalInstant;
  kintone_file_key: string | null;
  created_at: DefaultInstant;
  /** For a document that is used again: the file it is a copy of, and when the first of them was handed in. */
  copied_from: Generated<string | null>;
  first_uploaded_at: OptionalInstant;
}

export interface FileChunksTable {
  file_id: string;
  n: number;
  data_ct: Sealed;
}

export interface ApplicationsTable {
  id: string;
  receipt_number: string;
  submission_id: string;
  workflow_id: string;
  lock_key: string;
  procedure: string;
  fiscal_year: number;
  round: string;
  bop_code: string;
  channel: Channel;
  /** The keyed hash of the child's identity. */
  child_key: string;
  applicant_id: string | null;
  entered_by: string | null;
  entered_role: 'operator' | 'leader' | null;
  /** Everybody whose hand is in the entry, where it was more than one. */
  enterers: string[] | null;
  has_mail: boolean;
  received_at: Instant;
  started_at: OptionalInstant;
  stage: Stage;
  queues: Generated<Queue[]>;
  tasks: Json<readonly Task[]> | Generated<readonly Task[]>;
  assignee: string | null;
  first_reviewer: string | null;
  deadline: string | null;
  overdue: Generated<boolean>;
  data_version: Generated<number>;
  seq: Generated<number>;
  updated_at: DefaultInstant;
  kintone_seq: Generated<number>;
  kintone_record_id: string | null;
  /** The same for all that were filed in one go. */
  batch_id: Generated<string | null>;
  /** Of those, the one whose mail tells of the receipt of all. */
  told_with: Generated<string | null>;
}

export interface ApplicationEventsTable {
  application_id: string;
  seq: number;
  at: Instant;
  type: ApplicationEvent['type'];
  by_kind: 'staff' | 'applicant' | 'system';
  by_id: string | null;
  by_role: string | null;
  /** The event without the columns above. */
  body: JSONColumnType<Record<string, unknown>>;
}

export type VersionKind = 'filed' | 'answer' | 'correction';

export interface ApplicationVersionsTable {
  application_id: string;
  /** Null until the workflow has accepted the change; then 1, 2, … */
  version: number | null;
  /** The submission's, answer's or correction's id, as the events name it. */
  source_id: string;
  kind: VersionKind;
  /** Null once kintone has it. */
  answers_ct: Sealed | null;
  at: Instant;
  by_id: string | null;
  carried_at: OptionalInstant;
}

export interface ChildIndexTable {
  application_id: string;
  /** Blind indexes of what two look-alikes have in common. */
  keys: string[];
  child_ct: Sealed;
}

export interface IntakeHintsTable {
  application_id: string;
  hints_ct: Sealed;
  look_alikes: Json<readonly LookAlike[]>;
  at: Instant;
}

/** Another application that may be for the same child; ids and reasons only. */
export interface LookAlike {
  applicationId: string;
  receiptNumber: string;
  reasons: readonly string[];
}

export interface TextsTable {
  id: string;
  application_id: string;
  kind: string;
  author_id: string;
  at: DefaultInstant;
  /** Null once kintone has it. */
  content_ct: Sealed | null;
  /** An accepted event refers to it. */
  used: Generated<boolean>;
  carried_at: OptionalInstant;
}

export interface ReviewDraftsTable {
  application_id: string;
  stage: string;
  reviewer_id: string;
  content_ct: Sealed;
  updated_at: DefaultInstant;
}

export interface MailsTable {
  mail_id: string;
  application_id: string | null;
  template: MailTemplate | (string & {});
  status: 'sending' | 'sent' | 'failed' | 'superseded' | 'joined';
  attempts: Generated<number>;
  message_id: string | null;
  error: string | null;
  at: DefaultInstant;
  sent_at: OptionalInstant;
}

export interface LettersTable {
  letter_id: string;
  application_id: string;
  request_id: string;
  pdf_ct: Sealed;
  sha256: string;
  created_at: DefaultInstant;
}

export interface SettingsTable {
  key: string;
  version: number;
  value: Json<unknown>;
  note: Generated<string>;
  changed_by: string | null;
  changed_at: DefaultInstant;
  /** From this day on; null: from when it was saved. */
  valid_from: ColumnType<string | null, string | null | undefined, never>;
}

/** Which editions the open applications have been told of. */
export interface SettingsToldTable {
  name: string;
  version: string;
  told_at: DefaultInstant;
}

export interface SerialsTable {
  name: string;
  value: number;
}

export interface KintoneRequestsTable {
  /** The day in kintone's count, which begins at 09:00 in Asia/Tokyo. */
  day: string;
  app: string;
  count: number;
}

export interface AuditTable {
  seq: Generated<number>;
  at: DefaultInstant;
  actor_kind: string;
  actor_id: string | null;
  actor_role: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  detail: Json<Record<string, unknown>>;
  request_id: string | null;
  ip: string | null;
}

/** The tables after all migrations. */
export interface Database
  extends EnrolmentTables, NoticeTables, PaperTables, RoundsDatabase, ExportTables, KintoneTables {
  accounts: AccountsTable;
  sessions: SessionsTable;
  verification_codes: VerificationCodesTable;
  drafts: DraftsTable;
  files: FilesTable;
  file_chunks: FileChunksTable;
  applications: ApplicationsTable;
  application_events: ApplicationEventsTable;
  application_versions: ApplicationVersionsTable;
  child_index: ChildIndexTable;
  intake_hints: IntakeHintsTable;
  texts: TextsTable;
  review_drafts: ReviewDraftsTable;
  mails: MailsTable;
  letters: LettersTable;
  settings: SettingsTable;
  settings_told: SettingsToldTable;
  serials: SerialsTable;
  kintone_requests: KintoneRequestsTable;
  audit: AuditTable;
}
