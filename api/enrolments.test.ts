import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApplicationEvent } from '../domain/application/events.ts';
import type { EnrolmentEffect } from '../domain/enrolment/effects.ts';
import { childIdentity } from '../domain/intake/identity.ts';
import { exampleOf } from '../domain/procedures/examples/index.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { projectStep } from '../store/applications.ts';
import { recordEntry } from '../store/enrolment-entries.ts';
import { receiveSubmission } from '../store/receive.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import { filingOf } from '../testing/filing.ts';
import { receivedEvent, stepOf, testSubmission } from '../testing/store.ts';
import type {
  ChildResponse,
  EnrolmentResponse,
  EnrolmentsResponse,
  MyApplication,
  MyEnrolmentsResponse,
  YearChangeResponse,
} from './contract/index.ts';

/** Enrolments over HTTP (Q03, Q05, Q11): who sees what, what is shown, what can be filed. Kintone and Temporal are away. */
const DAY = '2027-05-10T01:00:00.000Z';
const KANA = 'アイウエオカキクケコサシスセソタチツテト';
let api: TestApi;
let count = 0;
let clock = new Date(DAY);

const staff: Record<'ward' | 'bop2' | 'bop61', TestBrowser> = {} as never;

beforeAll(async () => {
  api = await startTestApi(() => ({
    ...partsAway,
    temporal: {
      ...partsAway.temporal,
      start: async ({ id, receiptNumber, stage }) => ({ applicationId: id, receiptNumber, stage }),
    },
    now: () => clock,
  }));
  await api.createAccount({ role: 'ward', login: 'ward' });
  staff.ward = await api.signedIn('ward');
  for (const code of ['2', '61'] as const) {
    await api.createAccount({ role: 'bop', login: `bop${code}`, place: { kind: 'bop', code } });
    staff[`bop${code}`] = await api.signedIn(`bop${code}`);
  }
});
afterAll(() => api.close());
beforeEach(() => {
  count += 1;
  clock = new Date(DAY);
});

async function account(): Promise<{ id: string; browser: TestBrowser }> {
  const login = `${randomUUID()}@example.jp`;
  const id = await api.createAccount({ role: 'applicant', login, email: login });
  return { id, browser: await api.signedIn(login) };
}

const answersOf = (procedure: string, over: Record<string, string | number> = {}): Answers => ({
  ...exampleOf(procedure).answers,
  child_family_name: '在籍',
  child_family_kana: 'ザイセキ',
  child_given_name: `花${String(count)}`,
  child_given_kana: KANA[count % KANA.length]!.repeat(2),
  ...over,
});

/** An application that has taken effect, with what it did. */
async function approved(
  effect: EnrolmentEffect,
  given: { procedure?: string; applicantId?: string | null; bop?: string; decidedAt?: string } = {},
) {
  const {
    procedure = 'admission',
    applicantId = null,
    bop = '2',
    decidedAt = '2027-03-01T00:00:00.000Z',
  } = given;
  const definition = procedureOf(procedure)!;
  const answers = answersOf(procedure, { bop });
  const childKey = api.keyring.lookupKey('child', childIdentity(definition, answers));
  const submission = testSubmission({
    procedure,
    letter: definition.letter,
    lockKey: `${procedure}:2027:${childKey}:${randomUUID()}`,
    bopCode: bop,
    applicantId,
    answers,
    child: {
      familyName: '在籍',
      givenName: `花${String(count)}`,
      familyKana: 'ザイセキ',
      givenKana: KANA[count % KANA.length]!.repeat(2),
      birthDate: answers['child_birth_date'] as string,
    },
  });
  const outcome = await receiveSubmission(api.db, api.keyring, submission);
  if (outcome.kind !== 'received') throw new Error(outcome.kind);
  const { id: applicationId, receiptNumber } = outcome.application;
  await api.db
    .updateTable('applications')
    .set({ stage: 'approved', queues: ['ended'], seq: 9 })
    .where('id', '=', applicationId)
    .execute();
  const entry = { applicationId, receiptNumber, decidedAt, effect };
  const id = await recordEntry(api.db, { childKey, fiscalYear: 2027, entry });
  return { id, applicationId, receiptNumber, childKey };
}

const admit = (bop = '2', from = '2027-04-01') => ({ kind: 'admit', bop, from }) as const;
const get = async <T>(browser: TestBrowser, url: string): Promise<T> => {
  const response = await browser.get(url);
  expect(response.statusCode, response.body).toBe(200);
  return response.json<T>();
};

describe('enrolments for staff (別紙1)', () => {
  it('lists members of a month with fee and counts, inside one’s place, and keeps it in the audit trail', async () => {
    const { id } = await approved(admit());
    await approved(
      { kind: 'extend', mode: 'daily', from: '2027-06', to: '2027-08' },
      { procedure: 'extendedUse' },
    );
    await approved(
      { kind: 'withdraw', lastDay: '2027-09-30' },
      { procedure: 'withdrawal', decidedAt: '2027-04-20T00:00:00.000Z' },
    );
    const find = async (browser: TestBrowser, query: string) => {
      const list = await get<EnrolmentsResponse>(browser, `/api/staff/enrolments?fiscalYear=2027&${query}`);
      return { list, row: list.rows.find((one) => one.id === id) };
    };
    const june = await find(staff.ward, 'month=2027-06');
    expect(june.row).toMatchObject({
      childName: `在籍 花${String(count)}`,
      bop: { code: '2' },
      from: '2027-04-01',
      to: '2027-09-30',
      withdrawn: true,
      mode: 'daily',
      fee: { base: 5000, total: 5000, totalAtMost: 6000 },
    });
    expect(june.list.counts.extendedDaily).toBeGreaterThan(0);
    expect((await find(staff.ward, 'month=2027-05')).row).toMatchObject({ mode: null });
    expect((await find(staff.ward, 'month=2027-10')).row).toBeUndefined();
    expect((await find(staff.ward, 'month=2027-06&extended=monthly')).row).toBeUndefined();
    expect((await find(staff.ward, 'month=all&withdrawn=true&bop=2')).row).toBeDefined();
    expect(
      (await find(staff.ward, `month=2027-06&q=${encodeURIComponent(`花${String(count)}`)}`)).row,
    ).toBeDefined();
    expect((await find(staff.ward, `month=2027-06&q=${encodeURIComponent('いない子')}`)).list.total).toBe(0);
    expect((await find(staff.bop2, 'month=2027-06')).row).toBeDefined();
    const elsewhere = await find(staff.bop61, 'month=2027-06');
    expect([elsewhere.row, elsewhere.list.counts.children]).toEqual([undefined, 0]);
    const trail = await api.db
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', 'list')
      .where('subject_id', '=', 'enrolments')
      .orderBy('seq', 'desc')
      .execute();
    expect(trail[1]?.detail).toMatchObject({ enrolments: [id] });
    expect(JSON.stringify(trail)).not.toContain('花');
  });

  it('shows a child’s year with every decision, also those that do nothing; elsewhere it is not there', async () => {
    const first = await approved(admit());
    const again = await approved(admit('61', '2027-07-01'), {
      bop: '61',
      decidedAt: '2027-04-02T00:00:00.000Z',
    });
    expect(again.id).toBe(first.id);
    const page = await get<EnrolmentResponse>(staff.bop2, `/api/staff/enrolments/${first.id}`);
    expect(page).toMatchObject({
      fiscalYear: 2027,
      child: { kana: expect.stringContaining('ザイセキ') as string },
    });
    expect(page.periods).toEqual([
      { bop: { code: '2', name: expect.any(String) as string }, from: '2027-04-01', to: '2028-03-31' },
    ]);
    expect(page.fees).toHaveLength(12);
    expect(page.year).toEqual({ total: 60_000, totalAtMost: 60_000 });
    expect(page.history.map(({ noEffect }) => noEffect)).toEqual([
      null,
      expect.stringContaining('すでに入会'),
    ]);
    // Of the other place's application it learns the number only.
    expect(page.history.map(({ applicationId }) => applicationId)).toEqual([first.applicationId, null]);
    expect(page.applications.map((one) => one.id)).toEqual([first.applicationId]);
    const denied = await staff.bop61.get(`/api/staff/enrolments/${first.id}`);
    const unknown = await staff.bop61.get('/api/staff/enrolments/2027:nobody');
    expect([denied.statusCode, unknown.statusCode]).toEqual([404, 404]);
    const { action } = await api.db
      .selectFrom('audit')
      .select('action')
      .where('subject_id', '=', first.id)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(action).toBe('denied');
    const child = await get<ChildResponse>(
      staff.bop2,
      `/api/staff/applications/${first.applicationId}/child`,
    );
    expect(child.enrolments.map((one) => one.id)).toEqual([first.id]);
    expect(child.applications).toEqual([]);
    const all = await get<ChildResponse>(staff.ward, `/api/staff/applications/${first.applicationId}/child`);
    expect(all.applications.map((one) => one.id)).toEqual([again.applicationId]);
    expect((await staff.bop61.get(`/api/staff/applications/${first.applicationId}/child`)).statusCode).toBe(
      404,
    );
  });

  it('tells who applies again for the next year, and who has', async () => {
    const { id, childKey } = await approved(admit());
    const row = async () =>
      (
        await get<YearChangeResponse>(staff.ward, '/api/staff/year-change?fiscalYear=2027&pageSize=100')
      ).rows.find((one) => one.id === id);
    expect(await row()).toMatchObject({
      continues: [],
      applyAgain: [{ procedure: 'admission', application: null }],
    });
    const next = testSubmission({ fiscalYear: 2028, lockKey: `admission:2028:${childKey}` });
    await receiveSubmission(api.db, api.keyring, next);
    expect((await row())?.applyAgain).toMatchObject([{ application: { stage: 'firstReview' } }]);
    const left = await get<YearChangeResponse>(
      staff.bop61,
      '/api/staff/year-change?fiscalYear=2027&show=notYet',
    );
    expect(left.rows.some((one) => one.id === id)).toBe(false);
  });
});

describe('a family’s own children (Q11)', () => {
  it('are shown to whose application took effect, not to who only knows name and birthday', async () => {
    const [mother, stranger] = [await account(), await account()];
    await approved(admit(), { applicantId: mother.id });
    await approved(
      { kind: 'reduceFee', reason: 'schoolExpense', from: '2027-05', to: '2028-03' },
      { procedure: 'feeReduction', applicantId: mother.id },
    );
    // The stranger files something for the same child.
    const definition = procedureOf('withdrawal')!;
    const answers = answersOf('withdrawal');
    const childKey = api.keyring.lookupKey('child', childIdentity(definition, answers));
    const filed = testSubmission({
      procedure: 'withdrawal',
      letter: 'D',
      lockKey: `withdrawal:2027:${childKey}`,
      applicantId: stranger.id,
      answers,
    });
    await receiveSubmission(api.db, api.keyring, filed);
    const mine = await get<MyEnrolmentsResponse>(mother.browser, '/api/my/enrolments');
    expect(mine.enrolments).toMatchObject([
      { childName: `在籍 花${String(count)}`, from: '2027-04-01', reductions: [{ from: '2027-05' }] },
    ]);
    expect(mine.enrolments[0]?.fees.map((fee) => fee.total).slice(0, 3)).toEqual([5000, 0, 0]);
    expect(await get<MyEnrolmentsResponse>(stranger.browser, '/api/my/enrolments')).toEqual({
      enrolments: [],
    });
    const children = JSON.stringify(await get(stranger.browser, '/api/my/children'));
    expect(children).not.toMatch(/schoolExpense|"member"|2027-04-01/u);
    expect((await staff.ward.get('/api/my/enrolments')).statusCode).toBe(403);
  });

  it('learns nothing of a decision before the day of its round', async () => {
    const mother = await account();
    const submission = testSubmission({ applicantId: mother.id, answers: answersOf('admission') });
    const outcome = await receiveSubmission(api.db, api.keyring, submission);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    const { id, receiptNumber } = outcome.application;
    const by = { kind: 'staff', id: randomUUID(), role: 'ward' } as const;
    const begin = receivedEvent(submission, receiptNumber);
    if (begin.type !== 'received') throw new Error(begin.type);
    const received = { ...begin, settings: { ...begin.settings, criteriaVersion: 'unknown' } };
    const events: ApplicationEvent[] = [
      received,
      { type: 'firstReviewCompleted', findings: [], seq: 2, at: DAY, by: { ...by, role: 'operator' } },
      { type: 'secondReviewAgreed', findings: [], seq: 3, at: DAY, by: { ...by, role: 'operator' } },
    ];
    await projectStep(api.db, stepOf(events, 3));
    const paths = ['/api/my/applications', `/api/my/applications/${id}`];
    const before = await Promise.all(paths.map((path) => get<MyApplication>(mother.browser, path)));
    events.push({
      type: 'decided',
      outcome: 'approved',
      effectiveFrom: '2027-06-01',
      releaseOn: '2027-05-31',
      seq: 4,
      at: DAY,
      by,
    });
    await projectStep(api.db, stepOf(events));
    const after = await Promise.all(paths.map((path) => get<MyApplication>(mother.browser, path)));
    expect(after).toEqual(before);
    events.push({
      type: 'released',
      outcome: 'approved',
      seq: 5,
      at: '2027-05-31T00:00:00.000Z',
      by: { kind: 'system' },
    });
    await projectStep(api.db, stepOf(events));
    const told = await get<MyApplication>(mother.browser, paths[1]!);
    expect(told).toMatchObject({ stage: 'approved', decision: { outcome: 'approved' } });
  });
});

describe('what a filing needs of the enrolment (domain.md)', () => {
  const file = async (browser: TestBrowser, procedure: string) => {
    const answers = answersOf(procedure);
    const filing = await filingOf(browser, procedure, answers);
    const check = await browser.post(`/api/drafts/${filing.draftId}/check`, {
      procedure,
      answers,
      files: filing.files,
    });
    const response = await browser.post('/api/applications', filing);
    return { response, need: check.json<{ need: { code: string; instead: string | null } | null }>().need };
  };

  it('extended use: neither a member nor applied for is told in three languages what to do instead', async () => {
    const { browser } = await account();
    const { response, need } = await file(browser, 'extendedUse');
    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({
      code: 'needNotMet',
      detail: expect.stringContaining('入会していません') as string,
      need: { code: 'notAdmitted', instead: 'admission' },
    });
    // The answers that may be mistaken are named, and each language is answered in.
    expect(need).toMatchObject({
      code: 'notAdmitted',
      instead: 'admission',
      fields: ['child_family_name', 'child_birth_date', 'fiscal_year'],
    });
    const filing = await filingOf(browser, 'extendedUse', answersOf('extendedUse'));
    const english = await browser.request('POST', '/api/applications', filing, {
      'accept-language': 'en-GB',
    });
    expect(english.headers['content-language']).toBe('en');
    expect(english.json()).toMatchObject({ detail: expect.stringContaining('not a member') as string });
    expect(
      (
        await api.db
          .selectFrom('applications')
          .select('id')
          .where('procedure', '=', 'extendedUse')
          .where('stage', '=', 'firstReview')
          .execute()
      ).length,
    ).toBe(0);
  });

  it('extended use goes with an admission under way, and with an enrolment', async () => {
    const { browser } = await account();
    expect((await file(browser, 'admission')).response.statusCode).toBe(201);
    const { response, need } = await file(browser, 'extendedUse');
    expect([response.statusCode, need]).toEqual([201, null]);
    count += 1;
    await approved(admit());
    expect((await file(browser, 'extendedUse')).response.statusCode).toBe(201);
    expect((await file(browser, 'admission')).response.json()).toMatchObject({
      code: 'needNotMet',
      need: { code: 'alreadyAdmitted' },
    });
  });

  it('a second certificate can be applied for once the first was made; an open one stands in the way', async () => {
    const { browser } = await account();
    await approved(admit());
    expect((await file(browser, 'certificate')).response.statusCode).toBe(201);
    expect((await file(browser, 'certificate')).response.json()).toMatchObject({ code: 'duplicate' });
    await api.db
      .updateTable('applications')
      .set({ stage: 'approved' })
      .where('procedure', '=', 'certificate')
      .execute();
    expect((await file(browser, 'certificate')).response.statusCode).toBe(201);
  });
});
