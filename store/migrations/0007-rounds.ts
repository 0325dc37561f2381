import { sql, type Kysely } from 'kysely';

/** Rounds as their workflows see them, bulk decisions with their protocol, and what ranks of extended use rest on (ADR 0013). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rounds (
      fiscal_year integer not null,
      round text not null,
      dates jsonb not null,
      armed_at timestamptz not null,
      ended_at timestamptz,
      primary key (fiscal_year, round)
    );

    create table round_milestones (
      fiscal_year integer not null,
      round text not null,
      key text not null,
      procedure text not null,
      kind text not null,
      due_at timestamptz not null,
      recorded_at timestamptz not null default now(),
      counts jsonb not null,
      primary key (fiscal_year, round, key)
    );

    create table bulk_decisions (
      id uuid primary key,
      title text not null,
      status text not null
        check (status in ('preview', 'running', 'paused', 'stopping', 'stopped', 'done')),
      criteria jsonb not null,
      reason_ct bytea,
      created_by uuid not null references accounts (id),
      created_at timestamptz not null default now(),
      confirmed_by uuid references accounts (id),
      confirmed_at timestamptz,
      finished_at timestamptz
    );
    create index bulk_decisions_created on bulk_decisions (created_at);

    create table bulk_decision_items (
      bulk_id uuid not null references bulk_decisions (id) on delete cascade,
      position integer not null,
      application_id uuid not null references applications (id),
      receipt_number text not null,
      bop_code text not null,
      seq integer not null,
      plan text not null check (plan in ('approve', 'refuse', 'waitlist')),
      effective_from date,
      rank integer,
      excluded text,
      result text check (result in ('decided', 'changed', 'refused')),
      result_code text,
      result_at timestamptz,
      primary key (bulk_id, application_id),
      unique (bulk_id, position)
    );
    create index bulk_decision_items_open on bulk_decision_items (bulk_id, position)
      where excluded is null and result is null;

    create table extended_claims (
      application_id uuid primary key references applications (id) on delete cascade,
      data_version integer not null,
      mode text not null,
      from_month text not null,
      to_month text not null,
      grade integer not null,
      read_at timestamptz not null default now()
    );

    create index applications_rounds on applications (fiscal_year, round, stage);
  `.execute(db);
}
