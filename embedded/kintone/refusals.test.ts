/** What kintone says to requests that it refuses: code, status, text and path, as they were seen on kintone itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawSender, TestKintone } from '../../testing/kintone.ts';
import { deploy, deployApp, sendRaw, startTestKintone } from '../../testing/kintone.ts';

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
    tokens: [{ app: 'Refusals', token: 't', permissions: ['view', 'add', 'edit', 'delete'] }],
  });
  app = await deployApp(kintone.as(), 'Refusals', properties as never);
  ({ id } = await kintone.as().record.addRecord({ app, record: { key: { value: 'A' } } }));
});
afterAll(() => kintone.close());

const send = (method: string, path: string, body?: unknown, who?: RawSender) =>
  sendRaw(kintone, method, path, body, who);
describe('parameters', () => {
  const required = { messages: ['Required field.'] };
  const least = (n: number) => ({ messages: [`must be greater than or equal to ${n}`] });
  const size = (min: number, max: number) => ({ messages: [`size must be between ${min} and ${max}`] });
  const many = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const either = {
    messages: ['The record to be updated must be specified by one of the parameters "id" and "updateKey".'],
  };
  const preview = 'preview/app';
  const cases: [string, string, () => unknown, Record<string, unknown>][] = [
    ['PUT', 'record.json', () => ({ app, record: {} }), { id: either, updateKey: either }],
    ['PUT', 'record.json', () => ({ app, id: 0, record: {} }), { id: least(1) }],
    ['PUT', 'record.json', () => ({ app, id, revision: -2, record: {} }), { revision: least(-1) }],
    [
      'DELETE',
      'records.json',
      () => ({ app, ids: many(101), revisions: many(101) }),
      { revisions: size(0, 100) },
    ],
    ['POST', 'record/comment.json', () => ({ app, record: id, comment: {} }), { 'comment.text': required }],
    [
      'POST',
      'record/comment.json',
      () => ({ app, record: id, comment: { text: 'x', mentions: [{ code: 'clerk', type: 'DOG' }] } }),
      { 'comment.mentions[0].type': { messages: ['must be one of the enum value'] } },
    ],
    ['POST', `${preview}/deploy.json`, () => ({ apps: [{}] }), { 'apps[0].app': required }],
    ['POST', `${preview}/deploy.json`, () => ({ apps: [{ app: -1 }] }), { 'apps[0].app': least(1) }],
    [
      'POST',
      `${preview}/deploy.json`,
      () => ({ apps: [{ app }, { app }] }),
      { 'apps[1].app': { messages: ['App ID is duplicated.'] } },
    ],
    [
      'POST',
      `${preview}/deploy.json`,
      () => ({ apps: [{ app }], revert: 1 }),
      { revert: { messages: ['must be boolean.'] } },
    ],
    [
      'POST',
      `${preview}.json`,
      () => ({ name: 'x'.repeat(65) }),
      { name: { messages: ['Name must be between 1 and 64 characters.'] } },
    ],
    [
      'POST',
      `${preview}.json`,
      () => ({ name: 'x', space: 1 }),
      { thread: { messages: ['Thread parameter is required to create an app in space.'] } },
    ],
    [
      'DELETE',
      `${preview}/form/fields.json`,
      () => ({ app }),
      { fields: { messages: ['Required field.', 'size must be between 1 and 100'] } },
    ],
    [
      'POST',
      `${preview}/form/fields.json`,
      () => ({ app, properties: { x: { type: 'DOG', code: 'x', label: 'x' } } }),
      { 'properties[x].type': { messages: ['must be one of the enum value'] } },
    ],
    [
      'PUT',
      `${preview}/views.json`,
      () => ({ app, views: { a: { type: 'LIST', name: 'a' } } }),
      { 'views[a].index': required },
    ],
    [
      'PUT',
      `${preview}/views.json`,
      () => ({ app, views: { a: { index: 0, name: 'a' } } }),
      { 'views[a].type': required },
    ],
    ['PUT', `${preview}/settings.json`, () => ({ app, icon: { key: 'APP1' } }), { 'icon.type': required }],
    ['PUT', `${preview}/settings.json`, () => ({ app, icon: { type: 'PRESET' } }), { 'icon.key': required }],
    [
      'PUT',
      `${preview}/settings.json`,
      () => ({ app, theme: 'PINK' }),
      { theme: { messages: ['must be one of the enum value'] } },
    ],
    [
      'GET',
      'apps.json?limit=101',
      () => undefined,
      { limit: { messages: ['must be less than or equal to 100'] } },
    ],
    [
      'GET',
      'apps.json?offset=2147483648',
      () => undefined,
      { offset: { messages: ['must be less than or equal to 2,147,483,647'] } },
    ],
    ['GET', `${preview}/deploy.json?apps[0]=-1`, () => undefined, { apps: least(1) }],
    [
      'GET',
      `${preview}/deploy.json?apps[0]=a`,
      () => undefined,
      { apps: { messages: ['Enter an integer value.'] } },
    ],
  ];
  it.each(cases)('%s %s', async (method, path, body, errors) => {
    const refused = await send(method, path, body());
    expect([refused.status, refused.code]).toEqual([400, 'CB_VA01']);
    expect(refused.errors).toMatchObject(errors);
  });

  it('an address names a single item without an index; totalCount is true or false', async () => {
    expect(await send('GET', `${preview}/deploy.json?apps=${app}`)).toMatchObject({
      apps: [{ app, status: 'SUCCESS' }],
    });
    const asked = await send('GET', `records.json?app=${app}&totalCount=yes`);
    expect(asked.errors).toEqual({ totalCount: { messages: ['must be boolean.'] } });
  });
});

describe('texts', () => {
  it.each([
    ['name = ', 'CB_VA01', 'Missing or invalid input.'],
    ['limit 501', 'GAIA_QU01', 'limit must be 500 or less.'],
    ['limit 1 offset 10001', 'GAIA_QU02', 'offset must be 10,000 or less.'],
    ['nothing = 1', 'GAIA_IQ11', 'Specified field (nothing) not found.'],
  ])('of the query %s', async (query, code, message) => {
    const refused = await send('GET', `records.json?app=${app}&query=${encodeURIComponent(query)}`);
    expect(refused).toMatchObject({ status: 400, code, message });
    if (code === 'CB_VA01')
      expect(refused.errors).toEqual({ query: { messages: ['unsupported query format'] } });
  });

  it('of update keys', async () => {
    const byKey = (field: string, value: string) =>
      send('PUT', 'record.json', { app, updateKey: { field, value }, record: {} });
    expect((await byKey('key', 'gone')).message).toBe(
      'No records match the conditions specified in the "updateKey" field.',
    );
    expect(await byKey('plain', '1')).toMatchObject({
      status: 400,
      code: 'GAIA_IQ27',
      message:
        'Failed to update record. The field (code: plain) set as "updateKey" must be set to "Prohibit duplicate values".',
    });
  });

  it('of layouts that do not fit the form', async () => {
    const put = async (fields: unknown[], table: unknown[] = [{ type: 'NUMBER', code: 'quantity' }]) =>
      (
        await send('PUT', 'preview/app/form/layout.json', {
          app,
          layout: [
            { type: 'ROW', fields },
            { type: 'SUBTABLE', code: 'lines', fields: table },
          ],
        })
      ).errors;
    expect(await put([{ type: 'NUMBER', code: 'gone' }])).toMatchObject({
      'layout[0].fields[0].code': { messages: ['Failed to update form. Field (code: gone) is not found.'] },
    });
    expect(await put([{ type: 'NUMBER', code: 'key' }])).toMatchObject({
      'layout[0].fields[0].type': {
        messages: [
          'Failed to update form. The type of the field (code: key) does not match the type parameter.',
        ],
      },
    });
    expect(Object.keys((await put([], [])) ?? {})).toContain('layout[1].fields');
  });

  it("of comments: on other people's, and where they are off", async () => {
    const said = await kintone.as().record.addRecordComment({ app, record: id, comment: { text: 'Hello' } });
    const comment = { app, record: id, comment: said.id };
    expect(await send('DELETE', 'record/comment.json', comment, { user: 'clerk:clerk' })).toMatchObject({
      status: 403,
      code: 'GAIA_RE03',
      message: `Cannot delete the comment (ID: ${said.id}). The comment was posted by someone other than you.`,
    });
    await send('PUT', 'preview/app/settings.json', { app, enableComments: false });
    await deploy(kintone.as(), app);
    expect(await send('GET', `record/comments.json?app=${app}&record=${id}`)).toMatchObject({
      status: 400,
      code: 'GAIA_RE12',
      message: 'Comment feature is disabled.',
    });
  });
});

it("a list that is new has its own name; one with a page of its own is the administrator's", async () => {
  const put = (views: unknown, who?: RawSender) => send('PUT', 'preview/app/views.json', { app, views }, who);
  const list = { type: 'LIST', index: 0, name: 'b', fields: [] };
  expect(await put({ a: list })).toMatchObject({
    status: 400,
    code: 'GAIA_IN01',
    message: 'Failed to update view. Key a does not match the value of b in the name parameter.',
  });
  expect((await put({ b: list })).status).toBe(200);
  expect((await put({ b: { ...list, name: 'c' } })).status).toBe(200);
});

it('what is taken back has been done; what fails takes the others with it', async () => {
  const client = kintone.as();
  const { app: draft } = await client.app.addApp({ name: 'Draft' });
  await client.app.deployApp({ apps: [{ app: draft }], revert: true });
  expect((await client.app.getDeployStatus({ apps: [draft] })).apps[0]?.status).toBe('SUCCESS');
  const [one, two] = [
    await deployApp(client, 'One', { a: { type: 'SINGLE_LINE_TEXT', code: 'a', label: 'a' } }),
    await deployApp(client, 'Two', { a: { type: 'SINGLE_LINE_TEXT', code: 'a', label: 'a' } }),
  ];
  await client.record.addRecords({ app: two, records: [{ a: { value: 'x' } }, { a: { value: 'x' } }] });
  await client.app.updateFormFields({
    app: two,
    properties: { a: { type: 'SINGLE_LINE_TEXT', code: 'a', label: 'a', unique: true } },
  });
  await client.app.updateAppSettings({ app: one, description: 'new' });
  await client.app.deployApp({ apps: [{ app: one }, { app: two }] });
  await kintone.server.settle();
  const { apps } = await client.app.getDeployStatus({ apps: [one, two] });
  expect(apps.map(({ status }) => status)).toEqual(['CANCEL', 'FAIL']);
});
