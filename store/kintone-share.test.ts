import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../testing/postgres.ts';
import { migrate, openDatabase, type Db } from './db.ts';
import { countKintoneRequests, kintoneRequestsOn, kintoneDay } from './kintone-requests.ts';
import { shareKintone, type KintoneShare } from './kintone-share.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url, { max: 4, onError: () => undefined });
  await migrate(db);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const everyMs = 100;
const until = async (condition: () => boolean) => {
  while (!condition()) await delay(5);
};
const open = () => ({ max: 99, running: 0 });

describe('the share of kintone’s concurrent requests', () => {
  it('is all for one process alone, equal for several, and never more together than the whole', async () => {
    const limiters = [open(), open(), open()];
    const shares: KintoneShare[] = [];
    const most = async () => {
      const { rows } = await sql<{ taken: number }>`
        select coalesce(sum(taken), 0)::int as taken from kintone_processes`.execute(db);
      expect(rows[0]!.taken).toBeLessThanOrEqual(20);
    };
    const join = (i: number) => {
      shares.push(shareKintone(db, limiters[i]!, { total: 20, atMost: 20, everyMs }));
    };
    join(0);
    await until(() => limiters[0]!.max === 20);
    join(1);
    await shares[1]!.ready;
    // Nothing is left for who comes new, until the other has taken less.
    expect(limiters[0]!.max + limiters[1]!.max).toBeLessThanOrEqual(20);
    await until(() => limiters[1]!.max === 10 && limiters[0]!.max === 10);
    await most();
    join(2);
    await until(() => limiters.every(({ max }) => max === 6));
    await most();
    await shares[2]!.close();
    await until(() => limiters[0]!.max === 10 && limiters[1]!.max === 10);
    // What is under way is taken, whatever the share: the next gets what is left.
    limiters[0]!.running = 10;
    await shares[1]!.close();
    limiters[1] = open();
    shares[1] = shareKintone(db, limiters[1], { total: 20, atMost: 15, everyMs });
    await until(() => limiters[1]!.max === 10);
    await most();
    await Promise.all(shares.slice(0, 2).map((share) => share.close()));
  });

  it('is nothing for a process that the others must take for gone', async () => {
    const broken = openDatabase(database.url, { max: 1, onError: () => undefined });
    const limiter = open();
    const share = shareKintone(broken, limiter, { total: 20, atMost: 7, everyMs });
    await until(() => limiter.max === 7);
    await broken.destroy();
    await until(() => limiter.max === 0);
    await share.close();
    // Its part is another's after a while.
    const other = open();
    const next = shareKintone(db, other, { total: 20, atMost: 20, everyMs });
    await until(() => other.max === 20);
    await next.close();
  });
});

describe('the requests of a day', () => {
  it('are counted over all processes; from 70 % on somebody is told, from 85 % on what can wait waits', async () => {
    const told: [string, number][] = [];
    const make = () =>
      countKintoneRequests(db, {
        everyMs: 20,
        dailyLimit: 100,
        onWarning: (app, used) => told.push([app, used]),
      });
    const [one, two] = [make(), make()];
    const ask = (counter: typeof one, times: number) => {
      for (let i = 0; i < times; i += 1) counter.count('contacts');
    };
    ask(one, 30);
    ask(two, 39);
    await delay(300);
    expect(one.level('contacts')).toBe('normal');
    expect(told).toEqual([]);
    ask(two, 1);
    await until(() => one.level('contacts') === 'warn');
    await until(() => two.level('contacts') === 'warn');
    expect(told.every(([app, used]) => app === 'contacts' && used >= 70)).toBe(true);
    expect(told.length).toBeLessThanOrEqual(2);
    ask(one, 15);
    // What this process has asked counts before it is written.
    expect(one.level('contacts')).toBe('defer');
    await until(() => two.level('contacts') === 'defer');
    expect(one.level('documents')).toBe('normal');
    await Promise.all([one.close(), two.close()]);
    expect((await kintoneRequestsOn(db, kintoneDay(new Date()))).get('contacts')).toBe(85);
  });
});
