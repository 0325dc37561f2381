import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, lchown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { endProcesses, processCommand, processIdentity } from '../processes/identity.ts';
import { lastLines } from '../tools/exec.ts';
import { findPostgresPrograms, type PostgresPrograms } from './programs.ts';

export interface PostgresServer {
  port: number;
  pid: number;
  process: ChildProcess;
  /** The connection URL of a database on this server. */
  url: (database: string) => string;
  /** A fast shutdown: connections end, everything committed stays. */
  stop: () => Promise<void>;
}

export interface PostgresOptions {
  /** Created when it is missing. */
  dataDir: string;
  port: number;
  /** Of the superuser `postgres`; set when the data directory is made and has to stay the same. */
  password: string;
  /** false: nothing survives a power cut, for tests. */
  durable: boolean;
  maxConnections?: number;
  /** How much of the data PostgreSQL holds in memory at most, e.g. `256MB`. Default: PostgreSQL's own (128 MB). */
  sharedBuffers?: string;
}

/** A PostgreSQL server that can be started, and started again should it die. */
export interface PreparedPostgres {
  /** The connection URL of a database on this server. */
  url: (database: string) => string;
  /** Starts the server on 127.0.0.1; an orphan that still runs on the same data is ended first. */
  spawn: () => Promise<ChildProcess>;
  /** Resolves when the server takes connections; rejects when aborted or after a minute. */
  ready: (signal: AbortSignal) => Promise<void>;
}

/** Makes the data directory when it is missing. */
export async function preparePostgres(options: PostgresOptions): Promise<PreparedPostgres> {
  const programs = await findPostgresPrograms();
  await prepareDataDir(programs, options);
  const url = (database: string) =>
    `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`;
  return {
    url,
    spawn: async () => {
      await endOrphan(options.dataDir);
      return programs.spawn('postgres', serverArgs(options));
    },
    ready: (signal) => untilReady(url('postgres'), signal),
  };
}

/** Starts PostgreSQL and waits until it takes connections. Throws with its last words when it does not. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const prepared = await preparePostgres(options);
  const child = await prepared.spawn();
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-20_000);
  });
  const gone = new AbortController();
  child.once('error', () => gone.abort());
  child.once('exit', () => gone.abort());
  try {
    await prepared.ready(gone.signal);
  } catch (error) {
    child.kill('SIGQUIT');
    throw new Error(`PostgreSQL does not start: ${lastLines(log)}`, { cause: error });
  }
  return {
    port: options.port,
    pid: child.pid ?? -1,
    process: child,
    url: prepared.url,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      const force = setTimeout(() => child.kill('SIGQUIT'), 15_000);
      await ended;
      clearTimeout(force);
    },
  };
}

/** Makes sure that a database is there. */
export async function ensureDatabase(server: Pick<PostgresServer, 'url'>, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function serverArgs(options: PostgresOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: String(options.maxConnections ?? 100),
    // System V semaphores and shared memory would outlive a killed server and can run out.
    shared_memory_type: 'mmap',
    dynamic_shared_memory_type: process.platform === 'win32' ? 'windows' : 'mmap',
  };
  if (options.sharedBuffers !== undefined) settings['shared_buffers'] = options.sharedBuffers;
  if (!options.durable) {
    Object.assign(settings, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', options.dataDir, '-p', String(options.port), ...flags];
}

/** A backup that root has copied back belongs to root, and PostgreSQL refuses to work on what is not its own. */
async function giveTo(owner: { uid: number; gid: number }, dataDir: string): Promise<void> {
  if ((await stat(dataDir)).uid === owner.uid) return;
  const entries = await readdir(dataDir, { recursive: true });
  for (const name of ['', ...entries]) await lchown(path.join(dataDir, name), owner.uid, owner.gid);
}

async function prepareDataDir(programs: PostgresPrograms, options: PostgresOptions): Promise<void> {
  const done = path.join(options.dataDir, 'PG_VERSION');
  const complete = path.join(options.dataDir, 'created-completely');
  if (await exists(complete)) {
    if (programs.owner !== undefined) await giveTo(programs.owner, options.dataDir);
    return;
  }
  if ((await exists(done)) && !(await exists(complete))) {
    // initdb was interrupted: nothing is in there yet.
    await rm(options.dataDir, { recursive: true, force: true });
  }
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(options.dataDir, '..', `.pg-${String(process.pid)}-${String(options.port)}`);
  if (programs.owner !== undefined) await chown(options.dataDir, programs.owner.uid, programs.owner.gid);
  try {
    await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
    if (programs.owner !== undefined) await chown(passwordFile, programs.owner.uid, programs.owner.gid);
    const args = [
      '-D',
      options.dataDir,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ];
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const result = await programs.run('initdb', [
      ...args,
      ...locale,
      ...(options.durable ? [] : ['--no-sync']),
    ]);
    if (result.code !== 0) throw new Error(`initdb: ${lastLines(result.stderr)}`);
    await writeFile(complete, `${new Date().toISOString()}\n`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * A server whose starter was killed may still run on this data. Its id is in `postmaster.pid`; it is ended only when
 * that process really is a PostgreSQL server of this directory. A stale file of a reused id is removed.
 */
async function endOrphan(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const identity = processIdentity(pid);
  const command = processCommand(pid);
  if (identity !== undefined && command.includes('postgres') && command.includes(dataDir)) {
    await endProcesses([{ pid, identity, signal: 'SIGINT' }], 20_000);
    return;
  }
  if (identity === undefined || !command.includes('postgres')) await rm(pidFile, { force: true });
}

async function untilReady(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    signal.throwIfAborted();
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    // The server may close the connection while starting: that is an answer too, not a crash.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
