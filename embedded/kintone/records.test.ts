import { KintoneAllRecordsError } from '@kintone/rest-api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { brief, deployApp, refusal, startTestKintone } from '../../testing/kintone.ts';

const properties = {
  receipt: { type: 'SINGLE_LINE_TEXT', code: 'receipt', label: '受付番号', unique: true, maxLength: '20' },
  child: { type: 'SINGLE_LINE_TEXT', code: 'child', label: '児童', required: true },
  grade: { type: 'NUMBER', code: 'grade', label: '学年', minValue: '1', maxValue: '6' },
  kind: {
    type: 'DROP_DOWN',
    code: 'kind',
    label: '種類',
    options: { 入会: { label: '入会', index: 0 }, 退会: { label: '退会', index: 1 } },
  },
  days: {
    type: 'CHECK_BOX',
    code: 'days',
    label: '曜日',
    options: { 月: { label: '月', index: 0 }, 火: { label: '火', index: 1 } },
  },
  start: { type: 'DATE', code: 'start', label: '開始日' },
  at: { type: 'DATETIME', code: 'at', label: '日時' },
  staff: { type: 'USER_SELECT', code: 'staff', label: '担当' },
  note: { type: 'MULTI_LINE_TEXT', code: 'note', label: '備考' },
  papers: { type: 'FILE', code: 'papers', label: '書類' },
  guardians: {
    type: 'SUBTABLE',
    code: 'guardians',
    label: '保護者',
    fields: {
      guardian: { type: 'SINGLE_LINE_TEXT', code: 'guardian', label: '氏名' },
      hours: { type: 'NUMBER', code: 'hours', label: '時間' },
    },
  },
} as const;

let kintone: TestKintone;
let app: string;

beforeAll(async () => {
  kintone = await startTestKintone();
  app = await deployApp(kintone.as(), 'Applications', properties as never);
});
afterAll(() => kintone.close());

describe('records', () => {
  it('adds a record and gives every field back, with ids as strings', async () => {
    const { record } = kintone.as();
    const added = await record.addRecord({
      app,
      record: {
        receipt: { value: 'R-1' },
        child: { value: 'はなこ' },
        grade: { value: '1.5e0' },
        kind: { value: '入会' },
        days: { value: ['月'] },
        start: { value: '2026-4-1' },
        at: { value: '2026-04-01T09:30:45+09:00' },
        staff: { value: [{ code: 'admin' }] },
        guardians: { value: [{ value: { guardian: { value: 'はは' }, hours: { value: '20' } } }] },
        unknown: { value: 'ignored' },
      },
    });
    expect(added.revision).toBe('1');
    const got = (await record.getRecord({ app, id: added.id })).record;
    expect(got).toMatchObject({
      $id: { type: '__ID__', value: added.id },
      $revision: { type: '__REVISION__', value: '1' },
      Record_number: { type: 'RECORD_NUMBER', value: added.id },
      receipt: { type: 'SINGLE_LINE_TEXT', value: 'R-1' },
      grade: { type: 'NUMBER', value: '1.5' },
      kind: { type: 'DROP_DOWN', value: '入会' },
      days: { type: 'CHECK_BOX', value: ['月'] },
      start: { type: 'DATE', value: '2026-04-01' },
      at: { type: 'DATETIME', value: '2026-04-01T00:30:00Z' },
      staff: { type: 'USER_SELECT', value: [{ code: 'admin', name: 'Admin' }] },
      note: { type: 'MULTI_LINE_TEXT', value: '' },
      papers: { type: 'FILE', value: [] },
      Created_by: { type: 'CREATOR', value: { code: 'admin', name: 'Admin' } },
    });
    expect(got['guardians']!.value).toEqual([
      {
        id: expect.stringMatching(/^\d+$/) as unknown,
        value: {
          guardian: { type: 'SINGLE_LINE_TEXT', value: 'はは' },
          hours: { type: 'NUMBER', value: '20' },
        },
      },
    ]);
    expect(got['Created_datetime']!.value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
    expect(got['Status']).toBeUndefined();
  });

  it('refuses a stale revision with 409 and counts revisions up', async () => {
    const { record } = kintone.as();
    const { id } = await record.addRecord({ app, record: { child: { value: 'a' } } });
    expect(await record.updateRecord({ app, id, revision: '1', record: { grade: { value: 2 } } })).toEqual({
      revision: '2',
    });
    expect(brief(await refusal(record.updateRecord({ app, id, revision: '1', record: {} })))).toEqual([
      409,
      'GAIA_CO02',
    ]);
    expect((await record.updateRecord({ app, id, revision: '-1', record: {} })).revision).toBe('3');
  });

  it('names what is wrong by its path', async () => {
    const { record } = kintone.as();
    const error = await refusal(
      record.addRecord({
        app,
        record: {
          receipt: { value: 'x'.repeat(21) },
          grade: { value: 'many' },
          kind: { value: 'なし' },
          days: { value: ['水'] },
        },
      }),
    );
    expect(brief(error)).toEqual([400, 'CB_VA01']);
    expect(error.errors).toMatchObject({
      'record.receipt.value': { messages: ['Enter less than 21 characters.'] },
      'record.child.value': { messages: ['Required.'] },
      'record[grade].value': { messages: ['Only numbers are allowed.'] },
      'record.kind.value': { messages: ['The value, "なし", is not in options.'] },
      'record.days.values[0].value': { messages: ['The value, "水", is not in options.'] },
    });
  });

  it('keeps values unique, in the database and within one request', async () => {
    const { record } = kintone.as();
    await record.addRecord({ app, record: { child: { value: 'a' }, receipt: { value: 'U-1' } } });
    const again = await refusal(
      record.addRecords({
        app,
        records: ['U-2', 'U-1', 'U-2'].map((receipt) => ({
          child: { value: 'a' },
          receipt: { value: receipt },
        })),
      }),
    );
    expect(Object.keys(again.errors as object)).toEqual([
      'records[1].receipt.value',
      'records[2].receipt.value',
    ]);
    const { totalCount } = await record.getRecords({ app, query: 'receipt = "U-2"', totalCount: true });
    expect(totalCount).toBe('0');
  });

  it('upserts by key: inserts, updates, and stays one record under a race', async () => {
    const { record } = kintone.as();
    const upsert = (receipt: string, grade: number) =>
      record.updateRecords({
        app,
        upsert: true,
        records: [
          {
            updateKey: { field: 'receipt', value: receipt },
            record: { child: { value: 'a' }, grade: { value: grade } },
          },
        ],
      });
    expect((await upsert('K-1', 1)).records[0]).toMatchObject({ operation: 'INSERT', revision: '1' });
    expect((await upsert('K-1', 2)).records[0]).toMatchObject({ operation: 'UPDATE', revision: '2' });
    // All connections of the server are open before the race.
    await Promise.all(Array.from({ length: 20 }, () => record.getRecords({ app })));
    for (let round = 0; round < 10; round += 1) {
      const key = `race-${round}`;
      const raced = await Promise.all(Array.from({ length: 8 }, (_, i) => upsert(key, (i % 6) + 1)));
      const operations = raced.map((result) => (result.records[0] as { operation: string }).operation);
      expect(operations.filter((operation) => operation === 'INSERT')).toHaveLength(1);
      const found = await record.getRecords({ app, query: `receipt = "${key}"` });
      expect(found.records.map((one) => one['$revision']!.value)).toEqual(['8']);
    }
    const missing = record.updateRecord({
      app,
      updateKey: { field: 'receipt', value: 'K-none' },
      record: {},
    });
    expect((await refusal(missing)).code).toBe('GAIA_RE20');
  });

  it('deletes all or nothing', async () => {
    const { record } = kintone.as();
    const { ids } = await record.addRecords({
      app,
      records: [{ child: { value: 'd' } }, { child: { value: 'd' } }],
    });
    expect(brief(await refusal(record.deleteRecords({ app, ids: [ids[0]!, '999999'] })))).toEqual([
      404,
      'GAIA_RE01',
    ]);
    await record.getRecord({ app, id: ids[0]! });
    await record.deleteRecords({ app, ids, revisions: ['1', '-1'] });
    expect(brief(await refusal(record.getRecord({ app, id: ids[0]! })))).toEqual([404, 'GAIA_RE01']);
  });

  it('replaces the rows of a table and keeps their ids', async () => {
    const { record } = kintone.as();
    const row = (guardian: string) => ({ value: { guardian: { value: guardian }, hours: { value: '1' } } });
    const { id } = await record.addRecord({
      app,
      record: { child: { value: 't' }, guardians: { value: [row('a'), row('b')] } },
    });
    type Rows = { id: string; value: Record<string, { value: string }> }[];
    const rowsOf = async () => (await record.getRecord({ app, id })).record['guardians']!.value as Rows;
    const before = await rowsOf();
    await record.updateRecord({ app, id, record: { grade: { value: 1 } } });
    expect(await rowsOf()).toEqual(before);
    await record.updateRecord({
      app,
      id,
      record: { guardians: { value: [{ ...row('c') }, { id: before[1]!.id, ...row('B') }] } },
    });
    const after = await rowsOf();
    expect(after.map((each) => each.value['guardian']!.value)).toEqual(['c', 'B']);
    expect(after[1]!.id).toBe(before[1]!.id);
    expect(before.map((each) => each.id)).not.toContain(after[0]!.id);
  });
});

describe('bulkRequest and more than 100 records', () => {
  it('does all or nothing, and says which part failed', async () => {
    const client = kintone.as();
    const requests = (child: string) => ({
      requests: [
        {
          method: 'POST' as const,
          api: '/k/v1/record.json',
          payload: { app, record: { child: { value: 'bulk' } } },
        },
        {
          method: 'POST' as const,
          api: '/k/v1/records.json',
          payload: { app, records: [{ child: { value: child } }] },
        },
      ],
    });
    const error = await refusal(client.bulkRequest(requests('')));
    expect(brief(error)).toEqual([400, 'CB_VA01']);
    expect(error.bulkRequestIndex).toBe(1);
    const count = async () =>
      (await client.record.getRecords({ app, query: 'child = "bulk"', totalCount: true })).totalCount;
    expect(await count()).toBe('0');
    const { results } = await client.bulkRequest(requests('x'));
    expect(results).toHaveLength(2);
    expect(await count()).toBe('1');
  });

  it('takes addAllRecords, getAllRecords, updateAllRecords and deleteAllRecords of the client', async () => {
    const { record } = kintone.as();
    const records = Array.from({ length: 250 }, (_, i) => ({
      child: { value: 'all' },
      note: { value: String(i) },
    }));
    await record.addAllRecords({ app, records });
    const all = await record.getAllRecords({ app, condition: 'child = "all"', fields: ['note'] });
    expect(all.map((one) => Number(one['note']!.value)).sort((a, b) => a - b)).toEqual(
      records.map((_, i) => i),
    );
    const sorted = await record.getAllRecords({ app, condition: 'child = "all"', orderBy: '$id asc' });
    expect(sorted.map((one) => one['note']!.value)).toEqual(records.map((one) => one.note.value));
    const broken = all.map((one, i) => ({
      id: one['$id']!.value as string,
      record: { grade: { value: i === 120 ? 9 : 1 } },
    }));
    const error = await record.updateAllRecords({ app, records: broken }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KintoneAllRecordsError);
    expect((error as KintoneAllRecordsError).errorIndex).toBe(120);
    await record.deleteAllRecords({ app, records: all.map((one) => ({ id: one['$id']!.value as string })) });
    expect(await record.getAllRecords({ app, condition: 'child = "all"' })).toEqual([]);
  });

  it('limits a read to 500 records and an offset of 10,000', async () => {
    const { record } = kintone.as();
    expect((await refusal(record.getRecords({ app, query: 'limit 501' }))).code).toBe('GAIA_QU01');
    expect((await refusal(record.getRecords({ app, query: 'limit 1 offset 10001' }))).code).toBe('GAIA_QU02');
    const tooMany = Array.from({ length: 101 }, () => ({ child: { value: 'x' } }));
    expect((await refusal(record.addRecords({ app, records: tooMany }))).code).toBe('CB_VA01');
  });

  it('has at most ten cursors open, each read to its end', async () => {
    const { record } = kintone.as();
    const open = await Promise.all(Array.from({ length: 10 }, () => record.createCursor({ app, size: 2 })));
    expect(brief(await refusal(record.createCursor({ app })))).toEqual([429, 'GAIA_TM12']);
    const first = await record.getRecordsByCursor({ id: open[0]!.id });
    expect(first.records).toHaveLength(2);
    expect(first.next).toBe(true);
    await Promise.all(open.map(({ id }) => record.deleteCursor({ id })));
    expect(brief(await refusal(record.getRecordsByCursor({ id: open[0]!.id })))).toEqual([404, 'GAIA_CN01']);
  });

  it('takes a query too long for a URL by method override', async () => {
    const { record } = kintone.as();
    const query = `child in (${Array.from({ length: 800 }, (_, i) => `"name ${i}"`).join(', ')})`;
    expect((await record.getRecords({ app, query, fields: ['child'] })).records).toEqual([]);
  });
});
