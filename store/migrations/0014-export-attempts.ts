import { sql, type Kysely } from 'kysely';

/**
 * Which attempt prepares a file: a worker that was frozen and given up for dead may wake up beside the one that took its place,
 * and must not write into the other's file.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table export_runs add column attempt uuid`.execute(db);
}
