import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { freePort } from '../embedded/ports.ts';
import { startPostgres } from '../embedded/postgres/server.ts';
import { startReaper } from '../embedded/processes/start-reaper.ts';

/** The variable by which test processes learn of the run's server; a developer may name a server of their own in it. */
export const testPostgresEnv = 'TEST_POSTGRES_URL';

export interface TestPostgres {
  /** URL of the database `postgres` as superuser. */
  adminUrl: string;
  stop: () => Promise<void>;
}

/** Starts a PostgreSQL server for tests on a free port; its data is in the temporary folder and goes with it. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const parent = await mkdtemp(path.join(tmpdir(), 'gakudo-test-pg-'));
  const reaper = startReaper();
  try {
    const server = await startPostgres({
      dataDir: path.join(parent, 'data'),
      port: await freePort(),
      password: randomBytes(12).toString('hex'),
      durable: false,
      maxConnections: 200,
    });
    reaper.watch(server.pid, 'SIGQUIT');
    return {
      adminUrl: server.url('postgres'),
      stop: async () => {
        await server.stop();
        await reaper.close();
        await rm(parent, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await reaper.close();
    await rm(parent, { recursive: true, force: true });
    throw error;
  }
}

export interface TestDatabase {
  name: string;
  url: string;
  /** Ends its connections and drops it. */
  drop: () => Promise<void>;
}

export interface TestDatabaseOptions {
  /**
   * Prepared once a run and copied for each database: `key` names the content, `prepare` makes it (migrations,
   * fixed rows) in an empty database.
   */
  template?: { key: string; prepare: (url: string) => Promise<void> };
}

/**
 * A fresh database for one test file (or test). Call `drop()` in afterAll; whatever is left goes with the server at
 * the run's end.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const adminUrl = await findServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template =
    options.template === undefined ? 'template1' : await ensureTemplate(adminUrl, options.template);
  await admin(adminUrl, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`).then(() => undefined),
  );
  return {
    name,
    url: withDatabase(adminUrl, name),
    drop: () =>
      admin(adminUrl, (client) =>
        client.query(`drop database if exists ${name} with (force)`).then(() => undefined),
      ),
  };
}

let ownServer: Promise<TestPostgres> | undefined;

async function findServer(): Promise<string> {
  const known = process.env[testPostgresEnv];
  if (known !== undefined && known !== '') return known;
  // Outside vitest's run (a script): a server of this process's own, ended by the reaper with it.
  ownServer ??= startTestPostgres();
  return (await ownServer).adminUrl;
}

/** Makes the template database once, however many test processes ask for it at the same time. */
async function ensureTemplate(
  adminUrl: string,
  template: { key: string; prepare: (url: string) => Promise<void> },
): Promise<string> {
  const name = `template_${createHash('sha256').update(template.key).digest('hex').slice(0, 16)}`;
  await admin(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const found = await client.query<{ ready: boolean }>(
      "select shobj_description(oid, 'pg_database') = 'ready' as ready from pg_database where datname = $1",
      [name],
    );
    if (found.rows[0]?.ready === true) return;
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
    await template.prepare(withDatabase(adminUrl, name));
    await client.query(`comment on database ${name} is 'ready'`);
  });
  return name;
}

async function admin(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.toString();
}
