import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Action } from '../domain/application/actions.ts';
import type { ActorRef } from '../domain/people/actor.ts';
import type { Application } from '../store/applications.ts';
import { eventsOf } from '../store/events.ts';
import { mailsOf } from '../store/mails.ts';
import { startApiSystem, type ApiSystem } from '../testing/api-system.ts';
import type { TestBrowser } from '../testing/api.ts';
import { staff } from '../testing/application-worker.ts';
import { review, REVIEWERS } from '../testing/reviewed.ts';
import type { BulkItemsResponse, BulkResponse, CreateBulkRequest } from './contract/rounds.ts';

let system: ApiSystem;
let ward: TestBrowser;
let other: TestBrowser;
let leader: TestBrowser;
let operator: TestBrowser;
let year = 2040;

// A bulk decision and its mails take their time where other tests keep the machine busy.
vi.setConfig({ testTimeout: 90_000 });
/** Waits as long as a busy machine may need. */
const poll = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 20_000 });

beforeAll(async () => {
  system = await startApiSystem();
  const { api } = system;
  for (const [login, role] of [
    ['jidoka', 'ward'],
    ['jidoka2', 'ward'],
    ['chiba', 'leader'],
    ['aoki', 'operator'],
  ] as const) {
    await api.createAccount({ role, login });
  }
  [ward, other, leader, operator] = (await Promise.all(
    ['jidoka', 'jidoka2', 'chiba', 'aoki'].map((login) => api.signedIn(login)),
  )) as [TestBrowser, TestBrowser, TestBrowser, TestBrowser];
});
afterAll(() => system.close());

/** So many applications of a fiscal year of their own that await the ward's decision. */
async function awaiting(count: number, notMet: readonly number[] = []): Promise<Application[]> {
  year += 1;
  const list: Application[] = [];
  for (let index = 0; index < count; index += 1) {
    const application = await system.file({ fiscalYear: year, round: 'anytime', bopCode: '2' });
    const [criterion] = await criteria(application);
    await review(system, application, notMet.includes(index) ? { [criterion!]: 'notMet' } : {});
    list.push(await system.until(application.id, (one) => one.stage === 'awaitingDecision'));
  }
  return list;
}

async function criteria(application: Application): Promise<string[]> {
  const [received] = await eventsOf(system.api.db, application.id);
  if (received?.type !== 'received') throw new Error('not received');
  return received.settings.criteria.filter((one) => one.required).map((one) => one.id);
}

async function preview(
  over: Partial<CreateBulkRequest> = {},
  id: string = randomUUID(),
): Promise<BulkResponse> {
  const body: CreateBulkRequest = {
    id,
    procedure: 'admission',
    fiscalYear: year,
    plan: { type: 'approve', effective: { kind: 'date', date: `${String(year)}-04-01` } },
    ...over,
  };
  const response = await ward.post('/api/staff/bulk-decisions', body);
  expect(response.statusCode, response.body).toBe(201);
  return response.json();
}

async function ended(id: string): Promise<BulkResponse> {
  let bulk: BulkResponse | undefined;
  await poll(async () => {
    bulk = (await ward.get(`/api/staff/bulk-decisions/${id}`)).json<BulkResponse>();
    return bulk.status;
  }).toMatch(/done|stopped/);
  return bulk!;
}

const confirm = (id: string, planned: number) =>
  ward.post(`/api/staff/bulk-decisions/${id}/confirm`, { planned });
const items = async (id: string, query = '') =>
  (await ward.get(`/api/staff/bulk-decisions/${id}/items${query}`)).json<BulkItemsResponse>().rows;
const now = () => new Date().toISOString();
const decisions = async (id: string): Promise<ActorRef[]> =>
  (await eventsOf(system.api.db, id)).filter((e) => e.type === 'decided').map((e) => e.by);

describe('a bulk decision of the ward', () => {
  it('shows first what will happen, and decides nothing; then decides each once, by the person who confirmed', async () => {
    const list = await awaiting(3, [2]);
    const bulk = await preview();
    expect(bulk).toMatchObject({
      status: 'preview',
      counts: { planned: 2, excluded: 1 },
      exclusions: [{ code: 'requirementNotMet', count: 1 }],
    });
    expect(bulk.summary[0]).toContain('2件を承認します');
    expect(await decisions(list[0]!.id)).toEqual([]);

    expect((await confirm(bulk.id, 3)).json()).toMatchObject({ code: 'bulkChanged' });
    expect((await confirm(bulk.id, 2)).statusCode).toBe(200);
    // Pressed again after a lost answer.
    expect((await confirm(bulk.id, 2)).statusCode).toBe(200);
    const done = await ended(bulk.id);
    expect(done).toMatchObject({ status: 'done', counts: { decided: 2, open: 0 } });
    const me = (await ward.get('/api/session')).json<{ account: { id: string } }>().account.id;
    for (const application of list.slice(0, 2)) {
      expect(await decisions(application.id)).toEqual([{ kind: 'staff', id: me, role: 'ward' }]);
      await poll(async () =>
        (await mailsOf(system.api.db, application.id)).map((mail) => mail.template),
      ).toEqual(['received', 'decided']);
    }
    expect(await decisions(list[2]!.id)).toEqual([]);
  });

  it('leaves out what changed since the preview, and names it', async () => {
    const [one, two] = await awaiting(2);
    const bulk = await preview();
    const contact = { id: randomUUID(), kind: 'phone', content: randomUUID(), occurredAt: now() } as const;
    const act = (application: Application | undefined, action: Action) =>
      system.api.deps.temporal.act(application!, staff(REVIEWERS.first), action, randomUUID());
    await act(two, { type: 'recordContact', contact: { ...contact, direction: 'fromApplicant' } });
    // A colleague's note changes nothing that the ward decided on.
    await act(one, { type: 'addNote', note: randomUUID() });
    await confirm(bulk.id, 2);
    expect((await ended(bulk.id)).counts).toMatchObject({ decided: 1, changed: 1 });
    const changed = await items(bulk.id, '?group=changed');
    expect(changed).toMatchObject([{ receiptNumber: two!.receiptNumber, result: 'changed' }]);
    expect(changed[0]!.resultLabel).toContain('今の状態：区決定待ち');
    expect(await decisions(one!.id)).toHaveLength(1);
    expect(await decisions(two!.id)).toEqual([]);
    const csv = await ward.get(`/api/staff/bulk-decisions/${bulk.id}/protocol.csv`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body.charCodeAt(0)).toBe(0xfeff);
    const lines = csv.body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines.find((line) => line.includes(two!.receiptNumber))).toContain('変更のため除外');
  });

  it('leaves out what the ward ticks off, until it is confirmed', async () => {
    const [one, two] = await awaiting(2);
    const bulk = await preview();
    const exclude = (id: string, leaveOut: boolean) =>
      ward.post(`/api/staff/bulk-decisions/${bulk.id}/exclusions`, { applicationIds: [id], leaveOut });
    expect((await exclude(one!.id, true)).json()).toMatchObject({ counts: { planned: 1, excluded: 1 } });
    expect((await exclude(two!.id, true)).json()).toMatchObject({ counts: { planned: 0 } });
    expect((await confirm(bulk.id, 0)).json()).toMatchObject({ code: 'nothingToDecide' });
    expect((await exclude(two!.id, false)).json()).toMatchObject({ counts: { planned: 1 } });
    await confirm(bulk.id, 1);
    expect((await ended(bulk.id)).counts).toMatchObject({ decided: 1, excluded: 1 });
    expect(await decisions(one!.id)).toEqual([]);
    // Too late now.
    expect((await exclude(one!.id, false)).json()).toMatchObject({ counts: { excluded: 1 } });
  });

  it('refuses with one reason that each family reads', async () => {
    const [bad, good] = await awaiting(2, [0]);
    const bulk = await preview({
      plan: { type: 'refuse', reasonCode: await refusalCode(), reason: '要件を満たさないため。' },
    });
    expect(bulk).toMatchObject({
      counts: { planned: 1, excluded: 1 },
      exclusions: [{ code: 'requirementsMet' }],
      reason: '要件を満たさないため。',
    });
    await confirm(bulk.id, 1);
    await ended(bulk.id);
    expect(await decisions(good!.id)).toEqual([]);
    const { decision } = (await ward.get(`/api/staff/applications/${bad!.id}`)).json<{
      decision: { outcome: string; reason: string };
    }>();
    expect(decision).toMatchObject({ outcome: 'refused', reason: '要件を満たさないため。' });
  });

  it('is for the ward; leaders watch, clerks do not; a preview is its maker’s own', async () => {
    await awaiting(1);
    const bulk = await preview();
    const url = `/api/staff/bulk-decisions/${bulk.id}`;
    for (const who of [leader, other]) expect((await who.get(url)).statusCode).toBe(404);
    expect((await operator.get(url)).statusCode).toBe(403);
    expect((await operator.get('/api/staff/rounds')).statusCode).toBe(403);
    expect((await leader.post(`${url}/confirm`, { planned: 1 })).statusCode).toBe(403);
    expect((await leader.post('/api/staff/bulk-decisions', {})).statusCode).toBe(403);
    await confirm(bulk.id, 1);
    await ended(bulk.id);
    expect((await leader.get(url)).json()).toMatchObject({ status: 'done' });
    expect((await leader.post(`${url}/commands`, { command: 'pause' })).statusCode).toBe(403);
    expect((await ward.post(`${url}/commands`, { command: 'pause' })).json()).toMatchObject({
      code: 'bulkEnded',
    });
  });

  it('can be thrown away before it is confirmed, and is in the audit trail from then on', async () => {
    await awaiting(1);
    const bulk = await preview();
    const url = `/api/staff/bulk-decisions/${bulk.id}`;
    expect((await ward.delete(url)).statusCode).toBe(204);
    expect((await ward.get(url)).statusCode).toBe(404);
    const rows = await system.api.db
      .selectFrom('audit')
      .select(['action', 'detail'])
      .where('subject_id', '=', bulk.id)
      .orderBy('seq')
      .execute();
    expect(rows.map((row) => [row.action, row.detail['step']])).toEqual([
      ['bulkDecision', 'preview'],
      ['bulkDecision', 'drop'],
    ]);
  });

  it('says so where there is nothing to decide, and takes no plan that does not fit', async () => {
    year += 1;
    const post = (over: object) =>
      ward.post('/api/staff/bulk-decisions', {
        id: randomUUID(),
        procedure: 'admission',
        fiscalYear: year,
        plan: { type: 'approve' },
        ...over,
      });
    expect((await post({})).json()).toMatchObject({ code: 'nothingToDecide' });
    expect((await post({ plan: { type: 'places' } })).json()).toMatchObject({ code: 'invalid' });
    const refuse = { type: 'refuse', reasonCode: 'none', reason: 'x' };
    expect((await post({ plan: refuse })).json()).toMatchObject({ code: 'invalid' });
    expect((await post({ bops: ['999'] })).json()).toMatchObject({ code: 'invalid' });
  });
});

async function refusalCode(): Promise<string> {
  const { procedureOf } = await import('../domain/procedures/registry.ts');
  return procedureOf('admission')!.refusalReasons[0]!.code;
}
