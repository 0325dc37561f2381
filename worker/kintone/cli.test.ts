/** `npm run kintone` as whoever sets kintone up runs it: its own process, its environment, its exit codes. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SYSTEM_GROUP } from '../../kintone/access/people.ts';
import { environmentFile } from '../../kintone/environments.ts';
import { openTestStore } from '../../testing/store.ts';
import { admin, startTestKintone, type TestKintone } from '../../testing/kintone.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
let kintone: TestKintone;
let dir: string;
let env: Record<string, string>;

beforeAll(async () => {
  [store, kintone, dir] = await Promise.all([
    openTestStore(),
    startTestKintone(
      {
        groups: [{ ...SYSTEM_GROUP }],
        users: [{ code: 'system', name: 'system', password: 'pw-of-system', groups: [SYSTEM_GROUP.code] }],
      },
      { faults: true },
    ),
    mkdtemp(path.join(tmpdir(), 'kintone-cli-')),
  ]);
  env = {
    KINTONE_BASE_URL: kintone.server.url,
    KINTONE_USERNAME: admin.username,
    KINTONE_PASSWORD: admin.password,
    DATABASE_URL: store.url,
    PUBLIC_URL: 'http://localhost:3000/',
    // Nothing listens there: what needs no application needs no Temporal.
    TEMPORAL_ADDRESS: 'localhost:1',
    TEMPORAL_UI_URL: 'http://localhost:8233/',
    SMTP_URL: 'smtp://localhost:1025',
    MAIL_FROM: '窓口 <gakudo@example.test>',
    MAIL_FOOTER: '窓口',
    DATA_KEYS: `a:${Buffer.alloc(32, 1).toString('base64')}`,
    SESSION_SECRET: 's'.repeat(32),
  };
});
afterAll(async () => {
  await kintone.close();
  await store.close();
  await rm(dir, { recursive: true });
});

const start = (...args: string[]) =>
  spawn(process.execPath, ['scripts/run.mjs', 'worker/kintone/cli.ts', ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: dir, ...env },
  });

async function run(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = start(...args);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}
const on = ['--env', 'test'];

describe('npm run kintone', () => {
  it('sets kintone up, goes on after kill -9, and says what is still to be done by hand', async () => {
    const config = ['--config', dir];
    expect(await run('plan', ...on, ...config)).toMatchObject({ code: 0 });
    const broken = start('apply', ...on, ...config);
    await new Promise<void>((resolve) => {
      let said = '';
      broken.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.split('（アプリ ').length > 3) broken.kill('SIGKILL');
      });
      broken.once('close', () => resolve());
    });
    expect(broken.signalCode).toBe('SIGKILL');
    // Again, with the next app made and its number not yet learned.
    const { appIds } = await environmentFile('test', dir).read();
    const next = String(Math.max(...Object.values(appIds).map(Number)) + 1);
    const hold = { kind: 'slow-after', method: 'POST', path: 'preview/app.json', count: 1 } as const;
    kintone.server.faults.add({ ...hold, delayMs: 600_000 });
    const killed = start('apply', ...on, ...config);
    const closed = new Promise((resolve) => killed.once('close', resolve));
    await vi.waitFor(() => kintone.as().app.getAppSettings({ app: next, preview: true }), {
      timeout: 120_000,
      interval: 50,
    });
    killed.kill('SIGKILL');
    await closed;
    const applied = await run('apply', ...on, ...config);
    expect(applied.code, applied.said).toBe(0);
    expect(applied.said).toMatch(new RegExp(`が作りかけたアプリ「[^」]*」（番号 ${next}）を引き継ぎます`));
    const ids = /KINTONE_APP_IDS='(.*)'/.exec(applied.said)?.[1];
    const { apps } = await kintone.as().app.getApps({ limit: 100 });
    expect(Object.keys(JSON.parse(ids ?? '{}') as object)).toHaveLength(apps.length);
    expect(await run('plan', ...on, ...config)).toEqual({ code: 0, said: '変更はありません。\n' });
    env['KINTONE_APP_IDS'] = ids ?? '';
    const checked = await run('check', ...on, ...config);
    expect(checked.code).toBe(1);
    expect(checked.said).toMatch(/○ 学童クラブ 施設: コードのとおりです/);
    expect(checked.said).toMatch(/× 学童クラブ 提出書類 の Webhook: まだ届いたことがありません/);
  }, 300_000);

  it('compares and mends, and then finds nothing', async () => {
    const before = await run('reconcile');
    expect(before.code, before.said).toBe(1);
    expect(before.said).toMatch(
      /施設「池尻児童館」: レコードがありません\n[^]*86 件の違いがあります（うち 0 件は申請に伝え済み）。--mend/,
    );
    // Who sets kintone up has no rights on records; who does, is in the system's group.
    const refused = await run('reconcile', '--mend');
    expect(refused.code).toBe(1);
    expect(refused.said).toMatch(/^kintone の権限が足りません。[^\n]*（GAIA_FU01）\n$/);
    env = { ...env, KINTONE_USERNAME: 'system', KINTONE_PASSWORD: 'pw-of-system' };
    const mended = await run('reconcile', '--mend');
    expect(mended.code, mended.said).toBe(0);
    expect(await run('reconcile')).toEqual({ code: 0, said: '申請と kintone に違いはありません。\n' });
    // Its requests count like everybody's.
    const rows = await store.db.selectFrom('kintone_requests').selectAll().execute();
    expect(rows.find(({ app }) => app === 'facilities')?.count).toBeGreaterThanOrEqual(4);
  });

  it('says how it is used, and what is missing', async () => {
    expect(await run('--help')).toMatchObject({ code: 0 });
    expect((await run('frobnicate')).code).toBe(2);
    expect((await run('plan', '--env', 'moon')).code).toBe(2);
    const { KINTONE_BASE_URL: _gone, ...rest } = env;
    env = rest;
    const failed = await run('plan', ...on, '--config', path.join(dir, 'none'));
    expect(failed.code).toBe(1);
    expect(failed.said).toMatch(/KINTONE_BASE_URL を設定してください/);
    expect(failed.said).not.toMatch(/ at /);
  });
});
