import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { brief, deploy, deployApp, refusal, startTestKintone } from '../../testing/kintone.ts';

let kintone: TestKintone;
let app: string;

const user = (code: string, organizations: string[], groups: string[] = []) => ({
  code,
  name: code,
  password: 'pw-of-user',
  organizations,
  groups,
});
const as = (code: string) => kintone.as(code, 'pw-of-user');

beforeAll(async () => {
  kintone = await startTestKintone({
    users: [
      user('ward', ['ward'], ['office']),
      user('hall1', ['hall1']),
      user('bop11', ['bop11']),
      user('bop21', ['bop21']),
      user('guest', []),
    ],
    groups: [{ code: 'office', name: '児童課' }],
    organizations: [
      { code: 'ward', name: '区' },
      { code: 'hall1', name: '児童館1', parent: 'ward' },
      { code: 'bop11', name: '新BOP1-1', parent: 'hall1' },
      { code: 'bop21', name: '新BOP2-1', parent: 'ward' },
    ],
    tokens: [{ app: '権限', token: 'token-of-the-app', permissions: ['view', 'edit'] }],
  });
  app = await deployApp(kintone.as(), '権限', {
    child: { type: 'SINGLE_LINE_TEXT', code: 'child', label: '児童' },
    secret: { type: 'SINGLE_LINE_TEXT', code: 'secret', label: '秘密' },
    family: {
      type: 'SUBTABLE',
      code: 'family',
      label: '家族',
      fields: { member: { type: 'SINGLE_LINE_TEXT', code: 'member', label: '氏名' } },
    },
    places: { type: 'ORGANIZATION_SELECT', code: 'places', label: '施設' },
    papers: { type: 'FILE', code: 'papers', label: '書類' },
    kind: {
      type: 'DROP_DOWN',
      code: 'kind',
      label: '種類',
      options: { 公開: { label: '公開', index: '0' }, 限定: { label: '限定', index: '1' } },
    },
  });
  const client = kintone.as();
  const rights = (code: string, editable: boolean) => ({
    entity: { type: 'GROUP' as const, code },
    appEditable: false,
    recordViewable: true,
    recordAddable: editable,
    recordEditable: editable,
    recordDeletable: editable,
  });
  await client.app.updateAppAcl({
    app,
    rights: [
      {
        entity: { type: 'CREATOR' },
        appEditable: true,
        recordViewable: true,
        recordAddable: true,
        recordEditable: true,
        recordDeletable: true,
      },
      { entity: { type: 'USER', code: 'guest' }, recordViewable: false },
      rights('everyone', false),
      rights('office', true),
    ],
  });
  await client.app.updateRecordAcl({
    app,
    rights: [
      {
        filterCond: 'kind in ("限定")',
        entities: [
          { entity: { type: 'GROUP', code: 'office' }, viewable: true, editable: true, deletable: false },
          {
            entity: { type: 'FIELD_ENTITY', code: 'places' },
            viewable: true,
            editable: false,
            deletable: false,
            includeSubs: true,
          },
          { entity: { type: 'USER', code: 'admin' }, viewable: true, editable: true, deletable: true },
        ],
      },
    ],
  });
  await client.app.updateFieldAcl({
    app,
    rights: [
      { code: 'family', entities: [{ entity: { type: 'USER', code: 'admin' }, accessibility: 'WRITE' }] },
      {
        code: 'secret',
        entities: [
          { entity: { type: 'GROUP', code: 'office' }, accessibility: 'READ' },
          { entity: { type: 'USER', code: 'admin' }, accessibility: 'WRITE' },
          { entity: { type: 'GROUP', code: 'everyone' }, accessibility: 'NONE' },
        ],
      },
    ],
  });
  expect(await deploy(client, app)).toBe('SUCCESS');
});
afterAll(() => kintone.close());

const record = (child: string, kind: string, places: string[]) => ({
  child: { value: child },
  secret: { value: `secret of ${child}` },
  kind: { value: kind },
  places: { value: places.map((code) => ({ code })) },
});

describe('record permissions', () => {
  it('give each place its own records: by list, count, query, cursor, record and file', async () => {
    const { fileKey } = await kintone.as().file.uploadFile({ file: { name: 'a.txt', data: 'a' } });
    const { ids } = await kintone.as().record.addRecords({
      app,
      records: [
        record('open', '公開', []),
        { ...record('bop11', '限定', ['bop11']), papers: { value: [{ fileKey }] } },
        record('bop21', '限定', ['bop21']),
        // Of the whole hall: organisations below it are meant too.
        record('hall1', '限定', ['hall1']),
      ],
    });
    const seen = async (who: string) => {
      const client = as(who).record;
      const list = await client.getRecords({ app, query: 'order by $id asc', totalCount: true });
      const names = list.records.map((one) => one['child']!.value);
      expect(list.totalCount).toBe(String(names.length));
      const byCursor = await client.getAllRecordsWithCursor({ app, query: 'order by $id asc' });
      expect(byCursor.map((one) => one['child']!.value)).toEqual(names);
      return names;
    };
    expect(await seen('ward')).toEqual(['open', 'bop11', 'bop21', 'hall1']);
    expect(await seen('hall1')).toEqual(['open', 'hall1']);
    expect(await seen('bop11')).toEqual(['open', 'bop11', 'hall1']);
    expect(await seen('bop21')).toEqual(['open', 'bop21']);
    const found = await as('bop21').record.getRecords({ app, query: 'child = "bop11"', totalCount: true });
    expect(found).toEqual({ records: [], totalCount: '0' });
    expect(brief(await refusal(as('bop21').record.getRecord({ app, id: ids[1]! })))).toEqual([
      403,
      'CB_NO02',
    ]);
    const files = (await as('bop11').record.getRecord({ app, id: ids[1]! })).record['papers']!.value as {
      fileKey: string;
    }[];
    const key = files[0]!.fileKey;
    expect(Buffer.from(await as('bop11').file.downloadFile({ fileKey: key })).toString()).toBe('a');
    expect((await refusal(as('bop21').file.downloadFile({ fileKey: key }))).status).toBe(403);
    expect((await refusal(as('bop21').record.getRecordComments({ app, record: ids[1]! }))).status).toBe(403);
    expect(brief(await refusal(as('guest').record.getRecords({ app })))).toEqual([403, 'CB_NO02']);
  });

  it('say who edits and deletes', async () => {
    const { id } = await kintone.as().record.addRecord({ app, record: record('x', '限定', ['bop11']) });
    const change = { app, id, record: { child: { value: 'y' } } };
    expect((await refusal(as('bop11').record.updateRecord(change))).status).toBe(403);
    expect((await as('ward').record.updateRecord(change)).revision).toBe('2');
    expect((await refusal(as('ward').record.deleteRecords({ app, ids: [id] }))).status).toBe(403);
    const { rights } = await as('bop11').app.evaluateRecordsAcl({ app, ids: [id] });
    expect(rights[0]).toMatchObject({
      id,
      record: { viewable: true, editable: false, deletable: false },
      fields: { secret: { viewable: false, editable: false }, child: { viewable: true, editable: true } },
    });
    expect((await kintone.withToken('token-of-the-app').record.updateRecord(change)).revision).toBe('3');
  });
});

describe('rights that ask for one field', () => {
  it('are decided by the first that a record meets, in it by the first that means the person', async () => {
    const client = kintone.as();
    const options = { 公開: { label: '公開', index: '0' }, 限定: { label: '限定', index: '1' } };
    const order = await deployApp(client, '順番', {
      kind: { type: 'DROP_DOWN', code: 'kind', label: '種類', options },
    });
    const everyone = { type: 'GROUP' as const, code: 'everyone' };
    const limited = {
      filterCond: 'kind in ("限定")',
      entities: [
        { entity: { type: 'USER' as const, code: 'hall1' }, viewable: false },
        { entity: everyone, viewable: true, editable: true },
      ],
    };
    const open = {
      filterCond: 'kind in ("限定", "公開")',
      entities: [
        { entity: { type: 'USER' as const, code: 'admin' }, viewable: true, editable: true },
        { entity: everyone, viewable: false },
      ],
    };
    const { ids } = await client.record.addRecords({
      app: order,
      records: [{ kind: { value: '限定' } }, { kind: { value: '公開' } }, {}],
    });
    const sees = async (who: string) => {
      const { rights } = await as(who).app.evaluateRecordsAcl({ app: order, ids });
      const found = await as(who).record.getRecords({ app: order, query: 'order by $id asc' });
      const viewable = rights.map((right) => right.record.viewable);
      expect(found.records.map(({ $id }) => $id!.value)).toEqual(ids.filter((_, i) => viewable[i]));
      return viewable;
    };
    const change = (id: string) => as('bop11').record.updateRecord({ app: order, id, record: {} });

    await client.app.updateRecordAcl({ app: order, rights: [limited, open] });
    await deploy(client, order);
    // What meets no right is open to whoever the app is open to.
    expect(await sees('hall1')).toEqual([false, false, true]);
    expect(await sees('bop11')).toEqual([true, false, true]);
    await change(ids[0]!);
    expect((await refusal(change(ids[1]!))).status).toBe(403);
    await change(ids[2]!);

    const rest = { filterCond: '', entities: [{ entity: everyone, viewable: false }] };
    await client.app.updateRecordAcl({ app: order, rights: [limited, open, rest] });
    await deploy(client, order);
    expect(await sees('bop11')).toEqual([true, false, false]);
    await change(ids[0]!);
    expect((await refusal(change(ids[2]!))).status).toBe(403);

    // An organisation means those below it where it says so.
    const hall = (includeSubs: boolean) => ({
      entity: { type: 'ORGANIZATION' as const, code: 'hall1' },
      includeSubs,
      viewable: true,
    });
    for (const [includeSubs, below] of [
      [true, true],
      [false, false],
    ] as const) {
      await client.app.updateRecordAcl({
        app: order,
        rights: [{ filterCond: '', entities: [hall(includeSubs)] }],
      });
      await deploy(client, order);
      expect(await sees('hall1')).toEqual([true, true, true]);
      expect(await sees('bop11')).toEqual([below, below, below]);
      expect(await sees('bop21')).toEqual([false, false, false]);
    }
    const { rows } = await query(`select indexname from pg_indexes where tablename = 'record_${order}'`);
    // What decides who sees a record is indexed.
    expect(rows.map(({ indexname }) => indexname as string)).toContainEqual(
      expect.stringMatching(/_sorted$/),
    );
  });

  async function query(text: string): Promise<pg.QueryResult<Record<string, unknown>>> {
    const database = new pg.Client({ connectionString: kintone.databaseUrl });
    await database.connect();
    const result = await database.query<Record<string, unknown>>(text);
    await database.end();
    return result;
  }
});

describe('field permissions', () => {
  it('hide a field from answers and from searches, and keep it from being written', async () => {
    const { id } = await kintone.as().record.addRecord({ app, record: record('f', '公開', []) });
    expect((await as('bop11').record.getRecord({ app, id })).record['secret']).toBeUndefined();
    expect((await as('ward').record.getRecord({ app, id })).record['secret']!.value).toBe('secret of f');
    const query = 'secret = "secret of f"';
    expect((await refusal(as('bop11').record.getRecords({ app, query }))).status).toBe(403);
    expect((await as('ward').record.getRecords({ app, query })).records).toHaveLength(1);
    // What lies in a table is hidden with the table.
    const inTable = as('ward').record.getRecords({ app, query: 'member in ("a")' });
    expect((await refusal(inTable)).status).toBe(403);
    const write = as('ward').record.updateRecord({ app, id, record: { secret: { value: 'mine' } } });
    expect((await refusal(write)).status).toBe(403);
    expect((await as('bop11').app.getFormFields({ app })).properties['secret']).toBeUndefined();
  });

  it('hide the files of a hidden field, whoever knows their key', async () => {
    const client = kintone.as();
    const sealed = await deployApp(client, '封', { paper: { type: 'FILE', code: 'paper', label: '書類' } });
    const everyone = { entity: { type: 'GROUP' as const, code: 'everyone' } };
    await client.app.updateFieldAcl({
      app: sealed,
      rights: [
        {
          code: 'paper',
          entities: [
            { entity: { type: 'USER', code: 'admin' }, accessibility: 'WRITE' },
            { ...everyone, accessibility: 'NONE' },
          ],
        },
      ],
    });
    await deploy(client, sealed);
    const { fileKey } = await client.file.uploadFile({ file: { name: 'a.txt', data: 'a' } });
    const { id } = await client.record.addRecord({
      app: sealed,
      record: { paper: { value: [{ fileKey }] } },
    });
    const { record: got } = await client.record.getRecord({ app: sealed, id });
    const key = (got['paper']!.value as { fileKey: string }[])[0]!.fileKey;
    expect(Buffer.from(await client.file.downloadFile({ fileKey: key })).toString()).toBe('a');
    expect((await as('bop11').record.getRecord({ app: sealed, id })).record['paper']).toBeUndefined();
    expect((await refusal(as('bop11').file.downloadFile({ fileKey: key }))).status).toBe(403);
  });
});

describe('cursors', () => {
  it('belong to who opened them, and give what may be seen when they are read', async () => {
    const { id } = await kintone.as().record.addRecord({ app, record: record('cursor', '公開', ['bop21']) });
    const cursor = await as('bop11').record.createCursor({ app, query: `$id = ${id}` });
    expect(cursor.totalCount).toBe('1');
    expect((await refusal(as('ward').record.getRecordsByCursor({ id: cursor.id }))).code).toBe('GAIA_CN01');
    expect((await refusal(as('ward').record.deleteCursor({ id: cursor.id }))).code).toBe('GAIA_CN01');
    await kintone.as().record.updateRecord({ app, id, record: { kind: { value: '限定' } } });
    expect(await as('bop11').record.getRecordsByCursor({ id: cursor.id })).toEqual({
      records: [],
      next: false,
    });
  });
});

describe('app permissions', () => {
  it('are needed for settings, and a token without the bit has none', async () => {
    expect((await refusal(as('ward').app.getAppAcl({ app }))).status).toBe(403);
    const byToken = kintone.withToken('token-of-the-app');
    expect(brief(await refusal(byToken.app.getAppAcl({ app })))).toEqual([403, 'GAIA_NO01']);
    expect(brief(await refusal(byToken.record.addRecord({ app, record: {} })))).toEqual([403, 'GAIA_NO01']);
    expect((await as('guest').app.getApps({ name: '権限' })).apps).toEqual([]);
    expect((await as('ward').app.getApps({ name: '権限' })).apps).toHaveLength(1);
  });

  it('keep everyone last, wherever the setting lists them', async () => {
    expect(
      (await as('ward').record.addRecord({ app, record: { child: { value: 'by the office' } } })).revision,
    ).toBe('1');
    expect((await refusal(as('bop11').record.addRecord({ app, record: {} }))).status).toBe(403);
  });
});
