import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './db.ts';

/** What may have so many requests under way; 0 lets none begin. */
export interface Limited {
  max: number;
}

export interface ShareOptions {
  /** Requests that all processes together may have under way. */
  total: number;
  /** Requests that this process may have under way, however few others there are. */
  atMost: number;
  /** Between two signs of life; a process that has given none for five times as long is gone. */
  everyMs?: number;
  onError?: (error: unknown) => void;
}

export interface KintoneShare {
  /** Resolves once the process has its first share. */
  ready: Promise<void>;
  close: () => Promise<void>;
}

const EVERY_MS = 2000;
const GONE_AFTER = 5;

/**
 * Shares kintone's concurrent requests among all processes: each signs in the database and takes an equal part. Who comes new
 * waits until the others have seen it and taken less, so that together they never have more. A process that cannot reach the
 * database for as long as the others would take to forget it begins nothing until it can.
 */
export function shareKintone(db: Db, limiter: Limited, options: ShareOptions): KintoneShare {
  const everyMs = options.everyMs ?? EVERY_MS;
  const goneMs = everyMs * GONE_AFTER;
  const id = randomUUID();
  const joined = performance.now();
  let lastBeat = performance.now();
  let alone = false;
  limiter.max = 0;

  const beat = async (): Promise<void> => {
    await sql`
      insert into kintone_processes (id, beat_at) values (${id}, clock_timestamp())
      on conflict (id) do update set beat_at = excluded.beat_at`.execute(db);
    await sql`delete from kintone_processes
      where beat_at < clock_timestamp() - make_interval(secs => ${goneMs / 1000})`.execute(db);
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::int as count from kintone_processes`.execute(db);
    lastBeat = performance.now();
    const count = rows[0]?.count ?? 1;
    alone ||= count === 1 && limiter.max === 0;
    // By then every other process has beaten at least once since this one signed.
    const seen = alone || performance.now() - joined >= everyMs * 2;
    const share = Math.max(1, Math.floor(options.total / count));
    limiter.max = seen ? Math.min(share, options.atMost) : 0;
  };
  const guarded = async (): Promise<void> => {
    try {
      await beat();
    } catch (error) {
      options.onError?.(error);
      if (performance.now() - lastBeat >= goneMs - everyMs) limiter.max = 0;
    }
  };
  const first = guarded();
  let working = first;
  const timer = setInterval(() => {
    working = working.then(guarded);
  }, everyMs);
  timer.unref();
  return {
    ready: first,
    close: async () => {
      clearInterval(timer);
      await working;
      await db
        .deleteFrom('kintone_processes')
        .where('id', '=', id)
        .execute()
        .catch((error: unknown) => options.onError?.(error));
    },
  };
}
