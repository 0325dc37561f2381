import { randomUUID } from 'node:crypto';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolmentEffect } from '../domain/enrolment/effects.ts';
import { DEFAULT_FEE_TABLE, monthlyFees, type FeeTable } from '../domain/enrolment/fees.ts';
import { DEFAULT_YEAR_CHANGE } from '../domain/enrolment/year-change.ts';
import { PROCEDURES } from '../domain/procedures/registry.ts';
import type { WardSettingKey } from '../domain/settings/ward.ts';
import { feesAt, feesNow, settingOn } from '../store/dated-settings.ts';
import { recordEntry } from '../store/enrolment-entries.ts';
import { enrolmentById } from '../store/enrolments.ts';
import { receiveSubmission } from '../store/receive.ts';
import { seedSettings, wardSettings } from '../store/settings.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import { testSubmission } from '../testing/store.ts';
import type { WardSettingResponse, WardSettingsResponse, PreviewSettingResponse } from './contract/index.ts';

/** The ward's settings over HTTP: from when, by whom, what they change. Kintone and Temporal are away. */
const NOW = '2027-05-10T01:00:00.000Z';
let api: TestApi;
const as: Record<'ward' | 'leader' | 'operator', TestBrowser> = {} as never;

beforeAll(async () => {
  api = await startTestApi(async ({ db }) => {
    await seedSettings(db, new Date('2026-01-01T00:00:00Z'));
    return { ...partsAway, settings: wardSettings(db), now: () => new Date(NOW) };
  });
  for (const role of ['ward', 'leader', 'operator'] as const) {
    await api.createAccount({ role, login: role });
    as[role] = await api.signedIn(role);
  }
});
afterAll(() => api.close());

const url = (key: WardSettingKey) => `/api/staff/settings/${key}`;
const get = async <T>(key: WardSettingKey) => (await as.ward.get(url(key))).json<WardSettingResponse<T>>();
const fees = (over: Partial<FeeTable> = {}): FeeTable => ({ ...DEFAULT_FEE_TABLE, ...over });

async function save(key: WardSettingKey, value: unknown, validFrom: string, who: keyof typeof as = 'ward') {
  const { version: basedOn } = await get(key);
  return as[who].put(url(key), { value, validFrom, basedOn, note: '条例の改正' });
}
const wrong = ({ body }: { body: string }) =>
  (JSON.parse(body) as { errors: { path: string }[] }).errors.map(({ path }) => path);

async function textOf(pdf: Buffer): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf) }).promise;
  const { items } = await (await document.getPage(1)).getTextContent();
  await document.destroy();
  return items.map((item) => ('str' in item ? item.str : '')).join('');
}

/** A child with what has been approved for it. */
async function enrolled(...effects: EnrolmentEffect[]): Promise<string> {
  let id = '';
  const childKey = randomUUID().replaceAll('-', '');
  for (const [index, effect] of effects.entries()) {
    const submission = testSubmission({ lockKey: `admission:2027:${childKey}:${String(index)}` });
    const outcome = await receiveSubmission(api.db, api.keyring, submission);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    const { id: applicationId, receiptNumber } = outcome.application;
    const entry = { applicationId, receiptNumber, decidedAt: '2027-03-01T00:00:00.000Z', effect };
    id = await recordEntry(api.db, { childKey, fiscalYear: 2027, entry });
  }
  return id;
}

describe('settings of the ward', () => {
  it('are seen by leaders, changed by the ward alone, and closed to others', async () => {
    const { settings, mayEdit } = (await as.leader.get('/api/staff/settings')).json<WardSettingsResponse>();
    expect(mayEdit).toBe(false);
    expect(settings.map(({ key, inForce, nextFrom }) => [key, inForce.isDefault, nextFrom])).toEqual([
      ['fees', true, null],
      ['yearChange', true, null],
      ['envelopeWindow', true, null],
      ['calendar', true, null],
      ['office', true, null],
      ['deadlines', true, null],
      ['letter.deficiency', true, null],
      ['mail', true, null],
      ...PROCEDURES.map(({ code }) => [`criteria:${code}`, true, null]),
    ]);
    expect((await save('fees', fees(), '2028-04-01', 'leader')).statusCode).toBe(403);
    expect((await as.operator.get(url('fees'))).statusCode).toBe(403);
    expect((await as.ward.get('/api/staff/settings/exportProfiles')).statusCode).toBe(404);
  });

  it('say at the field what is wrong, before anything is saved', async () => {
    const { reductions } = DEFAULT_FEE_TABLE;
    const bad = fees({
      monthly: -1,
      extendedDaily: 300,
      extendedDailyCap: 200,
      reductions: { ...reductions, taxExempt: { monthly: 101, extended: 50.5 } },
    });
    const first = await save('fees', bad, '2027-06-02');
    expect(first.statusCode).toBe(400);
    expect(wrong(first)).toEqual([
      'validFrom',
      'value.monthly',
      'value.reductions.taxExempt.monthly',
      'value.reductions.taxExempt.extended',
    ]);
    expect(
      wrong(await save('fees', fees({ extendedDaily: 300, extendedDailyCap: 200 }), '2027-06-01')),
    ).toEqual(['value.extendedDailyCap']);
    expect(wrong(await save('yearChange', DEFAULT_YEAR_CHANGE, '2028-05-01'))).toEqual(['validFrom']);
    expect(wrong(await save('fees', { ...fees(), monthly: null }, '2027-06-01'))).toEqual(['value.monthly']);
    expect((await get('fees')).editions).toHaveLength(1);
    const { version: basedOn } = await get('fees');
    const silent = { value: fees(), validFrom: '2027-06-01', basedOn, note: ' ' };
    expect(wrong(await as.ward.put(url('fees'), silent))).toEqual(['note']);
  });

  it('hold from their day: a month’s fee is that of its own table, what was set ahead stays', async () => {
    const id = await enrolled({ kind: 'admit', bop: '2', from: '2027-04-01' });
    const before = new Date().toISOString();
    expect((await save('fees', fees({ monthly: 6000 }), '2027-10-01')).statusCode).toBe(200);
    const old = { value: fees(), validFrom: '2027-06-01', basedOn: 1, note: '古い画面から' };
    expect((await as.ward.put(url('fees'), old)).json()).toMatchObject({ code: 'settingChanged' });
    // Found wrong for this year, after next autumn's was set.
    expect((await save('fees', fees({ monthly: 5500 }), '2027-06-01')).statusCode).toBe(200);
    const { enrolment } = (await enrolmentById(api.db, id))!;
    const totals = monthlyFees(enrolment, await feesNow(api.db)).map(({ total }) => total);
    expect(totals).toEqual([5000, 5000, ...Array<number>(4).fill(5500), ...Array<number>(6).fill(6000)]);
    // What is made late says what was known in time.
    const known = monthlyFees(enrolment, await feesAt(api.db, before)).map(({ total }) => total);
    expect(new Set(known)).toEqual(new Set([5000]));
    const { editions, value } = await get<FeeTable>('fees');
    expect(value.monthly).toBe(5000);
    expect(editions.map((one) => [one.version, one.validFrom, one.standing, one.note])).toEqual([
      [3, '2027-06-01', 'coming', '条例の改正'],
      [2, '2027-10-01', 'coming', '条例の改正'],
      [1, null, 'inForce', editions[2]!.note],
    ]);
    const { settings } = (await as.ward.get('/api/staff/settings')).json<WardSettingsResponse>();
    expect(settings[0]).toMatchObject({ nextFrom: '2027-06-01' });
  });

  it('show what they change before they are saved: known cases, and who is enrolled', async () => {
    const reduced: EnrolmentEffect = {
      kind: 'reduceFee',
      reason: 'publicAssistance',
      from: '2027-04',
      to: '2028-03',
    };
    await enrolled({ kind: 'admit', bop: '2', from: '2027-04-01' });
    // Pays nothing either way.
    await enrolled({ kind: 'admit', bop: '2', from: '2027-04-01' }, reduced);
    const response = await as.leader.post(`${url('fees')}/preview`, {
      value: fees({ monthly: 7000 }),
      validFrom: '2027-10-01',
    });
    expect(response.statusCode, response.body).toBe(200);
    const { rows, notes } = response.json<PreviewSettingResponse>();
    expect(rows[0]).toMatchObject({ before: '6,000円', after: '7,000円' });
    expect(rows.find(({ label }) => label.startsWith('生活保護'))).toMatchObject({
      before: '0円',
      after: '0円',
    });
    expect(rows.at(-1)).toMatchObject({ before: '12,000円', after: '14,000円' });
    expect(rows.at(-1)!.label).toContain('在籍3人');
    expect(notes[0]).toContain('2人の利用料が変わります');
    expect((await get('fees')).editions).toHaveLength(3);
  });

  it('say who would go on into the next year, and who would apply again', async () => {
    const policy = { ...DEFAULT_YEAR_CHANGE, admission: 'continues', lastGrade: 6 };
    const asked = { value: policy, validFrom: '2028-04-01' };
    const { rows } = (
      await as.ward.post(`${url('yearChange')}/preview`, asked)
    ).json<PreviewSettingResponse>();
    expect(rows[0]).toMatchObject({ before: '0人', after: '3人' });
    expect(rows[1]).toMatchObject({ before: '3人', after: '0人' });
    expect((await save('yearChange', policy, '2028-04-01')).statusCode).toBe(200);
    const list = async (year: number) =>
      (await as.ward.get(`/api/staff/year-change?fiscalYear=${String(year)}`)).json<{
        counts: { continues: number; applyAgain: number };
      }>().counts;
    expect(await list(2027)).toMatchObject({ continues: 3 });
    expect((await settingOn(api.db, 'yearChange', '2028-03-31')).value).toEqual(DEFAULT_YEAR_CHANGE);
  });

  it('show where the address stands in another envelope', async () => {
    const window = { left: 15, top: 14, width: 90, height: 45 };
    const sample = (value: object) =>
      as.ward.post(`${url('envelopeWindow')}/sample`, { value, validFrom: '2027-05-10' });
    const pdf = await sample(window);
    expect(pdf.headers['content-type'], pdf.body).toBe('application/pdf');
    const text = await textOf(pdf.rawPayload);
    expect(text).toContain('見本');
    expect(text).toContain('左15 上14 幅90 高さ45');
    expect(wrong(await sample({ ...window, left: 40 }))).toEqual(['value.width']);
    expect((await save('envelopeWindow', window, '2027-07-01')).statusCode).toBe(200);
    expect((await settingOn(api.db, 'envelopeWindow', '2027-06-30')).value).toMatchObject({ left: 20 });
    expect((await settingOn(api.db, 'envelopeWindow', '2027-07-01')).value).toEqual(window);
  });
});

describe('settings that hold once saved', () => {
  it('say when families would have to answer, before they are saved', async () => {
    const { value } = await get<Record<string, unknown>>('deadlines');
    const asked = { value: { ...value, requestDays: 5, reminderTime: '08:30' }, validFrom: '' };
    const { rows } = (
      await as.leader.post(`${url('deadlines')}/preview`, asked)
    ).json<PreviewSettingResponse>();
    // 10 May 2027 is a Monday.
    expect(rows[0]).toMatchObject({ before: '2027年5月24日（月）', after: '2027年5月17日（月）' });
    expect(rows[1]!.after).toBe('2027年5月12日（水） 08:30');
    expect(wrong(await save('deadlines', { ...value, requestDays: 0, reminderTime: '9時' }, ''))).toEqual([
      'value.requestDays',
      'value.reminderTime',
    ]);
    expect((await save('deadlines', asked.value, '')).statusCode).toBe(200);
    const { editions } = await get('deadlines');
    expect(editions.map((one) => [one.version, one.validFrom, one.standing])).toEqual([
      [2, null, 'inForce'],
      [1, null, 'past'],
    ]);
  });

  it('show the letter that they make, and refuse a name that there is none of at its place', async () => {
    const { value } = await get<{ title: string; opening: string[] }>('letter.deficiency');
    const sample = (key: WardSettingKey, given: object) =>
      as.ward.post(`/api/staff/settings/${key}/sample`, { value: given, validFrom: '' });
    const pdf = await sample('letter.deficiency', { ...value, title: '{procedure}の書類について' });
    expect(pdf.headers['content-type'], pdf.body).toBe('application/pdf');
    expect(await textOf(pdf.rawPayload)).toContain('入会申請の書類について');
    const bad = { ...value, opening: ['{childName}様'] };
    expect(wrong(await sample('letter.deficiency', bad))).toEqual(['value.opening.0']);
    expect(wrong(await save('letter.deficiency', bad, ''))).toEqual(['value.opening.0']);
    const { value: office } = await get<object>('office');
    const ours = { ...office, name: '手続き窓口', phone: '03-1234-5678' };
    expect(await textOf((await sample('office', ours)).rawPayload)).toContain('03-1234-5678');
    expect(wrong(await save('office', { ...ours, postalCode: '1540000' }, ''))).toEqual(['value.postalCode']);
    expect((await save('office', ours, '')).statusCode).toBe(200);
    expect((await api.browser().get('/api/office')).json()).toMatchObject({ phone: '03-1234-5678' });
  });
});
