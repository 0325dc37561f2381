import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './db.ts';

/** What may have so many requests under way; 0 lets none begin. */
export interface Limited {
  max: number;
  /** Under way now. */
  readonly running: number;
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
  /** Resolves once the process has asked for its first share. */
  ready: Promise<void>;
  close: () => Promise<void>;
}

const EVERY_MS = 2000;
const GONE_AFTER = 5;
const LOCK = 7_301_118;

/**
 * Shares kintone's concurrent requests among all processes. Each writes down how many it takes: an equal part, and never more
 * than the others leave, so that together they never have more than the whole; who comes new waits until the others have
 * taken less. A process that cannot give a sign of life lets nothing begin well before the others forget it.
 */
export function shareKintone(db: Db, limiter: Limited, options: ShareOptions): KintoneShare {
  const everyMs = options.everyMs ?? EVERY_MS;
  const goneMs = everyMs * GONE_AFTER;
  const id = randomUUID();
  let signed = -Infinity;
  limiter.max = 0;

  const take = async (): Promise<void> => {
    const started = performance.now();
    const mine = await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
      await sql`delete from kintone_processes
        where id <> ${id} and beat_at < clock_timestamp() - make_interval(secs => ${goneMs / 1000})`.execute(
        trx,
      );
      const { rows } = await sql<{ count: number; taken: number }>`
        select count(*)::int as count, coalesce(sum(taken), 0)::int as taken
        from kintone_processes where id <> ${id}`.execute(trx);
      const others = rows[0] ?? { count: 0, taken: 0 };
      const share = Math.max(1, Math.floor(options.total / (others.count + 1)));
      const free = Math.max(0, options.total - others.taken);
      const taken = Math.min(share, options.atMost, free);
      limiter.max = Math.min(limiter.max, taken);
      // What is under way is still taken until it ends.
      await sql`
        insert into kintone_processes (id, taken, beat_at)
        values (${id}, ${Math.max(taken, limiter.running)}, clock_timestamp())
        on conflict (id) do update set taken = excluded.taken, beat_at = excluded.beat_at`.execute(trx);
      return taken;
    });
    signed = started;
    limiter.max = mine;
  };
  const guarded = async (): Promise<void> => {
    try {
      await take();
    } catch (error) {
      options.onError?.(error);
    }
  };
  const first = guarded();
  let working = first;
  let asking = false;
  const timer = setInterval(() => {
    // Also where a statement hangs: the others count the time from the last sign.
    if (performance.now() - signed >= goneMs - everyMs * 2) limiter.max = 0;
    if (asking) return;
    asking = true;
    working = working.then(guarded).finally(() => (asking = false));
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
