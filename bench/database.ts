import { sql } from 'kysely';
import { openDatabase } from '../store/db.ts';
import type { BenchSystem } from './system.ts';

/** What PostgreSQL has done so far. */
export interface DatabaseWork {
  /** Transactions by database, a statement alone counted as one: `gakudo` is ours, `kintone` the stand-in's. */
  transactions: Record<string, number>;
  /** How often it waited for the disk to have its log; undefined where the server does not tell. */
  syncs: number | undefined;
  logBytes: number;
}

/** Reads PostgreSQL's own counters; they are some seconds behind. */
export async function databaseWork(system: BenchSystem): Promise<DatabaseWork> {
  const url = new URL(system.config.database.url);
  const ours = url.pathname.slice(1);
  // From a database of its own, so that asking is not counted.
  url.pathname = '/postgres';
  const db = openDatabase(url.href, { max: 1 });
  try {
    const { rows } = await sql<{ name: string; count: number }>`
      select datname as name, (xact_commit + xact_rollback)::float8 as count from pg_stat_database
      where datname in (${ours}, 'kintone')`.execute(db);
    const log = await sql<{ bytes: number }>`select wal_bytes::float8 as bytes from pg_stat_wal`.execute(db);
    const disk = await sql<{ syncs: number }>`
      select sum(fsyncs)::float8 as syncs from pg_stat_io where object = 'wal'`
      .execute(db)
      .catch(() => undefined);
    return {
      transactions: Object.fromEntries(rows.map(({ name, count }) => [name, count])),
      syncs: disk?.rows[0]?.syncs,
      logBytes: log.rows[0]?.bytes ?? 0,
    };
  } finally {
    await db.destroy();
  }
}

/** What an application took of it, between two readings. */
export function workPerApplication(before: DatabaseWork, after: DatabaseWork, count: number): DatabaseWork {
  return {
    transactions: Object.fromEntries(
      Object.entries(after.transactions).map(([name, n]) => [
        name,
        (n - (before.transactions[name] ?? 0)) / count,
      ]),
    ),
    syncs: after.syncs === undefined ? undefined : (after.syncs - (before.syncs ?? 0)) / count,
    logBytes: (after.logBytes - before.logBytes) / count,
  };
}
