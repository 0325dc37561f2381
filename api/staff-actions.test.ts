import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PeopleResponse, QueuesResponse, ListResponse, StaffApplication } from './contract/staff.ts';
import type {
  ActResponse,
  FindingInput,
  MailPreviewResponse,
  StaffActionInput,
} from './contract/staff-actions.ts';
import type { TestBrowser } from '../testing/api.ts';
import { tokyoDate } from '../domain/calendar/dates.ts';
import { defaultCalendar } from '../domain/calendar/holidays.ts';
import { addWorkingDays } from '../domain/calendar/working-days.ts';
import { startApiSystem, uploaded, type ApiSystem } from '../testing/api-system.ts';

let system: ApiSystem;
let operator: TestBrowser;
let second: TestBrowser;
let leader: TestBrowser;
let leader2: TestBrowser;
let ward: TestBrowser;
let leaderId: string;
let secondId: string;

beforeAll(async () => {
  system = await startApiSystem();
  const { api } = system;
  await api.createAccount({ role: 'operator', login: 'aoki', name: '青木 花' });
  secondId = await api.createAccount({ role: 'operator', login: 'baba', name: '馬場 実' });
  leaderId = await api.createAccount({ role: 'leader', login: 'chiba', name: '千葉 望' });
  await api.createAccount({ role: 'leader', login: 'doi', name: '土井 薫' });
  await api.createAccount({ role: 'ward', login: 'endo', name: '遠藤 光' });
  operator = await api.signedIn('aoki');
  second = await api.signedIn('baba');
  leader = await api.signedIn('chiba');
  leader2 = await api.signedIn('doi');
  ward = await api.signedIn('endo');
}, 120_000);
afterAll(() => system.close());

const url = (id: string, rest = '') => `/api/staff/applications/${id}${rest}`;

function act(who: TestBrowser, id: string, action: StaffActionInput, actionId: string = randomUUID()) {
  return who.post(url(id, '/actions'), { actionId, action });
}

/** Does it, and says what was wrong if it was refused. */
async function done(who: TestBrowser, id: string, action: StaffActionInput) {
  const response = await act(who, id, action);
  expect(response.json()).toMatchObject({ applicationId: id });
  return response.json<ActResponse>();
}

async function page(who: TestBrowser, id: string): Promise<StaffApplication> {
  const response = await who.get(url(id));
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
}

/** A finding for every criterion of the checklist. */
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

const PHONE_UNCLEAR: Partial<FindingInput> = {
  result: 'deficient',
  reasonCode: 'unclear',
  targets: [{ kind: 'field', code: 'guardian1_phone' }],
  applicantNote: '日中つながる電話番号を教えてください。',
  internalNote: '2回かけたがつながらない。',
};
const call = (content: string) => ({
  kind: 'phone' as const,
  direction: 'toApplicant' as const,
  content,
  occurredAt: new Date().toISOString(),
});

async function texts(id: string) {
  return system.api.db
    .selectFrom('texts')
    .select(['id', 'used', 'kind'])
    .where('application_id', '=', id)
    .execute();
}

/** Both reviews, with a deficiency about the telephone number. */
async function asked(): Promise<string> {
  const { id } = await system.file();
  await done(operator, id, {
    type: 'completeFirstReview',
    findings: await findings(id, { contact: PHONE_UNCLEAR }),
  });
  const agreed = await done(second, id, { type: 'agreeSecondReview', findings: await findings(id) });
  expect(agreed.stage).toBe('awaitingApplicant');
  return id;
}

describe('reviews (Q16, Q17)', () => {
  it('go through the workflow; four eyes, and the words of a refusal with its place', async () => {
    const { id } = await system.file();
    const incomplete = await act(operator, id, {
      type: 'completeFirstReview',
      findings: (await findings(id, { contact: PHONE_UNCLEAR })).slice(1),
    });
    expect(incomplete.statusCode).toBe(422);
    const [first] = (await page(operator, id)).checklist;
    expect(incomplete.json()).toMatchObject({
      code: 'findingsIncomplete',
      detail: expect.stringContaining('すべての項目'),
      errors: [{ path: first!.criterionId }],
    });
    // What was written for a refused action is gone.
    expect(await texts(id)).toEqual([]);

    await operator.put(url(id, '/review-draft'), {
      stage: 'firstReview',
      findings: [{ criterionId: 'contact' }],
    });
    const complete = await findings(id, { contact: PHONE_UNCLEAR });
    expect((await done(operator, id, { type: 'completeFirstReview', findings: complete })).stage).toBe(
      'secondReview',
    );
    expect((await operator.get(url(id, '/review-draft?stage=firstReview'))).json()).toEqual({ draft: null });

    const same = await act(operator, id, { type: 'agreeSecondReview', findings: await findings(id) });
    expect(same.statusCode).toBe(403);
    expect(same.json().code).toBe('samePerson');
    const offered = (await page(operator, id)).actions.find((one) => one.type === 'agreeSecondReview');
    expect(offered).toMatchObject({ offered: false, refusal: { code: 'samePerson' } });

    const preview = (await second.post(url(id, '/mail-preview'), {})).json<MailPreviewResponse>();
    await done(second, id, { type: 'agreeSecondReview', findings: await findings(id) });
    const mail = await system.mail.waitFor(
      (one) => one.to.includes(preview.to!) && one.subject === preview.subject,
    );
    // Exactly what was shown.
    expect(mail.text.replaceAll('\r\n', '\n').trim()).toBe(preview.text.trim());
    expect(preview.text).toContain('日中つながる電話番号を教えてください。');
    const standing = (await leader.post(url(id, '/mail-preview'), {})).json<MailPreviewResponse>();
    expect(standing.text).toBe(preview.text);

    const seen = await page(leader, id);
    expect(seen.reviews.map((one) => [one.kind, one.outcome, one.cycle, one.by.name])).toEqual([
      ['first', 'completed', 1, '青木 花'],
      ['second', 'agreed', 1, '馬場 実'],
    ]);
    expect(seen.request?.items).toMatchObject([
      { criterionId: 'contact', status: 'open', applicantNote: PHONE_UNCLEAR.applicantNote },
    ]);
    expect(seen.temporalUrl).toContain('/namespaces/default/workflows/');
    expect((await page(operator, id)).temporalUrl).toBeNull();
  });

  it('are done once, however often they are sent', async () => {
    const { id } = await system.file();
    const actionId = randomUUID();
    const note: StaffActionInput = { type: 'addNote', note: '窓口に来られた。' };
    const answers = await Promise.all([1, 2, 3].map(() => act(operator, id, note, actionId)));
    const one = answers[0]!.json<ActResponse>();
    expect(one).toMatchObject({ applicationId: id });
    for (const answer of answers) expect(answer.json()).toEqual(one);
    expect((await page(operator, id)).notes.map(({ text }) => text)).toEqual(['窓口に来られた。']);
  });

  it('take the words that were written last, if a refused action is sent again with its id', async () => {
    const id = await asked();
    const actionId = randomUUID();
    const extend = (deadline: string, reason: string) =>
      act(leader, id, { type: 'extendDeadline', deadline, reason }, actionId);
    const today = tokyoDate(new Date().toISOString());
    const year = Number(today.slice(0, 4));
    const later = addWorkingDays(today, 80, defaultCalendar(year, year + 1));
    const refused = await extend('2020-01-06', '一度目');
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'deadlineNotLater']);
    expect((await extend(later, '二度目')).statusCode).toBe(200);
    const entry = (await page(leader, id)).timeline.find((one) => one.type === 'deadlineExtended');
    expect(entry?.detail).toBe('二度目');
  });
});

describe('putting somebody in charge', () => {
  it('tells a leader who can', async () => {
    const { id } = await system.file();
    await done(operator, id, { type: 'completeFirstReview', findings: await findings(id) });
    const { people } = (await leader.get(`/api/staff/people?applicationId=${id}`)).json<PeopleResponse>();
    const of = (name: string) => people.find((one) => one.name === name);
    expect(of('青木 花')?.refusal).toMatchObject({ code: 'assigneeNotAllowed' });
    expect(of('馬場 実')).toMatchObject({ refusal: null, open: 0 });
    expect(of('遠藤 光')).toBeUndefined();
    expect((await operator.get('/api/staff/people')).statusCode).toBe(403);

    await done(leader, id, { type: 'assign', assigneeId: secondId });
    const after = (await leader.get('/api/staff/people')).json<PeopleResponse>();
    expect(after.people.find((one) => one.id === secondId)?.open).toBe(1);
    const taken = await act(leader2, id, { type: 'claim' });
    expect([taken.statusCode, taken.json().code]).toEqual([409, 'assignedToOther']);
    const nobody = await act(leader, id, { type: 'assign', assigneeId: randomUUID() });
    expect([nobody.statusCode, nobody.json().code]).toEqual([422, 'assigneeNotAllowed']);
    const mine = (await second.get('/api/staff/applications?assignee=me')).json<ListResponse>();
    expect(mine.rows.map((row) => row.id)).toEqual([id]);
    const { queues } = (await second.get('/api/staff/queues')).json<QueuesResponse>();
    expect(queues.find((one) => one.queue === 'secondReview')).toMatchObject({ mine: 1 });
  });
});

describe('minor points (Q18)', () => {
  it('are corrected where they were asked about only, and stay on record', async () => {
    const id = await asked();
    const { request, answers } = await page(leader, id);
    const itemId = request!.items[0]!.id;
    const correct = (
      changes: Record<string, string>,
      files: { documentType: string; fileId: string }[] = [],
    ) => ({
      type: 'correctMinor' as const,
      itemId,
      changes,
      files,
      contact: call('電話で確認した。'),
    });
    const elsewhere = await act(leader, id, correct({ child_family_name: '別名' }));
    expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([422, 'notAsked']);
    expect(elsewhere.json().errors[0].path).toBe('changes.child_family_name');
    const wrong = await act(leader, id, correct({ guardian1_phone: '12' }));
    expect([wrong.statusCode, wrong.json().code]).toEqual([422, 'invalidAnswers']);
    const same = await act(leader, id, correct({ guardian1_phone: answers!['guardian1_phone'] as string }));
    expect([same.statusCode, same.json().code]).toEqual([409, 'unchanged']);
    const fileId = await uploaded(system.api, leaderId, 'other');
    const strange = await act(leader, id, correct({}, [{ documentType: 'other', fileId }]));
    expect([strange.statusCode, strange.json().code]).toEqual([422, 'notAsked']);
    const notAllowed = await act(operator, id, correct({ guardian1_phone: '09000000099' }));
    expect([notAllowed.statusCode, notAllowed.json().code]).toEqual([403, 'notYourRole']);

    const actionId = randomUUID();
    const right = correct({ guardian1_phone: '09000000099' });
    const before = answers!['guardian1_phone'];
    const [once, twice] = [await act(leader, id, right, actionId), await act(leader, id, right, actionId)];
    expect(once.json()).toMatchObject({ stage: 'firstReview' });
    expect(twice.json()).toEqual(once.json());
    const after = await page(leader, id);
    expect(after.answers!['guardian1_phone']).toBe('09000000099');
    expect(after).toMatchObject({ dataVersion: 2, cycle: 2, request: null });
    const version = after.versions[1]!;
    expect(version).toMatchObject({ version: 2, kind: 'correction', by: { name: '千葉 望' } });
    if (version.changes.length > 0) {
      expect(version.changes).toEqual([{ field: 'guardian1_phone', before, after: '09000000099' }]);
    }
    // Once kintone has it, the change is told in kintone's words.
    const { seq } = after;
    await system.until(id, (one) => one.kintoneSeq >= seq);
    const carried = await page(leader, id);
    expect(carried.versions[1]!.text).toContain('→');
    expect(carried.answers!['guardian1_phone']).toBe('09000000099');
    expect(carried.notice).toBeNull();
    expect(carried.contacts.map((one) => one.content)).toEqual(['電話で確認した。']);
  });
});

describe('paper (Q14)', () => {
  it('is checked by somebody else than who entered or corrected it; where it was filed stays', async () => {
    const { id } = await system.file({
      channel: 'paper',
      applicantId: null,
      enteredBy: secondId,
      hasMail: false,
    });
    const { answers } = await page(leader, id);
    const correct = (changes: StaffApplication['answers']): StaffActionInput => ({
      type: 'correctEntry',
      changes: changes!,
    });
    expect((await act(second, id, { type: 'confirmEntry' })).json().code).toBe('enteredByYou');
    const moved = await act(operator, id, correct({ bop: answers!['bop'] === '5' ? '6' : '5' }));
    expect([moved.statusCode, moved.json().code]).toEqual([422, 'notAsked']);
    expect((await act(operator, id, correct({ bop: answers!['bop']! }))).json().code).toBe('unchanged');
    // A paper form may leave open what the online form asks for.
    await done(operator, id, correct({ child_given_name: '直子', guardian1_phone: null }));
    const seen = await page(leader, id);
    expect(seen.answers!['child_given_name']).toBe('直子');
    expect(seen.answers).not.toHaveProperty('guardian1_phone');
    expect(seen.childName).toContain('直子');
    const found = (
      await leader.get(`/api/staff/applications?q=${encodeURIComponent('直子')}`)
    ).json<ListResponse>();
    expect(found.rows.map((row) => row.id)).toEqual([id]);
    expect((await act(operator, id, { type: 'confirmEntry' })).json().code).toBe('enteredByYou');
    await done(leader, id, { type: 'confirmEntry' });

    // Without an address the applicant is phoned: the preview is what to say.
    const deficient = await findings(id, { contact: PHONE_UNCLEAR });
    const preview = await operator.post(url(id, '/mail-preview'), { findings: deficient });
    expect(preview.json()).toMatchObject({ method: 'phone', to: null, html: null });
    const nothing = await operator.post(url(id, '/mail-preview'), { findings: await findings(id) });
    expect([nothing.statusCode, nothing.json().code]).toEqual([409, 'nothingToAsk']);
  });
});

describe('while kintone is away', () => {
  it('work goes on; what was carried is shown as far as it is here', async () => {
    const { id } = await system.file();
    await done(operator, id, { type: 'addNote', note: 'kintoneに入ったメモ' });
    const { seq } = await page(operator, id);
    await system.until(id, (one) => one.kintoneSeq >= seq);
    system.kintone.server.faults.add({ kind: 'maintenance' });
    try {
      const away = await page(operator, id);
      expect(away).toMatchObject({ notice: 'kintoneAway', answers: null });
      expect(away.childName).not.toBeNull();
      expect(away.notes).toMatchObject([{ text: null }]);
      await done(operator, id, { type: 'addNote', note: '新しいメモ' });
      expect((await page(operator, id)).notes[1]!.text).toBe('新しいメモ');
      const list = await operator.get('/api/staff/applications');
      expect(list.json()).toMatchObject({ notice: 'kintoneAway' });
    } finally {
      system.kintone.server.faults.clear();
    }
    expect((await page(operator, id)).notes[0]!.text).toBe('kintoneに入ったメモ');
  });
});

describe('after the end (Q21)', () => {
  it('notes and contacts are still taken, and confirmed by another leader', async () => {
    // A round without a day of its own: the decision is told, and the application ends, at once.
    const { id } = await system.file({ round: 'anytime', fiscalYear: 2026 });
    await done(operator, id, { type: 'completeFirstReview', findings: await findings(id) });
    await done(second, id, { type: 'agreeSecondReview', findings: await findings(id) });
    const actionId = randomUUID();
    const decide: StaffActionInput = { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' };
    const notWard = await act(leader, id, decide);
    expect([notWard.statusCode, notWard.json().code]).toEqual([403, 'notYourRole']);
    const decided = await act(ward, id, decide, actionId);
    expect(decided.json()).toMatchObject({ stage: 'approved' });
    await system.until(id, (one) => one.kintoneSeq >= one.seq);
    // The workflow has ended: the same action again still has its result, another one is too late.
    expect((await act(ward, id, decide, actionId)).json()).toEqual(decided.json());
    const late = await act(ward, id, decide);
    expect([late.statusCode, late.json().code]).toEqual([409, 'ended']);

    await done(leader, id, { type: 'recordContact', contact: call('決定について質問があった。') });
    const own = await page(leader, id);
    expect(own.contacts).toMatchObject([{ content: '決定について質問があった。', confirmable: false }]);
    const contactId = own.contacts[0]!.id;
    expect((await page(leader2, id)).contacts[0]!.confirmable).toBe(true);
    const mine = await act(leader, id, { type: 'confirmContact', contactId });
    expect(mine.statusCode).not.toBe(200);
    await done(leader2, id, { type: 'confirmContact', contactId });
    expect((await page(ward, id)).contacts[0]).toMatchObject({ confirmedBy: { name: '土井 薫' } });
    expect((await page(ward, id)).decision).toMatchObject({ outcome: 'approved', by: { name: '遠藤 光' } });
  });
});

describe('the letter of a further request (Q20)', () => {
  it('is there to print, for who handles it', async () => {
    const id = await asked();
    const { request } = await page(leader, id);
    await done(leader, id, { type: 'waiveItem', itemId: request!.items[0]!.id, reason: '電話で足りた。' });
    const again = await findings(id, { contact: PHONE_UNCLEAR });
    const preview = (
      await operator.post(url(id, '/mail-preview'), { findings: again })
    ).json<MailPreviewResponse>();
    expect(preview).toMatchObject({ method: 'letter', html: null, to: null });
    expect(preview.text).toContain('日中つながる電話番号を教えてください。');
    expect(preview.text).not.toMatch(/\{\w+\}/);
    await done(operator, id, { type: 'completeFirstReview', findings: again });
    await done(second, id, { type: 'agreeSecondReview', findings: await findings(id) });
    // Made beside the writing of the record, so one may be done before the other.
    const letters = await vi.waitFor(
      async () => {
        const made = (await page(operator, id)).letters;
        expect(made).toHaveLength(1);
        return made;
      },
      { timeout: 20_000, interval: 100 },
    );
    const pdf = await operator.get(url(id, `/letters/${letters[0]!.letterId}`));
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const other = await system.file();
    expect((await operator.get(url(other.id, `/letters/${letters[0]!.letterId}`))).statusCode).toBe(404);
  });
});
