import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplicationEvent, EventBody } from '../domain/application/events.ts';
import { BOPS, bopCodesOfHall, HALLS } from '../domain/facilities/facilities.ts';
import { projectStep } from '../store/applications.ts';
import type { ListResponse, QueuesResponse, StaffApplication } from './contract/staff.ts';
import { saveIntake } from '../store/intake.ts';
import { saveLetter } from '../store/letters.ts';
import { receiveSubmission } from '../store/receive.ts';
import { addTexts } from '../store/texts.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from '../testing/api.ts';
import { receivedEvent, stepOf, testSubmission } from '../testing/store.ts';

/** 別紙1: who sees what, over every route that shows staff something (Q03). Kintone and Temporal are away throughout. */
interface Known {
  id: string;
  receiptNumber: string;
  bopCode: string;
  /** Nobody outside the place may read this anywhere. */
  secret: string;
  givenName: string;
  letterId: string;
}

interface Reader {
  name: string;
  role: string;
  browser: TestBrowser;
  sees: (bopCode: string) => boolean;
}

let api: TestApi;
const known: Known[] = [];
const readers: Reader[] = [];

const hallA = HALLS.find((hall) => hall.bops.length > 1)!;
const hallB = HALLS.find((hall) => hall !== hallA)!;
const places = [hallA.bops[0]!, hallA.bops[1]!, hallB.bops[0]!].map((bop) => bop.code);

beforeAll(async () => {
  api = await startTestApi(() => partsAway);
  const { db, keyring } = api;
  const author = await api.createAccount({ role: 'operator', login: 'author' });
  for (let n = 0; n < 9; n += 1) {
    const secret = `ひみつ${String.fromCodePoint(0x3042 + n * 5)}${String(n)}`;
    const givenName = `名${String.fromCodePoint(0x4e00 + n)}子`;
    const child = {
      familyName: '共通',
      givenName,
      familyKana: 'キョウツウ',
      givenKana: `ナ${String.fromCodePoint(0x30a2 + n * 2)}コ`,
      birthDate: `2020-05-0${String(n + 1)}`,
    };
    const submission = testSubmission({
      child,
      bopCode: places[n % places.length]!,
      answers: { child_family_name: child.familyName, child_given_name: givenName, child_notes: secret },
    });
    const outcome = await receiveSubmission(db, keyring, submission);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    const { id, receiptNumber, bopCode } = outcome.application;
    const note = randomUUID();
    await addTexts(db, keyring, [
      { id: note, applicationId: id, kind: 'note', authorId: author, content: secret },
    ]);
    const by = { kind: 'staff', id: author, role: 'operator' } as const;
    const bodies: EventBody[] = [
      { type: 'intakeChecked', lookAlikes: 8, hints: 0 },
      { type: 'noted', note },
    ];
    const at = '2026-11-02T02:00:00.000Z';
    const events: ApplicationEvent[] = [receivedEvent(submission, receiptNumber)];
    for (const body of bodies) events.push({ ...body, seq: events.length + 1, at, by });
    await projectStep(db, stepOf(events, events.length));
    const letterId = `${id}-request-2`;
    const letter = {
      letterId,
      applicationId: id,
      requestId: 'request-2',
      pdf: Buffer.from(`%PDF ${secret}`),
    };
    await saveLetter(db, keyring, letter);
    known.push({ id, receiptNumber, bopCode, secret, givenName, letterId });
  }
  // Each looks like all the others, wherever they are.
  for (const one of known) {
    const lookAlikes = known
      .filter((other) => other !== one)
      .map((other) => ({
        applicationId: other.id,
        receiptNumber: other.receiptNumber,
        reasons: ['similarKana'],
      }));
    await saveIntake(db, keyring, one.id, { hints: [], lookAlikes, at: '2026-11-02T02:00:00.000Z' });
  }

  const inHall = (code: string) => (bop: string) => bopCodesOfHall(code).includes(bop);
  const add = async (
    role: 'operator' | 'leader' | 'ward' | 'hall' | 'bop',
    sees: Reader['sees'],
    place?: { kind: 'hall' | 'bop'; code: string },
  ) => {
    const login = `${role}-${place?.code ?? 'all'}-${place?.kind ?? ''}`;
    await api.createAccount({ role, login, ...(place ? { place } : {}) });
    readers.push({ name: login, role, sees, browser: await api.signedIn(login) });
  };
  for (const role of ['operator', 'leader', 'ward'] as const) await add(role, () => true);
  await add('hall', inHall(hallA.code), { kind: 'hall', code: hallA.code });
  await add('hall', inHall(hallB.code), { kind: 'hall', code: hallB.code });
  for (const code of places) await add('bop', (bop) => bop === code, { kind: 'bop', code });
  // A place that does not fit the role, and one that is not in 別紙1: nothing.
  await add('hall', () => false, { kind: 'bop', code: places[0]! });
  await add('bop', () => false, { kind: 'bop', code: '999' });
});
afterAll(() => api.close());

const anyReader = fc.nat({ max: 9 }).map((index) => readers[index]!);
const anyKnown = fc.nat({ max: 8 }).map((index) => known[index]!);

/** Nothing of what lies elsewhere is in an answer, whatever the answer is. */
function expectNothingOf(body: string, reader: Reader, asked?: Known): void {
  for (const other of known.filter((one) => !reader.sees(one.bopCode))) {
    expect(body).not.toContain(other.receiptNumber);
    expect(body).not.toContain(other.secret);
    expect(body).not.toContain(other.givenName);
    // The id that was asked for may be repeated.
    if (other !== asked) expect(body).not.toContain(other.id);
  }
}

const withoutRequest = (body: object) => ({ ...body, requestId: '' });

describe('places (Q03)', () => {
  it('lists and counts stay inside them, whatever is asked for', async () => {
    const anyValues = fc.record({
      q: fc.oneof(
        fc.constantFrom('共通', 'きょうつう', 'コ', '名', 'A27', 'a27', '0'),
        anyKnown.map((one) => one.receiptNumber),
        anyKnown.map((one) => one.givenName),
      ),
      bop: fc.constantFrom(...places, '999'),
      hall: fc.constantFrom(hallA.code, hallB.code, 'x'),
      queue: fc.constantFrom('firstReview', 'ended', 'confirmContacts'),
      stage: fc.constantFrom('firstReview', 'approved'),
      assignee: fc.constantFrom('none', 'me'),
      sort: fc.constantFrom('receivedAt', '-receivedAt', 'deadline', '-deadline', 'updatedAt', '-updatedAt'),
      pageSize: fc.integer({ min: 1, max: 100 }),
    });
    // Few filters at a time: with all of them, next to nothing is left to be seen.
    const keys = ['q', 'bop', 'hall', 'queue', 'stage', 'assignee', 'sort', 'pageSize'] as const;
    const anyQuery = fc.tuple(anyValues, fc.subarray([...keys], { maxLength: 2 })).map(([values, chosen]) => {
      const query: Partial<typeof values> = { ...values };
      for (const key of keys) if (!chosen.includes(key)) Reflect.deleteProperty(query, key);
      return query;
    });
    await fc.assert(
      fc.asyncProperty(anyReader, anyQuery, async (reader, query) => {
        const params = new URLSearchParams();
        for (const [key, value] of Object.entries(query)) params.set(key, String(value));
        const response = await reader.browser.get(`/api/staff/applications?${params.toString()}`);
        expect(response.statusCode, response.body).toBe(200);
        expectNothingOf(response.body, reader);
        const inPlace = known.filter((one) => reader.sees(one.bopCode));
        expect(response.json<ListResponse>().total).toBeLessThanOrEqual(inPlace.length);
        const only = Object.keys(query).every((key) => ['sort', 'pageSize'].includes(key));
        if (only) expect(response.json<ListResponse>().total).toBe(inPlace.length);

        const place = new URLSearchParams();
        for (const key of ['bop', 'hall'] as const) if (query[key] !== undefined) place.set(key, query[key]);
        const counted = inPlace.filter(
          (one) =>
            (query.bop === undefined || one.bopCode === query.bop) &&
            (query.hall === undefined || bopCodesOfHall(query.hall).includes(one.bopCode)),
        ).length;
        const queues = (
          await reader.browser.get(`/api/staff/queues?${place.toString()}`)
        ).json<QueuesResponse>();
        expect(queues.total).toBe(counted);
        const review = queues.queues.find((one) => one.queue === 'firstReview')!;
        expect(review.count).toBe(counted);
        expect(review.oldestReceivedAt === null).toBe(counted === 0);
      }),
      { numRuns: 120 },
    );
  });

  it('one application outside of them is as if it were not there, on every route', async () => {
    const missing: Known = { ...known[0]!, id: randomUUID(), letterId: 'none', bopCode: 'none' };
    const routes: ((one: Known) => {
      method: 'GET' | 'POST' | 'PUT';
      path: string;
      roles: readonly string[];
      body?: object;
    })[] = [
      ({ id }) => ({ method: 'GET', path: id, roles: ['operator', 'leader', 'ward', 'hall', 'bop'] }),
      ({ id }) => ({
        method: 'GET',
        path: `${id}/review-draft?stage=firstReview`,
        roles: ['operator', 'leader'],
      }),
      ({ id }) => ({
        method: 'PUT',
        path: `${id}/review-draft`,
        roles: ['operator', 'leader'],
        body: { stage: 'firstReview', findings: [] },
      }),
      ({ id }) => ({
        method: 'POST',
        path: `${id}/mail-preview`,
        roles: ['operator', 'leader', 'ward'],
        body: {},
      }),
      ({ id, letterId }) => ({
        method: 'GET',
        path: `${id}/letters/${letterId}`,
        roles: ['operator', 'leader', 'ward'],
      }),
      ({ id }) => ({
        method: 'POST',
        path: `${id}/actions`,
        roles: ['operator', 'leader', 'ward'],
        body: { actionId: randomUUID(), action: { type: 'addNote', note: 'メモ' } },
      }),
    ];
    await fc.assert(
      fc.asyncProperty(anyReader, anyKnown, fc.constantFrom(...routes), async (reader, one, route) => {
        const ask = async (target: Known) => {
          const { method, path, body } = route(target);
          return reader.browser.request(method, `/api/staff/applications/${path}`, body);
        };
        const [there, absent] = [await ask(one), await ask(missing)];
        expectNothingOf(there.body, reader, one);
        if (!route(one).roles.includes(reader.role)) {
          expect(there.statusCode).toBe(403);
          expect(withoutRequest(there.json())).toEqual(withoutRequest(absent.json()));
        } else if (reader.sees(one.bopCode)) {
          expect(there.statusCode).not.toBe(404);
          expect(absent.statusCode).toBe(404);
        } else {
          expect(there.statusCode).toBe(404);
          expect(withoutRequest(there.json())).toEqual(withoutRequest(absent.json()));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('shows what lies inside of them, also while kintone is away; look-alikes elsewhere are not even counted', async () => {
    for (const reader of readers) {
      for (const one of known.filter(({ bopCode }) => reader.sees(bopCode))) {
        const response = await reader.browser.get(`/api/staff/applications/${one.id}`);
        expect(response.statusCode, response.body).toBe(200);
        const page = response.json<StaffApplication>();
        expect(page.notes[0]!.text).toBe(one.secret);
        const around = known.filter((other) => other !== one && reader.sees(other.bopCode));
        expect(page.lookAlikes.map((other) => other.applicationId).sort()).toEqual(
          around.map((other) => other.id).sort(),
        );
        const checked = page.timeline.find((entry) => entry.type === 'intakeChecked')!;
        expect(checked.title.ja).toContain(`よく似た申請 ${String(around.length)} 件`);
      }
    }
  });

  it('what is refused is in the audit trail, and what is shown too', async () => {
    const reader = readers.find((one) => one.role === 'bop')!;
    const elsewhere = known.find((one) => !reader.sees(one.bopCode))!;
    const newest = async () =>
      api.db
        .selectFrom('audit')
        .select(['action', 'subject_id', 'actor_role', 'detail'])
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
    await reader.browser.get(`/api/staff/applications/${elsewhere.id}`);
    expect(await newest()).toMatchObject({ action: 'denied', subject_id: elsewhere.id, actor_role: 'bop' });
    await reader.browser.get('/api/staff/applications?q=%E5%85%B1%E9%80%9A');
    const list = await newest();
    expect(list.action).toBe('list');
    expect(list.detail['applications']).toHaveLength(3);
    expect(JSON.stringify(list)).not.toContain('共通');
  });

  it('are 別紙1’s: every 新BOP belongs to one hall', () => {
    expect(new Set(HALLS.flatMap((hall) => bopCodesOfHall(hall.code))).size).toBe(BOPS.length);
  });
});

describe('search', () => {
  it('finds by parts of names and by receipt numbers, however they are typed', async () => {
    const { browser } = readers[0]!;
    const one = known[4]!;
    const found = async (q: string) => {
      const response = await browser.get(`/api/staff/applications?q=${encodeURIComponent(q)}`);
      return response.json<ListResponse>().rows.map((row) => row.id);
    };
    expect(await found(one.givenName)).toEqual([one.id]);
    expect(await found(`共通　${one.givenName}`)).toEqual([one.id]);
    expect((await found('きょうつう')).length).toBe(9);
    expect(await found(one.receiptNumber)).toEqual([one.id]);
    expect(await found(one.receiptNumber.toLowerCase().replaceAll('-', ''))).toEqual([one.id]);
    expect(await found(`　${one.receiptNumber.replace('A', 'Ａ')} `)).toEqual([one.id]);
    expect((await found('A27')).length).toBe(9);
    expect(await found('いない子')).toEqual([]);
    expect(await found('%')).toEqual([]);
  });
});
