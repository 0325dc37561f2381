import { sql, type Kysely } from 'kysely';

/**
 * What no application brings: the change of the year that the ward confirms, and changes of school that staff record. And the
 * days on which a child belongs to a 新BOP, for who may look it up when (Q03).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table enrolment_entries add column entry_id text;
    update enrolment_entries set entry_id = application_id::text;
    alter table enrolment_entries alter column entry_id set not null;
    alter table enrolment_entries drop constraint enrolment_entries_pkey;
    alter table enrolment_entries add primary key (entry_id);
    alter table enrolment_entries add column source text;
    alter table enrolment_entries add column recorded_by uuid references accounts (id);
    alter table enrolment_entries add column reason text;
    alter table enrolment_entries add column note_ct bytea;
    -- One entry an application, ever; a record's names the application that the child's data are from.
    create unique index enrolment_entries_application on enrolment_entries (application_id) where source is null;
    create index enrolment_entries_waiting on enrolment_entries (enrolment_id) where carried_at is null;

    create table enrolment_periods (
      enrolment_id text not null references enrolments (id) on delete cascade,
      position integer not null,
      bop text not null,
      from_day date not null,
      to_day date not null,
      primary key (enrolment_id, position)
    );
    create index enrolment_periods_bop on enrolment_periods (bop, to_day);
    insert into enrolment_periods (enrolment_id, position, bop, from_day, to_day)
      select e.id, b.position - 1, b.bop, e.first_day, e.last_day
      from enrolments e cross join lateral unnest(e.bops) with ordinality as b (bop, position)
      where e.first_day is not null and e.last_day is not null;

    -- The day on which kintone was last given it: it shows the 新BOP of that day.
    alter table enrolments add column shown_on date;

    create table year_changes (
      id uuid primary key,
      -- The year that ends.
      fiscal_year integer not null,
      status text not null,
      policy jsonb not null,
      created_by uuid not null references accounts (id),
      created_at timestamptz not null default now(),
      confirmed_by uuid references accounts (id),
      confirmed_at timestamptz,
      finished_at timestamptz
    );
    -- One at a time: what is confirmed for a year is written before the next is.
    create unique index year_changes_running on year_changes (fiscal_year) where status = 'running';

    create table year_change_items (
      year_change_id uuid not null references year_changes (id) on delete cascade,
      enrolment_id text not null references enrolments (id),
      position integer not null,
      plan text not null,
      continues jsonb not null,
      again jsonb not null,
      -- Why not: an exclusion's or leaving child's code.
      reason text,
      result text,
      result_at timestamptz,
      primary key (year_change_id, enrolment_id)
    );
    create index year_change_items_open on year_change_items (year_change_id, position)
      where plan = 'continues' and result is null;

    -- Which editions of the ward's calendar and deadlines all open applications have been told of: one row.
    create table settings_told (
      name text primary key,
      version text not null,
      told_at timestamptz not null default now()
    );
  `.execute(db);
}
