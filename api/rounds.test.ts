import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fiscalYearOf, tokyoDate } from '../domain/calendar/dates.ts';
import type { Application } from '../store/applications.ts';
import { eventsOf } from '../store/events.ts';
import { mailsOf } from '../store/mails.ts';
import { armRound } from '../store/rounds.ts';
import { startApiSystem, type ApiSystem } from '../testing/api-system.ts';
import type { TestBrowser } from '../testing/api.ts';
import { review } from '../testing/reviewed.ts';
import { keepRounds } from './services/round-keeper.ts';
import type {
  BopPlacesResponse,
  BulkItemsResponse,
  BulkResponse,
  PlacesResponse,
  RoundResponse,
  RoundsResponse,
} from './contract/rounds.ts';

let system: ApiSystem;
let ward: TestBrowser;
let leader: TestBrowser;

// A bulk decision and its mails take their time where other tests keep the machine busy.
vi.setConfig({ testTimeout: 90_000 });
/** Waits as long as a busy machine may need. */
const poll = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 20_000 });

beforeAll(async () => {
  system = await startApiSystem();
  const { api } = system;
  await api.createAccount({ role: 'ward', login: 'jidoka' });
  await api.createAccount({ role: 'leader', login: 'chiba' });
  [ward, leader] = [await api.signedIn('jidoka'), await api.signedIn('chiba')];
});
afterAll(() => system.close());

const round = async (fiscalYear: number, name: string) =>
  (await ward.get(`/api/staff/rounds/${String(fiscalYear)}/${name}`)).json<RoundResponse>();

async function setDates(
  fiscalYear: number,
  name: string,
  dates: { opensOn: string | null; closesOn: string | null; noticesOn: string | null },
) {
  const { rounds } = (await ward.get('/api/staff/rounds')).json<RoundsResponse>();
  const version = rounds.flatMap((r) => r.dates).find((d) => d.procedure === 'admission')!.version;
  return ward.put(`/api/staff/rounds/${String(fiscalYear)}/${name}/dates`, {
    procedure: 'admission',
    ...dates,
    basedOn: version,
    note: '試験のため',
  });
}

const typesOf = async ({ id }: Application) => (await eventsOf(system.api.db, id)).map((e) => e.type);

describe('rounds (Q23)', () => {
  it('have the dates that the ward set, for each procedure; the workflows are armed with them', async () => {
    await keepRounds(system.api.deps, true);
    await poll(async () => {
      const { rounds } = (await leader.get('/api/staff/rounds')).json<RoundsResponse>();
      return rounds.every((one) => one.armed);
    }).toBe(true);
    const first = await round(2026, 'first');
    expect(first).toMatchObject({ name: '一斉受付（一次）', together: true });
    expect(first.dates.find((one) => one.procedure === 'admission')).toMatchObject({
      opensOn: '2025-11-02',
      closesOn: '2025-12-15',
      noticesOn: '2026-01-31',
      phase: 'released',
    });
    // The past is on record, with the counts of the moment when it was recorded.
    await poll(async () => (await round(2026, 'first')).milestones.map((one) => one.kind)).toEqual(
      expect.arrayContaining(['opened', 'closed', 'released']),
    );
  });

  it('hold decisions back until the day of the notices, and follow when the ward moves it', async () => {
    const year = 2050;
    const far = { opensOn: '2026-01-01', closesOn: '2049-12-15', noticesOn: '2050-01-31' };
    expect((await setDates(year, 'first', far)).statusCode).toBe(200);
    const application = await system.file({ fiscalYear: year, round: 'first' });
    await review(system, application);
    const id = randomUUID();
    await ward.post('/api/staff/bulk-decisions', {
      id,
      procedure: 'admission',
      fiscalYear: year,
      round: 'first',
      plan: { type: 'approve', effective: { kind: 'date', date: '2050-04-01' } },
    });
    await ward.post(`/api/staff/bulk-decisions/${id}/confirm`, { planned: 1 });
    await system.until(application.id, (one) => one.stage === 'awaitingRelease');
    expect(await round(year, 'first')).toMatchObject({
      totals: { received: 1, awaitingRelease: 1, told: 0 },
      release: { on: '2050-01-31', undecided: 0 },
    });
    expect((await mailsOf(system.api.db, application.id)).map((m) => m.template)).toEqual(['received']);
    // The ward wants it told earlier: on a day that has come.
    const near = { opensOn: '2026-01-01', closesOn: '2026-01-31', noticesOn: '2026-02-01' };
    expect((await setDates(year, 'first', near)).statusCode).toBe(200);
    await system.until(application.id, (one) => one.stage === 'approved');
    await poll(async () => (await mailsOf(system.api.db, application.id)).map((m) => m.template)).toEqual([
      'received',
      'decided',
    ]);
    expect((await typesOf(application)).filter((type) => type === 'released')).toHaveLength(1);
  });

  it('take dates only in their order and from who saw the newest ones; leaders watch', async () => {
    const wrong = { opensOn: '2026-01-02', closesOn: '2026-01-01', noticesOn: null };
    expect((await setDates(2051, 'first', wrong)).json()).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'closesOn' }],
    });
    const body = { procedure: 'admission', opensOn: null, closesOn: null, noticesOn: null, note: 'x' };
    const old = await ward.put('/api/staff/rounds/2051/first/dates', { ...body, basedOn: 1 });
    expect(old.json()).toMatchObject({ code: 'settingChanged' });
    const watching = await leader.put('/api/staff/rounds/2051/first/dates', { ...body, basedOn: 1 });
    expect(watching.statusCode).toBe(403);
    expect((await ward.get('/api/staff/rounds/2099/first')).statusCode).toBe(404);
  });
});

describe('places of extended use (40 a 新BOP)', () => {
  const year = 2045;
  const bop = '2';
  let claims: Application[];

  async function file(birthDate: string, mode: 'monthly' | 'daily'): Promise<Application> {
    const application = await system.file({
      procedure: 'extendedUse',
      letter: 'B',
      fiscalYear: year,
      round: 'anytime',
      bopCode: bop,
      answers: { extended_mode: mode, extended_from: '2045-04', extended_to: '2046-03' },
      child: {
        familyName: '髙橋',
        givenName: '枠',
        familyKana: 'タカハシ',
        givenKana: `ワク${birthDate}${mode}`,
        birthDate,
      },
    });
    await review(system, application);
    return system.until(application.id, (one) => one.stage === 'awaitingDecision');
  }

  const here = async () =>
    (await ward.get(`/api/staff/places/${bop}?fiscalYear=${String(year)}`)).json<BopPlacesResponse>();

  async function setPlaces(places: number): Promise<void> {
    const { rules } = (await ward.get(`/api/staff/places?fiscalYear=${String(year)}`)).json<PlacesResponse>();
    const { version: basedOn, setByWard: _by, ...rest } = rules;
    const body = { ...rest, byBop: { [bop]: places }, basedOn, note: '試験のため' };
    expect((await ward.put('/api/staff/places/rules', body)).statusCode).toBe(200);
  }

  async function decide(): Promise<BulkResponse> {
    const id = randomUUID();
    const body = { id, procedure: 'extendedUse', fiscalYear: year, bops: [bop], plan: { type: 'places' } };
    const made = await ward.post('/api/staff/bulk-decisions', body);
    expect(made.statusCode, made.body).toBe(201);
    const { counts } = made.json<BulkResponse>();
    const { rows } = (await ward.get(`/api/staff/bulk-decisions/${id}/items`)).json<BulkItemsResponse>();
    // Places first, in their order, then who waits, in theirs.
    const order = rows.map(({ plan, rank }) => (plan === 'waitlist' ? 1000 : 0) + (rank ?? 0));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    await ward.post(`/api/staff/bulk-decisions/${id}/confirm`, { planned: counts.planned });
    await poll(
      async () => (await ward.get(`/api/staff/bulk-decisions/${id}`)).json<BulkResponse>().status,
    ).toBe('done');
    return (await ward.get(`/api/staff/bulk-decisions/${id}`)).json<BulkResponse>();
  }

  it('are proposed in the order of the ward’s priorities, each rank explained', async () => {
    await setPlaces(2);
    // Second grade monthly, first grade by the day, first grade monthly; filed in this order.
    claims = [
      await file('2037-06-01', 'monthly'),
      await file('2038-06-01', 'daily'),
      await file('2038-07-01', 'monthly'),
    ];
    const { claims: ranked, months, places } = await here();
    expect(places).toBe(2);
    expect(months.every((one) => one.taken === 0)).toBe(true);
    expect(ranked.map((one) => [one.applicationId, one.offered, one.waitingRank])).toEqual([
      [claims[2]!.id, true, null],
      [claims[1]!.id, true, null],
      [claims[0]!.id, false, 1],
    ]);
    expect(ranked[1]!.rankReason).toContain('月単位の登録を日単位より先にするため');
    expect(ranked[2]!.outcome).toContain('待機の1番目');
  });

  it('are given by the ward; who finds none waits and is told so', async () => {
    expect((await decide()).counts).toMatchObject({ decided: 3, open: 0 });
    await system.until(claims[1]!.id, (one) => one.stage === 'approved');
    await system.until(claims[2]!.id, (one) => one.stage === 'approved');
    const waiting = claims[0]!;
    expect(await typesOf(waiting)).toContain('waitlisted');
    await poll(async () => (await mailsOf(system.api.db, waiting.id)).map((mail) => mail.template)).toEqual([
      'received',
      'waitlisted',
    ]);
    await poll(async () => (await here()).months.map((one) => one.taken)).toEqual(Array(12).fill(2));
    expect((await here()).claims).toMatchObject([{ waiting: true, offered: false, waitingRank: 1 }]);
    // Nothing to do again.
    const again = { id: randomUUID(), procedure: 'extendedUse', fiscalYear: year, plan: { type: 'places' } };
    expect((await ward.post('/api/staff/bulk-decisions', again)).json()).toMatchObject({
      code: 'nothingToDecide',
    });
  });

  it('move up: a place that falls free is offered to who waits, and said so', async () => {
    await setPlaces(3);
    const overview = (
      await leader.get(`/api/staff/places?fiscalYear=${String(year)}`)
    ).json<PlacesResponse>();
    expect(overview.bops.find((one) => one.code === bop)).toMatchObject({ waiting: 1, movingUp: 1 });
    expect((await decide()).counts).toMatchObject({ decided: 1 });
    await system.until(claims[0]!.id, (one) => one.stage === 'approved');
    await poll(async () =>
      (await mailsOf(system.api.db, claims[0]!.id)).map((mail) => mail.template),
    ).toEqual(['received', 'waitlisted', 'decided']);
  });
});

describe('rounds over the years', () => {
  it('a round that has run is still there when the defaults have moved on', async () => {
    const { db } = system.api;
    const dates = [
      { procedure: 'admission', opensOn: '2019-11-01', closesOn: '2019-12-15', noticesOn: '2020-01-31' },
    ];
    await armRound(db, { fiscalYear: 2020, round: 'first' }, dates);
    expect(await round(2020, 'first')).toMatchObject({ together: true, armed: true, dates });
  });

  it('a year that the ward has said nothing of keeps its other rounds when one of them is set', async () => {
    const next = fiscalYearOf(tokyoDate(new Date().toISOString())) + 1;
    const before = await round(next, 'second');
    const { opensOn, closesOn } = (await round(next, 'first')).dates[0]!;
    const response = await setDates(next, 'first', { opensOn, closesOn, noticesOn: `${String(next)}-02-02` });
    expect(response.statusCode, response.body).toBe(200);
    expect((await round(next, 'first')).dates[0]).toMatchObject({ noticesOn: `${String(next)}-02-02` });
    const { version: _a, ...second } = (await round(next, 'second')).dates[0]!;
    const { version: _b, ...was } = before.dates[0]!;
    expect(second).toEqual(was);
  });
});
