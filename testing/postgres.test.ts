import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from './postgres.ts';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

describe('test databases', () => {
  it('each is empty, and gone after drop', async () => {
    const one = await createTestDatabase();
    const two = await createTestDatabase();
    await query(one.url, 'create table t (a int)');
    expect(await query(two.url, "select * from pg_tables where tablename = 't'")).toEqual([]);
    await one.drop();
    await two.drop();
    await expect(query(one.url, 'select 1')).rejects.toThrow(/does not exist/);
  });

  it('prepares a template once for all who ask at the same time', async () => {
    let prepared = 0;
    const key = `test-${String(process.pid)}-${String(Date.now())}`;
    const template = {
      key,
      prepare: async (url: string) => {
        prepared += 1;
        await query(url, 'create table t (a int); insert into t values (7)');
      },
    };
    const databases = await Promise.all([1, 2, 3].map(() => createTestDatabase({ template })));
    expect(prepared).toBe(1);
    for (const database of databases) {
      expect(await query(database.url, 'select a from t')).toEqual([{ a: 7 }]);
      await database.drop();
    }
  });

  it('prepares again when the first try failed half-way', async () => {
    const key = `half-${String(process.pid)}-${String(Date.now())}`;
    const failing = {
      key,
      prepare: async (url: string) => {
        await query(url, 'create table t (a int)');
        throw new Error('interrupted');
      },
    };
    await expect(createTestDatabase({ template: failing })).rejects.toThrow('interrupted');
    const working = {
      key,
      prepare: (url: string) => query(url, 'create table t (b int)').then(() => undefined),
    };
    const database = await createTestDatabase({ template: working });
    expect(await query(database.url, 'select b from t')).toEqual([]);
    await database.drop();
  });
});
