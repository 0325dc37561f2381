import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { brief, deploy, deployApp, refusal, startTestKintone } from '../../testing/kintone.ts';

let kintone: TestKintone;

beforeAll(async () => {
  kintone = await startTestKintone({
    spaces: [{ id: 7, name: 'ゲスト', isGuest: true, members: ['admin'] }],
    tokens: [
      { app: '児童', token: 'token-children', permissions: ['view'] },
      { app: '在籍', token: 'token-enrolments', permissions: ['view', 'add', 'edit'] },
    ],
  });
});
afterAll(() => kintone.close());

describe('preview and live', () => {
  it('give the files of a customisation back under keys of their own', async () => {
    const client = kintone.as();
    const { app } = await client.app.addApp({ name: '見た目' });
    const { fileKey } = await client.file.uploadFile({ file: { name: '画面.js', data: 'void 0' } });
    await client.app.updateAppCustomize({
      app,
      scope: 'ADMIN',
      desktop: {
        js: [{ type: 'FILE', file: { fileKey } }],
        css: [{ type: 'URL', url: 'https://example.com/a.css' }],
      },
    });
    expect(await deploy(client, app)).toBe('SUCCESS');
    const { scope, desktop, mobile } = await client.app.getAppCustomize({ app });
    expect([scope, mobile, desktop.css]).toEqual([
      'ADMIN',
      { js: [], css: [] },
      [{ type: 'URL', url: 'https://example.com/a.css' }],
    ]);
    const [script] = desktop.js as { type: 'FILE'; file: { fileKey: string } }[];
    expect(script).toMatchObject({ type: 'FILE', file: { name: '画面.js', size: '6' } });
    expect(script!.file.fileKey).not.toBe(fileKey);
    const bytes = await client.file.downloadFile({ fileKey: script!.file.fileKey });
    expect(Buffer.from(bytes).toString()).toBe('void 0');
    // What is there already is named by its key; an upload can be used once.
    await client.app.updateAppCustomize({ app, desktop: { js: [script!] } });
    const again = client.app.updateAppCustomize({
      app,
      desktop: { js: [{ type: 'FILE', file: { fileKey } }] },
    });
    expect(brief(await refusal(again))).toEqual([404, 'GAIA_BL01']);
  });

  it('are two until the deployment', async () => {
    const client = kintone.as();
    const { app, revision } = await client.app.addApp({ name: '二つ' });
    expect(brief(await refusal(client.record.getRecords({ app })))).toEqual([404, 'GAIA_AP01']);
    const added = await client.app.addFormFields({
      app,
      revision,
      properties: { a: { type: 'SINGLE_LINE_TEXT', code: 'a', label: 'A' } },
    });
    expect(Number(added.revision)).toBe(Number(revision) + 1);
    const stale = client.app.updateAppSettings({ app, name: '三つ', revision });
    expect(brief(await refusal(stale))).toEqual([409, 'GAIA_CO03']);
    expect(await deploy(client, app)).toBe('SUCCESS');
    const { id } = await client.record.addRecord({ app, record: { a: { value: 'x' } } });
    await client.app.updateFormFields({
      app,
      properties: { a: { type: 'SINGLE_LINE_TEXT', code: 'renamed', label: 'B' } },
    });
    expect(Object.keys((await client.app.getFormFields({ app })).properties)).toContain('a');
    expect((await client.app.getFormFields({ app, preview: true })).properties['renamed']).toMatchObject({
      label: 'B',
    });
    expect((await client.app.getFormLayout({ app, preview: true })).layout).toEqual([
      { type: 'ROW', fields: [{ type: 'SINGLE_LINE_TEXT', code: 'renamed' }] },
    ]);
    await deploy(client, app);
    expect((await client.record.getRecord({ app, id })).record['renamed']!.value).toBe('x');
  });

  it('fail to deploy what the data forbids', async () => {
    const client = kintone.as();
    const field = { type: 'SINGLE_LINE_TEXT', code: 'key', label: 'key' } as const;
    const app = await deployApp(client, '重複', { key: field });
    const { ids } = await client.record.addRecords({
      app,
      records: [{ key: { value: 'x' } }, { key: { value: 'x' } }],
    });
    await client.app.updateFormFields({ app, properties: { key: { ...field, unique: true } } });
    expect(await deploy(client, app)).toBe('FAIL');
    await client.record.deleteRecords({ app, ids: [ids[0]!] });
    expect(await deploy(client, app)).toBe('SUCCESS');
    const again = await refusal(client.record.addRecord({ app, record: { key: { value: 'x' } } }));
    expect(again.errors).toEqual({
      'record.key.value': { messages: ['This value already exists in another record.'] },
    });
  });

  it('keep views, settings and notifications as they were sent', async () => {
    const client = kintone.as();
    const app = await deployApp(client, '設定', {
      name: { type: 'SINGLE_LINE_TEXT', code: 'name', label: 'Name' },
      day: { type: 'DATE', code: 'day', label: 'Day' },
    });
    const view = {
      type: 'LIST' as const,
      name: '今日',
      fields: ['name'],
      filterCond: 'day = TODAY()',
      sort: 'day asc',
    };
    const { views } = await client.app.updateViews({ app, views: { 今日: { ...view, index: 0 } } });
    const bad = client.app.updateViews({
      app,
      views: { x: { type: 'LIST', index: 0, name: 'x', filterCond: 'no = "1"' } },
    });
    expect((await refusal(bad)).code).toBe('GAIA_IQ11');
    await client.app.updateAppSettings({
      app,
      description: '説明',
      titleField: { selectionMode: 'MANUAL', code: 'name' },
    });
    await client.app.updateGeneralNotifications({ app, notifications: [], notifyToCommenter: false });
    await deploy(client, app);
    expect((await client.app.getViews({ app })).views).toEqual({
      今日: { ...view, id: views['今日']!.id, index: '0' },
    });
    expect(await client.app.getAppSettings({ app })).toMatchObject({
      name: '設定',
      description: '説明',
      titleField: { code: 'name' },
    });
    expect((await client.app.getGeneralNotifications({ app })).notifyToCommenter).toBe(false);
  });

  it('want every field in the layout', async () => {
    const client = kintone.as();
    const app = await deployApp(client, '配置', {
      a: { type: 'SINGLE_LINE_TEXT', code: 'a', label: 'A' },
      g: { type: 'GROUP', code: 'g', label: 'G' },
      b: { type: 'NUMBER', code: 'b', label: 'B' },
    });
    const row = (type: string, code: string) => ({
      type: 'ROW',
      fields: [{ type, code, size: { width: 100 } }],
    });
    const layout = [row('NUMBER', 'b'), { type: 'GROUP', code: 'g', layout: [row('SINGLE_LINE_TEXT', 'a')] }];
    const incomplete = client.app.updateFormLayout({ app, layout: layout.slice(1) as never });
    expect((await refusal(incomplete)).code).toBe('CB_VA01');
    await client.app.updateFormLayout({ app, layout: layout as never });
    const got = await client.app.getFormLayout({ app, preview: true });
    expect(got.layout[0]).toEqual({
      type: 'ROW',
      fields: [{ type: 'NUMBER', code: 'b', size: { width: '100' } }],
    });
  });
});

describe('calculated fields and lookups', () => {
  it('calculate', async () => {
    const client = kintone.as();
    const app = await deployApp(client, '計算', {
      fee: { type: 'NUMBER', code: 'fee', label: '料金' },
      months: { type: 'NUMBER', code: 'months', label: '月数' },
      total: { type: 'CALC', code: 'total', label: '合計', expression: 'fee * months + SUM(extra)' },
      half: {
        type: 'CALC',
        code: 'half',
        label: '半額',
        expression: 'IF(total >= 10000, ROUNDDOWN(total / 3, 0), 0.1 + 0.2)',
      },
      text: { type: 'SINGLE_LINE_TEXT', code: 'text', label: '表示', expression: 'YEN(total, 0) & "です"' },
      broken: { type: 'CALC', code: 'broken', label: 'ゼロ割', expression: '1 / months' },
      clock: {
        type: 'CALC',
        code: 'clock',
        label: '時間',
        expression: 'fee * 18 + 61',
        format: 'HOUR_MINUTE',
      },
      lines: {
        type: 'SUBTABLE',
        code: 'lines',
        label: '明細',
        fields: {
          extra: { type: 'CALC', code: 'extra', label: '小計', expression: 'price * 2' },
          price: { type: 'NUMBER', code: 'price', label: '単価' },
        },
      },
    } as never);
    const { id } = await client.record.addRecord({
      app,
      record: {
        fee: { value: '5000' },
        months: { value: '0' },
        lines: { value: [{ value: { price: { value: '100' } } }, { value: { price: { value: '50.5' } } }] },
      },
    });
    const values = async () => {
      const got = (await client.record.getRecord({ app, id })).record;
      return ['total', 'half', 'text', 'broken', 'clock'].map((code) => got[code]!.value);
    };
    expect(await values()).toEqual(['301', '0.3', '¥301です', '', '25:01']);
    await client.record.updateRecord({ app, id, record: { months: { value: '12' }, total: { value: '1' } } });
    expect(await values()).toEqual(['60301', '20100', '¥60,301です', '0.0833', '25:01']);
    const { records } = await client.record.getRecords({ app, query: 'total > 60000 order by total desc' });
    expect(records).toHaveLength(1);
    await client.app.addFormFields({
      app,
      properties: { wrong: { type: 'CALC', code: 'wrong', label: '誤', expression: 'nowhere + 1' } } as never,
    });
    expect((await refusal(client.app.deployApp({ apps: [{ app }] }))).code).toBe('GAIA_IL01');
    await client.app.updateFormFields({
      app,
      properties: {
        wrong: { type: 'CALC', code: 'wrong', expression: 'fee + 1' },
        total: { type: 'CALC', code: 'total', expression: 'total + 1' },
      } as never,
    });
    const circle = await refusal(client.app.deployApp({ apps: [{ app }] }));
    expect(circle.message).toContain('circular');
  });

  it('copy what a lookup maps, by the rights of who writes', async () => {
    const client = kintone.as();
    const children = await deployApp(client, '児童', {
      no: { type: 'SINGLE_LINE_TEXT', code: 'no', label: '番号', unique: true },
      name: { type: 'SINGLE_LINE_TEXT', code: 'name', label: '氏名' },
    });
    const { id: child } = await client.record.addRecord({
      app: children,
      record: { no: { value: 'C-1' }, name: { value: 'はなこ' } },
    });
    const lookup = {
      relatedApp: { app: children },
      relatedKeyField: 'no',
      fieldMappings: [{ field: 'copied', relatedField: 'name' }],
    };
    const app = await deployApp(client, '在籍', {
      child: { type: 'SINGLE_LINE_TEXT', code: 'child', label: '児童', lookup },
      copied: { type: 'SINGLE_LINE_TEXT', code: 'copied', label: '写し' },
    } as never);
    const both = kintone.withToken(['token-children', 'token-enrolments']).record;
    const { id } = await both.addRecord({
      app,
      record: { child: { value: 'C-1' }, copied: { value: 'ignored' } },
    });
    const copied = async () => (await client.record.getRecord({ app, id })).record['copied']!.value;
    expect(await copied()).toBe('はなこ');
    await client.record.updateRecord({ app: children, id: child, record: { name: { value: '改名' } } });
    await both.updateRecord({ app, id, record: { copied: { value: 'ignored' } } });
    expect(await copied()).toBe('はなこ');
    await both.updateRecord({ app, id, record: { child: { value: 'C-1' } } });
    expect(await copied()).toBe('改名');
    const alone = kintone.withToken('token-enrolments').record;
    expect((await refusal(alone.addRecord({ app, record: { child: { value: 'C-1' } } }))).code).toBe(
      'GAIA_LO04',
    );
    expect((await refusal(both.addRecord({ app, record: { child: { value: 'C-9' } } }))).code).toBe(
      'GAIA_LO04',
    );
    await both.updateRecord({ app, id, record: { child: { value: '' } } });
    expect(await copied()).toBe('');
  });
});

describe('guest spaces', () => {
  it('have paths of their own', async () => {
    const guest = kintone.as(undefined, undefined, 7);
    const { app } = await guest.app.addApp({ name: 'ゲストのアプリ', space: 7 });
    await deploy(guest, app);
    const { id } = await guest.record.addRecord({ app });
    expect((await guest.record.getRecord({ app, id })).record['$id']!.value).toBe(id);
    expect((await refusal(kintone.as().record.getRecords({ app }))).code).toBe('GAIA_IL23');
    const other = await deployApp(kintone.as(), '外', {});
    expect(brief(await refusal(guest.record.getRecords({ app: other })))).toEqual([403, 'CB_NO02']);
    const request = {
      method: 'POST' as const,
      api: `/k/guest/7/v1/record.json`,
      payload: { app, record: {} },
    };
    await kintone.as().bulkRequest({ requests: [request] });
    expect((await guest.record.getRecords({ app })).records).toHaveLength(2);
  });
});
