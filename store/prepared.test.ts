import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { preparingPool } from './prepared.ts';

describe('prepared statements', () => {
  let database: TestDatabase;
  let db: Kysely<unknown>;
  beforeEach(async () => {
    database = await createTestDatabase();
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    db = new Kysely({ dialect: new PostgresDialect({ pool: preparingPool(pool, { often: 2 }) }) });
    await sql`create table thing (id integer primary key, name text)`.execute(db);
    await sql`insert into thing values (1, 'one'), (2, 'two')`.execute(db);
  });
  afterEach(async () => {
    await db.destroy();
    await database.drop();
  });

  const thing = async (id: number, at: Kysely<unknown> = db) =>
    (await sql`select * from thing where id = ${id}`.execute(at)).rows[0];
  const prepared = async () =>
    (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)).rows.map(
      ({ statement }) => statement,
    );

  it('prepares what comes often, and nothing else', async () => {
    expect(await thing(1)).toEqual({ id: 1, name: 'one' });
    expect(await prepared()).toEqual([]);
    for (const id of [1, 2, 1, 2]) await thing(id);
    expect(await thing(2)).toEqual({ id: 2, name: 'two' });
    expect(await prepared()).toEqual(['select * from thing where id = $1']);
  });

  it('asks anew where a migration has changed what the answer looks like', async () => {
    for (const id of [1, 2, 1]) await thing(id);
    await sql`alter table thing add column more text default 'more'`.execute(db);
    expect(await thing(1)).toEqual({ id: 1, name: 'one', more: 'more' });
  });

  it('fails once inside a transaction, and does not fail the next time', async () => {
    for (const id of [1, 2, 1]) await thing(id);
    await sql`alter table thing add column more text`.execute(db);
    await expect(db.transaction().execute((trx) => thing(1, trx))).rejects.toMatchObject({ code: '0A000' });
    expect(await db.transaction().execute((trx) => thing(1, trx))).toMatchObject({ name: 'one', more: null });
  });

  it('prepares again where the server has forgotten', async () => {
    for (const id of [1, 2, 1]) await thing(id);
    await sql`deallocate all`.execute(db);
    expect(await thing(2)).toEqual({ id: 2, name: 'two' });
  });

  it('passes other errors on as they are', async () => {
    for (let i = 3; i < 6; i += 1) await sql`insert into thing values (${i}, 'x')`.execute(db);
    await expect(sql`insert into thing values (${3}, 'x')`.execute(db)).rejects.toMatchObject({
      code: '23505',
    });
    expect(await thing(3)).toMatchObject({ name: 'x' });
  });
});
