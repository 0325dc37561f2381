import { sql } from 'kysely';
import type { Db } from './db.ts';

/** The day that kintone counts requests by: it begins at 09:00 in Asia/Tokyo, which is midnight in UTC. */
export function kintoneDay(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** Requests of a day by app key: kintone's budget is about 10,000 an app (design 8). */
export async function kintoneRequestsOn(db: Db, day: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('kintone_requests')
    .select(['app', 'count'])
    .where('day', '=', day)
    .execute();
  return new Map(rows.map((row) => [row.app, row.count]));
}

export interface KintoneRequestCounter {
  /** For the gateway's `onRequest`. */
  count: (app: string) => void;
  /** Writes what has been counted and stops. */
  close: () => Promise<void>;
}

/** Counts requests in memory and adds them to the table of all processes every few seconds: a count lost in a crash is no harm. */
export function countKintoneRequests(
  db: Db,
  options: { everyMs?: number; onError?: (error: unknown) => void } = {},
): KintoneRequestCounter {
  let counts = new Map<string, number>();
  const write = async () => {
    const taken = counts;
    counts = new Map();
    if (taken.size === 0) return;
    const day = kintoneDay(new Date());
    try {
      await db
        .insertInto('kintone_requests')
        .values([...taken].map(([app, count]) => ({ day, app, count })))
        .onConflict((conflict) =>
          conflict
            .columns(['day', 'app'])
            .doUpdateSet({ count: sql`kintone_requests.count + excluded.count` }),
        )
        .execute();
    } catch (error) {
      for (const [app, count] of taken) counts.set(app, (counts.get(app) ?? 0) + count);
      options.onError?.(error);
    }
  };
  let writing = Promise.resolve();
  const timer = setInterval(() => {
    writing = writing.then(write);
  }, options.everyMs ?? 10_000);
  timer.unref();
  return {
    count: (app) => counts.set(app, (counts.get(app) ?? 0) + 1),
    close: async () => {
      clearInterval(timer);
      await writing;
      await write();
    },
  };
}
