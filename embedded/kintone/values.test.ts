/** What is sent for a field and what of it is kept, passed over or refused, as it was seen on kintone itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawSender, TestKintone } from '../../testing/kintone.ts';
import { deployApp, sendRaw, startTestKintone } from '../../testing/kintone.ts';

const option = (label: string, index: number) => ({ label, index });
const properties = {
  key: { type: 'SINGLE_LINE_TEXT', code: 'key', label: 'Key', unique: true },
  plain: { type: 'NUMBER', code: 'plain', label: 'Number' },
  small: { type: 'NUMBER', code: 'small', label: 'Small', minValue: '-5', maxValue: '10' },
  kinds: { type: 'CHECK_BOX', code: 'kinds', label: 'Kinds', options: { a: option('a', 0) } },
  staff: { type: 'USER_SELECT', code: 'staff', label: 'Staff' },
  hall: { type: 'ORGANIZATION_SELECT', code: 'hall', label: 'Hall' },
  level: { type: 'GROUP_SELECT', code: 'level', label: 'Level' },
  files: { type: 'FILE', code: 'files', label: 'Files' },
  box: { type: 'GROUP', code: 'box', label: 'Box' },
  lines: {
    type: 'SUBTABLE',
    code: 'lines',
    label: 'Lines',
    fields: { quantity: { type: 'NUMBER', code: 'quantity', label: 'Quantity' } },
  },
} as const;

let kintone: TestKintone;
let app: string;
let id: string;

beforeAll(async () => {
  kintone = await startTestKintone({
    users: [{ code: 'clerk', name: 'Clerk', password: 'clerk' }],
    tokens: [{ app: 'Values', token: 't', permissions: ['view', 'add', 'edit', 'delete'] }],
  });
  app = await deployApp(kintone.as(), 'Values', properties as never);
  ({ id } = await kintone.as().record.addRecord({ app, record: { key: { value: 'A' } } }));
});
afterAll(() => kintone.close());

const send = (method: string, path: string, body?: unknown, who?: RawSender) =>
  sendRaw(kintone, method, path, body, who);
const change = (record: unknown, more = {}) => send('PUT', 'record.json', { app, id, record, ...more });
const add = (record: unknown, who?: RawSender) => send('POST', 'record.json', { app, record }, who);

async function numberOf(input: unknown): Promise<string> {
  const { id: added } = await add({ plain: { value: input } });
  const got = await kintone.as().record.getRecord({ app, id: added as string });
  return got.record['plain']!.value as string;
}

async function quantityOf(input: unknown): Promise<string> {
  const { id: added } = await add({ lines: { value: [{ value: { quantity: { value: input } } }] } });
  const { record } = await kintone.as().record.getRecord({ app, id: added as string });
  const [row] = record['lines']!.value as unknown as { value: { quantity: { value: string } } }[];
  return row!.value.quantity.value;
}

describe('fields that nobody writes', () => {
  it.each([
    ['Record_number', '999', 'RECORD_ID'],
    ['Created_datetime', '2020-01-01T00:00:00Z', 'CREATED_AT'],
    ['Created_by', { code: 'clerk' }, 'CREATOR'],
    ['Updated_by', { code: 'clerk' }, 'MODIFIER'],
    ['Updated_datetime', '2020-01-01T00:00:00Z', 'MODIFIED_AT'],
    ['Status', 'x', 'STATUS'],
    ['Assignee', [], 'STATUS_ASSIGNEE'],
    ['box', '', 'GROUP'],
  ])('%s', async (code, value, type) => {
    const refused = await change({ [code]: { value } });
    expect(refused).toMatchObject({ status: 400, code: 'GAIA_UN10' });
    expect(refused.message).toBe(`Cannot update field whose type is ${type}.`);
  });

  it('and categories; a calculated value, an unknown field and the id in the record are passed over', async () => {
    expect(await change({ Categories: { value: [] } })).toMatchObject({ status: 400, code: 'GA_UO01' });
    const ignored = { nothing: { value: 1 }, $id: { value: '9' }, $revision: { value: '1' } };
    expect((await change(ignored)).status).toBe(200);
  });

  it('a new record may say who made it, to who may manage the app; its number is passed over', async () => {
    expect(
      (await add({ Record_number: { value: '999' }, Created_by: { value: { code: 'clerk' } } })).status,
    ).toBe(200);
    expect(await add({ Status: { value: 'x' } })).toMatchObject({ status: 400, code: 'GAIA_UN10' });
    expect(await add({ Created_by: { value: { code: 'clerk' } } }, { user: 'clerk:clerk' })).toMatchObject({
      status: 403,
      code: 'GAIA_BF02',
      message:
        'App permissions are required to add records with specifying a value in the "Created_by" field.',
    });
  });
});

describe('numbers', () => {
  it.each([
    ['0.00015', '0.0002'],
    ['0.00025', '0.0002'],
    ['-0.00005', '0'],
    ['1e-7', '0'],
    ['00012.50', '12.5'],
    ['5.', '5'],
    [1.23456, '1.2346'],
    ['999999999999.9999', '999999999999.9999'],
  ])('%s is kept as %s, in the form and in a table', async (input, kept) => {
    expect(await numberOf(input)).toBe(kept);
    expect(await quantityOf(input)).toBe(kept);
  });

  it.each(['1234567890123', '1e12', '999999999999.99995', '1e400'])(
    '%s has too many digits',
    async (input) => {
      const text = { messages: ['有効桁数を超えています。'] };
      const refused = await add({ plain: { value: input } }, { language: 'ja' });
      expect(refused.errors).toEqual({ 'record.plain.value': text });
      const row = { value: { quantity: { value: input } } };
      const inTable = await add({ lines: { value: [row] } }, { language: 'ja' });
      expect(inTable.errors).toEqual({ 'record.lines.value[0].value.quantity.value': text });
    },
  );

  it.each([
    ['.5', '0.5'],
    ['５', '5'],
    ['１.５', '1.5'],
    ['0x10', ''],
    ['－５', ''],
  ])('%s is no number in the form, in a table it is "%s"', async (input, inTable) => {
    const refused = await add({ plain: { value: input } });
    expect(refused.errors).toMatchObject({
      'record[plain].value': { messages: ['Only numbers are allowed.'] },
    });
    expect(await quantityOf(input)).toBe(inTable);
  });

  it('bounds are for what was sent, not for what is kept of it', async () => {
    const path = 'record.small.value';
    const text = (value: string) => ({ [path]: { messages: [value] } });
    expect((await add({ small: { value: '10.00004' } })).errors).toEqual(
      text('The value must be 10 or less.'),
    );
    expect((await add({ small: { value: '-5.00004' } })).errors).toEqual(
      text('The value must be -5 or more.'),
    );
    expect((await add({ small: { value: '１１' } })).errors).toEqual({
      ...text('The value must be 10 or less.'),
      'record[small].value': { messages: ['Only numbers are allowed.'] },
    });
  });
});

describe('values of another shape than the field has', () => {
  it.each([
    ['key', ['list']],
    ['key', { an: 'object' }],
    ['plain', [1]],
    ['kinds', 'a'],
    ['staff', 'clerk'],
    ['staff', ['clerk']],
    ['files', 'key'],
    ['lines', { value: [] }],
  ])('%s: %j is JSON of no use', async (code, value) => {
    expect(await add({ [code]: { value } })).toMatchObject({ status: 400, code: 'CB_IJ01' });
  });

  it('so is a field without an object, and a record that is a list', async () => {
    expect(await add({ key: 'A' })).toMatchObject({ status: 400, code: 'CB_IJ01' });
    expect(await add([])).toMatchObject({ status: 400, code: 'CB_IJ01' });
  });
});

describe('who does not exist', () => {
  it.each([
    ['staff', 'GAIA_IL26', '指定したユーザー（code：gone）が見つかりません。'],
    ['level', 'GAIA_IL27', '指定したグループ（code：gone）が見つかりません。'],
    ['hall', 'GAIA_IL28', '指定した組織（code：gone）が見つかりません。'],
  ])('is refused in %s, of a record and of a query', async (code, expected, message) => {
    const record = { [code]: { value: [{ code: 'gone' }] } };
    expect(await add(record, { language: 'ja' })).toMatchObject({ status: 400, code: expected, message });
    const query = encodeURIComponent(`${code} in ("gone")`);
    const asked = await send('GET', `records.json?app=${app}&query=${query}`);
    expect(asked).toMatchObject({ status: 400, code: expected });
  });
});
