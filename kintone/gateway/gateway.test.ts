import { Readable } from 'node:stream';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestKintone, type TestKintone } from '../../testing/kintone.ts';
import { APPS, type AppKey } from '../apps/index.ts';
import { provision, type AppIds } from '../provision.ts';
import { createGateway, KintoneError, type Gateway, type GatewayWrite } from './index.ts';

let kintone: TestKintone;
let ids: AppIds;
let requests: (AppKey | 'files')[] = [];
const registry = new Registry();
let gateway: Gateway;
beforeAll(async () => {
  kintone = await startTestKintone({}, { faults: true });
  ids = await provision(kintone.as());
  gateway = open({ metrics: registry, usedToday: () => new Map([['contacts', 7001]]) });
});
afterEach(() => {
  kintone.server.faults.clear();
  requests = [];
});
afterAll(async () => {
  await gateway.close();
  await kintone.close();
});

function open(given: Partial<Parameters<typeof createGateway>[0]> = {}) {
  return createGateway({
    baseUrl: kintone.server.url,
    password: { username: 'admin', password: 'admin-password' },
    appIds: ids,
    onRequest: (app) => requests.push(app),
    ...given,
    limits: { batchWindowMs: 50, requestTimeoutMs: 2500, ...given.limits },
  });
}

const note = (key: string, receipt: string, content = 'メモ'): GatewayWrite => ({
  app: 'contacts',
  key,
  record: { receipt_number: { value: receipt }, kind: { value: 'メモ' }, content: { value: content } },
});

const withFile = (key: string): GatewayWrite => ({
  app: 'documents',
  key,
  record: {},
  files: {
    file: {
      name: 'a.pdf',
      contentType: 'application/pdf',
      size: 5,
      open: () => Readable.from([Buffer.from('%PDF-')]),
    },
  },
});

async function failure(work: Promise<unknown>): Promise<KintoneError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(KintoneError);
  return error as KintoneError;
}

describe('writing', () => {
  it('puts what many write at the same moment into one request', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        gateway.upsert([note(`many-${i}`, 'A-1'), note(`other-${i}`, 'A-1')]),
      ),
    );
    expect(requests).toEqual(['contacts']);
    expect(await gateway.readTexts('A-1')).toHaveLength(60);
  });

  it('writes a record again instead of a second one', async () => {
    await gateway.upsert([note('again', 'A-2', '一')]);
    await gateway.upsert([note('again', 'A-2', '二')]);
    expect((await gateway.readTexts('A-2')).map(({ content }) => content)).toEqual(['二']);
  });

  it('two writes of one record at the same moment keep their order', async () => {
    // The first request takes its time: the next ones would overtake it.
    kintone.server.faults.add({ kind: 'slow', path: 'bulkRequest', count: 1, delayMs: 300 });
    await Promise.all(['一', '二', '三'].map((text) => gateway.upsert([note('order', 'A-3', text)])));
    expect(requests).toHaveLength(3);
    expect((await gateway.readTexts('A-3')).map(({ content }) => content)).toEqual(['三']);
  });

  it('refuses only the one whose record kintone does not take, whole, and says which field', async () => {
    const bad: GatewayWrite = { ...note('bad', 'A-4'), record: { kind: { value: 'ひみつの値' } } };
    const results = await Promise.allSettled([
      ...Array.from({ length: 6 }, (_, i) => gateway.upsert([note(`good-${i}`, 'A-4')])),
      gateway.upsert([note('with-bad', 'A-4'), bad]),
      gateway.upsert([note('last', 'A-4')]),
    ]);
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
      ...Array.from({ length: 6 }, () => true),
      false,
      true,
    ]);
    const error = (results[6] as PromiseRejectedResult).reason as KintoneError;
    expect(error).toMatchObject({ kind: 'final', code: 'CB_VA01' });
    expect(error.message).toMatch(/kind/);
    expect(error.message).not.toContain('ひみつ');
    expect(error.cause).toBeUndefined();
    expect((await gateway.readTexts('A-4')).map(({ id }) => id)).not.toContain('with-bad');
  });

  it('more records than one request takes go in several, still all or nothing', async () => {
    await gateway.upsert(Array.from({ length: 230 }, (_, i) => note(`big-${i}`, 'A-5')));
    expect(requests).toEqual(['contacts', 'contacts', 'contacts']);
    expect(await gateway.readTexts('A-5')).toHaveLength(230);
  });

  it('uploads and attaches in one step, and gives the bytes back', async () => {
    const bytes = Buffer.from('%PDF- 就労証明書');
    const source = {
      name: '就労証明書 "髙橋"\r\n.pdf',
      contentType: 'application/pdf',
      size: bytes.length,
      open: () => Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]),
    };
    const write: GatewayWrite = {
      app: 'documents',
      key: 'doc-1',
      record: { receipt_number: { value: 'A-6' }, size: { value: String(bytes.length) } },
      files: { file: source },
    };
    await gateway.upsert([write]);
    await gateway.upsert([write]);
    const documents = await gateway.readDocuments('A-6');
    expect(documents).toHaveLength(1);
    const { stream, contentType } = await gateway.downloadFile(documents[0]!.fileKey);
    expect(contentType).toContain('application/pdf');
    expect(Buffer.concat(await stream.toArray()).equals(bytes)).toBe(true);
    expect((await failure(gateway.downloadFile('nothing'))).kind).not.toBe('conflict');
  });
});

describe('failures', () => {
  it.each([
    ['too-many-requests', 'retryable', 'GAIA_TO04'],
    ['maintenance', 'retryable', undefined],
    ['lock', 'conflict', 'GAIA_DA02'],
    ['drop-before', 'retryable', undefined],
    ['drop-after', 'retryable', undefined],
    ['slow', 'retryable', undefined],
  ] as const)('%s is %s, and the same again works', async (kind, expected, code) => {
    kintone.server.faults.add({ kind, path: 'bulkRequest', count: 1, delayMs: 6000 });
    const error = await failure(gateway.upsert([note(`fault-${kind}`, 'A-7')]));
    expect(error.kind).toBe(expected);
    if (code) expect(error.code).toBe(code);
    expect(error.message).toMatch(/自動でやり直します/);
    await gateway.upsert([note(`fault-${kind}`, 'A-7')]);
    const all = (await gateway.readTexts('A-7')).filter(({ id }) => id === `fault-${kind}`);
    expect(all).toHaveLength(1);
  });

  it.each([
    ['reading', 'records.json', (one: Gateway) => one.readTexts('A-1')],
    ['an upload', 'file.json', (one: Gateway) => one.upsert([withFile('late')])],
    ['a download', 'file.json', (one: Gateway) => one.downloadFile('any')],
    ['the question whether kintone is there', 'records.json', (one: Gateway) => one.check()],
    [
      'looking for changes',
      'form/fields',
      (one: Gateway) => one.changes.changedSince('reviews', '2026-01-01T00:00:00Z'),
    ],
  ] as const)('%s has a deadline', async (_what, path, work) => {
    const hasty = open({ limits: { requestTimeoutMs: 150, fileTimeoutMs: 150 } });
    kintone.server.faults.add({ kind: 'slow', path, delayMs: 3000 });
    const started = performance.now();
    const error = await failure(work(hasty));
    expect(performance.now() - started).toBeLessThan(2500);
    expect(error.kind).toBe('retryable');
    expect(error.message).toMatch(/時間内に返事がありません/);
  });

  it('wrong credentials and unknown apps are for a person, and do not multiply requests', async () => {
    const wrong = open({ password: { username: 'admin', password: 'wrong' } });
    const results = await Promise.all(
      [1, 2, 3, 4].map((i) => failure(wrong.upsert([note(`wrong-${i}`, 'A-8')]))),
    );
    expect(results.map(({ kind }) => kind)).toEqual(['final', 'final', 'final', 'final']);
    expect(requests).toHaveLength(1);
    expect((await failure(open({ appIds: {} }).check())).kind).toBe('final');
    const gone = open({ appIds: { contacts: '999999' } });
    expect(await failure(gone.check())).toMatchObject({ kind: 'final', code: 'GAIA_AP01' });
  });

  it('keeps below its share of concurrent requests', async () => {
    const narrow = open({ limits: { concurrency: 2 } });
    kintone.server.faults.add({ kind: 'slow', path: 'records.json', delayMs: 30 });
    let now = 0;
    let most = 0;
    kintone.server.fastify.server.on('request', (_request, response) => {
      now += 1;
      most = Math.max(most, now);
      response.on('close', () => (now -= 1));
    });
    await Promise.all(Array.from({ length: 8 }, () => narrow.readTexts('A-1')));
    expect(most).toBe(2);
  });
});

describe('where the requests of the day run short', () => {
  it('writes wait longer for others to go with, unless something that cannot wait goes too', async () => {
    // A second and a half apart: what is sent at once is so on a busy machine, too.
    const limits = { batchWindowMs: 20, deferredWindowMs: 2000 };
    const short = open({ limits, budget: (app) => (app === 'contacts' ? 'defer' : 'normal') });
    const took = async (work: () => Promise<unknown>) => {
      const started = performance.now();
      await work();
      return performance.now() - started;
    };
    requests = [];
    const spread = [0, 60, 120].map(async (ms) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      await short.upsert([note(`defer-${ms}`, 'A-10')]);
    });
    expect(await took(() => Promise.all(spread))).toBeGreaterThan(1900);
    expect(requests).toEqual(['contacts']);
    requests = [];
    const review = { app: 'reviews' as const, key: 'now', record: { receipt_number: { value: 'A-10' } } };
    const together = () => Promise.all([short.upsert([note('defer-with', 'A-10')]), short.upsert([review])]);
    expect(await took(together)).toBeLessThan(1900);
    expect(requests.sort()).toEqual(['contacts', 'reviews']);
    expect(short.budget('contacts')).toBe('defer');
    await short.close();
  });
});

describe('API tokens', () => {
  const tokens = Object.fromEntries(APPS.map(({ key }) => [key, `token-of-${key}`]));
  const seed = (permissions: ('view' | 'add' | 'edit')[]) =>
    kintone.server.seed({
      tokens: APPS.map(({ key, name }) => ({ app: name, token: tokens[key]!, permissions })),
    });

  it('go with the requests that need them, however many apps there are: view, add and edit are enough', async () => {
    await seed(['view', 'add', 'edit']);
    const byToken = open({ password: undefined, apiTokens: tokens });
    const bytes = Buffer.from('%PDF-');
    const file = {
      name: 'a.pdf',
      contentType: 'application/pdf',
      size: 5,
      open: () => Readable.from([bytes]),
    };
    await Promise.all([
      ...APPS.filter(({ key }) => key.startsWith('application_')).map(({ key }) =>
        byToken.upsert([{ app: key, key: 'T27-1', record: {} }]),
      ),
      byToken.upsert([
        { ...note('by-token', 'T27-1') },
        { app: 'reviews', key: 'by-token', record: { receipt_number: { value: 'T27-1' } } },
        {
          app: 'documents',
          key: 'by-token',
          record: { receipt_number: { value: 'T27-1' } },
          files: { file },
        },
      ]),
    ]);
    const [document] = await byToken.readDocuments('T27-1');
    expect(await (await byToken.downloadFile(document!.fileKey)).stream.toArray()).toEqual([bytes]);
    expect(await byToken.changes.count('application_admission')).toBeGreaterThan(0);
    await byToken.close();
  });

  it('for reading cannot write, and an app without a token is named', async () => {
    await seed(['view']);
    const reader = open({ password: undefined, apiTokens: tokens });
    expect(await reader.readTexts('T27-1')).toHaveLength(1);
    expect(await failure(reader.upsert([note('refused', 'T27-2')]))).toMatchObject({
      kind: 'final',
      code: 'GAIA_NO01',
    });
    const { contacts: _gone, ...rest } = tokens;
    const without = open({ password: undefined, apiTokens: rest });
    expect((await failure(without.readTexts('T27-1'))).message).toMatch(
      /contacts の API トークンが設定されていません/,
    );
  });
});

describe('reading', () => {
  it('finds exactly what is asked, whatever signs are in it', async () => {
    const odd = 'A"\\ or receipt_number != "';
    await gateway.upsert([note('odd', odd), note('plain', 'A-9')]);
    expect((await gateway.readTexts(odd)).map(({ id }) => id)).toEqual(['odd']);
  });

  it('names of a page take one request, and so do applications that are read at the same moment', async () => {
    const write = (n: number): GatewayWrite => ({
      app: 'application_admission',
      key: `A2027-${n}`,
      record: {
        child_family_name: { value: '髙橋' },
        child_given_name: { value: `花子${n}` },
        guardian1_family_name: { value: '𠮷田' },
        guardian1_given_name: { value: '一' },
      },
    });
    await gateway.upsert(Array.from({ length: 60 }, (_, n) => write(n)));
    requests = [];
    const items = Array.from({ length: 60 }, (_, n) => ({
      procedure: 'admission',
      receiptNumber: `A2027-${n}`,
    }));
    const names = await gateway.readNames([...items, { procedure: 'admission', receiptNumber: 'none' }]);
    expect(requests).toEqual(['application_admission']);
    expect(names.size).toBe(60);
    expect(names.get('A2027-7')).toEqual({
      childName: '髙橋 花子7',
      childKana: '',
      applicantName: '𠮷田 一',
    });
    requests = [];
    const read = async (n: number) => (await gateway.readApplications('admission', [`A2027-${n}`])).keys();
    const found = await Promise.all([read(1), read(2), read(2), read(99)]);
    expect(requests).toEqual(['application_admission']);
    expect(found.map((keys) => [...keys])).toEqual([['A2027-1'], ['A2027-2'], ['A2027-2'], []]);
  });

  it('all records come, however many there are, and each once', async () => {
    const before = (await gateway.changes.keys('reviews')).size;
    const many = Array.from({ length: 1050 }, (_, i) => ({
      app: 'reviews' as const,
      key: `page-${i}`,
      record: { receipt_number: { value: 'A-11' } },
    }));
    await gateway.upsert(many);
    requests = [];
    expect((await gateway.changes.keys('reviews')).size).toBe(before + 1050);
    expect(requests).toHaveLength(3);
    const all = await gateway.changes.all('reviews');
    expect(new Set(all.map(({ key }) => key)).size).toBe(before + 1050);
    expect(await gateway.readReviews('A-11')).toHaveLength(1050);
    const some = many.slice(0, 250).map(({ key }) => key);
    expect((await gateway.changes.byKeys('reviews', some)).map(({ key }) => key).sort()).toEqual(some.sort());
  });

  it('metrics count by app and outcome', async () => {
    const text = await registry.metrics();
    expect(text).toMatch(/kintone_requests_total\{app="contacts",api="bulkRequest",outcome="retryable"\} \d/);
    for (const name of [
      'request_seconds_bucket',
      'batch_records_bucket',
      'requests_running 0',
      'requests_waiting 0',
    ])
      expect(text).toContain(`kintone_${name}`);
    expect(text).toMatch(/kintone_requests_limit 10/);
    expect(text).toContain('kintone_requests_of_day{app="contacts"} 7001');
  });
});
