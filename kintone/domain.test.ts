/**
 * The way of this system's own traffic with kintone: setting up, writing, reading, files, looking for changes. Every call and
 * every answer is held against kintone's own OpenAPI description. Runs on the stand-in, or on a real domain where the
 * environment names one (docs/kintone-setup.md).
 */
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestDomain, type TestDomain } from '../testing/kintone-domain.ts';
import { problemsOf } from '../testing/kintone-openapi/validate.ts';
import { readAccessTable } from './access/table.ts';
import { APPS } from './apps/index.ts';
import { createClient, type KintoneConnection } from './client.ts';
import { createGateway, type Gateway, type GatewayWrite } from './gateway/index.ts';
import { provision } from './provision.ts';
import { createDirectory, planDirectory } from './provision/directory.ts';
import { changesOf, planApps } from './provision/plan.ts';

vi.setConfig({ testTimeout: 300_000 });

let domain: TestDomain;
let connection: KintoneConnection;
let gateway: Gateway;
let opened = false;
let ids: Readonly<Record<string, string>>;
const table = readAccessTable();
const run = String(Date.now());

beforeAll(async () => {
  domain = await openTestDomain();
  connection = { baseUrl: domain.recorder.url, password: domain.password };
}, 180_000);
afterAll(async () => {
  if (opened) await gateway.close();
  await domain.close();
});

const client = () => createClient(connection, { use: 'provisioning', timeoutMs: 60_000 });
const note = (n: number): GatewayWrite => ({
  app: 'contacts',
  key: `${run}-${n}`,
  record: {
    receipt_number: { value: `試験-${run}` },
    kind: { value: 'メモ' },
    content: { value: `メモ "${n}"\n髙橋 𠮷田` },
    at: { value: '2026-11-02T00:00:00Z' },
    bop_code: { value: '1' },
  },
});

describe('this system’s traffic with kintone', () => {
  it('sets the apps up, and a plan after that shows nothing', async () => {
    const { known } = await planDirectory(createDirectory(connection, 60_000), table);
    const options = { namePrefix: domain.prefix, access: { table, known } };
    ids = await provision(client(), {
      ...options,
      ...(domain.spaceId === undefined ? {} : { spaceId: domain.spaceId }),
    });
    const plans = await planApps(client(), { ...options, appIds: ids });
    expect(plans).toHaveLength(APPS.length);
    expect(plans.flatMap(changesOf)).toEqual([]);
  }, 600_000);

  it('writes, writes again, and reads back', async () => {
    gateway = createGateway({ ...connection, appIds: ids, limits: { batchWindowMs: 20 } });
    opened = true;
    await gateway.upsert([1, 2, 3].map(note));
    await gateway.upsert([note(2)]);
    const texts = await gateway.readTexts(`試験-${run}`);
    expect(texts.map(({ content }) => content)).toEqual([1, 2, 3].map((n) => `メモ "${n}"\n髙橋 𠮷田`));
  });

  it('attaches a file and gets it back', async () => {
    const bytes = Buffer.from(`%PDF-1.4 ${run}`);
    const write: GatewayWrite = {
      app: 'documents',
      key: `${run}-1`,
      record: { receipt_number: { value: `試験-${run}` }, size: { value: bytes.length } },
      files: {
        file: {
          name: '就労証明書.pdf',
          contentType: 'application/pdf',
          size: bytes.length,
          open: () => Readable.from([bytes]),
        },
      },
    };
    await gateway.upsert([write]);
    const [document] = await gateway.readDocuments(`試験-${run}`);
    const { stream } = await gateway.downloadFile(document!.fileKey);
    expect(Buffer.concat(await stream.toArray())).toEqual(bytes);
  });

  it('finds what was written since, and how much there is', async () => {
    await gateway.upsert([
      {
        app: 'application_admission',
        key: `試験-${run}`,
        record: { child_given_name: { value: '花子' }, bop_code: { value: '1' }, seq: { value: '1' } },
      },
    ]);
    const since = new Date(Date.now() - 5 * 60_000).toISOString();
    const changed = await gateway.changes.changedSince('application_admission', since);
    const mine = changed.find(({ receiptNumber }) => receiptNumber === `試験-${run}`);
    expect(mine?.values['child_given_name']).toBe('花子');
    expect(mine?.modifier.code).toBe(domain.password.username);
    expect(await gateway.changes.count('application_admission')).toBeGreaterThan(0);
    expect((await gateway.changes.keys('application_admission')).get(`試験-${run}`)).toBe(mine?.recordId);
    expect(await gateway.changes.byIds('application_admission', [mine!.recordId])).toHaveLength(1);
    expect(
      await gateway.readNames([{ procedure: 'admission', receiptNumber: `試験-${run}` }]),
    ).toHaveProperty('size', 1);
  });

  it('says only what kintone’s own description allows, and understands only what it answers', () => {
    const { calls } = domain.recorder;
    const checked = calls.map((call) => ({ call, problems: problemsOf(call) }));
    const outside = checked.filter(({ problems }) => problems === undefined).map(({ call }) => call.path);
    // Files are no JSON; people are of Cybozu's User API.
    expect([...new Set(outside)].filter((path) => !path.startsWith('/v1/'))).toEqual([]);
    const problems = checked.flatMap((one) => one.problems ?? []);
    expect([...new Set(problems)]).toEqual([]);
    const used = new Set(calls.map(({ method, path }) => `${method} ${path}`));
    for (const call of [
      'POST /k/v1/bulkRequest.json',
      'GET /k/v1/records.json',
      'POST /k/v1/file.json',
      'PUT /k/v1/preview/record/acl.json',
      'POST /k/v1/preview/app/deploy.json',
    ]) {
      expect(used).toContain(call);
    }
  });
});
