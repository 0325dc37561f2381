import { sql, type Kysely } from 'kysely';

/** Files for the ward's 学童クラブ管理システム: runs, their bytes, what was in them, and the ward's answers (Q04). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table export_runs (
      id uuid primary key,
      number integer unique,
      profile_id text not null,
      profile_name text not null,
      profile_version integer not null,
      replacements_version integer not null,
      scope text not null check (scope in ('full', 'changes')),
      filter jsonb not null,
      state text not null,
      done integer not null default 0,
      total integer,
      lines integer,
      unchanged integer,
      problem_count integer,
      note_count integer,
      report_ct bytea,
      basis text,
      sha256 text,
      size bigint,
      file_name text,
      failure text,
      created_by uuid not null references accounts (id),
      created_at timestamptz not null default now(),
      prepared_at timestamptz,
      made_by uuid references accounts (id),
      made_at timestamptz,
      confirmed_by uuid references accounts (id),
      confirmed_at timestamptz,
      withdrawn_by uuid references accounts (id),
      withdrawn_at timestamptz,
      withdrawn_reason_ct bytea,
      erased_at timestamptz,
      -- A number and a checksum go with every file that was handed out, and with no other.
      check ((state in ('made', 'confirmed', 'withdrawn')) = (number is not null)),
      check (number is null or (sha256 is not null and file_name is not null))
    );
    create index export_runs_by_profile on export_runs (profile_id, state);
    create index export_runs_by_time on export_runs (created_at desc, id);

    create table export_chunks (
      run_id uuid not null references export_runs (id) on delete cascade,
      n integer not null,
      data_ct bytea not null,
      primary key (run_id, n)
    );

    create table export_records (
      run_id uuid not null references export_runs (id) on delete cascade,
      line integer not null,
      record_key text not null,
      application_id uuid not null,
      receipt_number text not null,
      fingerprint text not null,
      result text not null default 'none' check (result in ('none', 'accepted', 'rejected')),
      reason_ct bytea,
      handled_by uuid references accounts (id),
      handled_at timestamptz,
      primary key (run_id, line)
    );
    create index export_records_by_key on export_records (record_key);
    create index export_records_by_application on export_records (application_id);
    create index export_records_rejected on export_records (run_id) where result = 'rejected';

    create table export_answers (
      id uuid primary key,
      run_id uuid not null references export_runs (id) on delete cascade,
      sha256 text not null,
      accepted integer not null,
      rejected integer not null,
      faults integer not null,
      imported_by uuid not null references accounts (id),
      imported_at timestamptz not null default now()
    );
    create index export_answers_of_run on export_answers (run_id, imported_at);
  `.execute(db);
}
