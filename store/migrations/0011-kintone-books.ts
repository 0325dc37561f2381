import { sql, type Kysely } from 'kysely';

/**
 * Not only an application's own record is compared with what was written, but documents, reviews, contact records, enrolments
 * and the receipt ledger too: a row of `kintone_records` is a record of kintone's, by app and key. Some time after the end
 * only keyed hashes of its fields are kept. The ledger shows papers before they are applications; enrolments show fees of one
 * edition of the ward's table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table kintone_records add column key text;
    update kintone_records r set key = a.receipt_number from applications a where a.id = r.application_id;
    alter table kintone_records alter column key set not null;
    alter table kintone_records drop constraint kintone_records_pkey;
    alter table kintone_records add primary key (app, key);
    alter table kintone_records add column hashed boolean not null default false;
    create index kintone_records_application on kintone_records (application_id);
    create index kintone_records_unhashed on kintone_records (written_at) where not hashed;

    alter table kintone_changes drop constraint kintone_changes_kind_check;
    alter table kintone_changes add constraint kintone_changes_kind_check
      check (kind in ('answers', 'record', 'deleted', 'system'));

    alter table paper_entries add column ledger_state text;
    alter table enrolments add column fees_version integer;
  `.execute(db);
}
