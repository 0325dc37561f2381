import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrepareExport } from '../activities/exports/prepare.ts';
import { type DEFAULT_EXPORT_PROFILES } from '../domain/exports/default-profiles.ts';
import type { Gateway } from '../kintone/gateway/index.ts';
import { eraseOldExports } from '../store/export-results.ts';
import { seedSettings } from '../store/settings.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import { addDecided, EXPORT_NAMES } from '../testing/exports.ts';
import type {
  ExportDetailResponse,
  ExportListResponse,
  ExportRecordsResponse,
  ExportRunInfo,
  ExportSettingResponse,
  ImportAnswersResponse,
} from './contract/exports.ts';

/** Exports over HTTP (Q04); the preparation runs at once instead of on a worker. kintone and Temporal are away. */
let api: TestApi;
let ward: TestBrowser;
let leader: TestBrowser;
let away = false;

beforeAll(async () => {
  api = await startTestApi(async ({ db, keyring }) => {
    await seedSettings(db, new Date('2026-01-01T00:00:00Z'));
    const gateway = { readApplications: () => Promise.resolve(new Map()) } as unknown as Gateway;
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const prepare = createPrepareExport({ db, keyring, gateway, log });
    return {
      ...partsAway,
      exports: {
        prepare: (runId) => (away ? Promise.reject(new Error('Temporal is away')) : prepare({ runId })),
      },
    };
  });
  for (const [index, answers] of EXPORT_NAMES.entries()) await addDecided(api.db, index + 1, { answers });
  for (const role of ['ward', 'leader', 'operator', 'hall', 'bop'] as const) {
    const place = role === 'hall' || role === 'bop' ? { place: { kind: role, code: '2' } } : {};
    await api.createAccount({ role, login: role, ...place });
  }
  ward = await api.signedIn('ward');
  leader = await api.signedIn('leader');
});
afterAll(() => api.close());

const NEW = { profileId: 'admission_decisions', scope: 'full', fiscalYear: 2027 };

async function begin(given: Partial<typeof NEW> = {}, by = ward): Promise<ExportRunInfo> {
  const response = await by.post('/api/staff/exports', { ...NEW, ...given });
  expect(response.statusCode, response.body).toBe(201);
  return detail(response.json<{ run: ExportRunInfo }>().run.id).then((one) => one.run);
}

async function detail(id: string): Promise<ExportDetailResponse> {
  const response = await ward.get(`/api/staff/exports/${id}`);
  expect(response.statusCode, response.body).toBe(200);
  return response.json<ExportDetailResponse>();
}

async function setting<T>(key: string): Promise<ExportSettingResponse<T>> {
  return (await ward.get(`/api/staff/exports/settings/${key}`)).json<ExportSettingResponse<T>>();
}

async function replace(table: Record<string, string>) {
  const { version, value } =
    await setting<{ from: string; to: string; note: string }[]>('exportReplacements');
  const kept = value.filter((one) => !(one.from in table));
  const added = Object.entries(table).map(([from, to]) => ({ from, to, note: '' }));
  const body = { value: [...kept, ...added], basedOn: version, note: 'テスト' };
  return ward.put('/api/staff/exports/settings/exportReplacements', body);
}

const upload = (by: TestBrowser, id: string, body: Buffer) =>
  by.request('POST', `/api/staff/exports/${id}/answers`, body, {
    'content-type': 'application/octet-stream',
  });

let made: ExportRunInfo;

describe('from the preview to the file', () => {
  it('refuses names that the encoding lacks, with a list and each character once', async () => {
    const run = await begin();
    expect(run).toMatchObject({ state: 'blocked', number: null, problemCount: 2 });
    expect(run.actions).toEqual(['discard']);
    const { problems, lacking } = await detail(run.id);
    expect(problems[0]).toMatchObject({ receiptNumber: 'A27-000003-4', column: '児童氏名', character: '𠮷' });
    expect(problems[0]?.text).toContain('置換表に登録する');
    expect(lacking.map((one) => [one.character, one.count])).toEqual([
      ['𠮷', 1],
      ['繫', 1],
    ]);
    expect((await ward.post(`/api/staff/exports/${run.id}/make`)).statusCode).toBe(409);
    expect((await ward.get(`/api/staff/exports/${run.id}/file`)).statusCode).toBe(409);
    expect((await ward.post(`/api/staff/exports/${run.id}/discard`)).statusCode).toBe(204);
    expect((await ward.get(`/api/staff/exports/${run.id}`)).statusCode).toBe(404);
  });

  it('makes a numbered file after the ward has said how to write them', async () => {
    expect((await replace({ 𠮷: '吉', 繫: '繋' })).statusCode).toBe(200);
    const run = await begin({}, leader);
    expect(run).toMatchObject({ state: 'ready', lines: 4, noteCount: 4 });
    const { firstLines, notes } = await detail(run.id);
    expect(firstLines[1]).toContain('髙橋　花子');
    expect(notes.map((one) => one.text)).toContain('「𠮷」（U+20BB7）を「吉」（U+5409）に置き換えました');
    const response = await leader.post(`/api/staff/exports/${run.id}/make`);
    made = response.json<{ run: ExportRunInfo }>().run;
    expect(made).toMatchObject({ state: 'made', number: 1 });
    expect(made.fileName).toMatch(/^nyukai_\d{8}_0001\.csv$/u);
    // Pressing twice makes no second number.
    expect((await leader.post(`/api/staff/exports/${run.id}/make`)).statusCode).toBe(409);
  });

  it('gives the same bytes at every download, with the checksum that is shown', async () => {
    const one = await ward.get(`/api/staff/exports/${made.id}/file`);
    const two = await leader.get(`/api/staff/exports/${made.id}/file`);
    expect(one.rawPayload.equals(two.rawPayload)).toBe(true);
    expect(createHash('sha256').update(one.rawPayload).digest('hex')).toBe(made.sha256);
    expect(one.headers['content-disposition']).toContain(`attachment; filename="${made.fileName ?? ''}"`);
    expect(new TextDecoder('shift_jis').decode(one.rawPayload)).toContain('髙橋　花子');
  });
});

describe('the ward’s answers', () => {
  it('are read by the profile’s layout, rejected ones become tasks', async () => {
    const lines = ['受付番号,結果,理由', 'A27-000001-6,0,', 'a27-000002-7,1,E01', 'A27-999999-9,0,', 'x', ''];
    const response = await upload(leader, made.id, Buffer.from(lines.join('\r\n')).subarray(0));
    // The layout says CP932: these bytes are UTF-8.
    expect(response.statusCode).toBe(422);
    const sjis = Buffer.concat([
      Buffer.from('8eef95748ad48d862c8c8b89ca2c979d97520d0a', 'hex'),
      Buffer.from(lines.slice(1).join('\r\n')),
    ]);
    const taken = await upload(leader, made.id, sjis);
    expect(taken.statusCode, taken.body).toBe(200);
    expect(taken.json<ImportAnswersResponse>()).toMatchObject({
      accepted: 1,
      rejected: 1,
      faults: [
        { lineNumber: 4, message: expect.stringContaining('この出力に含まれていません') as string },
        { lineNumber: 5, message: expect.stringContaining('受入・却下のどちら') as string },
      ],
    });
    const list = (await leader.get('/api/staff/exports')).json<ExportListResponse>();
    expect(list.rejections).toMatchObject({
      total: 1,
      rows: [{ number: 1, line: 2, receiptNumber: 'A27-000002-7', reason: '該当する児童が見つかりません' }],
    });
    const records = await ward.get(`/api/staff/exports/${made.id}/records?result=rejected`);
    expect(records.json<ExportRecordsResponse>().total).toBe(1);
  });

  it('that fit nothing change nothing', async () => {
    const response = await upload(ward, made.id, Buffer.from('a,b\r\nc,d\r\n'));
    expect(response.statusCode).toBe(422);
    expect((await detail(made.id)).results).toEqual({ none: 2, accepted: 1, rejected: 1, toHandle: 1 });
  });

  it('are looked after once', async () => {
    const path = `/api/staff/exports/${made.id}/records/2/handled`;
    expect((await leader.post(path)).statusCode).toBe(204);
    expect((await leader.post(path)).statusCode).toBe(404);
    expect((await detail(made.id)).results.toHandle).toBe(0);
  });
});

describe('the ward’s word', () => {
  it('confirms; then only what is new or was rejected goes out', async () => {
    expect((await leader.post(`/api/staff/exports/${made.id}/confirm`)).statusCode).toBe(403);
    expect((await ward.post(`/api/staff/exports/${made.id}/confirm`)).statusCode).toBe(200);
    expect(await begin({ scope: 'changes' })).toMatchObject({ lines: 1, unchanged: 3 });
  });

  it('a prepared file that was compared with something else by now is not made', async () => {
    const run = await begin({ scope: 'changes' });
    const reason = { reason: '取込みに失敗したため' };
    expect((await leader.post(`/api/staff/exports/${made.id}/withdraw`, reason)).statusCode).toBe(403);
    expect((await ward.post(`/api/staff/exports/${made.id}/withdraw`, { reason: ' ' })).statusCode).toBe(400);
    expect((await ward.post(`/api/staff/exports/${made.id}/withdraw`, reason)).statusCode).toBe(200);
    expect((await detail(made.id)).withdrawnReason).toBe(reason.reason);
    const late = await ward.post(`/api/staff/exports/${run.id}/make`);
    expect(late.json()).toMatchObject({ status: 409, code: 'exportOutdated' });
    expect(await begin({ scope: 'changes' })).toMatchObject({ lines: 4, unchanged: 0 });
    // Still there to look at, byte for byte.
    expect((await ward.get(`/api/staff/exports/${made.id}/file`)).statusCode).toBe(200);
  });

  it('numbers go on without gaps, whoever presses at the same moment', async () => {
    const runs = await Promise.all([begin(), begin(), begin()]);
    const answers = await Promise.all(runs.map((run) => ward.post(`/api/staff/exports/${run.id}/make`)));
    const numbers = answers.map((one) => one.json<{ run: ExportRunInfo }>().run.number);
    expect(numbers.toSorted()).toEqual([2, 3, 4]);
    const list = (await ward.get('/api/staff/exports')).json<ExportListResponse>();
    expect(list.profiles[0]).toMatchObject({ unconfirmed: [2, 3, 4], isDefault: true, hasConfirmed: false });
  });
});

describe('rights and trail', () => {
  it('are for leaders and the ward; nobody else sees that there is anything', async () => {
    for (const login of ['operator', 'hall', 'bop']) {
      const browser = await api.signedIn(login);
      const file = `/api/staff/exports/${made.id}`;
      for (const url of ['/api/staff/exports', file, `${file}/file`, `${file}/records`, `${file}/progress`]) {
        expect((await browser.get(url)).statusCode).toBe(403);
      }
      expect((await browser.post('/api/staff/exports', NEW)).statusCode).toBe(403);
      expect((await upload(browser, made.id, Buffer.from('x'))).statusCode).toBe(403);
    }
    expect((await api.browser().get(`/api/staff/exports/${made.id}/file`)).statusCode).toBe(401);
  });

  it('every making, download and word is in the trail, without anybody’s name', async () => {
    const rows = await api.db
      .selectFrom('audit')
      .select(['action', 'actor_role', 'detail'])
      .where('subject_kind', '=', 'export')
      .where('subject_id', '=', made.id)
      .orderBy('seq')
      .execute();
    const stepOf = (detail: Readonly<Record<string, unknown>>) =>
      typeof detail['step'] === 'string' ? detail['step'] : '';
    const steps = rows.map((row) => `${row.action} ${stepOf(row.detail)} ${row.actor_role ?? ''}`);
    for (const step of ['made leader', 'answersImported leader', 'confirmed ward', 'withdrawn ward']) {
      expect(steps).toContain(`export ${step}`);
    }
    expect(steps.filter((step) => step.startsWith('download')).length).toBe(3);
    expect(JSON.stringify(rows)).not.toMatch(/髙橋|𠮷|花子/u);
  });

  it('nothing can be begun while the workers cannot be asked, and nothing is left behind', async () => {
    away = true;
    const response = await ward.post('/api/staff/exports', NEW);
    away = false;
    expect(response.statusCode).toBe(503);
    const list = (await ward.get('/api/staff/exports')).json<ExportListResponse>();
    expect(list.runs.some((run) => run.state === 'preparing')).toBe(false);
  });
});

describe('settings', () => {
  it('are the ward’s, with history, and checked as a whole', async () => {
    const { version, value } = await setting<typeof DEFAULT_EXPORT_PROFILES>('exportProfiles');
    const url = '/api/staff/exports/settings/exportProfiles';
    expect((await leader.put(url, { value, basedOn: version, note: '' })).statusCode).toBe(403);
    const [first, ...others] = value;
    const wrong = [{ ...first!, layout: { kind: 'fixed' }, lineBreaks: 'keep' }, ...others];
    const refused = await ward.put(url, { value: wrong, basedOn: version, note: '' });
    expect(refused.statusCode).toBe(400);
    expect(refused.json<{ errors: { path: string }[] }>().errors.map((one) => one.path)).toContain(
      'value.0.columns.0.width',
    );
    const renamed = [{ ...first!, name: '入会決定（改）' }, ...others];
    expect((await ward.put(url, { value: renamed, basedOn: version, note: '改名' })).statusCode).toBe(200);
    const stale = await ward.put(url, { value: renamed, basedOn: version, note: '' });
    expect(stale.json()).toMatchObject({ code: 'settingChanged' });
    const after = await setting('exportProfiles');
    expect(after.history.map((one) => one.isDefault)).toEqual([false, true]);
  });

  it('never replace by a question mark', async () => {
    expect((await replace({ 𠮷: '?' })).statusCode).toBe(400);
    expect((await replace({ 𠮷: '〓' })).statusCode).toBe(400);
  });
});

describe('erasing', () => {
  it('takes files and protocols by the ward’s policy; number, counts and checksum stay', async () => {
    const later = new Date(Date.now() + 1000);
    await eraseOldExports(api.db, { files: later, unused: later });
    const gone = await ward.get(`/api/staff/exports/${made.id}/file`);
    expect(gone.statusCode).toBe(410);
    const { run, firstLines, notes } = await detail(made.id);
    expect(run).toMatchObject({ number: 1, lines: 4, sha256: made.sha256, state: 'withdrawn' });
    expect(run.actions).not.toContain('download');
    expect([...firstLines, ...notes]).toEqual([]);
    expect(await api.db.selectFrom('export_chunks').select('run_id').execute()).toEqual([]);
  });
});
