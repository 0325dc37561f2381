/**
 * How fast the kintone stand-in is: `npm run bench:kintone [-- --records 100000] [--database-url URL]`. Fills an app of 40 fields, with
 * record permissions for 61 places, then measures pages of 100 and upserts through kintone's own client. Prints a table and what
 * was wanted; ends with 1 where it was missed. Without an address it starts a PostgreSQL of its own and removes it again.
 */
import { parseArgs } from 'node:util';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { createKintoneServer } from '../embedded/kintone/server.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { freePort } from '../embedded/ports.ts';
import { startPostgres } from '../embedded/postgres/server.ts';

const { values } = parseArgs({
  options: { 'database-url': { type: 'string' }, records: { type: 'string', default: '100000' } },
});

/** A server as the stand-in has it: what is committed is on the disk. */
async function ownPostgres() {
  const dir = await mkdtemp(path.join(tmpdir(), 'gakudo-bench-kintone-'));
  const password = randomBytes(12).toString('hex');
  const postgres = await startPostgres({
    dataDir: path.join(dir, 'data'),
    port: await freePort(),
    password,
    durable: true,
  });
  return {
    url: postgres.url('postgres'),
    stop: async () => {
      await postgres.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
const own = values['database-url'] === undefined ? await ownPostgres() : undefined;
const databaseUrl = values['database-url'] ?? own?.url ?? '';
const total = Number(values.records);

/** What was wanted (issue "kintone as the platform"), in milliseconds of the median. */
const PAGE_MS = 50;
const UPSERTS_MS = 2000;
const missed: string[] = [];

const server = await createKintoneServer({
  databaseUrl,
  schema: 'kintone_speed',
  seed: {
    users: [
      { code: 'speed', name: 'speed', password: 'speed-password', isAdmin: true, groups: ['office'] },
      { code: 'place', name: 'place', password: 'speed-password', organizations: ['place7'] },
    ],
    groups: [{ code: 'office', name: '事務' }],
    organizations: Array.from({ length: 61 }, (_, i) => ({ code: `place${i + 1}`, name: `新BOP${i + 1}` })),
  },
});
const client = new KintoneRestAPIClient({
  baseUrl: server.url,
  auth: { username: 'speed', password: 'speed-password' },
});

const places = Array.from({ length: 61 }, (_, i) => `新BOP${String(i + 1)}`);
const states = ['受付', '一次審査', '二次審査', '不備', '決定'];
const options = (labels: string[]) =>
  Object.fromEntries(labels.map((label, i) => [label, { label, index: String(i) }]));
const plain = Object.fromEntries(
  Array.from({ length: 34 }, (_, i) => {
    const code = `text${String(i)}`;
    return [code, { type: 'SINGLE_LINE_TEXT' as const, code, label: code }];
  }),
);

async function makeApp(): Promise<string> {
  const known = (await client.app.getApps({ name: '速さ' })).apps[0];
  if (known) return known.appId;
  const { app } = await client.app.addApp({ name: '速さ' });
  await client.app.addFormFields({
    app,
    properties: {
      receipt: { type: 'SINGLE_LINE_TEXT', code: 'receipt', label: '受付番号', unique: true },
      place: { type: 'DROP_DOWN', code: 'place', label: '新BOP', options: options(places) },
      state: { type: 'DROP_DOWN', code: 'state', label: '状態', options: options(states) },
      day: { type: 'DATE', code: 'day', label: '受付日' },
      fee: { type: 'NUMBER', code: 'fee', label: '料金' },
      note: { type: 'MULTI_LINE_TEXT', code: 'note', label: '備考' },
      ...plain,
    },
  });
  await client.app.updateViews({
    app,
    views: {
      受付: { type: 'LIST', index: 0, name: '受付', filterCond: 'place in ("新BOP1")', sort: 'day asc' },
    },
  });
  await client.app.updateRecordAcl({
    app,
    rights: [
      ...places.map((place, i) => ({
        filterCond: `place in ("${place}")`,
        entities: [
          { entity: { type: 'GROUP' as const, code: 'office' }, viewable: true, editable: true },
          { entity: { type: 'ORGANIZATION' as const, code: `place${i + 1}` }, viewable: true },
        ],
      })),
      { entities: [{ entity: { type: 'GROUP' as const, code: 'office' }, viewable: true, editable: true }] },
    ],
  });
  await client.app.deployApp({ apps: [{ app }] });
  await server.settle();
  return app;
}

const record = (i: number) => ({
  place: { value: places[i % 61] },
  state: { value: states[i % 5] },
  day: { value: `2026-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}` },
  fee: { value: String((i * 7919) % 10_000) },
  note: { value: `備考 ${String(i)}` },
  ...Object.fromEntries(Object.keys(plain).map((code) => [code, { value: `${code} の値 ${String(i)}` }])),
});

async function measure(
  name: string,
  times: number,
  work: () => Promise<unknown>,
  wanted?: number,
): Promise<void> {
  const took: number[] = [];
  const cpu = process.cpuUsage();
  for (let i = 0; i < times; i += 1) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  const used = process.cpuUsage(cpu);
  const cpuMs = ((used.user + used.system) / 1000 / times).toFixed(1);
  const at = (part: number) =>
    (took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0).toFixed(1);
  console.log(
    `${name.padEnd(52)} p50 ${at(0.5).padStart(8)} ms   max ${at(1).padStart(8)} ms   of this process ${cpuMs.padStart(8)} ms CPU${wanted === undefined ? '' : `   wanted < ${wanted} ms`}`,
  );
  if (wanted !== undefined && Number(at(0.5)) >= wanted)
    missed.push(`${name}: ${at(0.5)} ms, wanted < ${wanted} ms`);
}

const app = await makeApp();
const count = async () =>
  Number((await client.record.getRecords({ app, query: 'limit 1', totalCount: true })).totalCount);
const there = await count();
const startedAt = performance.now();
for (let i = there; i < total; i += 2000) {
  const records = Array.from({ length: Math.min(2000, total - i) }, (_, k) => ({
    receipt: { value: `R-${String(i + k)}` },
    ...record(i + k),
  }));
  await client.record.addAllRecords({ app, records });
}
if (there < total)
  console.log(
    `filled ${String(total - there)} records in ${String(Math.round(performance.now() - startedAt))} ms`,
  );

const page =
  (query: string, totalCount = false) =>
  () =>
    client.record.getRecords({ app, query, totalCount });
const queries = {
  'place and state, by day': 'place in ("新BOP7") and state in ("一次審査") order by day asc limit 100',
  'place, by fee (not in a view)': 'place in ("新BOP7") order by fee desc limit 100',
  'state only, by receipt': 'state in ("不備") order by receipt asc limit 100',
  'fee range, by day': 'fee > 9000 and fee < 9100 order by day desc limit 100',
  'updated, newest first': 'Updated_datetime >= "2020-01-01T00:00:00Z" order by $id asc limit 100',
  'no condition, by day': 'order by day asc limit 100',
};
for (const [name, query] of Object.entries(queries)) {
  const local = query.replace('Updated_datetime', '更新日時');
  await page(local)();
  await server.settle();
  await measure(name, 15, page(local), PAGE_MS);
  await measure(`${name}, with the total`, 5, page(local, true));
}
const placed = new KintoneRestAPIClient({
  baseUrl: server.url,
  auth: { username: 'place', password: 'speed-password' },
});
const byPlace = 'state in ("一次審査") order by day asc limit 100';
await placed.record.getRecords({ app, query: byPlace });
await server.settle();
await measure(
  'as one of 61 places: state, by day',
  15,
  () => placed.record.getRecords({ app, query: byPlace }),
  PAGE_MS,
);
await measure('one record by its receipt', 50, page('receipt = "R-777"'));
const upserts = (from: number) => (n: number) => ({
  updateKey: { field: 'receipt', value: `R-${String(from + n)}` },
  record: record(from + n + 1),
});
const hundreds = (from: number) =>
  Array.from({ length: 10 }, (_, h) => Array.from({ length: 100 }, (__, n) => upserts(from)(h * 100 + n)));
let fresh = total + Math.floor(performance.now()) * 1000;
for (const [name, from] of [
  ['1,000 upserts of records that are there', () => 5000],
  ['1,000 upserts of new records', () => (fresh += 1000)],
] as const) {
  await measure(
    `${name} (10 requests)`,
    3,
    async () => {
      for (const records of hundreds(from()))
        await client.record.updateRecords({ app, upsert: true, records });
    },
    UPSERTS_MS,
  );
}
console.log(
  `memory ${String(Math.round(process.memoryUsage().rss / 1024 / 1024))} MB (this client included)`,
);
await server.close();
await own?.stop();
for (const line of missed) console.log(`MISSED ${line}`);
process.exit(missed.length === 0 ? 0 : 1);
