import { sql, type Kysely } from 'kysely';

/**
 * Settings that hold from a day of the ward's choosing; why a notice is void; one mail for all that was filed in one go; and places
 * of extended use that are being given at this moment, so that two people who approve at once never give the same one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table settings add column valid_from date;
    alter table notices add column void_reason text check (void_reason in ('revised', 'redated'));
    -- Until now there was one reason only.
    update notices set void_reason = 'revised' where voided_at is not null;

    -- The application of the same filing whose mail tells of the receipt of all.
    alter table applications add column told_with uuid;
    create index applications_told_with on applications (told_with) where told_with is not null;
    alter table mails drop constraint mails_status_check;
    alter table mails add constraint mails_status_check
      check (status in ('sending', 'sent', 'failed', 'superseded', 'joined'));

    create table place_reservations (
      application_id uuid primary key references applications (id) on delete cascade,
      fiscal_year integer not null,
      bop_code text not null,
      from_month text not null,
      to_month text not null,
      reserved_at timestamptz not null default now()
    );
    create index place_reservations_place on place_reservations (fiscal_year, bop_code);
  `.execute(db);
}
