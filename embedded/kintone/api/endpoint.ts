/** One call of kintone's REST API: its method, its name, and what it does. */
import type { Ctx } from '../context.ts';
import { isSqlState } from '../database.ts';
import { errors } from '../errors.ts';
import type { Params } from '../params.ts';

export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path behind `/k/v1/`, without `.json`. */
  name: string;
  /** Writes run in a transaction. */
  write: boolean;
  handle: (ctx: Ctx, params: Params) => Promise<unknown>;
}

type Handle = Endpoint['handle'];

export const read = (method: Endpoint['method'], name: string, handle: Handle): Endpoint => ({
  method,
  name,
  write: false,
  handle,
});

export const write = (method: Endpoint['method'], name: string, handle: Handle): Endpoint => ({
  method,
  name,
  write: true,
  handle,
});

const ATTEMPTS = 4;

/**
 * Runs a write in a transaction. Who loses a race (two requests that add the same key, or wait for each other) is run again and
 * then sees what the winner did.
 */
export async function inTransaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const afterCommit: Ctx['afterCommit'] = [];
    try {
      const result = await ctx.services.db
        .transaction()
        .execute(async (trx) => work({ ...ctx, db: trx, afterCommit }));
      for (const action of afterCommit) await action();
      return result;
    } catch (error) {
      if (!isSqlState(error, '23505', '40P01', '40001')) throw error;
      if (attempt === ATTEMPTS) throw errors.lockFailed();
    }
  }
}
