import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import { onOrAfter } from '../domain/calendar/working-days.ts';
import type { TestBrowser } from '../testing/api.ts';
import { startApiSystem, type ApiSystem } from '../testing/api-system.ts';
import { newestSetting } from '../store/settings.ts';
import type { StaffApplication } from './contract/staff.ts';
import type { ActResponse, FindingInput, StaffActionInput } from './contract/staff-actions.ts';

/** What staff do besides reviewing: deadlines, waiving, going on without an answer, questions to the ward, decisions (Q16–Q21). */
let system: ApiSystem;
let operator: TestBrowser;
let second: TestBrowser;
let leader: TestBrowser;
let leader2: TestBrowser;
let ward: TestBrowser;
let secondId: string;

/** A round without a day of its own: what is decided is told at once. */
const ANYTIME = { round: 'anytime', fiscalYear: 2026 } as const;

beforeAll(async () => {
  system = await startApiSystem();
  const { api } = system;
  await api.createAccount({ role: 'operator', login: 'aoki', name: '青木 花' });
  secondId = await api.createAccount({ role: 'operator', login: 'baba', name: '馬場 実' });
  await api.createAccount({ role: 'leader', login: 'chiba', name: '千葉 望' });
  await api.createAccount({ role: 'leader', login: 'doi', name: '土井 薫' });
  await api.createAccount({ role: 'ward', login: 'endo', name: '遠藤 光' });
  [operator, second, leader, leader2, ward] = await Promise.all([
    api.signedIn('aoki'),
    api.signedIn('baba'),
    api.signedIn('chiba'),
    api.signedIn('doi'),
    api.signedIn('endo'),
  ]);
});
afterAll(() => system.close());

const url = (id: string, rest = '') => `/api/staff/applications/${id}${rest}`;

function act(who: TestBrowser, id: string, action: StaffActionInput) {
  return who.post(url(id, '/actions'), { actionId: randomUUID(), action });
}

/** Does it, and says what was wrong if it was refused. */
async function done(who: TestBrowser, id: string, action: StaffActionInput): Promise<ActResponse> {
  const response = await act(who, id, action);
  expect(response.json()).toMatchObject({ applicationId: id });
  return response.json();
}

/** The code of the refusal. */
async function refused(who: TestBrowser, id: string, action: StaffActionInput): Promise<string> {
  const response = await act(who, id, action);
  expect(response.statusCode, response.body).toBeGreaterThanOrEqual(400);
  return response.json<{ code: string }>().code;
}

async function page(who: TestBrowser, id: string): Promise<StaffApplication> {
  const response = await who.get(url(id));
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
}

async function findings(
  id: string,
  over: Record<string, Partial<FindingInput>> = {},
): Promise<FindingInput[]> {
  const { checklist } = await page(leader, id);
  return checklist.map((one) => ({
    criterionId: one.criterionId,
    result: one.applies ? 'met' : 'notApplicable',
    ...over[one.criterionId],
  }));
}

/** A deficiency that belongs to the criterion: its first reason, about its first document or field. */
async function deficiency(id: string, criterionId: string): Promise<Partial<FindingInput>> {
  const { checklist } = await page(leader, id);
  const item = checklist.find((one) => one.criterionId === criterionId);
  const [reason] = item?.reasons ?? [];
  const [code] = item?.fields ?? [];
  if (!reason || code === undefined) throw new Error(`no reason or field in ${criterionId}`);
  return { result: 'deficient', reasonCode: reason.code, targets: [{ kind: 'field', code }] };
}

/** Both reviews, with these criteria deficient. */
async function reviewed(id: string, ...deficient: string[]): Promise<ActResponse> {
  const over = Object.fromEntries(
    await Promise.all(deficient.map(async (one) => [one, await deficiency(id, one)] as const)),
  );
  await done(operator, id, { type: 'completeFirstReview', findings: await findings(id, over) });
  return done(second, id, { type: 'agreeSecondReview', findings: await findings(id) });
}

/** An application whose applicant is asked about two things. */
async function asked(): Promise<string> {
  const { id } = await system.file({ ...ANYTIME });
  const { stage } = await reviewed(id, 'contact', 'child_identity');
  expect(stage).toBe('awaitingApplicant');
  return id;
}

/** The same, with a deadline that has passed: while it is filed, the ward's deadline is one working day ago. */
async function overdue(): Promise<string> {
  const { db } = system.api;
  const before = await newestSetting(db, 'deadlines');
  if (!before) throw new Error('no deadlines are set');
  const edition = async (version: number, requestDays: number) =>
    db
      .insertInto('settings')
      .values({
        key: 'deadlines',
        version,
        value: JSON.stringify({ ...before.value, requestDays }),
        note: '',
        changed_by: null,
        changed_at: new Date(),
      })
      .execute();
  await edition(before.version + 1, -1);
  const { id } = await system.file({ ...ANYTIME });
  await edition(before.version + 2, before.value.requestDays);
  await reviewed(id, 'contact');
  await system.until(id, (one) => one.overdue);
  return id;
}

/** A working day by the ward's calendar, this one or the next. */
async function working(day: string): Promise<string> {
  const calendar = await newestSetting(system.api.db, 'calendar');
  if (!calendar) throw new Error('no calendar is set');
  return onOrAfter(day, calendar.value);
}
/** The next Sunday. */
function sunday(after: string): string {
  let day = addDays(after, 1);
  while (new Date(`${day}T00:00:00Z`).getUTCDay() !== 0) day = addDays(day, 1);
  return day;
}
const today = () => tokyoDate(new Date().toISOString());
const call = (content: string) => ({
  kind: 'phone' as const,
  direction: 'toApplicant' as const,
  content,
  occurredAt: new Date().toISOString(),
});

describe('an open request (Q18, Q20)', () => {
  it('gets a later deadline by a leader, with a reason, and the applicant is told by mail', async () => {
    const id = await asked();
    const { request } = await page(leader, id);
    const later = await working(addDays(request?.deadline ?? today(), 21));
    const extend = (deadline: string): StaffActionInput => ({
      type: 'extendDeadline',
      deadline,
      reason: '証明書の発行に時間がかかるとの申し出',
    });
    expect(await refused(operator, id, extend(later))).toBe('notYourRole');
    expect(await refused(leader, id, extend(request?.deadline ?? ''))).toBe('deadlineNotLater');
    expect(await refused(leader, id, extend(sunday(later)))).toBe('deadlineNotWorkingDay');
    await done(leader, id, extend(later));
    const after = await page(leader, id);
    expect(after.request).toMatchObject({ deadline: later, overdue: false });
    expect(after.timeline.at(-1)?.detail).toBe('証明書の発行に時間がかかるとの申し出');
    await expect
      .poll(async () => (await page(leader, id)).mails.map((one) => one.template), { timeout: 15_000 })
      .toContain('deadlineExtended');
  });

  it('has items waived one by one; with the last one it is reviewed again', async () => {
    const id = await asked();
    const items = (await page(leader, id)).request?.items ?? [];
    expect(items.map((one) => one.offered)).toEqual([
      ['correctMinor', 'waiveItem'],
      ['correctMinor', 'waiveItem'],
    ]);
    const waive = (index: number): StaffActionInput => ({
      type: 'waiveItem',
      itemId: items[index]?.id ?? '',
      reason: '区と協議し、確認できたため',
    });
    expect(await refused(operator, id, waive(0))).toBe('notYourRole');
    expect(await done(leader, id, waive(0))).toMatchObject({ stage: 'awaitingApplicant' });
    expect(await refused(leader, id, waive(0))).toBe('itemNotOpen');
    const half = await page(leader, id);
    expect(half.request?.items).toMatchObject([{ status: 'waived', offered: [] }, { status: 'open' }]);
    expect(await done(ward, id, waive(1))).toMatchObject({ stage: 'firstReview' });
    expect(await page(leader, id)).toMatchObject({ cycle: 2, request: null });
  });

  it('is gone on without only after the deadline, by a leader or the ward, with a reason', async () => {
    const id = await asked();
    const goOn: StaffActionInput = { type: 'proceedWithoutAnswer', reason: '区と協議した結果' };
    expect(await refused(leader, id, goOn)).toBe('notOverdue');
    const late = await overdue();
    expect((await page(operator, late)).tasks).toMatchObject([{ kind: 'consultAndChase', mine: true }]);
    expect((await page(ward, late)).tasks).toMatchObject([{ kind: 'consultAndChase', mine: false }]);
    expect(await refused(operator, late, goOn)).toBe('notYourRole');
    expect(await done(leader, late, goOn)).toMatchObject({ stage: 'firstReview' });
    const after = await page(ward, late);
    expect(after).toMatchObject({ cycle: 2, request: null });
    expect(after.timeline.at(-1)).toMatchObject({ detail: '区と協議した結果' });
  });

  it('is chased after the deadline by mail, with a new deadline', async () => {
    const id = await overdue();
    const { request } = await page(operator, id);
    const chase = (deadline: string): StaffActionInput => ({ type: 'chase', method: 'mail', deadline });
    expect(await refused(operator, id, chase(addDays(today(), -1)))).toBe('deadlineNotLater');
    await done(operator, id, chase(request?.proposedDeadline ?? ''));
    const after = await page(operator, id);
    expect(after).toMatchObject({ overdue: false, request: { chasers: 1, overdue: false } });
    expect(after.request?.deadline).toBe(request?.proposedDeadline);
  });
});

describe('findings (Q16)', () => {
  it('ask only with a reason and a place of their own criterion', async () => {
    const { id } = await system.file({ ...ANYTIME });
    const other = await deficiency(id, 'child_identity');
    const wrong = await findings(id, { contact: other });
    const response = await act(operator, id, { type: 'completeFirstReview', findings: wrong });
    const at = wrong.findIndex((one) => one.criterionId === 'contact');
    expect(response.json()).toMatchObject({ status: 422, code: 'invalidAnswers' });
    const paths = response.json<{ errors: { path: string }[] }>().errors.map((one) => one.path);
    expect(paths).toContain(`action.findings.${String(at)}.targets`);
    expect((await page(leader, id)).stage).toBe('firstReview');
  });
});

describe('questions to the ward (Q16, Q20)', () => {
  it('stop the review, are answered by the ward alone, and stand in its queue', async () => {
    const { id } = await system.file({ ...ANYTIME });
    const ask: StaffActionInput = {
      type: 'escalate',
      question: '日中の就労時間の数え方',
      criterionId: 'contact',
    };
    expect(await refused(ward, id, ask)).toBe('notYourRole');
    await done(operator, id, ask);
    const [escalation] = (await page(ward, id)).escalations;
    expect(escalation).toMatchObject({ question: '日中の就労時間の数え方', criterionId: 'contact' });
    // The clerk waits for it; it is the ward's task.
    expect((await page(operator, id)).tasks).toMatchObject([
      { kind: 'instruct', mine: false, label: '区の指示を待っています' },
    ]);
    expect((await page(ward, id)).tasks).toMatchObject([{ kind: 'instruct', mine: true }]);
    const complete: StaffActionInput = { type: 'completeFirstReview', findings: await findings(id) };
    expect(await refused(operator, id, complete)).toBe('openEscalation');
    const instruct: StaffActionInput = {
      type: 'instruct',
      escalationId: escalation?.id ?? '',
      instruction: '合算してください',
    };
    expect(await refused(leader, id, instruct)).toBe('notYourRole');
    await done(ward, id, instruct);
    expect(await refused(ward, id, instruct)).toBe('noSuchEscalation');
    expect((await page(operator, id)).escalations).toMatchObject([
      { instruction: '合算してください', answeredBy: { name: '遠藤 光' } },
    ]);
    expect(await done(operator, id, complete)).toMatchObject({ stage: 'secondReview' });
  });

  it('are taken back by who asked or by a leader', async () => {
    const { id } = await system.file({ ...ANYTIME });
    await done(operator, id, { type: 'escalate', question: '一つ目' });
    await done(operator, id, { type: 'escalate', question: '二つ目' });
    const [one, two] = (await page(ward, id)).escalations;
    const back = (escalationId = ''): StaffActionInput => ({ type: 'withdrawEscalation', escalationId });
    expect(await refused(second, id, back(one?.id))).toBe('notYourRole');
    await done(operator, id, back(one?.id));
    await done(leader, id, back(two?.id));
    expect(await refused(leader, id, back(two?.id))).toBe('noSuchEscalation');
    expect((await page(ward, id)).escalations.every((each) => each.withdrawnAt !== null)).toBe(true);
  });
});

describe('who is in charge', () => {
  it('is given by a leader, taken back by the person or a leader, and nobody else reviews meanwhile', async () => {
    const { id } = await system.file({ ...ANYTIME });
    expect(await refused(operator, id, { type: 'assign', assigneeId: secondId })).toBe('notYourRole');
    await done(leader, id, { type: 'assign', assigneeId: secondId });
    expect(await page(operator, id)).toMatchObject({ assignee: { name: '馬場 実' } });
    expect(await refused(operator, id, { type: 'claim' })).toBe('assignedToOther');
    const complete: StaffActionInput = { type: 'completeFirstReview', findings: await findings(id) };
    expect(await refused(operator, id, complete)).toBe('assignedToOther');
    expect(await refused(operator, id, { type: 'unassign' })).toBe('notYourRole');
    await done(second, id, { type: 'unassign' });
    expect(await refused(second, id, { type: 'unassign' })).toBe('notAssigned');
    await done(operator, id, { type: 'claim' });
    await done(leader, id, { type: 'assign', assigneeId: secondId });
    await done(leader, id, { type: 'unassign' });
    expect(await done(operator, id, complete)).toMatchObject({ stage: 'secondReview' });
  });
});

describe('contacts (Q21)', () => {
  it('are confirmed by a leader, never their own, once', async () => {
    const { id } = await system.file({ ...ANYTIME });
    await done(leader, id, { type: 'recordContact', contact: call('窓口の場所を案内した。') });
    const contactId = (await page(leader, id)).contacts[0]?.id ?? '';
    const confirm: StaffActionInput = { type: 'confirmContact', contactId };
    expect(await refused(operator, id, confirm)).toBe('notYourRole');
    expect(await refused(leader, id, confirm)).toBe('noSuchContact');
    expect((await page(leader, id)).contacts[0]).toMatchObject({ confirmable: false });
    expect((await page(leader2, id)).contacts[0]).toMatchObject({ confirmable: true });
    await done(leader2, id, confirm);
    expect((await page(ward, id)).contacts[0]).toMatchObject({ confirmedBy: { name: '土井 薫' } });
    expect(await refused(leader2, id, confirm)).toBe('noSuchContact');
  });
});

describe('the decision (Q20)', () => {
  it('is the ward’s: a refusal gives its reason, and the applicant is told by mail', async () => {
    const { id } = await system.file({ ...ANYTIME });
    const refuse = (over: object = {}): StaffActionInput => ({ type: 'decide', outcome: 'refused', ...over });
    expect(await refused(ward, id, refuse({ reasonCode: 'x', reason: 'x' }))).toBe('wrongStage');
    expect(await reviewed(id)).toMatchObject({ stage: 'awaitingDecision' });
    expect((await page(operator, id)).tasks).toMatchObject([{ kind: 'decide', mine: false }]);
    const [reason] = (await page(ward, id)).refusalReasons;
    const why = { reasonCode: reason?.code, reason: '就労の実態を確認できませんでした。' };
    expect(await refused(leader, id, refuse(why))).toBe('notYourRole');
    expect(await refused(ward, id, refuse({ reasonCode: reason?.code }))).toBe('reasonMissing');
    expect(await done(ward, id, refuse(why))).toMatchObject({ stage: 'refused' });
    const decided = await page(operator, id);
    expect(decided).toMatchObject({
      ended: true,
      decision: { outcome: 'refused', ...why, reasonLabel: reason?.label },
    });
    await expect
      .poll(async () => (await page(ward, id)).mails.map((one) => one.template), { timeout: 15_000 })
      .toContain('decided');
  });

  it('sends back to review what the ward wants looked at again', async () => {
    const { id } = await system.file({ ...ANYTIME });
    await reviewed(id);
    const back: StaffActionInput = { type: 'returnToReview', reason: '証明書の日付をもう一度' };
    expect(await refused(leader, id, back)).toBe('notYourRole');
    expect(await done(ward, id, back)).toMatchObject({ stage: 'firstReview' });
    expect(await page(leader, id)).toMatchObject({ cycle: 2 });
  });
});
