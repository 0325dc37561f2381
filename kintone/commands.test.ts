import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { admin, startTestKintone, type TestKintone } from '../testing/kintone.ts';
import { SYSTEM_GROUP } from './access/people.ts';
import { APPS } from './apps/index.ts';
import { accessCommand, applyCommand, checkCommand, planCommand, type CommandOptions } from './commands.ts';
import { environmentFile } from './environments.ts';
import { ProvisionError } from './provision.ts';

// So many apps take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let kintone: TestKintone;
let dir: string;
let lines: string[] = [];
let ids: Readonly<Record<string, string>>;
let options: CommandOptions;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'kintone-env-'));
  kintone = await startTestKintone(
    {
      groups: [{ ...SYSTEM_GROUP }],
      users: [{ code: 'system', name: 'system', password: 'pw', groups: [SYSTEM_GROUP.code] }],
    },
    { faults: true },
  );
  options = {
    environment: 'test',
    dir,
    env: {
      KINTONE_BASE_URL: kintone.server.url,
      KINTONE_USERNAME: admin.username,
      KINTONE_PASSWORD: admin.password,
    },
    say: (line) => lines.push(line),
  };
});
beforeEach(() => {
  lines = [];
});
afterAll(async () => {
  await kintone.close();
  await rm(dir, { recursive: true });
});

const check = (env: Record<string, string> = {}, received?: ReadonlyMap<string, string>) =>
  checkCommand({
    ...options,
    env: { ...options.env, ...env },
    purpose: 'worker',
    lastReceived: received,
  });

describe('plan, apply, check', () => {
  it('plans all of it on an empty domain, and changes nothing by it', async () => {
    expect(await planCommand(options)).toBeGreaterThan(APPS.length * 10);
    expect(lines.join('\n')).toMatch(/\+ 組織「三宿小新BOP」/);
    expect(lines.join('\n')).toMatch(/\+ アプリ「学童クラブ 入会/);
    expect((await kintone.as().app.getApps({})).apps).toEqual([]);
  });

  it('goes on after a run that broke off, without a second app', async () => {
    kintone.server.faults.add({
      kind: 'drop-before',
      method: 'PUT',
      path: 'preview/app/views',
      count: 1,
      skip: 1,
    });
    await expect(applyCommand(options)).rejects.toThrow();
    kintone.server.faults.clear();
    const known = Object.keys((await environmentFile('test', dir).read()).appIds);
    expect(known).toHaveLength(2);
    expect((await kintone.as().app.getApps({})).apps).toEqual([]);
    ids = await applyCommand(options);
    const { apps } = await kintone.as().app.getApps({});
    expect(apps.map(({ name }) => name).sort()).toEqual(APPS.map(({ name }) => name).sort());
  });

  it('takes over an app whose number it never learned, among apps of others and deleted ones', async () => {
    const other = path.join(dir, 'lost');
    const lost: CommandOptions = { ...options, dir: other, prefix: '控え ' };
    await kintone.server.seed({ users: [{ code: 'someone', name: 'someone', password: 'someone-pw' }] });
    const drop = { kind: 'drop-after', method: 'POST', path: 'preview/app.json', count: 1 } as const;
    kintone.server.faults.add({ ...drop, skip: 1 });
    await expect(applyCommand(lost)).rejects.toThrow();
    kintone.server.faults.clear();
    const { making, appIds } = await environmentFile('test', other).read();
    expect(Object.keys(appIds)).toHaveLength(1);
    expect(making?.workName).toMatch(/^控え 学童クラブ .*（作成中 [0-9a-f]{8}）$/);
    // Somebody else makes an app that is never deployed either, of a name that looks like it.
    await kintone.as('someone', 'someone-pw').app.addApp({ name: '学童クラブ（作成中）' });
    lines = [];
    await planCommand(lost);
    expect(lines[0]).toMatch(/^前回の apply（.*）が作りかけたアプリ「控え .*」（番号 \d+）を引き継ぎます。$/);
    expect(lines.filter((line) => line.includes('\n  + アプリ'))).toHaveLength(APPS.length);
    await checkCommand({ ...lost, purpose: 'worker', lastReceived: undefined });
    expect(lines.join('\n')).toMatch(/× 控え 学童クラブ [^\n]*: 作りかけです（アプリ \d+。/);
    const made = await applyCommand(lost);
    expect(Object.values(made)).toContain(lines[0]?.match(/番号 (\d+)/)?.[1]);
    const names = (await kintone.as().app.getApps({ name: '控え ' })).apps.map(({ name }) => name);
    expect(names.sort()).toEqual(APPS.map(({ name }) => `控え ${name}`).sort());
    expect((await environmentFile('test', other).read()).making).toBeUndefined();
    expect(await planCommand(lost)).toBe(0);
  });

  it('says what may be left where kintone never made the app, and goes on', async () => {
    const other = path.join(dir, 'never');
    const never: CommandOptions = { ...options, dir: other, prefix: '未 ' };
    kintone.server.faults.add({ kind: 'drop-before', method: 'POST', path: 'preview/app.json', count: 1 });
    await expect(applyCommand(never)).rejects.toThrow();
    kintone.server.faults.clear();
    await applyCommand(never);
    expect(lines.join('\n')).toMatch(/止まりました。番号 \d+ から \d+ までを調べましたが、ありません。/);
    const { apps } = await kintone.as().app.getApps({ name: '未 ' });
    expect(apps).toHaveLength(APPS.length);
  });

  it('finds settings that were changed and never deployed', async () => {
    await kintone.as().app.updateAppSettings({ app: ids['contacts']!, enableComments: false });
    expect(await planCommand(options)).toBe(1);
    expect(lines.join('\n')).toMatch(/まだ反映されていない/);
    await applyCommand(options);
  });

  it('a plan after apply shows nothing, whatever is applied again', async () => {
    expect(await planCommand(options)).toBe(0);
    await applyCommand(options);
    lines = [];
    expect(await planCommand(options)).toBe(0);
    expect(lines).toEqual(['変更はありません。']);
  });

  it('check says what somebody changed by hand, who it was, and what people added', async () => {
    const { app } = kintone.as();
    const id = ids['contacts']!;
    await app.updateFormFields({
      app: id,
      properties: { content: { type: 'MULTI_LINE_TEXT', code: 'content', label: 'なかみ' } } as never,
    });
    await app.addFormFields({
      app: id,
      properties: { ours: { type: 'SINGLE_LINE_TEXT', code: 'ours', label: '区の項目' } } as never,
    });
    await app.updateAppAcl({
      app: id,
      rights: [{ entity: { type: 'GROUP', code: 'everyone' }, recordViewable: true }] as never,
    });
    await app.deployApp({ apps: [{ app: id }] });
    await kintone.server.settle();
    await check();
    const text = lines.join('\n');
    expect(text).toMatch(
      /× 学童クラブ 対応記録: コードと違います: フィールド「内容」\(content\): 名前「なかみ」→「内容」/,
    );
    expect(text).toMatch(/× 学童クラブ 対応記録: コードと違います: アプリのアクセス権/);
    expect(text).toMatch(/・ 学童クラブ 対応記録: kintone で追加されています: フィールド「区の項目」/);
    expect(text).toMatch(/kintone で設定が変更されています（最後の変更: Admin /);
    expect(text).toMatch(/○ 学童クラブ 審査記録: コードのとおりです/);
    await applyCommand(options);
    expect(await planCommand(options)).toBe(0);
    expect((await app.getFormFields({ app: id })).properties['ours']).toBeDefined();
  });

  it('refuses what would lose values, and puts the field aside where told to', async () => {
    const { app } = kintone.as();
    const { record } = kintone.as('system', 'pw');
    const id = ids['reviews']!;
    const contents = async () => (await app.getFormFields({ app: id })).properties;
    await app.updateFormFields({
      app: id,
      properties: { reason: { type: 'MULTI_LINE_TEXT', code: 'reason_kept', label: '理由' } } as never,
    });
    await app.addFormFields({
      app: id,
      properties: { reason: { type: 'NUMBER', code: 'reason', label: '理由' } } as never,
    });
    await app.deployApp({ apps: [{ app: id }] });
    await kintone.server.settle();
    const { id: made } = await record.addRecord({ app: id, record: { reason: { value: '42' } } });
    await planCommand(options);
    expect(lines.join('\n')).toMatch(/! フィールド「差戻しの理由」\(reason\): kintone では NUMBER/);
    await expect(applyCommand(options)).rejects.toThrow(/--move-aside/);
    expect((await contents())['reason']).toMatchObject({ type: 'NUMBER' });
    await applyCommand({ ...options, moveAside: true });
    expect((await contents())['reason']).toMatchObject({ type: 'MULTI_LINE_TEXT' });
    expect((await record.getRecord({ app: id, id: made })).record['reason_old1']!.value).toBe('42');
    expect(await planCommand(options)).toBe(0);
  });

  it('check tells whether tokens were made, with what permissions, and whether webhooks have come', async () => {
    await check();
    expect(lines.join('\n')).toMatch(/× API トークン: 設定されていません/);
    expect(lines.join('\n')).toMatch(/× ユーザー admin: グループ/);
    expect(lines.join('\n')).toMatch(/× 学童クラブ 入会申請 の Webhook/);
    const tokens = Object.fromEntries(APPS.map(({ key }) => [key, `token-of-${key}`]));
    const bits: Record<string, ('view' | 'add' | 'edit' | 'delete' | 'manage')[]> = {
      documents: ['view', 'add'],
      reviews: ['view', 'add', 'edit', 'delete', 'manage'],
    };
    await kintone.server.seed({
      tokens: APPS.map(({ key, name }) => ({
        app: name,
        token: tokens[key]!,
        permissions: bits[key] ?? ['view', 'add', 'edit'],
        draft: key === 'contacts',
      })),
    });
    lines = [];
    const received = new Map(APPS.map(({ key }) => [key as string, '2026-11-02T00:00:00.000Z']));
    expect(await check({ KINTONE_API_TOKENS: JSON.stringify(tokens) }, received)).toBe(3);
    const text = lines.join('\n');
    expect(text).toMatch(
      /× 学童クラブ 提出書類 の API トークン（書き込み（worker））: 権限が足りません: レコード編集/,
    );
    expect(text).toMatch(
      /× 学童クラブ 審査記録 の API トークン（書き込み（worker））: 不要な権限があります: レコード削除、アプリ管理/,
    );
    expect(text).toMatch(
      /× 学童クラブ 対応記録 の API トークン（書き込み（worker））: kintone がこのトークンを認めません/,
    );
    expect(text).toMatch(/○ 学童クラブ 入会申請 の Webhook: 届いています/);
  });
});

describe('environments', () => {
  it('do not mix: another domain than the environment’s is refused, and production wants a yes', async () => {
    const elsewhere = { ...options, env: { ...options.env, KINTONE_BASE_URL: 'https://other.cybozu.com' } };
    await expect(planCommand(elsewhere)).rejects.toThrow(ProvisionError);
    await expect(applyCommand({ ...options, environment: 'production' })).rejects.toThrow(/--yes/);
    const text = await readFile(environmentFile('test', dir).file, 'utf8');
    expect(text).not.toContain(admin.password);
  });

  it('the ward’s own table of permissions is what a plan goes by', async () => {
    const file = await accessCommand(options);
    expect(await planCommand(options)).toBe(0);
    const table = JSON.parse(await readFile(file, 'utf8')) as {
      levels: Record<string, { apps: Record<string, string[]>; hiddenFields: string[] }>;
    };
    table.levels['hall']!.apps['contacts'] = ['view'];
    table.levels['bop']!.hiddenFields.push('round');
    await writeFile(file, JSON.stringify(table));
    lines = [];
    expect(await planCommand(options)).toBeGreaterThan(2);
    const text = lines.join('\n');
    expect(text).toMatch(/対応記録[^]*~ アプリのアクセス権（gakudo-hall に閲覧を許可）/);
    expect(text).toMatch(/~ レコードのアクセス権（gakudo-hall-01 に閲覧を許可（\d 件の条件）、/);
    expect(text).toMatch(/~ フィールドのアクセス権（「受付期間」\(round\): gakudo-bop は見せない）/);
    // Applied, it holds in kintone itself.
    const hallUser = { groups: ['gakudo-hall'], organizations: ['gakudo-hall-01'] };
    await applyCommand(options);
    expect(await planCommand(options)).toBe(0);
    await kintone.server.seed({
      users: [{ code: 'ikejiri', name: '池尻 見本', password: 'ikejiri-pw', ...hallUser }],
    });
    const contacts = async (bop: string) => {
      const { record } = kintone.as('system', 'pw');
      const values = { record_id: { value: `of-${bop}` }, bop_code: { value: bop } };
      await record.addRecord({ app: ids['contacts']!, record: values });
    };
    await contacts('2');
    await contacts('61');
    const seen = () => kintone.as('ikejiri', 'ikejiri-pw').record.getRecords({ app: ids['contacts']! });
    expect((await seen()).records.map((one) => one['record_id']!.value)).toEqual(['of-2']);
    table.levels['hall']!.apps['contacts'] = [];
    await writeFile(file, JSON.stringify(table));
    await applyCommand(options);
    await expect(seen()).rejects.toMatchObject({ status: 403 });

    await writeFile(file, JSON.stringify({ levels: { ...table.levels, hall: {} } }));
    await expect(planCommand(options)).rejects.toThrow(/権限の表に誤り/);
    // A mistyped name would close an app, or show a field, without a word.
    const typed = structuredClone(table);
    typed.levels['hall']!.apps['contact'] = ['view'];
    typed.levels['bop']!.hiddenFields.push('assigne');
    await writeFile(file, JSON.stringify(typed));
    await expect(planCommand(options)).rejects.toThrow(/「contact」はありません[^]*「assigne」は/);
    await rm(file);
    const environment = environmentFile('test', dir);
    const { accessTable: _gone, ...rest } = await environment.read();
    await environment.write(rest);
  });

  it('where nobody may add groups, apps are opened to those that are there and to nobody else', async () => {
    await kintone.server.seed({ users: [{ code: 'maker', name: 'maker', password: 'maker-password' }] });
    const env = { ...options.env, KINTONE_USERNAME: 'maker', KINTONE_PASSWORD: 'maker-password' };
    const other = await startTestKintone({
      users: [{ code: 'maker', name: 'maker', password: 'maker-password' }],
    });
    try {
      const there: CommandOptions = {
        ...options,
        environment: 'development',
        env: { ...env, KINTONE_BASE_URL: other.server.url },
      };
      const made = await applyCommand(there);
      expect(lines.join('\n')).toMatch(/グループと組織を登録する権限がありません/);
      const { rights } = await other.as().app.getAppAcl({ app: made.contacts });
      expect(rights.map(({ entity }) => entity.code)).toEqual([null, 'everyone']);
      lines = [];
      expect(await planCommand(there)).toBeGreaterThan(0);
      await applyCommand({
        ...there,
        env: { ...there.env, KINTONE_USERNAME: admin.username, KINTONE_PASSWORD: admin.password },
      });
      expect(await planCommand(there)).toBe(0);
      expect((await other.as().app.getAppAcl({ app: made.contacts })).rights[1]!.entity.code).toBe(
        SYSTEM_GROUP.code,
      );
    } finally {
      await other.close();
    }
  }, 240_000);
});
