/** What an API token may do with each of the permissions that can be given to it, and with none of the others. */
import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { brief, deploy, deployApp, refusal, startTestKintone } from '../../testing/kintone.ts';

const BITS = ['view', 'add', 'edit', 'delete', 'manage'] as const;
type Bit = (typeof BITS)[number];

let kintone: TestKintone;
let app: string;
let other: string;
let ids: string[];

beforeAll(async () => {
  const one = BITS.map((bit) => ({ app: '申請', token: `token-to-${bit}`, permissions: [bit] }));
  kintone = await startTestKintone({
    tokens: [
      ...one,
      { app: '申請', token: 'token-to-add-and-edit', permissions: ['add', 'edit'] },
      { app: '申請', token: 'token-of-a-draft', permissions: ['view'], draft: true },
    ],
  });
  const client = kintone.as();
  const fields = { key: { type: 'SINGLE_LINE_TEXT' as const, code: 'key', label: '鍵', unique: true } };
  app = await deployApp(client, '申請', fields);
  other = await deployApp(client, '他', fields);
  // Permissions of records and fields are for people; a token is not concerned.
  await client.app.updateRecordAcl({ app, rights: [{ filterCond: '', entities: [] }] });
  await client.app.updateFieldAcl({
    app,
    rights: [
      { code: 'key', entities: [{ entity: { type: 'GROUP', code: 'everyone' }, accessibility: 'NONE' }] },
    ],
  });
  await deploy(client, app);
  const records = ['a', 'b', 'c'].map(() => ({}));
  ids = (await kintone.withToken('token-to-add').record.addRecords({ app, records })).ids;
});
afterAll(() => kintone.close());

let added = 0;
const update = (upsert: boolean) => (client: KintoneRestAPIClient) =>
  client.record.updateRecords({
    app,
    ...(upsert ? { upsert } : {}),
    records: [{ id: ids[0]!, record: { key: { value: 'changed' } } }],
  });

const CALLS: Record<string, { bits: Bit[][]; call: (client: KintoneRestAPIClient) => Promise<unknown> }> = {
  'read records': { bits: [['view']], call: ({ record }) => record.getRecords({ app }) },
  'read a record': { bits: [['view']], call: ({ record }) => record.getRecord({ app, id: ids[0]! }) },
  'open a cursor': {
    bits: [['view']],
    call: async ({ record }) => record.deleteCursor({ id: (await record.createCursor({ app })).id }),
  },
  'read comments': {
    bits: [['view']],
    call: ({ record }) => record.getRecordComments({ app, record: ids[0]! }),
  },
  'write a comment': {
    bits: [['view']],
    call: ({ record }) => record.addRecordComment({ app, record: ids[0]!, comment: { text: 'x' } }),
  },
  'ask for the form': {
    bits: [['view'], ['add'], ['manage']],
    call: ({ app: apps }) => apps.getFormFields({ app }),
  },
  'ask for the app': {
    bits: [['view'], ['add'], ['manage']],
    call: ({ app: apps }) => apps.getApp({ id: app }),
  },
  'add a record': {
    bits: [['add']],
    call: ({ record }) => record.addRecord({ app, record: { key: { value: `added-${(added += 1)}` } } }),
  },
  'change records': { bits: [['edit']], call: update(false) },
  'upsert records': { bits: [['add', 'edit']], call: update(true) },
  'delete a record': {
    bits: [['delete']],
    call: async ({ record }) => {
      const { id } = await kintone.withToken('token-to-add').record.addRecord({ app });
      return record.deleteRecords({ app, ids: [id] });
    },
  },
  'read permissions': { bits: [['manage']], call: ({ app: apps }) => apps.getAppAcl({ app }) },
  'read the preview': { bits: [['manage']], call: ({ app: apps }) => apps.getViews({ app, preview: true }) },
  'change settings': {
    bits: [['manage']],
    call: ({ app: apps }) => apps.updateAppSettings({ app, description: 'x' }),
  },
};

const TOKENS: { token: string; has: readonly Bit[] }[] = [
  ...BITS.map((bit) => ({ token: `token-to-${bit}`, has: [bit] })),
  { token: 'token-to-add-and-edit', has: ['add', 'edit'] },
];

describe.each(TOKENS)('$token', ({ token, has }) => {
  it.each(Object.entries(CALLS))('%s', async (_name, { bits, call }) => {
    const client = kintone.withToken(token);
    if (bits.some((needed) => needed.every((bit) => has.includes(bit)))) await call(client);
    else expect(brief(await refusal(call(client)))).toEqual([403, 'GAIA_NO01']);
  });
});

it('a token opens its own app and no other, nothing before it is deployed, and makes no apps', async () => {
  const client = kintone.withToken('token-to-view');
  expect(brief(await refusal(client.record.getRecords({ app: other })))).toEqual([400, 'GAIA_IA02']);
  expect(brief(await refusal(client.app.getApps({})))).toEqual([403, 'GAIA_NO01']);
  expect(brief(await refusal(client.app.addApp({ name: '新しいアプリ' })))).toEqual([403, 'GAIA_NO01']);
  const draft = kintone.withToken(['token-to-view', 'token-of-a-draft']);
  expect(brief(await refusal(draft.record.getRecords({ app })))).toEqual([400, 'GAIA_IA02']);
});
