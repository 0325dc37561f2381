import { Kysely, Migrator, PostgresDialect, sql, type Migration, type Transaction } from 'kysely';
import pg from 'pg';
import * as initial from './migrations/0001-initial.ts';
import * as versionsAndBudget from './migrations/0002-versions-and-budget.ts';
import * as lookAlikes from './migrations/0003-look-alikes.ts';
import * as enrolments from './migrations/0004-enrolments.ts';
import * as notices from './migrations/0005-notices.ts';
import * as exports0006 from './migrations/0006-exports.ts';
import * as rounds from './migrations/0007-rounds.ts';
import * as portal from './migrations/0008-portal.ts';
import * as paperAndMails from './migrations/0009-paper-and-mails.ts';
import * as kintone from './migrations/0010-kintone.ts';
import * as kintoneBooks from './migrations/0011-kintone-books.ts';
import * as wardSettings from './migrations/0012-ward-settings.ts';
import * as enteredRole from './migrations/0013-entered-role.ts';
import * as exportAttempts from './migrations/0014-export-attempts.ts';
import * as enrolmentRecords from './migrations/0015-enrolment-records.ts';
import { preparingPool } from './prepared.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;
/** For functions that work both alone and as part of somebody's transaction. */
export type DbOrTransaction = Kysely<Database> | Transaction<Database>;

/** In the order they are applied; names never change once released. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-versions-and-budget': versionsAndBudget,
  '0003-look-alikes': lookAlikes,
  '0004-enrolments': enrolments,
  '0005-notices': notices,
  '0006-exports': exports0006,
  '0007-rounds': rounds,
  '0008-portal': portal,
  '0009-paper-and-mails': paperAndMails,
  '0010-kintone': kintone,
  '0011-kintone-books': kintoneBooks,
  '0012-ward-settings': wardSettings,
  '0013-entered-role': enteredRole,
  '0014-export-attempts': exportAttempts,
  '0015-enrolment-records': enrolmentRecords,
};

/** Any number that no other program uses as an advisory lock in this database. */
const MIGRATION_LOCK = 7_301_114;

const { builtins } = pg.types;
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString()],
  [builtins.DATE, (text) => text],
  [builtins.INT8, Number],
]);

/** Instants as ISO 8601 UTC, days as `YYYY-MM-DD`, bigint as number: what the domain works with. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? (pg.types.getTypeParser as (oid: number, format?: string) => unknown)(oid, format);
  }) as pg.CustomTypesConfig['getTypeParser'],
};

export interface OpenOptions {
  /** Connections at most. */
  max: number;
  /** A statement that runs longer is cancelled; milliseconds, default 30 s. */
  statementTimeoutMs?: number;
  /** Told of errors on idle connections (the server went away); the pool replaces them by itself. */
  onError?: (error: Error) => void;
}

/** Opens a pool of connections. Call `destroy()` on the result at the end. */
export function openDatabase(url: string, options: OpenOptions): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    types,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'gakudo',
    // A connection does not keep memory and plans for ever.
    maxLifetimeSeconds: 3600,
  });
  // Without a listener an idle connection's error would end the process.
  pool.on('error', options.onError ?? (() => undefined));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: preparingPool(pool) }) });
}

/**
 * Brings the schema up to date. Several processes may call it at once: one works, the others wait for it and find nothing
 * to do.
 * @throws the first migration's error; that migration leaves nothing behind
 */
export async function migrate(db: Db): Promise<readonly string[]> {
  return db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection);
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection);
    try {
      const migrator = new Migrator({
        db: connection,
        provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
      });
      const { error, results } = await migrator.migrateToLatest();
      if (error instanceof Error) throw error;
      if (error !== undefined) throw new Error('the migration failed', { cause: error });
      return (results ?? []).map((result) => result.migrationName);
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection);
      await sql`reset statement_timeout`.execute(connection);
    }
  });
}

/** PostgreSQL's code for a violated unique constraint, with the constraint's name; undefined for any other error. */
export function uniqueViolation(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' ? constraint : undefined;
}

/**
 * For what may be lost in a power cut, or is safe by what is committed after it: a statement that begins so and takes from
 * `relaxed` does not wait for the disk, and holds its row for the moment only. Never for what somebody is told.
 */
export function withoutWaiting(db: DbOrTransaction) {
  return db.with('relaxed', (cte) =>
    cte.selectNoFrom(sql<string>`set_config('synchronous_commit', 'off', true)`.as('set')),
  );
}
