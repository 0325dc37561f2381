import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EnrolmentEffect } from '../domain/enrolment/effects.ts';
import { childIdentity } from '../domain/intake/identity.ts';
import { exampleOf } from '../domain/procedures/examples/index.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { recordEntry } from '../store/enrolment-entries.ts';
import { enrolmentById, enrolmentIdOf } from '../store/enrolments.ts';
import { receiveSubmission } from '../store/receive.ts';
import { newestSetting, saveSetting } from '../store/settings.ts';
import { startApiSystem, type ApiSystem } from '../testing/api-system.ts';
import type { TestBrowser } from '../testing/api.ts';
import { testSubmission } from '../testing/store.ts';
import type { EnrolmentResponse } from './contract/enrolments.ts';
import type {
  PreviewMoveResponse,
  YearRunItemsResponse,
  YearRunResponse,
} from './contract/enrolment-changes.ts';
import { keepEnrolments } from './services/enrolment-keeper.ts';

/** The change of the year and changes of school, over HTTP, with real workflows, kintone's stand-in and PostgreSQL (Q05). */
let system: ApiSystem;
let ward: TestBrowser;
let leader: TestBrowser;
let bop: TestBrowser;
let wardId: string;
let now = new Date('2028-02-10T01:00:00.000Z');
const KANA = 'アイウエオカキクケコサシスセソタチツテト';

vi.setConfig({ testTimeout: 90_000 });
const poll = (ask: () => unknown) => expect.poll(ask, { timeout: 30_000 });

beforeAll(async () => {
  system = await startApiSystem({ now: () => now });
  const { api } = system;
  wardId = await api.createAccount({ role: 'ward', login: 'ward' });
  await api.createAccount({ role: 'leader', login: 'leader' });
  await api.createAccount({ role: 'bop', login: 'bop', place: { kind: 'bop', code: '2' } });
  [ward, leader, bop] = (await Promise.all(
    ['ward', 'leader', 'bop'].map((login) => api.signedIn(login)),
  )) as [TestBrowser, TestBrowser, TestBrowser];
});
afterAll(() => system.close());

let made = 0;
/** A member of 2027 with what approvals have brought. */
async function member(effects: readonly EnrolmentEffect[], birthDate = '2020-06-15') {
  made += 1;
  const { api } = system;
  const definition = procedureOf('admission')!;
  const kana = KANA[made % KANA.length]!.repeat(1 + Math.floor(made / KANA.length));
  const answers = {
    ...exampleOf('admission').answers,
    child_given_name: `替${String(made)}`,
    child_given_kana: kana,
    child_birth_date: birthDate,
  };
  const childKey = api.keyring.lookupKey('child', childIdentity(definition, answers));
  let id = '';
  for (const [index, effect] of effects.entries()) {
    const submission = testSubmission({
      procedure: 'admission',
      letter: definition.letter,
      lockKey: `admission:2027:${childKey}:${randomUUID()}`,
      bopCode: '2',
      answers,
      applicantId: null,
      child: {
        familyName: '年度',
        givenName: `替${String(made)}`,
        familyKana: 'ネンド',
        givenKana: kana,
        birthDate,
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
    const decidedAt = `2027-03-0${String(index + 1)}T00:00:00.000Z`;
    id = await recordEntry(api.db, {
      childKey,
      fiscalYear: 2027,
      entry: { applicationId, receiptNumber, decidedAt, effect },
    });
  }
  return { id, childKey, nextId: enrolmentIdOf(2028, childKey) };
}
const ADMIT: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-04-01' };
const EXTEND: EnrolmentEffect = { kind: 'extend', mode: 'monthly', from: '2027-04', to: '2028-03' };

async function json<T>(
  response: Promise<{ statusCode: number; body: string; json: () => unknown }>,
  status = 200,
) {
  const got = await response;
  expect(got.statusCode, got.body).toBe(status);
  return got.json() as T;
}
const BASE = '/api/staff/year-change/runs';
const preview = () => json<YearRunResponse>(ward.post(BASE, { id: randomUUID(), fiscalYear: 2027 }), 201);
const next = async (id: string) => (await enrolmentById(system.api.db, id))?.enrolment;
const inKintone = async (id: string) => {
  const query = `enrolment_id = "${id}"`;
  const { records } = await system.kintone.as().record.getRecords({ app: system.appIds.enrolments!, query });
  return records as Record<string, { value: unknown }>[];
};

describe('the change of the year (年度替わり)', () => {
  it('by default names who applies again and why, and has nothing to confirm', async () => {
    const goes = await member([ADMIT, EXTEND]);
    const sixth = await member([ADMIT], '2015-06-15');
    const run = await preview();
    expect(run).toMatchObject({
      status: 'preview',
      counts: { all: 2, continues: 0, applyAgain: 1, leaves: 1 },
    });
    const { rows } = await json<YearRunItemsResponse>(ward.get(`${BASE}/${run.id}/items`));
    expect(rows.find((row) => row.enrolmentId === goes.id)).toMatchObject({
      plan: 'applyAgain',
      again: [
        { name: '入会申請', why: '年度ごとに申請が必要' },
        { name: '延長利用申請', why: '年度ごとに申請が必要' },
      ],
    });
    expect(rows.find((row) => row.enrolmentId === sixth.id)).toMatchObject({
      plan: 'leaves',
      reason: '小学校を卒業',
    });
    expect((await ward.post(`${BASE}/${run.id}/confirm`, { planned: 0 })).json()).toMatchObject({
      code: 'nothingToCarry',
    });
    expect((await leader.get(`${BASE}/${run.id}`)).statusCode, 'a preview is its maker’s').toBe(404);
    expect((await leader.post(BASE, { id: randomUUID(), fiscalYear: 2027 })).statusCode).toBe(403);
    expect((await ward.delete(`${BASE}/${run.id}`)).statusCode).toBe(204);
  });

  it('where the ward lets membership go on, writes each child’s next year once, in kintone too', async () => {
    const { db } = system.api;
    const setting = (await newestSetting(db, 'yearChange'))!;
    await saveSetting(db, {
      key: 'yearChange',
      value: { admission: 'continues', extendedUse: 'applyAgain', reductionsThatContinue: [], lastGrade: 3 },
      basedOn: setting.version,
      note: '継続にする',
      changedBy: wardId,
      validFrom: '2028-04-01',
    });
    const [a, b] = [await member([ADMIT, EXTEND]), await member([ADMIT])];
    const leaves = await member([ADMIT]);
    const run = await preview();
    expect(run.counts).toMatchObject({ all: 5, continues: 4, leaves: 1 });
    // Between preview and confirmation one of them withdraws: it is left out and named.
    await recordEntry(db, {
      childKey: leaves.childKey,
      fiscalYear: 2027,
      entry: {
        ...(await next(leaves.id))!.history[0]!.entry,
        effect: { kind: 'withdraw', lastDay: '2028-03-31' },
        record: { id: randomUUID(), source: 'followsYear', by: null },
        decidedAt: '2028-02-09T00:00:00.000Z',
      },
    });
    expect((await ward.post(`${BASE}/${run.id}/confirm`, { planned: 3 })).json()).toMatchObject({
      code: 'bulkChanged',
    });
    await json(ward.post(`${BASE}/${run.id}/confirm`, { planned: 4 }));
    // Twice is once.
    await json(ward.post(`${BASE}/${run.id}/confirm`, { planned: 4 }));
    const view = () => json<YearRunResponse>(leader.get(`${BASE}/${run.id}`));
    await poll(async () => (await view()).status).toBe('done');
    expect((await view()).counts).toMatchObject({ written: 3, changed: 1, already: 0, open: 0 });
    for (const { nextId } of [a, b]) {
      expect((await next(nextId))?.admission).toMatchObject([
        { bop: '2', from: '2028-04-01', to: '2029-03-31' },
      ]);
      const [record, ...more] = await inKintone(nextId);
      expect(more).toEqual([]);
      expect([record?.['fiscal_year']?.value, record?.['child_name']?.value]).toEqual([
        '2028',
        expect.stringContaining('年度 替'),
      ]);
    }
    expect((await next(a.nextId))?.extendedUse).toEqual([]);
    expect(await next(leaves.nextId)).toBeUndefined();
    const csv = (await ward.get(`${BASE}/${run.id}/protocol.csv`)).body;
    expect(csv.split('\r\n')).toHaveLength(1 + 5 + 1);
    expect(csv).toContain('下見の後に変わったため作らなかった');
    expect(csv).toContain('延長利用申請（年度ごとに申請が必要）');
    // A second run finds them there.
    const again = await preview();
    expect(again.counts).toMatchObject({ continues: 0, excluded: 3 });
    await ward.delete(`${BASE}/${again.id}`);
    const page = await json<EnrolmentResponse>(ward.get(`/api/staff/enrolments/${a.nextId}`));
    expect(page.history).toMatchObject([
      { record: { label: '年度替わり', by: { id: wardId } }, applicationId: null },
    ]);
  });
});

describe('a change of school (転校)', () => {
  const move = (over: object = {}) => ({
    id: randomUUID(),
    bop: '61',
    from: '2028-02-21',
    reason: 'movedHouse',
    note: '保護者から電話で連絡',
    revision: 1,
    overPlaces: false,
    ...over,
  });
  const url = (id: string) => `/api/staff/enrolments/${id}/school-moves`;

  it('is recorded by a leader with its reason, seen by whom it concerns from its day on, and in kintone', async () => {
    const child = await member([ADMIT, EXTEND]);
    const body = { bop: '61', from: '2028-02-21' };
    const shown = await json<PreviewMoveResponse>(leader.post(`${url(child.id)}/preview`, body));
    expect(shown).toMatchObject({
      before: [{ bop: { code: '2' }, from: '2027-04-01', to: '2028-03-31' }],
      after: [
        { bop: { code: '2' }, to: '2028-02-20' },
        { bop: { code: '61' }, from: '2028-02-21' },
      ],
      over: [],
      mayRecord: true,
    });
    const wrong = await leader.post(`${url(child.id)}/preview`, { bop: '2', from: '2028-02-21' });
    expect(wrong.json()).toMatchObject({ code: 'invalid', errors: [{ path: 'bop' }] });
    expect((await bop.post(url(child.id), move())).statusCode).toBe(403);
    const stale = await leader.post(url(child.id), move({ revision: 1 }));
    expect(stale.json()).toMatchObject({ code: 'enrolmentChanged' });
    const request = move({ revision: 2 });
    const page = await json<EnrolmentResponse>(leader.post(url(child.id), request), 201);
    // The same again (an answer was lost) records nothing new.
    await json(leader.post(url(child.id), request), 201);
    expect(page.periods.map(({ bop: at, from }) => [at.code, from])).toEqual([
      ['2', '2027-04-01'],
      ['61', '2028-02-21'],
    ]);
    expect(page.extendedUse).toEqual([{ mode: 'monthly', from: '2027-04', to: '2028-03' }]);
    expect(page.history.at(-1)).toMatchObject({
      record: { label: '転校の記録', note: '転居に伴う転校：保護者から電話で連絡' },
      noEffect: null,
    });
    await poll(async () => (await inKintone(child.id))[0]?.['history']).toBeDefined();
    const look = async () => (await bop.get(`/api/staff/enrolments/${child.id}`)).statusCode;
    const listed = async () =>
      (await bop.get('/api/staff/enrolments?fiscalYear=2027&month=all&pageSize=100')).body.includes(child.id);
    expect([await look(), await listed()]).toEqual([200, true]);
    now = new Date('2028-02-21T01:00:00.000Z');
    // Its session has run out meanwhile.
    bop = await system.api.signedIn('bop');
    expect([await look(), await listed()]).toEqual([404, false]);
    expect((await next(child.id))?.history).toHaveLength(3);
    now = new Date('2028-02-10T01:00:00.000Z');
  });

  it('over the places of the new 新BOP is the ward’s to say, knowingly', async () => {
    const { db } = system.api;
    const setting = (await newestSetting(db, 'extendedPlaces'))!;
    const value = { ...setting.value, byBop: { '61': 0 } };
    await saveSetting(db, {
      key: 'extendedPlaces',
      value,
      basedOn: setting.version,
      note: '試験',
      changedBy: wardId,
    });
    const child = await member([ADMIT, EXTEND]);
    const body = { bop: '61', from: '2028-02-21' };
    const ask = (who: TestBrowser) => json<PreviewMoveResponse>(who.post(`${url(child.id)}/preview`, body));
    expect(await ask(leader)).toMatchObject({ over: ['2028年2月', '2028年3月'], mayRecord: false });
    expect(await ask(ward)).toMatchObject({ mayRecord: true });
    const over = { revision: 2, overPlaces: true };
    const refused = await leader.post(url(child.id), move(over));
    expect(refused.json()).toMatchObject({ code: 'movePlacesFull' });
    const unaware = await ward.post(url(child.id), move({ revision: 2 }));
    expect(unaware.json()).toMatchObject({ code: 'movePlacesFull' });
    await json(ward.post(url(child.id), move(over)), 201);
  });

  it('takes a year that was carried over with it, and is carried where Temporal was away', async () => {
    const run = await (async () => {
      const child = await member([ADMIT]);
      const made = await preview();
      await json(ward.post(`${BASE}/${made.id}/confirm`, { planned: made.counts.continues }));
      await poll(async () => (await next(child.nextId))?.admission.length).toBe(1);
      return child;
    })();
    const { deps, db } = system.api;
    const { enrolments } = deps;
    deps.enrolments = { ...enrolments, carryEnrolment: () => Promise.reject(new Error('Temporal is away')) };
    try {
      await json(leader.post(url(run.id), move()), 201);
    } finally {
      deps.enrolments = enrolments;
    }
    expect((await next(run.nextId))?.admission).toMatchObject([{ bop: '61', from: '2028-04-01' }]);
    await db
      .updateTable('enrolment_entries')
      .set({ recorded_at: new Date(Date.now() - 120_000) })
      .where('carried_at', 'is', null)
      .execute();
    await keepEnrolments(deps);
    await poll(async () => (await inKintone(run.nextId))[0]?.['bop_code']?.value).toBe('61');
  });
});
