import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Application } from '../store/applications.ts';
import { eventsOf } from '../store/events.ts';
import { startApiSystem, type ApiSystem } from '../testing/api-system.ts';
import type { TestBrowser } from '../testing/api.ts';
import { review } from '../testing/reviewed.ts';
import type { BulkResponse, PlaceOfApplication, PlacesResponse } from './contract/index.ts';

/** One application for extended use decided by itself, and the 40 places of its 新BOP (domain.md, "Defaults"). */
const YEAR = 2046;
let system: ApiSystem;
let ward: TestBrowser;
let other: TestBrowser;
let operator: TestBrowser;

vi.setConfig({ testTimeout: 90_000 });
const poll = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 20_000 });

beforeAll(async () => {
  system = await startApiSystem();
  const { api } = system;
  for (const [login, role] of [
    ['jidoka', 'ward'],
    ['jidoka2', 'ward'],
    ['aoki', 'operator'],
  ] as const) {
    await api.createAccount({ role, login });
  }
  [ward, other, operator] = (await Promise.all(
    ['jidoka', 'jidoka2', 'aoki'].map((login) => api.signedIn(login)),
  )) as [TestBrowser, TestBrowser, TestBrowser];
});
afterAll(() => system.close());

/** An application of a child of this grade that awaits the ward's decision. */
async function asking(bopCode: string, grade: number): Promise<Application> {
  const birthDate = `${String(YEAR - 6 - grade)}-06-01`;
  const application = await system.file({
    procedure: 'extendedUse',
    letter: 'B',
    fiscalYear: YEAR,
    round: 'anytime',
    bopCode,
    answers: { extended_mode: 'monthly', extended_from: `${YEAR}-04`, extended_to: `${YEAR + 1}-03` },
    child: {
      familyName: '髙橋',
      givenName: '枠',
      familyKana: 'タカハシ',
      givenKana: `ワク${'アイウエオ'.charAt(grade)}${randomUUID()}`,
      birthDate,
    },
  });
  await review(system, application);
  return system.until(application.id, (one) => one.stage === 'awaitingDecision');
}

async function setPlaces(bop: string, places: number): Promise<void> {
  const { rules } = (await ward.get(`/api/staff/places?fiscalYear=${String(YEAR)}`)).json<PlacesResponse>();
  const { version: basedOn, setByWard: _by, ...rest } = rules;
  const byBop = { ...rest.byBop, [bop]: places };
  const body = { ...rest, byBop, basedOn, note: '試験のため' };
  expect((await ward.put('/api/staff/places/rules', body)).statusCode).toBe(200);
}

const placeOf = async ({ id }: Application) =>
  (await ward.get(`/api/staff/applications/${id}/place`)).json<PlaceOfApplication>();
const act = (who: TestBrowser, { id }: Application, action: object, actionId: string = randomUUID()) =>
  who.post(`/api/staff/applications/${id}/actions`, { actionId, action });
const APPROVE = { type: 'decide', outcome: 'approved' };
const decided = async ({ id }: Application) =>
  (await eventsOf(system.api.db, id)).filter((event) => event.type === 'decided');

describe('a place for one application', () => {
  it('is shown to the ward with rank and reason, and to nobody without a decision to make', async () => {
    const bop = '3';
    await setPlaces(bop, 1);
    const [second, first] = [await asking(bop, 2), await asking(bop, 1)];
    expect(await placeOf(first)).toMatchObject({ verdict: 'free', rank: 1, asking: 2, places: 1 });
    const view = await placeOf(second);
    expect(view).toMatchObject({ verdict: 'outOfTurn', rank: 2, bop: { code: bop } });
    expect(view.rankReason).toContain('新1年生を先にするため');
    expect(view.months).toHaveLength(12);
    expect((await operator.get(`/api/staff/applications/${first.id}/place`)).statusCode).toBe(403);
    const admission = await system.file({ fiscalYear: YEAR, round: 'anytime', bopCode: bop });
    expect((await ward.get(`/api/staff/applications/${admission.id}/place`)).statusCode).toBe(404);
  });

  it('is given past the order only where the ward says so, and never beyond the places', async () => {
    const bop = '4';
    await setPlaces(bop, 1);
    const [second, first] = [await asking(bop, 2), await asking(bop, 1)];
    const refused = await act(ward, second, APPROVE);
    expect(refused.statusCode, refused.body).toBe(409);
    expect(refused.json()).toMatchObject({ code: 'placeOutOfTurn' });
    expect((await act(ward, second, { ...APPROVE, outOfTurn: true })).statusCode).toBe(200);
    const [event] = await decided(second);
    expect(event).toMatchObject({ outcome: 'approved', effectiveFrom: `${YEAR}-04-01` });
    const full = await act(ward, first, { ...APPROVE, outOfTurn: true });
    expect(full.json()).toMatchObject({ code: 'noPlace' });
    expect(await placeOf(first)).toMatchObject({ verdict: 'full' });
    expect(await decided(first)).toEqual([]);

    expect((await act(ward, first, { type: 'waitlist' })).statusCode).toBe(200);
    const events = await eventsOf(system.api.db, first.id);
    expect(events.find((one) => one.type === 'waitlisted')).toMatchObject({ rank: 1 });
    // A refusal takes no place.
    const third = await asking(bop, 3);
    const no = { type: 'decide', outcome: 'refused', reasonCode: 'other', reason: '対象外のため' };
    expect((await act(ward, third, no)).statusCode).toBe(200);
  });

  it('is not given twice by two people who approve at the same moment; sent again it stays one', async () => {
    const bop = '5';
    await setPlaces(bop, 2);
    const list = [await asking(bop, 1), await asking(bop, 1), await asking(bop, 1)];
    const ids = list.map(() => randomUUID());
    const approve = (index: number, who: TestBrowser) =>
      act(who, list[index]!, { ...APPROVE, outOfTurn: true }, ids[index]);
    const answers = await Promise.all([approve(0, ward), approve(1, other), approve(2, other)]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 200, 409]);
    const won = answers.findIndex(({ statusCode }) => statusCode === 200);
    expect((await approve(won, ward)).statusCode).toBe(200);
    const counts = await Promise.all(list.map(async (one) => (await decided(one)).length));
    expect(counts.toSorted()).toEqual([0, 1, 1]);
  });

  it('that was given by itself since the preview is not given again by a bulk decision', async () => {
    const bop = '6';
    await setPlaces(bop, 1);
    const [first, second] = [await asking(bop, 1), await asking(bop, 2)];
    const id = randomUUID();
    const body = { id, procedure: 'extendedUse', fiscalYear: YEAR, bops: [bop], plan: { type: 'places' } };
    expect((await ward.post('/api/staff/bulk-decisions', body)).statusCode).toBe(201);
    expect((await act(other, second, { ...APPROVE, outOfTurn: true })).statusCode).toBe(200);
    await ward.post(`/api/staff/bulk-decisions/${id}/confirm`, { planned: 2 });
    const bulk = async () => (await ward.get(`/api/staff/bulk-decisions/${id}`)).json<BulkResponse>();
    await poll(async () => (await bulk()).status).toBe('done');
    expect((await bulk()).counts).toMatchObject({ decided: 0, changed: 1, refused: 1 });
    const items = await ward.get(`/api/staff/bulk-decisions/${id}/items?group=refused`);
    expect(items.body).toContain('枠に空きがない');
    expect(await decided(first)).toEqual([]);
  });
});
