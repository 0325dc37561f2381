import { sql, type Kysely } from 'kysely';

/**
 * The first schema. Columns ending in `_ct` are ciphertext (store/crypto.ts). `applications` and `application_events` are a
 * projection without personal data, rebuilt at will from kintone and Temporal (design 8); answers, texts and files wait here
 * only until kintone has them (design 6).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table accounts (
      id uuid primary key,
      kind text not null check (kind in ('staff', 'applicant')),
      role text not null check (role in ('operator', 'leader', 'ward', 'hall', 'bop', 'applicant')),
      place_kind text check (place_kind in ('hall', 'bop')),
      place_code text,
      login_key text not null unique,
      login_ct bytea not null,
      name_ct bytea not null,
      email_ct bytea,
      phone_ct bytea,
      password_hash text not null,
      password_temporary boolean not null default false,
      status text not null check (status in ('unverified', 'active', 'disabled')),
      locale text not null default 'ja',
      failed_attempts integer not null default 0,
      locked_until timestamptz,
      last_sign_in_at timestamptz,
      last_sign_out_at timestamptz,
      created_at timestamptz not null default now()
    );

    create table sessions (
      id_hash text primary key,
      account_id uuid not null references accounts (id),
      csrf_token text not null,
      created_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      factors text[] not null default '{password}'
    );
    create index sessions_account on sessions (account_id);

    create table verification_codes (
      account_id uuid not null references accounts (id),
      purpose text not null,
      code_hash text not null,
      attempts integer not null default 0,
      expires_at timestamptz not null,
      primary key (account_id, purpose)
    );

    create table drafts (
      id uuid primary key,
      account_id uuid not null references accounts (id),
      procedure text not null,
      application_id uuid,
      content_ct bytea not null,
      updated_at timestamptz not null default now()
    );
    create index drafts_account on drafts (account_id, updated_at desc);

    create table files (
      id uuid primary key,
      account_id uuid not null references accounts (id),
      application_id uuid,
      version integer,
      document_type text not null,
      name_ct bytea not null,
      content_type text not null,
      size bigint not null,
      sha256 text not null,
      complete boolean not null default false,
      carried_at timestamptz,
      kintone_file_key text,
      created_at timestamptz not null default now()
    );
    create index files_application on files (application_id);
    create index files_waiting on files (created_at) where application_id is null;
    create table file_chunks (
      file_id uuid not null references files (id) on delete cascade,
      n integer not null,
      data_ct bytea not null,
      primary key (file_id, n)
    );

    create table applications (
      id uuid primary key,
      receipt_number text not null unique,
      submission_id uuid not null unique,
      workflow_id text not null,
      lock_key text not null,
      procedure text not null,
      fiscal_year integer not null,
      round text not null,
      bop_code text not null,
      channel text not null,
      applicant_id uuid references accounts (id),
      has_mail boolean not null,
      received_at timestamptz not null,
      started_at timestamptz,
      stage text not null,
      queues text[] not null default '{}',
      tasks jsonb not null default '[]',
      assignee uuid,
      first_reviewer uuid,
      deadline date,
      overdue boolean not null default false,
      data_version integer not null default 1,
      state jsonb,
      seq integer not null default 0,
      updated_at timestamptz not null default now(),
      kintone_seq integer not null default 0,
      kintone_record_id text
    );
    create unique index applications_lock on applications (lock_key) where stage not in ('refused', 'cancelled');
    create index applications_queue on applications using gin (queues);
    create index applications_place on applications (bop_code, received_at);
    create index applications_applicant on applications (applicant_id, received_at desc);
    create index applications_received on applications (received_at, id);
    create index applications_unstarted on applications (received_at) where started_at is null;

    create table application_events (
      application_id uuid not null references applications (id),
      seq integer not null,
      at timestamptz not null,
      type text not null,
      by_kind text not null,
      by_id uuid,
      by_role text,
      body jsonb not null,
      primary key (application_id, seq)
    );

    create table application_versions (
      application_id uuid not null references applications (id),
      version integer not null,
      source_id uuid not null unique,
      kind text not null check (kind in ('filed', 'answer', 'correction')),
      answers_ct bytea,
      at timestamptz not null,
      by_id uuid,
      carried_at timestamptz,
      primary key (application_id, version)
    );

    create table child_index (
      application_id uuid primary key references applications (id),
      birth_key text not null,
      child_ct bytea not null
    );
    create index child_index_birth on child_index (birth_key);

    create table intake_hints (
      application_id uuid primary key references applications (id),
      hints jsonb not null,
      look_alikes jsonb not null,
      at timestamptz not null
    );

    create table texts (
      id uuid primary key,
      application_id uuid not null references applications (id),
      kind text not null,
      author_id uuid not null,
      at timestamptz not null default now(),
      content_ct bytea,
      used boolean not null default false,
      carried_at timestamptz
    );
    create index texts_application on texts (application_id);

    create table review_drafts (
      application_id uuid not null references applications (id),
      stage text not null,
      reviewer_id uuid not null references accounts (id),
      content_ct bytea not null,
      updated_at timestamptz not null default now(),
      primary key (application_id, stage, reviewer_id)
    );

    create table mails (
      mail_id text primary key,
      application_id uuid references applications (id),
      template text not null,
      status text not null check (status in ('sending', 'sent', 'failed')),
      attempts integer not null default 0,
      message_id text,
      error text,
      at timestamptz not null default now(),
      sent_at timestamptz
    );
    create index mails_application on mails (application_id);

    create table letters (
      letter_id text primary key,
      application_id uuid not null references applications (id),
      request_id text not null,
      pdf_ct bytea not null,
      sha256 text not null,
      created_at timestamptz not null default now()
    );

    create table settings (
      key text not null,
      version integer not null,
      value jsonb not null,
      note text not null default '',
      changed_by uuid,
      changed_at timestamptz not null default now(),
      primary key (key, version)
    );

    create table serials (
      name text primary key,
      value bigint not null
    );

    create table audit (
      seq bigint generated always as identity primary key,
      at timestamptz not null default now(),
      actor_kind text not null,
      actor_id uuid,
      actor_role text,
      action text not null,
      subject_kind text,
      subject_id text,
      detail jsonb not null default '{}',
      request_id text,
      ip inet
    );
    create index audit_subject on audit (subject_kind, subject_id, seq);
  `.execute(db);
}
