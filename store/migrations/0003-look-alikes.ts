import { sql, type Kysely } from 'kysely';

/**
 * Look-alikes are found by more than the birthday (a mistyped one, brothers and sisters): by kana, guardian, telephone and
 * address too, each a blind index. Children already indexed keep the key of their birthday.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table child_index add column keys text[] not null default '{}';
    update child_index set keys = array[birth_key];
    alter table child_index alter column keys drop default;
    alter table child_index drop column birth_key;
    create index child_index_keys on child_index using gin (keys);
  `.execute(db);
}
