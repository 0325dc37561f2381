import { sql, type Kysely } from 'kysely';

/**
 * Paper applications are received with a stamp and a serial before anybody has typed anything, and are typed by one or several
 * people, none of whom may check the entry. What is typed is sealed, and goes when the application has been received. And mails
 * that have become pointless while the mail server was away are not sent.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table paper_entries (
      id uuid primary key,
      serial text not null unique,
      procedure text not null,
      received_on date not null,
      arrived_by text not null check (arrived_by in ('post', 'counter')),
      receiver_id uuid not null references accounts (id),
      stamped_at timestamptz not null default now(),
      entered_by uuid not null references accounts (id),
      hands uuid[] not null,
      content_ct bytea,
      keys text[] not null default '{}',
      file_ids uuid[] not null default '{}',
      revision integer not null default 0,
      discarded_at timestamptz,
      discarded_by uuid references accounts (id),
      discard_reason_ct bytea,
      updated_at timestamptz not null default now()
    );
    create index paper_entries_open on paper_entries (updated_at) where discarded_at is null;
    create index paper_entries_keys on paper_entries using gin (keys);

    alter table applications add column enterers uuid[];

    alter table mails drop constraint mails_status_check;
    alter table mails add constraint mails_status_check
      check (status in ('sending', 'sent', 'failed', 'superseded'));
  `.execute(db);
}
