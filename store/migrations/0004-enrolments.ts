import { sql, type Kysely } from 'kysely';

/**
 * Enrolments (在籍): a record with history (docs/adr/0010). An application knows its child by the keyed hash that its lock key
 * holds, so that a child's applications and enrolment are found without personal data.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table applications add column child_key text;
    update applications set child_key = split_part(lock_key, ':', 3);
    alter table applications alter column child_key set not null;
    create index applications_child on applications (child_key, fiscal_year);

    -- What has been approved no longer stands in the way: the rules about the enrolment say what can be applied for again
    -- (a second certificate, an admission after a withdrawal).
    drop index applications_lock;
    create unique index applications_lock on applications (lock_key)
      where stage not in ('approved', 'refused', 'cancelled');

    create table enrolments (
      id text primary key,
      fiscal_year integer not null,
      child_key text not null,
      -- The newest application that took effect: its child data name the child.
      application_id uuid not null references applications (id),
      bops text[] not null default '{}',
      first_day date,
      last_day date,
      withdrawn boolean not null default false,
      -- Grows with every entry; kintone has the fold of a revision, never half of one.
      revision integer not null default 0,
      updated_at timestamptz not null default now(),
      unique (child_key, fiscal_year)
    );

    -- One row an application, ever: what its approval does. Everything else is folded from the rows of an enrolment.
    create table enrolment_entries (
      application_id uuid primary key references applications (id),
      enrolment_id text not null references enrolments (id),
      receipt_number text not null,
      decided_at timestamptz not null,
      effect jsonb not null,
      recorded_at timestamptz not null default now(),
      carried_at timestamptz
    );
    create index enrolment_entries_enrolment on enrolment_entries (enrolment_id);

    -- The months of the fold, for lists. Written anew with every entry.
    create table enrolment_months (
      enrolment_id text not null references enrolments (id),
      month text not null,
      bops text[] not null,
      extended text,
      reductions text[] not null,
      primary key (enrolment_id, month)
    );
    create index enrolment_months_month on enrolment_months (month);
  `.execute(db);
}
