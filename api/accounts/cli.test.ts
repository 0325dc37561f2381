/** `npm run accounts` as whoever runs the host uses it: its own process, its environment, its exit codes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exec, type ExecResult } from '../../embedded/tools/exec.ts';
import { rootDir } from '../../embedded/tools/paths.ts';
import { findAccountByLogin } from '../../store/accounts.ts';
import { Keyring } from '../../store/crypto.ts';
import { verifyPassword } from '../../store/passwords.ts';
import { openTestStore } from '../../testing/store.ts';

const key = Buffer.alloc(32, 1);
let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const run = (...args: string[]): Promise<ExecResult> =>
  exec(process.execPath, ['scripts/run.mjs', 'api/accounts/cli.ts', ...args], {
    cwd: rootDir,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      DATABASE_URL: store.url,
      DATA_KEYS: `a:${key.toString('base64')}`,
      SESSION_SECRET: 's'.repeat(32),
      PUBLIC_URL: 'http://localhost:3000/',
      // Nothing listens there: accounts need neither Temporal nor kintone nor mail.
      TEMPORAL_ADDRESS: 'localhost:1',
      KINTONE_BASE_URL: 'http://localhost:1',
      KINTONE_USERNAME: 'nobody',
      KINTONE_PASSWORD: 'nothing',
      SMTP_URL: 'smtp://localhost:1',
      MAIL_FROM: '窓口 <gakudo@example.test>',
      MAIL_FOOTER: '窓口',
    },
  });

it('an account is made on the command line, and the password of its first sign-in is told once', async () => {
  const made = await run('add', '--login', 'Aoki', '--name', '青木 見本', '--role', '従事者');
  expect(made).toMatchObject({ code: 0 });
  const account = await findAccountByLogin(store.db, new Keyring([{ id: 'a', key }]), 'aoki');
  expect(account).toMatchObject({
    kind: 'staff',
    role: 'operator',
    name: '青木 見本',
    passwordTemporary: true,
  });
  const password = /^Aoki\t(\S+)$/m.exec(made.stdout)?.[1] ?? '';
  expect(await verifyPassword(account?.passwordHash ?? '', password)).toBe(true);
});

it('a mistake is told in words, with an exit code that says so', async () => {
  const [usage, option, nobody] = await Promise.all([
    run(),
    run('add', '--phone', '1'),
    run('reset', 'nobody'),
  ]);
  expect(usage).toMatchObject({ code: 2 });
  expect(usage.stdout).toContain('npm run accounts -- COMMAND');
  expect(option).toMatchObject({ code: 1 });
  expect(option.stderr).toContain('--phone');
  expect(nobody).toMatchObject({ code: 1 });
  expect(nobody.stderr).toContain('「nobody」という職員のアカウントはありません');
});
