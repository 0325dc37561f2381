import { sql, type Kysely } from 'kysely';

/** The role in which a paper application was entered; what was received before says nothing of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table applications add column entered_role text check (entered_role in ('operator', 'leader'))`.execute(
    db,
  );
}
