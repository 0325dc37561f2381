import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffEntryText } from '../../domain/people/staff-entry.ts';
import { findAccountByLogin, LoginTakenError } from '../../store/accounts.ts';
import { verifyPassword } from '../../store/passwords.ts';
import { beginSession, findSession } from '../../store/sessions.ts';
import { NoSuchStaffError } from '../../store/staff-accounts.ts';
import { openTestStore, testKeyring as keyring } from '../../testing/store.ts';
import { COMMANDS } from './commands.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
let dir: string;
beforeAll(async () => {
  [store, dir] = await Promise.all([openTestStore(), mkdtemp(path.join(tmpdir(), 'accounts-'))]);
});
afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

const run = async (command: string, subject?: string, given: StaffEntryText = {}): Promise<string> =>
  (await COMMANDS.get(command)!({ db: store.db, keyring, subject, given })).join('\n');
const account = (login: string) => findAccountByLogin(store.db, keyring, login);

/** A table as Excel writes it. */
async function table(...lines: string[]): Promise<string> {
  const file = path.join(dir, 'staff.csv');
  await writeFile(file, `\uFEFF${lines.join('\r\n')}\r\n`);
  return file;
}

async function signedIn(login: string) {
  const { id } = (await account(login))!;
  const session = await beginSession(store.db, 'secret', id, new Date());
  return { id, open: () => findSession(store.db, keyring, 'secret', session.id, new Date()) };
}

describe('accounts of staff (Q41)', () => {
  it('are listed with role, place and last sign-in, and never made twice', async () => {
    const aoki = { login: 'Aoki', name: '青木 見本', role: '従事者' };
    await run('add', undefined, aoki);
    expect(await run('list')).toContain('Aoki\t青木 見本\t従事者\t\t有効（仮パスワード）\tなし');
    await expect(run('add', undefined, { ...aoki, login: 'ＡＯＫＩ' })).rejects.toThrow(LoginTakenError);
  });

  it('are made from a table, all or none', async () => {
    const header = 'ログインID,氏名,役割,所属,メール';
    const places = [
      'ikejiri,池尻児童館 見本,児童館,池尻児童館,',
      'mishuku,三宿小 見本,新BOP,2,bop@example.jp',
    ];
    const broken = run(
      'import',
      await table(header, ...places, 'doi,土井 見本,係長,,', 'ikejiri,二人目,児童課,,'),
    );
    await expect(broken).rejects.toThrow(/4行目: 役割: 役割は、[^]*5行目: ログインID: 前の行と同じです。/);
    await expect(
      run('import', await table(header, ...places, 'aoki,青木 二,児童課,,')),
    ).rejects.toMatchObject({
      login: 'aoki',
    });
    expect(await account('ikejiri')).toBeUndefined();

    await run('import', await table(header, ...places));
    expect(await account('ikejiri')).toMatchObject({ role: 'hall', place: { kind: 'hall', code: '01' } });
    expect(await account('mishuku')).toMatchObject({
      place: { kind: 'bop', code: '2' },
      email: 'bop@example.jp',
    });
    await expect(run('import', await table('login,name', 'x,y'))).rejects.toThrow('1行目に列がありません');
    await expect(run('import', await table(header))).rejects.toThrow('1件もありません');
    await expect(run('import', path.join(dir, 'none.csv'))).rejects.toThrow('ファイルを読めません');
  });

  it('change and stay the same person; with another role or place one signs in anew', async () => {
    const { id, open } = await signedIn('aoki');
    await run('change', 'aoki', { name: '青木 改姓' });
    expect((await open())?.account.name).toBe('青木 改姓');
    await expect(run('change', 'aoki', { role: '児童館' })).rejects.toThrow('別紙1のとおりに');
    await expect(run('change', 'aoki')).rejects.toThrow('変更する項目');
    await run('change', 'aoki', { role: '児童館', place: '若林' });
    expect(await account('aoki')).toMatchObject({ id, role: 'hall', place: { kind: 'hall', code: '02' } });
    expect(await open()).toBeUndefined();
    await run('change', 'aoki', { place: '池尻' });
    expect(await account('aoki')).toMatchObject({ place: { kind: 'hall', code: '01' } });
    await run('change', 'aoki', { role: 'リーダー' });
    expect(await account('aoki')).toMatchObject({ role: 'leader', place: null, name: '青木 改姓' });
  });

  it('are taken out of use at once, back into use, and get a new first password; all of it is on record', async () => {
    const { id, open } = await signedIn('aoki');
    await run('disable', 'aoki');
    expect((await account('aoki'))?.status).toBe('disabled');
    expect(await open()).toBeUndefined();
    await run('enable', 'aoki');
    expect((await account('aoki'))?.status).toBe('active');
    const password = /^aoki\t(\S+)$/m.exec(await run('reset', 'aoki'))?.[1] ?? '';
    expect(await verifyPassword((await account('aoki'))?.passwordHash ?? '', password)).toBe(true);
    await expect(run('reset', 'nobody')).rejects.toThrow(NoSuchStaffError);
    await expect(run('disable')).rejects.toThrow('ログインIDを指定');

    const entries = await store.db
      .selectFrom('audit')
      .select('detail')
      .where('subject_id', '=', id)
      .orderBy('seq')
      .execute();
    expect(entries.map(({ detail }) => detail)).toMatchObject([
      { change: 'added', role: 'operator' },
      { changed: ['name'] },
      { role: 'hall', place: { kind: 'hall', code: '02' } },
      { role: 'hall', place: { kind: 'hall', code: '01' } },
      { role: 'leader', place: null },
      { status: 'disabled' },
      { status: 'active' },
      { change: 'passwordReset' },
    ]);
  });
});
