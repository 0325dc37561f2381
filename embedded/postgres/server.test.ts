import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../ports.ts';
import { processIdentity } from '../processes/identity.ts';
import { ensureDatabase, startPostgres, type PostgresOptions, type PostgresServer } from './server.ts';

describe('PostgreSQL on one machine', () => {
  let dir: string;
  let options: PostgresOptions;
  let server: PostgresServer | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'gakudo-pg-'));
    options = {
      dataDir: path.join(dir, 'data'),
      port: await freePort(),
      password: 'p@ss:word/1',
      durable: true,
    };
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    await rm(dir, { recursive: true });
  });

  async function query(sql: string, database = 'gakudo'): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: server!.url(database) });
    await client.connect();
    try {
      return (await client.query(sql)).rows as unknown[];
    } finally {
      await client.end();
    }
  }

  it('keeps what was committed when it is killed, and starts again on it', async () => {
    server = await startPostgres(options);
    await ensureDatabase(server, 'gakudo');
    await ensureDatabase(server, 'gakudo');
    await query("create table t (name text); insert into t values ('𠮷田')");
    const ended = once(server.process, 'exit');
    server.process.kill('SIGKILL');
    await ended;
    server = await startPostgres(options);
    expect(await query('select name from t')).toEqual([{ name: '𠮷田' }]);
  });

  it('ends a server that still runs on the same data, and takes over', async () => {
    const orphan = await startPostgres(options);
    await ensureDatabase(orphan, 'gakudo');
    server = await startPostgres({ ...options, port: await freePort() });
    expect(processIdentity(orphan.pid)).toBeUndefined();
    expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('does not take another process for its own because of an old file', async () => {
    server = await startPostgres(options);
    await server.stop();
    const pidFile = path.join(options.dataDir, 'postmaster.pid');
    // A killed server's file; its id now belongs to somebody else, here this test.
    await writeFile(pidFile, `${process.pid}\n${options.dataDir}\n1\n${options.port}\n`);
    server = await startPostgres(options);
    expect((await readFile(pidFile, 'utf8')).split('\n')[0]).toBe(String(server.pid));
  });

  it('makes its data anew when the first start was interrupted', async () => {
    server = await startPostgres(options);
    await server.stop();
    await rm(path.join(options.dataDir, 'created-completely'));
    server = await startPostgres(options);
    expect(await query('select 1 as one', 'postgres')).toEqual([{ one: 1 }]);
  });

  it('starts on a backup that was copied back, whoever copied it', async () => {
    server = await startPostgres(options);
    await ensureDatabase(server, 'gakudo');
    await server.stop();
    const dataDir = path.join(dir, 'restored');
    // As root this makes root the owner, whose files the server would refuse.
    await cp(options.dataDir, dataDir, { recursive: true });
    server = await startPostgres({ ...options, dataDir });
    expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says why it does not start', async () => {
    server = await startPostgres(options);
    await server.stop();
    await writeFile(path.join(options.dataDir, 'global', 'pg_control'), 'nonsense');
    await expect(startPostgres(options)).rejects.toThrow(/PostgreSQL does not start: .*pg_control/s);
    server = undefined;
  });

  it('sorts and compares alike on every machine', async () => {
    server = await startPostgres(options);
    await ensureDatabase(server, 'gakudo');
    const settings = "select datlocprovider, datlocale, datcollate from pg_database where datname = 'gakudo'";
    expect(await query(settings)).toEqual([{ datlocprovider: 'b', datlocale: 'C.UTF-8', datcollate: 'C' }]);
  });
});
