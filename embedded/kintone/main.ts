/**
 * The kintone-compatible server as a process:
 * `--port N [--data DIR] [--language ja|en] [--seed FILE] [--schema NAME] [--faults]`.
 * Prints one JSON line once it takes requests. What is secret comes by the environment, for command lines can be read by everybody on
 * the machine: without `--data` the database's address in KINTONE_DATABASE_URL, the administrator in KINTONE_ADMIN_USER and
 * KINTONE_ADMIN_PASSWORD.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../ports.ts';
import { ensureDatabase, startPostgres } from '../postgres/server.ts';
import { processIdentity } from '../processes/identity.ts';
import type { Seed } from './seed.ts';
import { createKintoneServer } from './server.ts';

const usage = `usage: npm run kintone:serve -- [--port N] (--data DIR | with KINTONE_DATABASE_URL: [--schema NAME])
  --port N         where to listen on localhost; any free port without it
  --data DIR       keeps everything in this folder, with a PostgreSQL of its own
  --schema NAME    the schema in the database that KINTONE_DATABASE_URL names (default: kintone)
  --language ja|en of messages to whoever asks for none (default: ja)
  --seed FILE      people, tokens, apps and records to begin with (embedded/kintone/README.md)
  --faults         takes faults on demand, for tests
  --host NAME      listens there instead of localhost
KINTONE_ADMIN_USER and KINTONE_ADMIN_PASSWORD name the administrator.`;

interface Database {
  url: string;
  stop: () => Promise<void>;
}

/** A PostgreSQL of this process's own, its data in the given folder. */
async function ownDatabase(dir: string): Promise<Database> {
  const leaveFolder = await takeFolder(dir);
  const passwordFile = path.join(dir, 'postgres-password');
  const password = await readFile(passwordFile, 'utf8').catch(async () => {
    const made = randomBytes(18).toString('base64url');
    await writeFile(passwordFile, made, { mode: 0o600 });
    return made;
  });
  const server = await startPostgres({
    dataDir: path.join(dir, 'postgres'),
    port: await freePort(),
    password,
    durable: true,
    // An app of 100,000 records with its history.
    sharedBuffers: '384MB',
  });
  await ensureDatabase(server, 'kintone');
  return {
    url: server.url('kintone'),
    stop: async () => {
      await server.stop();
      await leaveFolder();
    },
  };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'is not there' : String(error);
    throw new Error(`The seed ${path.resolve(file)} ${why}. Give --seed the path of a JSON file.`, {
      cause: error,
    });
  });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Error(`The seed ${path.resolve(file)} is not JSON: ${placeIn(text, error)}`, { cause: error });
  }
}

/** The parser's words, with the line where it stopped; without a position it quotes the place itself. */
function placeIn(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position =
    /position (\d+)/.exec(message)?.[1] ?? (message.includes('end of JSON') ? text.length : undefined);
  if (position === undefined || /line \d+/.test(message)) return message;
  const before = text.slice(0, Number(position));
  return `${message}: line ${String(before.split('\n').length)}, column ${String(before.length - before.lastIndexOf('\n'))}`;
}

async function readSeedFile(file: string | undefined): Promise<Seed> {
  const document = file === undefined ? {} : await readJson(file);
  // What kind of document it is, is looked at with all of it.
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document as Seed;
  const seed = document as Seed;
  const code = process.env['KINTONE_ADMIN_USER'];
  const password = process.env['KINTONE_ADMIN_PASSWORD'];
  if (!code || !password) return seed;
  const users = Array.isArray(seed.users) ? seed.users : [];
  const administrator = { code, password, isAdmin: true };
  // In their places, for what is wrong with a user is told by its number.
  const isThere = users.some((user) => user.code === code);
  const all = users.map((user) => (user.code === code ? { ...user, ...administrator } : user));
  return { ...seed, users: isThere ? all : [...all, { name: code, ...administrator }] };
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        schema: { type: 'string' },
        language: { type: 'string' },
        seed: { type: 'string' },
        faults: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`, { cause: error });
  }
}

/** Two servers on one folder would end each other's database. */
async function takeFolder(dir: string): Promise<() => Promise<void>> {
  await mkdir(dir, { recursive: true });
  const file = path.join(dir, 'running.json');
  const text = await readFile(file, 'utf8').catch(() => '');
  const other = /^\{"pid":(\d+),"identity":"([^"]*)"\}$/.exec(text);
  if (other && processIdentity(Number(other[1])) === other[2])
    throw new Error(
      `A server already runs on ${path.resolve(dir)} (process ${String(other[1])}). End it, or give another --data.`,
    );
  const own = { pid: process.pid, identity: processIdentity(process.pid) ?? '' };
  await writeFile(file, JSON.stringify(own), { mode: 0o600 });
  return () => rm(file, { force: true });
}

async function main(): Promise<void> {
  const { values } = readArguments();
  if (values.help) {
    console.log(usage);
    return;
  }
  const { language = 'ja' } = values;
  const port = Number(values.port ?? 0);
  const { data } = values;
  const databaseUrl = data === undefined ? process.env['KINTONE_DATABASE_URL'] : undefined;
  if (data === undefined && !databaseUrl)
    throw new Error(`Give --data a folder, or name a database in KINTONE_DATABASE_URL.\n${usage}`);
  if (language !== 'ja' && language !== 'en') throw new Error(`--language is ja or en, not ${language}.`);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port is a number up to 65535, not ${values.port ?? ''}.`);
  const seed = await readSeedFile(values.seed);
  const database: Database =
    databaseUrl === undefined
      ? await ownDatabase(data ?? '')
      : { url: databaseUrl, stop: () => Promise.resolve() };
  try {
    const server = await createKintoneServer({
      databaseUrl: database.url,
      port,
      language,
      seed,
      faults: values.faults === true,
      ...(values.host === undefined ? {} : { host: values.host }),
      ...(values.schema === undefined ? {} : { schema: values.schema }),
    });
    if (!server.hasUsers())
      console.error(
        'Nobody can sign in yet. Set KINTONE_ADMIN_USER and KINTONE_ADMIN_PASSWORD, or give a --seed with users.',
      );
    console.log(JSON.stringify({ ready: true, url: server.url }));
    let closing = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (closing) return;
        closing = true;
        void server
          .close()
          .then(database.stop)
          .then(() => process.exit(0));
      });
    }
  } catch (error) {
    await database.stop();
    throw error;
  }
}

main().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const inUse = code === 'EADDRINUSE' ? ' Give another --port, or end what listens there.' : '';
  console.error(`${error instanceof Error ? error.message : String(error)}${inUse}`);
  process.exit(1);
});
