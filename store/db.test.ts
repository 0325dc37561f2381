import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { migrate, openDatabase, type Db } from './db.ts';

describe('database', () => {
  let database: TestDatabase;
  const pools: Db[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    for (let i = 0; i < 3; i += 1) pools.push(openDatabase(database.url, { max: 2 }));
  });
  afterAll(async () => {
    await Promise.all(pools.map((db) => db.destroy()));
    await database.drop();
  });

  it('is migrated once by however many processes start together', async () => {
    const results = await Promise.all(pools.map((db) => migrate(db)));
    expect(results.filter((applied) => applied.length > 0)).toHaveLength(1);
    expect(await migrate(pools[0]!)).toEqual([]);
  });

  it('gives instants as ISO UTC, days and bigints as the domain has them', async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select timestamptz '2026-11-02 09:00+09' as at, date '2026-12-01' as day, 5000000000::bigint as big`.execute(
      pools[0]!,
    );
    expect(rows[0]).toEqual({ at: '2026-11-02T00:00:00.000Z', day: '2026-12-01', big: 5_000_000_000 });
  });
});
