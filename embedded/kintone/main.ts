/**
 * The kintone-compatible server as a process:
 * `--port N [--data DIR] [--language ja|en] [--seed FILE] [--schema NAME] [--faults]`.
 * Prints one JSON line once it takes requests. What is secret comes by the environment, for command lines can be read by everybody on
 * the machine: without `--data` the database's address in KINTONE_DATABASE_URL, the administrator in KINTONE_ADMIN_USER and
 * KINTONE_ADMIN_PASSWORD.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../ports.ts';
import { ensureDatabase, startPostgres } from '../postgres/server.ts';
import type { Seed } from './seed.ts';
import { createKintoneServer } from './server.ts';

const usage = `usage: --port N [--data DIR] [--language ja|en] [--seed FILE] [--schema NAME] [--faults]
Without --data, KINTONE_DATABASE_URL names the database. KINTONE_ADMIN_USER and KINTONE_ADMIN_PASSWORD name the administrator.`;

interface Database {
  url: string;
  stop: () => Promise<void>;
}

/** A PostgreSQL of this process's own, its data in the given folder. */
async function ownDatabase(dir: string): Promise<Database> {
  await mkdir(dir, { recursive: true });
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
  });
  await ensureDatabase(server, 'kintone');
  return { url: server.url('kintone'), stop: server.stop };
}

async function readSeedFile(file: string | undefined): Promise<Seed> {
  const seed = file === undefined ? {} : (JSON.parse(await readFile(file, 'utf8')) as Seed);
  const code = process.env['KINTONE_ADMIN_USER'];
  const password = process.env['KINTONE_ADMIN_PASSWORD'];
  if (!code || !password) return seed;
  const others = (seed.users ?? []).filter((user) => user.code !== code);
  const known = (seed.users ?? []).find((user) => user.code === code);
  return { ...seed, users: [{ name: code, ...known, code, password, isAdmin: true }, ...others] };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      schema: { type: 'string' },
      language: { type: 'string' },
      seed: { type: 'string' },
      faults: { type: 'boolean' },
    },
  });
  const { language = 'ja' } = values;
  const port = Number(values.port ?? 0);
  const { data } = values;
  const databaseUrl = data === undefined ? process.env['KINTONE_DATABASE_URL'] : undefined;
  if (data === undefined && !databaseUrl) throw new Error(usage);
  if ((language !== 'ja' && language !== 'en') || !Number.isInteger(port)) throw new Error(usage);
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
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
