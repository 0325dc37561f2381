import { sql, type Kysely } from 'kysely';

/**
 * Several applications in one go share a batch; a document that is used again is a copy that knows when it was first handed in
 * (the ward's limit of age counts from then); an answer to a deficiency that is not sent yet is a draft of its application.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table applications add column batch_id uuid;
    create index applications_batch on applications (batch_id) where batch_id is not null;
    alter table files add column copied_from uuid;
    alter table files add column first_uploaded_at timestamptz;
    create unique index drafts_of_application on drafts (account_id, application_id)
      where application_id is not null;
  `.execute(db);
}
