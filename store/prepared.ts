import { createHash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/** Asked so often by this process, a statement is worth a name. */
const OFTEN = 5;
/** Names a process gives at most: each connection keeps a plan for each of them. */
const MOST_NAMES = 200;
/** Statements whose number of rows or values varies come in many texts; only so many are counted. */
const MOST_COUNTED = 2000;

/**
 * A pool whose connections prepare the statements that come often: PostgreSQL reads and plans them once a connection, which for
 * our short queries is more than half of its work. Whether a plan serves for all values PostgreSQL decides itself
 * (`plan_cache_mode = auto`).
 *
 * A prepared statement fails once its answer would look different (another process has migrated a table), or where the
 * server does not know it any more. It is then prepared anew: outside a transaction at once, inside one with the next attempt.
 */
export function preparingPool(pool: pg.Pool, { often = OFTEN } = {}): PostgresPool {
  const names = new StatementNames(often);
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    connect: async () => {
      const client = await pool.connect();
      const wrapped = known.get(client) ?? wrap(client, names);
      known.set(client, wrapped);
      return wrapped;
    },
    end: () => pool.end(),
  };
}

class StatementNames {
  readonly #often: number;
  readonly #seen = new Map<string, number>();
  readonly #names = new Map<string, string>();

  constructor(often: number) {
    this.#often = often;
  }

  /** The name of a statement; undefined while it has not come often, or where there are names enough. */
  of(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size >= MOST_NAMES) return name;
    const seen = (this.#seen.get(text) ?? 0) + 1;
    if (seen < this.#often) {
      if (this.#seen.size >= MOST_COUNTED) this.#seen.clear();
      this.#seen.set(text, seen);
      return undefined;
    }
    this.#seen.delete(text);
    const given = `s${createHash('sha256').update(text).digest('base64url').slice(0, 30)}`;
    this.#names.set(text, given);
    return given;
  }
}

function wrap(client: pg.PoolClient, names: StatementNames): PostgresPoolClient {
  let inTransaction = false;
  /** Grows when the connection's statements have to be prepared anew. */
  let generation = 0;

  const run = async (text: string, values: readonly unknown[]): Promise<PostgresQueryResult<unknown>> => {
    const name = values.length === 0 ? undefined : names.of(text);
    if (name === undefined) return client.query(text, [...values]) as never;
    const ask = () => client.query({ name: `${name}${String(generation)}`, text, values: [...values] });
    try {
      return (await ask()) as never;
    } catch (error) {
      if (!isStale(error)) throw error;
      generation += 1;
      if (inTransaction) throw error;
      return (await ask()) as never;
    }
  };

  const query = (text: unknown, values: readonly unknown[] = []) => {
    if (typeof text !== 'string') return client.query(text as never);
    if (text === 'begin' || text.startsWith('start transaction')) inTransaction = true;
    else if (text === 'commit' || text === 'rollback') inTransaction = false;
    return run(text, values);
  };
  return {
    query: query as PostgresPoolClient['query'],
    release: () => {
      client.release();
    },
  };
}

/** "cached plan must not change result type", "prepared statement … does not exist". */
function isStale(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === '26000' || (code === '0A000' && String(message).includes('cached plan'));
}
