import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKintone } from '../../testing/kintone.ts';
import { brief, deployApp, refusal, startTestKintone } from '../../testing/kintone.ts';

let kintone: TestKintone;
let app: string;

beforeAll(async () => {
  kintone = await startTestKintone(
    {
      tokens: [
        { app: 'Applications', token: 'token-everything', permissions: ['view', 'add', 'edit', 'delete'] },
        { app: 'Applications', token: 'token-view-only', permissions: ['view'] },
        { app: 'Not there', token: 'token-of-nothing', permissions: ['view'] },
      ],
    },
    { faults: true },
  );
  app = await deployApp(kintone.as(), 'Applications', {
    child: { type: 'SINGLE_LINE_TEXT', code: 'child', label: '児童', required: true },
    papers: { type: 'FILE', code: 'papers', label: '書類' },
  });
});
afterAll(() => kintone.close());

describe('who asks', () => {
  it('refuses missing, wrong and insufficient credentials', async () => {
    const anonymous = await fetch(`${kintone.server.url}/k/v1/records.json?app=${app}`);
    expect(anonymous.status).toBe(401);
    expect(await anonymous.json()).toMatchObject({ code: 'CB_AU01', message: 'Please login.' });
    expect(anonymous.headers.get('x-concurrencylimit-limit')).toBe('100');
    expect(brief(await refusal(kintone.as('admin', 'wrong').record.getRecords({ app })))).toEqual([
      401,
      'CB_WA01',
    ]);
    const viewer = kintone.withToken('token-view-only').record;
    await viewer.getRecords({ app });
    expect(brief(await refusal(viewer.addRecord({ app, record: {} })))).toEqual([403, 'GAIA_NO01']);
    for (const [token, expected] of [
      ['token-unknown', [400, 'GAIA_IA02']],
      ['token-of-nothing', [400, 'GAIA_IA02']],
      [
        ['token-view-only', 'token-everything'],
        [400, 'GAIA_DA03'],
      ],
    ] as const) {
      const client = kintone.withToken(token as string);
      expect(brief(await refusal(client.record.getRecords({ app })))).toEqual(expected);
    }
  });

  it('records writes with a token under Administrator', async () => {
    const { record } = kintone.withToken('token-everything');
    const { id } = await record.addRecord({ app, record: { child: { value: 'by token' } } });
    const got = (await record.getRecord({ app, id })).record;
    expect(got['Created_by']!.value).toEqual({ code: 'Administrator', name: 'Administrator' });
  });

  it('answers in the language asked for', async () => {
    const response = await fetch(`${kintone.server.url}/k/v1/record.json?app=${app}&id=999999`, {
      headers: { 'x-cybozu-api-token': 'token-view-only', 'accept-language': 'ja' },
    });
    expect(await response.json()).toMatchObject({
      code: 'GAIA_RE01',
      message: '指定したレコード（id: 999999）が見つかりません。',
    });
  });
});

describe('files and comments', () => {
  it('attaches an upload once, under a key of its own, and gives the bytes back', async () => {
    const client = kintone.as();
    const data = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => i % 251));
    const { fileKey } = await client.file.uploadFile({ file: { name: '証明書.pdf', data } });
    const { id } = await client.record.addRecord({
      app,
      record: { child: { value: 'f' }, papers: { value: [{ fileKey }] } },
    });
    type Files = { fileKey: string; name: string; size: string; contentType: string }[];
    const papers = async () => (await client.record.getRecord({ app, id })).record['papers']!.value as Files;
    const [file] = await papers();
    expect(file).toMatchObject({ name: '証明書.pdf', size: '3000000', contentType: 'application/pdf' });
    expect(file!.fileKey).not.toBe(fileKey);
    expect(Buffer.from(await client.file.downloadFile({ fileKey: file!.fileKey })).equals(data)).toBe(true);
    const again = client.record.addRecord({
      app,
      record: { child: { value: 'f' }, papers: { value: [{ fileKey }] } },
    });
    expect(brief(await refusal(again))).toEqual([404, 'GAIA_BL01']);
    const second = await client.file.uploadFile({ file: { name: 'b.txt', data: 'b' } });
    const value = [{ fileKey: file!.fileKey }, { fileKey: second.fileKey }];
    await client.record.updateRecord({ app, id, record: { papers: { value } } });
    expect((await papers()).map(({ name }) => name)).toEqual(['証明書.pdf', 'b.txt']);
    await client.record.updateRecord({ app, id, record: { papers: { value: [] } } });
    const gone = await refusal(client.file.downloadFile({ fileKey: file!.fileKey }));
    expect(gone.status).toBe(404);
  });

  it('keeps comments', async () => {
    const { record } = kintone.as();
    const { id } = await record.addRecord({ app, record: { child: { value: 'c' } } });
    for (let i = 1; i <= 12; i += 1)
      await record.addRecordComment({ app, record: id, comment: { text: `${i}` } });
    const page = await record.getRecordComments({ app, record: id });
    expect(page).toMatchObject({ older: true, newer: false });
    expect(page.comments[0]).toMatchObject({ id: '12', text: '12 ', creator: { code: 'admin' } });
    await record.deleteRecordComment({ app, record: id, comment: '12' });
    expect((await refusal(record.deleteRecordComment({ app, record: id, comment: '12' }))).code).toBe(
      'GAIA_RE02',
    );
  });
});

describe('faults on demand', () => {
  it('is overloaded, away or cut off as asked, and what was saved stays saved', async () => {
    const { record } = kintone.as();
    const arm = (fault: object) =>
      fetch(`${kintone.server.url}/_stand-in/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
    await arm({ kind: 'too-many-requests', count: 1 });
    expect(brief(await refusal(record.getRecords({ app })))).toEqual([429, 'GAIA_TO04']);
    await arm({ kind: 'maintenance', count: 1, path: 'records.json' });
    await expect(record.getRecords({ app })).rejects.toThrow('503: Service Unavailable');
    await arm({ kind: 'drop-after', count: 1, method: 'POST' });
    await expect(record.addRecord({ app, record: { child: { value: 'dropped' } } })).rejects.toThrow(
      /hang up|ECONNRESET/,
    );
    const { records } = await record.getRecords({ app, query: 'child = "dropped"' });
    expect(records).toHaveLength(1);
  });

  it('is overloaded by more requests at one time than the limit', async () => {
    const small = await startTestKintone({}, { concurrencyLimit: 3, faults: true });
    try {
      small.server.faults.add({ kind: 'slow', delayMs: 300 });
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => fetch(`${small.server.url}/k/v1/apps.json`)),
      );
      const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.headers.get('x-cybozu-error')).toBe('GAIA_TO04');
    } finally {
      await small.close();
    }
  });
});

describe('requests', () => {
  it('are counted by app', async () => {
    const { url } = kintone.server;
    await fetch(`${url}/_stand-in/requests`, { method: 'DELETE' });
    const client = kintone.as();
    await client.record.getRecords({ app });
    const payload = { app, records: [{ child: { value: 'x' } }] };
    await client.bulkRequest({ requests: [{ method: 'POST', api: '/k/v1/records.json', payload }] });
    await client.record.getRecords({ app });
    const response = await fetch(`${url}/_stand-in/requests`);
    expect(await response.json()).toEqual({
      requests: [
        { app, call: 'GET records', count: 2 },
        { app, call: 'POST bulkRequest', count: 1 },
      ],
    });
  });
});
