import { randomUUID } from 'node:crypto';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HALLS } from '../domain/facilities/facilities.ts';
import { verifyUrl } from '../domain/notices/reference.ts';
import { noticesOf, type Notice } from '../store/notices.ts';
import { seedSettings, wardSettings } from '../store/settings.ts';
import { APPROVED, noticeMaker } from '../testing/notices.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import type {
  CheckResponse,
  MyNoticesResponse,
  NoticesResponse,
  RunDetail,
  RunListResponse,
  ScanResponse,
  TemplateResponse,
} from './contract/notices.ts';

/** Notices over HTTP (Q22), without kintone and Temporal: what they say waits in PostgreSQL. */
let api: TestApi;
let make: ReturnType<typeof noticeMaker>;
let parent: string;
const browsers: Record<string, TestBrowser> = {};
const [hallA, hallB] = [HALLS[0]!, HALLS[1]!];
const bopA = hallA.bops[0]!.code;
const bopB = hallB.bops[0]!.code;

beforeAll(async () => {
  api = await startTestApi(async ({ db }) => {
    await seedSettings(db, new Date('2026-01-01T00:00:00Z'));
    return { ...partsAway, settings: wardSettings(db) };
  });
  const ward = await api.createAccount({ role: 'ward', login: 'ward' });
  await api.createAccount({ role: 'leader', login: 'leader' });
  await api.createAccount({ role: 'operator', login: 'operator' });
  await api.createAccount({ role: 'hall', login: 'hallA', place: { kind: 'hall', code: hallA.code } });
  await api.createAccount({ role: 'bop', login: 'bopB', place: { kind: 'bop', code: bopB } });
  parent = await api.createAccount({ role: 'applicant', login: 'parent@example.test' });
  await api.createAccount({ role: 'applicant', login: 'other@example.test' });
  make = noticeMaker(api.db, api.keyring, ward);
  for (const login of ['ward', 'leader', 'operator', 'hallA', 'bopB'])
    browsers[login] = await api.signedIn(login);
  browsers['parent'] = await api.signedIn('parent@example.test');
  browsers['other'] = await api.signedIn('other@example.test');
});
afterAll(() => api.close());

const as = (who: string) => browsers[who]!;
const noticeOf = async (applicationId: string): Promise<Notice> =>
  (await noticesOf(api.db, applicationId)).at(-1)!;

async function textOf(pdf: Buffer): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: false }).promise;
  let text = '';
  for (let n = 1; n <= document.numPages; n += 1) {
    const { items } = await (await document.getPage(n)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  await document.destroy();
  return text;
}

describe('the family', () => {
  it('reads its own notice from the release day on, and nobody else does', async () => {
    const one = await make({ applicantId: parent, bopCode: bopA }, {
      ...APPROVED,
      releaseOn: '2027-01-29',
    } as never);
    const { id } = await noticeOf(one.applicationId);
    const list = `/api/my/applications/${one.applicationId}/notices`;
    expect((await as('parent').get(list)).json<MyNoticesResponse>().notices).toEqual([]);
    expect((await as('parent').get(`/api/my/notices/${id}`)).statusCode).toBe(404);
    await one.add({ type: 'released', outcome: 'approved' }, '2027-01-29T00:00:00.000Z');

    const [notice] = (await as('parent').get(list)).json<MyNoticesResponse>().notices;
    expect(notice).toMatchObject({ id, label: '入会承認通知書', issuedOn: '2027-01-29' });
    const view = (await as('parent').get(`/api/my/notices/${id}`)).json<{ rows: { value: string }[] }>();
    expect(JSON.stringify(view)).toContain('見本');
    const pdf = await as('parent').get(`/api/my/notices/${id}/pdf?download=1`);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(await textOf(pdf.rawPayload)).toContain('入会承認通知書');
    expect((await as('parent').get(`/api/my/notices/${id}/pdf`)).rawPayload.equals(pdf.rawPayload)).toBe(
      true,
    );

    for (const who of ['other', 'leader']) {
      for (const url of [list, `/api/my/notices/${id}`, `/api/my/notices/${id}/pdf`]) {
        const { statusCode, body } = await as(who).get(url);
        expect([403, 404]).toContain(statusCode);
        expect(body).not.toContain('見本');
      }
    }
    expect((await api.browser().get(`/api/my/notices/${id}`)).statusCode).toBe(401);
  });

  it('does not see a notice whose decision was taken back', async () => {
    const one = await make({ applicantId: parent }, { ...APPROVED, releaseOn: '2027-01-29' } as never);
    const { id } = await noticeOf(one.applicationId);
    await one.add({ type: 'decisionRevised', reason: randomUUID() });
    expect((await as('parent').get(`/api/my/notices/${id}`)).statusCode).toBe(404);
  });
});

describe('verification', () => {
  it('proves a notice by its QR code or by reference and check code, and says no more than is needed', async () => {
    const one = await make({ bopCode: bopA });
    const notice = await noticeOf(one.applicationId);
    const ask = async (body: object) =>
      (await api.browser().post('/api/verify', body)).json<{ result: string }>();
    const token = verifyUrl('http://localhost:3000', notice);
    const proven = await ask({ token });
    expect(proven).toEqual({
      result: 'valid',
      label: '入会承認通知書',
      number: notice.number,
      reference: notice.reference,
      issuedOn: '2027-01-12',
      maskedName: '見○　太○',
    });
    const typed = { reference: notice.reference.toLowerCase(), checkCode: notice.checkCode.toLowerCase() };
    expect(await ask(typed)).toEqual(proven);
    const wrong = `${notice.checkCode.startsWith('0') ? '1' : '0'}${notice.checkCode.slice(1)}`;
    for (const body of [
      { ...typed, checkCode: wrong },
      { ...typed, reference: 'N26A-999999' },
      { token: token.replace(/.$/u, token.endsWith('A') ? 'B' : 'A') },
      { token: token.replace(notice.reference, 'N26A-999999') },
      { token: 'https://example.com/' },
    ]) {
      expect(await ask(body)).toEqual({ result: 'unknown' });
    }
    await api.db.updateTable('notices').set({ voided_at: new Date() }).where('id', '=', notice.id).execute();
    expect(await ask({ token })).toMatchObject({ result: 'voided' });
  });

  it('is no way to try numbers out', async () => {
    const limited = await startTestApi(() => ({ ...partsAway, limits: { sensitivePerMinute: 5 } }));
    try {
      const codes: number[] = [];
      for (let n = 0; n < 7; n += 1) {
        const body = { reference: `N26A-00000${n}`, checkCode: '00000000' };
        codes.push((await limited.browser().post('/api/verify', body)).statusCode);
      }
      expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429]);
    } finally {
      await limited.close();
    }
  });
});

describe('staff', () => {
  it('see notices of their own place only, and halls print nothing', async () => {
    const inA = await make({ bopCode: bopA });
    const inB = await make({ bopCode: bopB });
    const [a, b] = [await noticeOf(inA.applicationId), await noticeOf(inB.applicationId)];
    const seen = async (who: string) =>
      (await as(who).get('/api/staff/notices?pageSize=100'))
        .json<NoticesResponse>()
        .rows.map((row) => row.id);
    expect(await seen('ward')).toEqual(expect.arrayContaining([a.id, b.id]));
    expect(await seen('hallA')).toContain(a.id);
    expect(await seen('hallA')).not.toContain(b.id);
    expect(await seen('bopB')).toContain(b.id);
    expect(await seen('bopB')).not.toContain(a.id);
    for (const path of [b.id, `${b.id}/pdf`]) {
      expect((await as('hallA').get(`/api/staff/notices/${path}`)).statusCode).toBe(404);
      expect((await as('bopB').get(`/api/staff/notices/${path}`)).statusCode).toBe(200);
      expect((await as('parent').get(`/api/staff/notices/${path}`)).statusCode).toBe(403);
    }
    // Before the release day only the office knows.
    const later = await make({ bopCode: bopA }, { ...APPROVED, releaseOn: '2027-01-29' } as never);
    const hidden = await noticeOf(later.applicationId);
    expect(await seen('hallA')).not.toContain(hidden.id);
    expect(await seen('operator')).toContain(hidden.id);
    expect((await as('hallA').get(`/api/staff/notices/${hidden.id}/pdf`)).statusCode).toBe(404);
    for (const who of ['hallA', 'bopB', 'parent']) {
      expect((await as(who).get('/api/staff/notice-runs')).statusCode).toBe(403);
      const body = { onlyNew: true, together: false };
      expect((await as(who).post('/api/staff/notice-runs', body)).statusCode).toBe(403);
      expect((await as(who).get('/api/staff/notice-templates')).statusCode).toBe(403);
    }
  });
});

describe('a print file', () => {
  const family = (n: number, change = {}) => ({
    child_given_name: `子${n}`,
    child_family_kana: ['ワダ', 'アオキ', 'カトウ'][n % 3]!,
    guardian1_address_street: `架空${n}-1`,
    ...change,
  });
  const choose = (over = {}) => ({ round: 'second', onlyNew: true, together: false, ...over });
  let run: RunDetail;
  let list: RunListResponse;

  beforeAll(async () => {
    for (let n = 0; n < 3; n += 1) {
      await make({ round: 'second', bopCode: n === 1 ? bopA : bopB, change: family(n) });
    }
    await make({ round: 'second', bopCode: bopA, change: family(8, { guardian1_postal_code: '' }) });
    await make({ round: 'second', bopCode: bopA, change: family(9, { child_given_name: '\u{e000}' }) });
    const made = await as('operator').post('/api/staff/notice-runs', choose());
    expect(made.statusCode).toBe(201);
    run = made.json<RunDetail>();
    list = (await as('operator').get(`/api/staff/notice-runs/${run.run.id}/list`)).json<RunListResponse>();
  });

  it('is sorted by 新BOP and kana, and names what it leaves out', () => {
    expect(run.run).toMatchObject({ notices: 3, envelopes: 3, leftOut: 2, counted: 0 });
    expect(run.leftOut.map(({ reason }) => reason).sort()).toEqual(['missingCharacters', 'noAddress']);
    expect(list.rows.map((row) => row.childName)).toEqual(['見本　子1', '見本　子2', '見本　子0']);
    expect(list.rows.map((row) => row.envelope)).toEqual([1, 2, 3]);
  });

  it('is the same bytes each time, and each printing is noted', async () => {
    const print = () => as('leader').get(`/api/staff/notice-runs/${run.run.id}/pdf`);
    const [first, second] = [await print(), await print()];
    expect(first.statusCode).toBe(200);
    expect(first.rawPayload.equals(second.rawPayload)).toBe(true);
    const text = await textOf(first.rawPayload);
    for (const row of list.rows) expect(text).toContain(row.reference);
    expect(text).toContain(`発送 ${run.run.number}`);
    await expect
      .poll(async () => {
        const now = (await as('ward').get(`/api/staff/notice-runs/${run.run.id}`)).json<RunDetail>();
        return now.prints.map(({ same, by }) => [same, by.name]);
      })
      .toEqual([
        [null, 'leader'],
        [true, 'leader'],
      ]);
  });

  it('takes only what is in no other file, where that is asked for', async () => {
    const again = await as('operator').post('/api/staff/notice-runs', choose());
    expect(again.statusCode).toBe(409);
    const all = await as('operator').post('/api/staff/notice-runs', choose({ onlyNew: false }));
    expect(all.json<RunDetail>().run.notices).toBe(3);
  });

  it('has its list as CSV that no spreadsheet takes for formulas', async () => {
    const csv = await as('ward').get(`/api/staff/notice-runs/${run.run.id}/list.csv`);
    expect(csv.body.startsWith('\ufeff"照合","封筒"')).toBe(true);
    expect(csv.body.split('\r\n')).toHaveLength(5);
    expect(csv.body).not.toMatch(/(^|,)"[=+@]/m);
  });

  it('is checked sheet by sheet: double, foreign, taken back and unknown ones are told at once', async () => {
    const url = `/api/staff/notice-runs/${run.run.id}`;
    const notices = await Promise.all(
      list.rows.map(({ reference }) =>
        api.db
          .selectFrom('notices')
          .select(['id', 'reference', 'key_id as keyId', 'signature'])
          .where('reference', '=', reference)
          .executeTakeFirstOrThrow(),
      ),
    );
    const scan = async (text: string, scanId = randomUUID()) =>
      (await as('operator').post(`${url}/scans`, { scanId, text })).json<ScanResponse>();
    const codes = notices.map((notice) => verifyUrl('http://localhost:3000', notice));
    const id = randomUUID();
    expect(await scan(codes[0]!, id)).toMatchObject({ result: 'ok', envelope: 1, counted: 1, notices: 3 });
    // A lost answer sent again is no second sheet.
    expect(await scan(codes[0]!, id)).toMatchObject({ result: 'ok', counted: 1 });
    expect(await scan(codes[0]!)).toMatchObject({ result: 'double', counted: 1 });
    const other = await noticeOf((await make({ round: 'anytime' })).applicationId);
    expect(await scan(verifyUrl('http://localhost:3000', other))).toMatchObject({ result: 'foreign' });
    expect(await scan('4901234567894')).toMatchObject({ result: 'unknown' });
    expect(await scan(codes[1]!.replace(/.$/u, '_'))).toMatchObject({ result: 'unknown' });
    await api.db
      .updateTable('notices')
      .set({ voided_at: new Date() })
      .where('id', '=', notices[2]!.id)
      .execute();
    expect(await scan(codes[2]!)).toMatchObject({ result: 'voided', counted: 1 });
    // Two scanners, one sheet: counted once.
    const both = await Promise.all([scan(codes[1]!), scan(codes[1]!)]);
    expect(both.map(({ result }) => result).sort()).toEqual(['double', 'ok']);
    const check = (await as('leader').get(`${url}/check`)).json<CheckResponse>();
    expect(check).toMatchObject({ counted: 2, notices: 3, voided: 1 });
    expect(check.results).toEqual({ ok: 2, double: 2, foreign: 1, unknown: 2, voided: 1 });
    expect(check.missing).toMatchObject([{ envelope: 3, voided: true }]);
    expect(check.protocol[0]?.by.name).toBe('operator');
  });

  it('puts a household’s notices into one envelope, and tells when one of them is missing', async () => {
    const change = (name: string) => ({ child_given_name: name, guardian1_address_street: '同居9-9' });
    for (const name of ['兄', '妹']) await make({ round: 'siblings', bopCode: bopA, change: change(name) });
    await make({ round: 'siblings', bopCode: bopB, change: change('別') });
    const made = await as('operator').post(
      '/api/staff/notice-runs',
      choose({ round: 'siblings', together: true }),
    );
    const { run: one } = made.json<RunDetail>();
    expect(one).toMatchObject({ envelopes: 2, notices: 3 });
    const items = await api.db
      .selectFrom('notice_run_items')
      .innerJoin('notices', 'notices.id', 'notice_run_items.notice_id')
      .select(['reference', 'key_id as keyId', 'signature', 'envelope'])
      .where('run_id', '=', one.id)
      .orderBy('position')
      .execute();
    const scan = async (index: number) =>
      (
        await as('operator').post(`/api/staff/notice-runs/${one.id}/scans`, {
          scanId: randomUUID(),
          text: verifyUrl('http://localhost:3000', items[index]!),
        })
      ).json<ScanResponse>();
    expect(await scan(0)).toMatchObject({ result: 'more', envelope: 1 });
    const moved = await scan(2);
    expect(moved).toMatchObject({
      result: 'ok',
      envelope: 2,
      left: { envelope: 1, references: [items[1]!.reference] },
    });
    expect(moved.message).toContain(items[1]!.reference);
  });
});

describe('templates', () => {
  const url = '/api/staff/notice-templates/refused';

  it('are edited by the ward alone, with history; what they cannot say is told at its place', async () => {
    const { template, version } = (await as('ward').get(url)).json<TemplateResponse>();
    const save = (who: string, change: object, basedOn = version) =>
      as(who).put(url, { template: { ...template, ...change }, basedOn, note: '文面の見直し' });
    expect((await save('leader', {})).statusCode).toBe(403);
    const refused = await save('ward', {
      opening: ['{childName}様、{nickname}の件'],
      number: '第{serial}号',
    });
    expect(refused.statusCode).toBe(400);
    expect(refused.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual([
      'template.opening.0',
      'template.number',
    ]);
    const { template: other } = (
      await as('ward').get('/api/staff/notice-templates/withdrawalConfirmed')
    ).json<TemplateResponse>();
    expect((await save('ward', { number: other.number })).body).toContain('退会確認通知書');

    const objection = { ...template.objection, procedures: ['admission'] };
    const saved = (await save('ward', { objection })).json<TemplateResponse>();
    expect(saved).toMatchObject({
      version: version + 1,
      history: [{ isDefault: false }, { isDefault: true }],
    });
    expect((await save('ward', {})).statusCode).toBe(409);
    // The decisions of this file are of January 2027: in force before them, whatever day it is today.
    await api.db
      .updateTable('settings')
      .set({ changed_at: '2026-12-01T00:00:00.000Z' })
      .where('key', '=', 'notice:refused')
      .where('version', '=', saved.version)
      .execute();
  });

  it('give a refusal its reason, and the instruction on objections only where the ward says so', async () => {
    const reason = { type: 'decided', outcome: 'refused', reasonCode: 'other' } as const;
    const admission = await make({ applicantId: parent }, reason);
    const notice = await noticeOf(admission.applicationId);
    const text = await textOf((await as('parent').get(`/api/my/notices/${notice.id}/pdf`)).rawPayload);
    expect(text).toContain('審査請求');
    const withdrawal = await make({ applicantId: parent, procedure: 'withdrawal', letter: 'D' }, reason);
    const other = await noticeOf(withdrawal.applicationId);
    const otherText = await textOf((await as('parent').get(`/api/my/notices/${other.id}/pdf`)).rawPayload);
    expect(otherText).toContain('承認しない理由');
    expect(otherText).not.toContain('審査請求');
  });

  it('are shown as they would be, with made-up or with real data', async () => {
    const { template } = (await as('leader').get(url)).json<TemplateResponse>();
    const preview = (body: object) => as('leader').post(`${url}/preview`, { template, ...body });
    const example = await preview({});
    expect(example.headers['content-type']).toBe('application/pdf');
    expect(await textOf(example.rawPayload)).toContain('見本');
    expect((await preview({ receiptNumber: 'A27-000001-1' })).statusCode).toBe(400);
  });
});
