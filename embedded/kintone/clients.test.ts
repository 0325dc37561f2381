/** What other clients than kintone's own do: reads with a body, older calls, related records in queries. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request as httpRequest } from 'node:http';
import type { TestKintone } from '../../testing/kintone.ts';
import { brief, deploy, deployApp, refusal, startTestKintone } from '../../testing/kintone.ts';

let kintone: TestKintone;
let app: string;
let children: string;

beforeAll(async () => {
  kintone = await startTestKintone({
    users: [
      { code: 'hall', name: '児童館', password: 'pw', organizations: ['h1'], primaryOrganization: 'h1' },
      { code: 'temp', name: '臨時', password: 'pw' },
    ],
    organizations: [
      { code: 'h1', name: '児童館1' },
      { code: 'h2', name: '児童館2' },
    ],
    spaces: [{ id: 3, name: '学童', members: ['hall'] }],
    tokens: [{ app: '申請', token: 'token-to-add', permissions: ['add'] }],
    apps: [
      {
        name: '番号',
        code: 'NO',
        fields: {
          limit: { type: 'NUMBER', code: 'limit', label: '上限' },
          order: { type: 'NUMBER', code: 'order', label: '順' },
        },
        records: [
          { limit: { value: '5' }, order: { value: '1' } },
          { limit: { value: '6' }, order: { value: '2' } },
        ],
      },
    ],
  });
  app = await deployApp(kintone.as(), '申請', {
    receipt: { type: 'SINGLE_LINE_TEXT', code: 'receipt', label: '受付番号', unique: true, maxLength: '20' },
    child: { type: 'NUMBER', code: 'child', label: '児童番号' },
    place: { type: 'ORGANIZATION_SELECT', code: 'place', label: '施設' },
    kind: {
      type: 'RADIO_BUTTON',
      code: 'kind',
      label: '種類',
      options: { 乙: { label: '乙', index: '1' }, 甲: { label: '甲', index: '0' } },
    },
  });
  children = await deployApp(kintone.as(), '児童', {
    number: { type: 'SINGLE_LINE_TEXT', code: 'number', label: '番号', unique: true },
    family: {
      type: 'REFERENCE_TABLE',
      code: 'family',
      label: '申請',
      referenceTable: {
        relatedApp: { app },
        condition: { field: 'number', relatedField: 'child' },
        filterCond: 'receipt != "除外"',
        displayFields: ['receipt'],
        sort: '$id desc',
        size: '5',
      },
    },
  } as never);
  const value = (values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).map(([code, each]) => [code, { value: each }]));
  const at = (code: string) => [{ code }];
  await kintone.as().record.addRecords({
    app,
    records: [
      value({ receipt: 'A', child: '1', place: at('h1'), kind: '甲' }),
      value({ receipt: 'B', child: '1', place: at('h2'), kind: '乙' }),
      value({ receipt: 'C', child: '2', place: at('h2'), kind: '甲' }),
      value({ receipt: '除外', child: '3', place: at('h1'), kind: '甲' }),
    ],
  });
  await kintone.as().record.addRecords({
    app: children,
    records: ['1', '2', '3', '4'].map((number) => value({ number })),
  });
});
afterAll(() => kintone.close());

/** A request as a plain HTTP library sends it. */
function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<{ status: number; type: string; answer: Record<string, unknown> }> {
  const authorization = Buffer.from('admin:admin-password').toString('base64');
  const text = body === undefined ? '' : JSON.stringify(body);
  const length = text === '' ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      `${kintone.server.url}${path}`,
      { method, headers: { 'x-cybozu-authorization': authorization, ...length, ...headers } },
      (response) => {
        let received = '';
        response.on('data', (chunk: Buffer) => (received += chunk.toString()));
        response.on('end', () => {
          const type = response.headers['content-type'] ?? '';
          const answer = type.includes('json') ? (JSON.parse(received) as Record<string, unknown>) : {};
          resolve({ status: response.statusCode ?? 0, type, answer });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}
const json = { 'content-type': 'application/json' };

describe('requests', () => {
  it('carry the parameters of a read in the address, in a body, or in a POST that says it is one', async () => {
    const wanted = { app, query: 'receipt = "A"', fields: ['receipt'] };
    const byAddress = `app=${app}&query=${encodeURIComponent(wanted.query)}&fields%5B0%5D=receipt`;
    const answers = [
      await send('GET', `/k/v1/records.json?${byAddress}`),
      await send('GET', '/k/v1/records.json', json, wanted),
      await send('POST', '/k/v1/records.json', { ...json, 'x-http-method-override': 'GET' }, wanted),
    ];
    for (const { status, answer } of answers) {
      expect(status).toBe(200);
      expect(answer['records']).toMatchObject([{ receipt: { value: 'A' } }]);
    }
    const deleted = { ...json, 'x-http-method-override': 'DELETE' };
    expect((await send('POST', '/k/v1/records.json', deleted, { app, ids: [] })).answer['code']).toBe(
      'CB_VA01',
    );
    // Only a POST can be something else: a GET that calls itself DELETE reads.
    const read = await send('GET', `/k/v1/records.json?app=${app}`, { 'x-http-method-override': 'DELETE' });
    expect(read.answer['records']).toHaveLength(4);
  });

  it('are malformed where a read announces JSON and sends none, and too long beyond 8 KB', async () => {
    const announced = await send('GET', `/k/v1/records.json?app=${app}`, json);
    expect([announced.status, announced.answer['code']]).toEqual([400, 'CB_IL02']);
    const long = await send('GET', `/k/v1/records.json?app=${app}&query=${'x'.repeat(8200)}`);
    expect([long.status, long.type]).toEqual([414, 'text/html']);
    expect((await send('POST', '/k/v1/record.json', json, '"text"')).answer['code']).toBe('CB_IJ01');
  });
});

describe('form.json', () => {
  it('gives the form as older clients ask for it, to who may only add as well', async () => {
    const { answer } = await send('GET', `/k/v1/form.json?app=${app}`);
    const properties = answer['properties'] as Record<string, unknown>[];
    expect(properties[0]).toEqual({
      type: 'SINGLE_LINE_TEXT',
      code: 'receipt',
      label: '受付番号',
      noLabel: 'false',
      required: 'false',
      unique: 'true',
      maxLength: '20',
      minLength: null,
      expression: '',
      hideExpression: 'false',
      defaultValue: '',
    });
    expect(properties.find(({ code }) => code === 'kind')).toMatchObject({ options: ['甲', '乙'] });
    expect(properties.map(({ type }) => type)).toContain('CREATED_TIME');
    const related = await send('GET', `/k/v1/preview/form.json?app=${children}`);
    expect(related.answer['properties']).toContainEqual(
      expect.objectContaining({ type: 'REFERENCE_TABLE', relatedApp: app }),
    );
    const token = kintone.withToken('token-to-add');
    expect(Object.keys((await token.app.getFormFields({ app })).properties)).toContain('receipt');
    expect((await token.app.getViews({ app })).views).toEqual({});
    expect(brief(await refusal(token.app.getAppAcl({ app })))).toEqual([403, 'GAIA_NO01']);
  });
});

describe('spaces', () => {
  it('name their members', async () => {
    const { members } = await kintone.as().space.getSpaceMembers({ id: 3 });
    expect(members).toEqual([{ entity: { type: 'USER', code: 'hall' }, isAdmin: false, isImplicit: false }]);
    expect((await refusal(kintone.as().space.getSpaceMembers({ id: 9 }))).status).toBe(404);
  });
});

describe('queries', () => {
  const receipts = async (who: string, query: string) =>
    (await kintone.as(who, 'pw').record.getRecords({ app, query: `${query} order by $id asc` })).records.map(
      (record) => record['receipt']!.value,
    );

  it('pass over a condition on the primary organisation of who has none', async () => {
    const query = 'place in (PRIMARY_ORGANIZATION()) and kind in ("甲")';
    expect(await receipts('hall', query)).toEqual(['A', '除外']);
    expect(await receipts('temp', query)).toEqual(['A', 'C', '除外']);
    const wrong = kintone.as('temp', 'pw').record.getRecords({
      app,
      query: 'Created_by in (PRIMARY_ORGANIZATION())',
    });
    expect((await refusal(wrong)).code).toBe('CB_VA01');
  });

  it('take the words of the language for fields where they stand for fields, and numbers with the app’s code', async () => {
    const coded = (await kintone.as().app.getApps({ codes: ['NO'] })).apps[0]?.appId ?? '';
    const found = async (query: string) =>
      (await kintone.as().record.getRecords({ app: coded, query })).records.map(
        (record) => record['Record_number']!.value,
      );
    expect(await found('limit = 5 limit 1')).toEqual(['NO-1']);
    expect(await found('order > 0 order by order asc limit 1 offset 1')).toEqual(['NO-2']);
    expect(await found('Record_number = "NO-1"')).toEqual(['NO-1']);
    expect(await found('Record_number in ("NO-2", "9")')).toEqual(['NO-2']);
    expect(await found('Record_number > 1')).toEqual(['NO-2']);
  });

  const numbers = async (query: string) =>
    (await kintone.as().record.getRecords({ app: children, query: `${query} order by $id asc` })).records.map(
      (record) => record['number']!.value,
    );

  it('ask related records, of which only those count that the setting names and the asker may see', async () => {
    expect(await numbers('family.kind in ("甲")')).toEqual(['1', '2']);
    expect(await numbers('family.kind in ("乙") and number in ("1", "2")')).toEqual(['1']);
    expect(await numbers('family.kind not in ("乙")')).toEqual(['2']);
    expect(await numbers('family.receipt like "C" or number = "4"')).toEqual(['2', '4']);
    const refused = async (query: string) =>
      (await refusal(kintone.as().record.getRecords({ app: children, query }))).code;
    expect(await refused('family.receipt = "A"')).toBe('GAIA_IQ07');
    expect(await refused('family.nothing in ("A")')).toBe('GAIA_IQ11');
    expect(await refused('family.kind in ("丙")')).toBe('GAIA_IQ10');
    await kintone.as().app.updateRecordAcl({
      app,
      rights: [
        {
          filterCond: 'kind in ("乙")',
          entities: [{ entity: { type: 'USER', code: 'hall' }, viewable: true }],
        },
      ],
    });
    await deploy(kintone.as(), app);
    const seen = async (who: string) =>
      (await kintone.as(who, 'pw').record.getRecords({ app: children, query: 'family.kind in ("乙")' }))
        .records;
    expect(await seen('hall')).toHaveLength(1);
    expect(await seen('temp')).toHaveLength(0);
  });
});
