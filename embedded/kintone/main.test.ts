import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/postgres.ts';

let database: TestDatabase;
let dir: string;
let running: ChildProcess | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  dir = await mkdtemp(path.join(tmpdir(), 'kintone-main-'));
});
afterAll(async () => {
  running?.kill('SIGKILL');
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

/** Starts the program and waits for its line. */
async function start(): Promise<KintoneRestAPIClient> {
  const program = path.join(import.meta.dirname, 'main.ts');
  const args = ['--import', 'tsx', program, '--seed', path.join(dir, 'seed.json')];
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      KINTONE_DATABASE_URL: database.url,
      KINTONE_ADMIN_USER: 'boss',
      KINTONE_ADMIN_PASSWORD: 'boss-password',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = child;
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.once('exit', (code) => reject(new Error(`ended with ${String(code)}`)));
  });
  const { ready, url } = JSON.parse(line) as { ready: boolean; url: string };
  expect(ready).toBe(true);
  return new KintoneRestAPIClient({ baseUrl: url, auth: { username: 'boss', password: 'boss-password' } });
}

it('keeps everything when it is killed and started again', async () => {
  const fields = { name: { type: 'SINGLE_LINE_TEXT', code: 'name', label: '氏名' } };
  await writeFile(path.join(dir, 'seed.json'), JSON.stringify({ apps: [{ name: '台帳', fields }] }));
  const first = await start();
  const app = (await first.app.getApps({ name: '台帳' })).apps[0]?.appId ?? '';
  const { id } = await first.record.addRecord({ app, record: { name: { value: 'はなこ' } } });
  const ended = new Promise((resolve) => running?.once('exit', resolve));
  running?.kill('SIGKILL');
  await ended;
  const second = await start();
  expect((await second.app.getApps({})).apps).toHaveLength(1);
  expect((await second.record.getRecord({ app, id })).record['name']?.value).toBe('はなこ');
  running?.kill('SIGTERM');
  expect(await new Promise((resolve) => running?.once('exit', resolve))).toBe(0);
});
