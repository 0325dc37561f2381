import pg from 'pg';

/** One at a time a database. */
const LOCK = 77_001;

export interface StoppedWrite {
  /** Resolves when somebody stands before the write. */
  reached: () => Promise<void>;
  /** Breaks off whoever still stands there, as if the write had never come, and lets everybody else write again. */
  release: () => Promise<void>;
}

/**
 * Holds up one kind of write in the middle of what a process does, so that it can be killed exactly there: what came before is in
 * the database, the write is not.
 * @param url of the database, as its owner
 * @param when which rows, in terms of `new`; all unless given
 */
export async function stopAt(
  url: string,
  { table, event, when = 'true' }: { table: string; event: 'insert' | 'update'; when?: string },
): Promise<StoppedWrite> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  await client.query(`
    create or replace function test_stop() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock(${LOCK}); return new; end $$;
    create trigger test_stop before ${event} on ${table} for each row when (${when}) execute function test_stop();
  `);
  const waiting = async () => {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and objid = ${LOCK} and not granted`,
    );
    return rows.map(({ pid }) => pid);
  };
  return {
    reached: async () => {
      while ((await waiting()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    release: async () => {
      try {
        for (let held = await waiting(); held.length > 0; held = await waiting()) {
          // Gone for sure before the lock goes: its write would come after all.
          await client.query('select pg_terminate_backend(pid, 5000) from unnest($1::int[]) as pid', [held]);
        }
        await client.query('select pg_advisory_unlock($1)', [LOCK]);
        await client.query(`drop trigger if exists test_stop on ${table}`);
      } finally {
        await client.end();
      }
    },
  };
}
