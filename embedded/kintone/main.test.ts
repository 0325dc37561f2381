import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, startTestKintone, type TestKintone } from '../../testing/kintone.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/postgres.ts';
import type { Seed } from './seed.ts';
import { processIdentity } from '../processes/identity.ts';

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

function run(args: string[], environment: Record<string, string>): ChildProcess {
  const program = path.join(import.meta.dirname, 'main.ts');
  return spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts the program with a seed and waits for its line; gives back its address. */
async function start(schema: string, seed: string): Promise<string> {
  const file = path.join(dir, `${schema}.json`);
  await writeFile(file, seed);
  const child = run(['--schema', schema, '--seed', file, '--language', 'en'], {
    KINTONE_DATABASE_URL: database.url,
    KINTONE_ADMIN_USER: 'boss',
    KINTONE_ADMIN_PASSWORD: 'boss-password',
  });
  running = child;
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.once('exit', (code) => reject(new Error(`ended with ${String(code)}: ${errors}`)));
  });
  const { ready, url } = JSON.parse(line) as { ready: boolean; url: string };
  expect(ready).toBe(true);
  return url;
}

async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<unknown> {
  const ended = new Promise((resolve) => running?.once('exit', resolve));
  running?.kill(signal);
  return ended;
}

const signedIn = (baseUrl: string, username = 'boss', guestSpaceId?: number) =>
  new KintoneRestAPIClient({
    baseUrl,
    auth: { username, password: `${username}-password` },
    ...(guestSpaceId === undefined ? {} : { guestSpaceId }),
  });

it('keeps everything when it is killed and started again', async () => {
  const fields = { name: { type: 'SINGLE_LINE_TEXT', code: 'name', label: '氏名' } };
  const seed = JSON.stringify({ apps: [{ name: '台帳', fields }] });
  const first = signedIn(await start('kept', seed));
  const app = (await first.app.getApps({ name: '台帳' })).apps[0]?.appId ?? '';
  const { id } = await first.record.addRecord({ app, record: { name: { value: 'はなこ' } } });
  await end('SIGKILL');
  const second = signedIn(await start('kept', seed));
  expect((await second.app.getApps({})).apps).toHaveLength(1);
  expect((await second.record.getRecord({ app, id })).record['name']?.value).toBe('はなこ');
  expect(await end('SIGTERM')).toBe(0);
}, 120_000);

it('starts with the seed that the README shows, which has one of everything', async () => {
  const readme = await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8');
  const seed = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const url = await start('readme', seed);
  const boss = signedIn(url);
  const apps = (await boss.app.getApps({})).apps;
  expect(apps.map(({ name, code }) => [name, code])).toEqual([
    ['児童', 'CHILD'],
    ['申請', ''],
  ]);
  const app = apps[1]?.appId ?? '';
  const sato = signedIn(url, 'sato');
  const { records } = await sato.record.getRecords({ app });
  expect(records[0]).toMatchObject({
    child: { value: 'C-1' },
    child_name: { value: '世田谷 太郎' },
    note: { value: '電話で確認' },
    Status: { value: '受付' },
  });
  const note = sato.record.updateRecord({ app, id: 1, record: { note: { value: 'x' } } });
  expect((await refusal(note)).status).toBe(403);
  expect((await refusal(boss.record.getRecord({ app, id: 1 }))).status).toBe(403);
  const guest = await signedIn(url, 'sato', 1).app.getApps({});
  expect(guest.apps.map(({ name }) => name)).toEqual(['協力者の連絡']);
  const byToken = (apiToken: string) => new KintoneRestAPIClient({ baseUrl: url, auth: { apiToken } }).record;
  expect((await byToken('a-token-of-the-applications').getRecords({ app })).records).toHaveLength(1);
  expect((await refusal(byToken('a-token-not-yet-deployed').getRecords({ app }))).code).toBe('GAIA_IA02');
  expect((await sato.app.getViews({ app })).views['受付']).toMatchObject({ fields: ['child', 'child_name'] });
  expect(await end('SIGTERM')).toBe(0);
}, 120_000);

describe('what is wrong is told with its place and what to do', () => {
  /** Runs the program to its end; what it says on the standard error output. */
  async function failure(args: string[], environment: Record<string, string> = {}): Promise<string> {
    const child = run(args, environment);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(1);
    return said;
  }
  let kintone: TestKintone;
  beforeAll(async () => {
    kintone = await startTestKintone();
  });
  afterAll(() => kintone.close());
  const name = { type: 'SINGLE_LINE_TEXT', code: 'name', label: '氏名', required: true };

  it.each<[string, unknown, string[]]>([
    ['an unknown key', { user: [] }, ['the whole document: ', '"user"']],
    ['a missing name', { users: [{ code: 'a' }] }, ['users[0].name: ']],
    [
      'what is referred to and not there',
      {
        users: [
          { code: 'a', name: 'a', groups: ['everyone', 'office'] },
          { code: 'a', name: 'b', organizations: ['hall'], primaryOrganization: 'ward' },
        ],
        organizations: [
          { code: 'x', name: 'x', parent: 'y' },
          { code: 'y', name: 'y', parent: 'x' },
        ],
        spaces: [{ id: 1, name: 's', members: ['nobody'] }],
        apps: [{ name: 'n', space: 2 }],
        webhooks: Array.from({ length: 11 }, (_, i) => ({
          app: 'n',
          url: `http://h/${String(i)}`,
          events: [],
        })),
      },
      [
        'users[0].groups[1]: "office" is not among the groups. Add it to "groups", or take it away here.',
        'users[1].organizations[0]: "hall" is not among the organizations.',
        'users[1].primaryOrganization: add "ward" to the user\'s "organizations" as well.',
        'users[1].code: the same as that of users[0].',
        'organizations[0].parent: "x" would lie below itself.',
        'spaces[0].members[0]: "nobody" is not among the users.',
        'apps[0].space: "2" is not among the spaces.',
        'webhooks[10]: kintone has at most 10 for an app.',
      ],
    ],
    [
      'a field that kintone has not',
      { apps: [{ name: '台帳', fields: { name, x: { type: 'COLOUR', code: 'x', label: 'x' } } }] },
      ['apps[0].fields of the app "台帳": Missing or invalid input. (CB_VA01)', 'apps[0].fields[x].type: '],
    ],
    [
      'a view by a field that is not there',
      {
        apps: [
          {
            name: '台帳',
            fields: { name },
            views: { v: { type: 'LIST', index: 0, name: 'v', filterCond: 'nothing = "a"' } },
          },
        ],
      },
      ['apps[0].views of the app "台帳": Specified field (nothing) not found. (GAIA_IQ11)'],
    ],
    [
      'a formula that cannot be read',
      {
        apps: [
          { name: '台帳', fields: { sum: { type: 'CALC', code: 'sum', label: '和', expression: '1 +' } } },
        ],
      },
      ['apps[0] of the app "台帳": ', '(GAIA_IL01)'],
    ],
    [
      'a record without what is required',
      {
        apps: [
          {
            name: '台帳',
            fields: { name },
            records: [...Array.from({ length: 120 }, () => ({ name: { value: 'a' } })), {}],
          },
        ],
      },
      ['apps[0].records[120].name.value: Required.'],
    ],
  ])('%s', async (_name, seed, expected) => {
    const said = await kintone.server.seed(seed as Seed).then(
      () => '',
      (error: unknown) => String(error),
    );
    for (const text of expected) expect(said).toContain(text);
    // What failed leaves no app behind.
    expect((await kintone.as().app.getApps({})).apps).toEqual([]);
  });

  it('a seed that is not JSON, or not there', async () => {
    const seeded = async (text: string): Promise<string> => {
      const file = path.join(dir, 'wrong.json');
      await writeFile(file, text);
      return failure(['--seed', file], { KINTONE_DATABASE_URL: database.url });
    };
    expect(await seeded('{ "users": [\n  { "code": }')).toContain('wrong.json is not JSON');
    expect(await seeded('{ "users": [')).toContain('line 1, column 13');
    const nowhere = path.join(dir, 'nowhere.json');
    expect(await failure(['--seed', nowhere], { KINTONE_DATABASE_URL: database.url })).toContain(
      'nowhere.json is not there',
    );
  }, 60_000);

  it('a folder that is in use, a port that is, options that are none', async () => {
    const folder = path.join(dir, 'used');
    await mkdir(folder);
    const own = { pid: process.pid, identity: processIdentity(process.pid) ?? '' };
    await writeFile(path.join(folder, 'running.json'), JSON.stringify(own));
    expect(await failure(['--data', folder])).toContain(
      `(process ${String(process.pid)}). End it, or give another`,
    );
    const listening = createServer();
    await new Promise<void>((resolve) => listening.listen(0, 'localhost', resolve));
    const port = String((listening.address() as AddressInfo).port);
    const said = await failure(['--port', port], { KINTONE_DATABASE_URL: database.url });
    listening.close();
    expect(said).toContain('Give another --port');
    expect(await failure(['--colour'])).toContain('usage: npm run kintone:serve');
    expect(await failure(['--language', 'fr'], { KINTONE_DATABASE_URL: 'postgresql://x' })).toContain(
      'ja or en',
    );
    expect(await failure([], { KINTONE_DATABASE_URL: '' })).toContain('Give --data a folder');
  }, 120_000);
});
