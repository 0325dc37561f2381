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

/** How near an app is to its requests of a day (as the gateway's budget has it). */
export type RequestLevel = 'normal' | 'warn' | 'defer';

/** From which part of the day's requests on somebody is told, and what can wait waits. */
const WARN_AT = 0.7;
const DEFER_AT = 0.85;

export interface KintoneRequestCounter {
  /** For the gateway's `onRequest`. */
  count: (app: string) => void;
  /** Over all processes, as far as this one knows. For the gateway's `budget`. */
  level: (app: string) => RequestLevel;
  /** Requests of the day so far by app, over all processes, as far as this one knows. For the gateway's metrics. */
  used: () => ReadonlyMap<string, number>;
  /** Writes what has been counted and stops. */
  close: () => Promise<void>;
}

export interface RequestCounterOptions {
  everyMs?: number;
  /** Requests a day that the course allows an app. Default 10,000. */
  dailyLimit?: number;
  /** An app has passed 70 % of the day's requests; told once a day and process. */
  onWarning?: (app: string, used: number, limit: number) => void;
  onError?: (error: unknown) => void;
}

/**
 * Counts requests in memory and adds them to the table of all processes every few seconds: a count lost in a crash is no harm.
 * Reads the table back, so that every process knows how much of the day is used.
 */
export function countKintoneRequests(db: Db, options: RequestCounterOptions = {}): KintoneRequestCounter {
  const limit = options.dailyLimit ?? 10_000;
  let counts = new Map<string, number>();
  let used: ReadonlyMap<string, number> = new Map();
  const warned = new Set<string>();
  const usedBy = (app: string) => (used.get(app) ?? 0) + (counts.get(app) ?? 0);
  const add = async (day: string) => {
    const taken = counts;
    counts = new Map();
    if (taken.size === 0) return;
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
      throw error;
    }
  };
  const write = async () => {
    const day = kintoneDay(new Date());
    try {
      await add(day);
      used = await kintoneRequestsOn(db, day);
    } catch (error) {
      options.onError?.(error);
    }
    for (const [app, count] of used) {
      const name = `${day} ${app}`;
      if (count < limit * WARN_AT || warned.has(name)) continue;
      warned.add(name);
      options.onWarning?.(app, count, limit);
    }
  };
  let writing = write();
  const timer = setInterval(() => {
    writing = writing.then(write);
  }, options.everyMs ?? 10_000);
  timer.unref();
  return {
    count: (app) => counts.set(app, (counts.get(app) ?? 0) + 1),
    level: (app) => {
      const now = usedBy(app);
      if (now >= limit * DEFER_AT) return 'defer';
      return now >= limit * WARN_AT ? 'warn' : 'normal';
    },
    used: () => new Map([...new Set([...used.keys(), ...counts.keys()])].map((app) => [app, usedBy(app)])),
    close: async () => {
      clearInterval(timer);
      await writing;
      await write();
    },
  };
}
