import { sql, type Kysely } from 'kysely';

/**
 * What kintone was last given of each application, sealed: what people change or delete there is seen by comparing, and can be
 * put back. With it the changes that were seen, what webhooks told of, and the processes that share kintone's concurrent requests.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table kintone_records (
      application_id uuid primary key references applications (id) on delete cascade,
      app text not null,
      record_id text,
      seq integer not null,
      complete boolean not null,
      content_ct bytea not null,
      written_at timestamptz not null default now()
    );
    create index kintone_records_id on kintone_records (app, record_id);

    create table kintone_changes (
      id uuid primary key,
      application_id uuid not null references applications (id) on delete cascade,
      kind text not null check (kind in ('answers', 'deleted', 'system')),
      fingerprint text not null,
      detail_ct bytea not null,
      found_at timestamptz not null default now(),
      reported_at timestamptz,
      settled_at timestamptz
    );
    create unique index kintone_changes_open on kintone_changes (application_id, fingerprint) where settled_at is null;

    create table kintone_suspects (
      app text not null,
      record_id text not null,
      event text not null,
      by_ct bytea,
      received_at timestamptz not null default now(),
      primary key (app, record_id)
    );
    create table kintone_webhooks (app text primary key, received_at timestamptz not null);
    create table kintone_looks (app text primary key, since timestamptz not null, swept_at timestamptz);
    create table kintone_processes (
      id uuid primary key,
      taken integer not null default 0,
      beat_at timestamptz not null default now()
    );
  `.execute(db);
}
