import { sql, type Kysely } from 'kysely';

/**
 * Notices (通知書, docs/adr/0011): one row a decision. What a notice says is here, encrypted, only until kintone has it; the row
 * keeps number, checksum and signature for good. Print runs with their sheets, printings and scans beside them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notices (
      id text primary key,
      application_id uuid not null references applications (id),
      decided_seq integer not null,
      kind text not null,
      procedure text not null,
      outcome text not null,
      reference text not null unique,
      number text not null,
      fiscal_year integer not null,
      round text not null,
      bop_code text not null,
      channel text not null,
      delivery text not null,
      issued_on date not null,
      data_version integer not null,
      template_version integer not null,
      -- Null once kintone has it.
      content_ct bytea,
      sha256 text not null,
      key_id text not null,
      signature text not null,
      check_code text not null,
      -- How many of its characters no font had when it was made.
      missing_characters integer not null default 0,
      pdf_sha256 text,
      fonts text,
      made_at timestamptz not null default now(),
      released_at timestamptz,
      voided_at timestamptz,
      -- How it stood when kintone was last told.
      carried_as text,
      carried_at timestamptz,
      unique (application_id, decided_seq)
    );
    create index notices_list on notices (issued_on desc, reference);
    create index notices_place on notices (bop_code, issued_on desc);

    create table notice_runs (
      id uuid primary key,
      number text not null unique,
      choice jsonb not null,
      together boolean not null,
      frame jsonb not null,
      envelopes integer not null,
      notices integer not null,
      left_out jsonb not null,
      made_by uuid not null references accounts (id),
      made_at timestamptz not null default now(),
      -- Of the first whole printing; later ones are compared with it.
      sha256 text,
      size bigint
    );

    create table notice_run_items (
      run_id uuid not null references notice_runs (id),
      position integer not null,
      envelope integer not null,
      notice_id text not null references notices (id),
      counted_at timestamptz,
      counted_by uuid references accounts (id),
      primary key (run_id, position),
      unique (run_id, notice_id)
    );
    create index notice_run_items_notice on notice_run_items (notice_id);

    create table notice_run_prints (
      run_id uuid not null references notice_runs (id),
      at timestamptz not null default now(),
      by_id uuid not null references accounts (id),
      -- Null where the reader broke off.
      sha256 text,
      same boolean
    );
    create index notice_run_prints_run on notice_run_prints (run_id, at);

    create table notice_scans (
      id bigint generated always as identity primary key,
      run_id uuid not null references notice_runs (id),
      -- Made by the browser once a scan, so that a repeated request is one scan.
      scan_id uuid not null unique,
      at timestamptz not null default now(),
      by_id uuid not null references accounts (id),
      result text not null,
      notice_id text references notices (id),
      envelope integer,
      answer jsonb not null
    );
    create index notice_scans_run on notice_scans (run_id, id);
  `.execute(db);
}
