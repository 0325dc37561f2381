import { sql, type Kysely } from 'kysely';

/**
 * A change of data is written before the workflow has accepted it, so its number is not known yet: `version` may be null,
 * and the id of the submission, answer or correction is the key that files point to. Beside it the count of requests to
 * kintone a day and app. Hints repeat
 * what people wrote, so they are sealed. `applications.state` was never needed: the state is what the events replay to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table application_versions drop constraint application_versions_pkey;
    alter table application_versions drop constraint application_versions_source_id_key;
    alter table application_versions add primary key (source_id);
    alter table application_versions alter column version drop not null;
    create unique index application_versions_order on application_versions (application_id, version);
    create index application_versions_waiting on application_versions (application_id) where carried_at is null;

    alter table files add column source_id uuid references application_versions (source_id);
    create index texts_waiting on texts (application_id) where used and carried_at is null;

    alter table intake_hints drop column hints;
    alter table intake_hints add column hints_ct bytea not null;

    alter table applications drop column state;
    alter table applications add column entered_by uuid references accounts (id);
    create index applications_behind_kintone on applications (updated_at) where kintone_seq < seq;

    create table kintone_requests (
      day date not null,
      app text not null,
      count bigint not null,
      primary key (day, app)
    );
  `.execute(db);
}
