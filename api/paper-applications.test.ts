import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import { exampleOf } from '../domain/procedures/examples/index.ts';
import { demoFamily, type DemoFamily } from '../embedded/demo/families.ts';
import type { TestBrowser } from '../testing/api.ts';
import { startApiSystem, type ApiSystem } from '../testing/api-system.ts';
import type { FileInfo } from './contract/common.ts';
import type {
  CheckPaperResponse,
  PaperEntryView,
  PaperListResponse,
  SavePaperRequest,
  SubmitPaperResponse,
} from './contract/paper.ts';
import type { StaffApplication } from './contract/staff.ts';
import type { StaffActionInput } from './contract/staff-actions.ts';
import { runHousekeeping } from './services/housekeeping.ts';

const BASE = '/api/staff/paper-applications';
/** Within the first round of 2027, and a working day. */
const NOW = '2026-11-10T02:00:00.000Z';

let system: ApiSystem;
let aoki: TestBrowser;
let baba: TestBrowser;
let chiba: TestBrowser;
let ward: TestBrowser;
let bop: TestBrowser;
let families = 500;

beforeAll(async () => {
  system = await startApiSystem({ now: () => new Date(NOW) });
  const { api } = system;
  await api.createAccount({ role: 'operator', login: 'aoki', name: '青木 花' });
  await api.createAccount({ role: 'operator', login: 'baba', name: '馬場 実' });
  await api.createAccount({ role: 'leader', login: 'chiba', name: '千葉 望' });
  await api.createAccount({ role: 'ward', login: 'endo', name: '遠藤 光' });
  await api.createAccount({ role: 'bop', login: 'bop', place: { kind: 'bop', code: '2' } });
  [aoki, baba, chiba, ward, bop] = await Promise.all([
    api.signedIn('aoki'),
    api.signedIn('baba'),
    api.signedIn('chiba'),
    api.signedIn('endo'),
    api.signedIn('bop'),
  ]);
});
afterAll(() => system.close());

const today = tokyoDate(NOW);

async function stamp(who: TestBrowser, given: { id?: string; receivedOn?: string } = {}) {
  return who.post(BASE, {
    id: given.id ?? randomUUID(),
    procedure: 'admission',
    receivedOn: given.receivedOn ?? today,
    arrivedBy: 'counter',
  });
}

/** Uploads as the browser does. */
async function scan(who: TestBrowser, paperId: string, documentType = 'paper_form') {
  const edge = 'edge-of-the-part';
  const part = (name: string, value: string) =>
    `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const body =
    part('documentType', documentType) +
    part('paperId', paperId) +
    `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="scan.pdf"\r\n` +
    `content-type: application/pdf\r\n\r\n%PDF-1.4 made up\r\n--${edge}--\r\n`;
  return who.request('POST', '/api/files', body, { 'content-type': `multipart/form-data; boundary=${edge}` });
}

const answersOf = ({ answers }: DemoFamily) => structuredClone(answers) as SavePaperRequest['answers'];

function withoutMail(family: DemoFamily): SavePaperRequest['answers'] {
  const { guardian1_email: _mail, ...answers } = answersOf(family);
  return answers;
}

/** A stamped paper with its scan. */
async function begun(who: TestBrowser, given: { receivedOn?: string } = {}) {
  const entry = (await stamp(who, given)).json<PaperEntryView>();
  const file = (await scan(who, entry.id)).json<FileInfo>();
  const typed = (answers: SavePaperRequest['answers'], revision: number): SavePaperRequest => ({
    revision,
    receivedOn: entry.receivedOn,
    arrivedBy: 'counter',
    answers,
    files: [{ documentType: 'paper_form', fileId: file.id }],
  });
  return { id: entry.id, entry, file, typed };
}

async function submitted(who: TestBrowser, answers: SavePaperRequest['answers']) {
  const { id, typed, file } = await begun(who);
  const response = await who.post(`${BASE}/${id}/submit`, typed(answers, 0));
  expect(response.statusCode, response.body).toBe(201);
  const application = response.json<SubmitPaperResponse>();
  await system.until(application.applicationId, (one) => one.seq >= 2);
  return { paperId: id, fileId: file.id, ...application };
}

function act(who: TestBrowser, id: string, action: StaffActionInput) {
  return who.post(`/api/staff/applications/${id}/actions`, { actionId: randomUUID(), action });
}
const page = async (who: TestBrowser, id: string) =>
  (await who.get(`/api/staff/applications/${id}`)).json<StaffApplication>();

describe('receiving a paper application (Q12, Q14)', () => {
  it('stamps it once with day, receiver and serial, also where the press of the button is repeated', async () => {
    const id = randomUUID();
    const first = await stamp(aoki, { id });
    expect(first.statusCode, first.body).toBe(201);
    const again = (await stamp(aoki, { id })).json<PaperEntryView>();
    expect(again).toMatchObject({
      serial: first.json<PaperEntryView>().serial,
      receivedOn: today,
      mine: true,
    });
    expect(again.serial).toMatch(/^P26-\d{5}$/u);
    expect(again.receiver.name).toBe('青木 花');
    const next = (await stamp(aoki)).json<PaperEntryView>();
    expect(Number(next.serial.slice(4))).toBe(Number(again.serial.slice(4)) + 1);
  });

  it('takes no day that lies ahead or far back', async () => {
    for (const receivedOn of [addDays(today, 1), addDays(today, -121)]) {
      const response = await stamp(aoki, { receivedOn });
      expect(response.statusCode).toBe(422);
      expect(response.json()).toMatchObject({ errors: [{ path: 'receivedOn' }] });
    }
  });

  it('is for the office: the ward sees the list, places and families nothing', async () => {
    const { id } = await begun(aoki);
    expect((await stamp(ward)).statusCode).toBe(403);
    expect((await ward.get(`${BASE}/${id}`)).statusCode).toBe(403);
    expect((await bop.get(BASE)).statusCode).toBe(403);
    const list = (await ward.get(BASE)).json<PaperListResponse>();
    expect(list.rows.find((row) => row.id === id)).toMatchObject({ state: 'entering', mine: false });
    const trail = await system.api.db
      .selectFrom('audit')
      .select(['action', 'detail'])
      .where('subject_id', '=', id)
      .execute();
    expect(trail.map((one) => one.action)).toContain('act');
    expect(JSON.stringify(trail)).not.toContain('見本');
  });
});

describe('entering it', () => {
  it('is kept, gone on with later, and not overwritten by another window', async () => {
    const family = demoFamily(families++);
    const { id, typed } = await begun(aoki);
    const half = { child_family_name: family.answers['child_family_name'] ?? null };
    const saved = await aoki.put(`${BASE}/${id}`, typed(half as SavePaperRequest['answers'], 0));
    expect(saved.json()).toMatchObject({ revision: 1 });
    const opened = (await aoki.get(`${BASE}/${id}`)).json<PaperEntryView>();
    expect(opened).toMatchObject({ revision: 1, answers: half, files: [{ documentType: 'paper_form' }] });
    const late = await aoki.put(`${BASE}/${id}`, typed({}, 0));
    expect(late.statusCode).toBe(409);
    expect(late.json()).toMatchObject({ code: 'paperChanged' });
  });

  it('is sealed in the database', async () => {
    const { id, typed } = await begun(aoki);
    await aoki.put(`${BASE}/${id}`, typed({ child_family_name: '世田谷見本' }, 0));
    const row = await system.api.db
      .selectFrom('paper_entries')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.content_ct?.toString('latin1')).not.toContain(Buffer.from('世田谷見本').toString('latin1'));
  });

  it('tells what is wrong, what stands open, and applications and papers that look like it', async () => {
    const family = demoFamily(families++);
    const { answers } = family;
    const filed = await system.file({ answers, bopCode: family.bopCode });
    const other = await begun(baba);
    await baba.put(`${BASE}/${other.id}`, other.typed(answersOf(family), 0));
    const { id, typed } = await begun(aoki);
    const typo = { ...answersOf(family), guardian1_phone: '090', child_allergy: null };
    const { receivedOn, files } = typed(typo, 0);
    const found = (
      await aoki.post(`${BASE}/${id}/check`, { receivedOn, files, answers: typo })
    ).json<CheckPaperResponse>();
    expect(found.problems).toMatchObject([{ path: 'guardian1_phone' }]);
    expect(found.round).toEqual({ label: '一斉受付（一次）', outside: false });
    const numbers = found.lookAlikes.map((one) => one.number);
    expect(numbers).toContain(filed.receiptNumber);
    expect(numbers).toContain(other.entry.serial);
    expect(found.lookAlikes[0]).toMatchObject({ kind: 'duplicate' });
  });

  it('says in which round a paper counts that came between two', async () => {
    const family = demoFamily(families++);
    const { id, typed } = await begun(aoki);
    const { files } = typed({}, 0);
    const check = async (receivedOn: string) =>
      (
        await aoki.post(`${BASE}/${id}/check`, { receivedOn, files, answers: answersOf(family) })
      ).json<CheckPaperResponse>().round;
    expect(await check('2026-12-16')).toEqual({ label: '一斉受付（二次）', outside: true });
    expect(await check('2026-12-15')).toEqual({ label: '一斉受付（一次）', outside: false });
  });

  it('is taken over by a colleague with its files, and both hands are barred from the check', async () => {
    const family = demoFamily(families++);
    const { id, typed } = await begun(aoki);
    await aoki.put(`${BASE}/${id}`, typed({ child_family_name: '途中' }, 0));
    const notYet = await baba.put(`${BASE}/${id}`, typed(answersOf(family), 1));
    expect(notYet.json()).toMatchObject({ status: 409, code: 'paperNotYours' });
    const taken = (await baba.post(`${BASE}/${id}/take-over`)).json<PaperEntryView>();
    expect(taken).toMatchObject({ mine: true, files: [{ documentType: 'paper_form' }] });
    expect((await baba.get(`/api/files/${taken.files[0]?.id ?? ''}`)).statusCode).toBe(200);
    const body = typed(answersOf(family), taken.revision);
    const { applicationId } = (await baba.post(`${BASE}/${id}/submit`, body)).json<SubmitPaperResponse>();
    await system.until(applicationId, (one) => one.seq >= 2);
    for (const hand of [aoki, baba]) {
      const refused = await act(hand, applicationId, { type: 'confirmEntry' });
      expect(refused.json()).toMatchObject({ status: 403, code: 'enteredByYou' });
    }
    expect((await act(chiba, applicationId, { type: 'confirmEntry' })).json()).toMatchObject({
      stage: 'firstReview',
    });
  });

  it('can be given up with a reason; its serial stays, what was typed and its scan go', async () => {
    const { id, typed, file } = await begun(aoki);
    await aoki.put(`${BASE}/${id}`, typed({ child_family_name: '誤' }, 0));
    const reason = '別の窓口あての書類だったため返送';
    expect((await baba.post(`${BASE}/${id}/discard`, { reason })).json()).toMatchObject({
      code: 'paperNotYours',
    });
    const gone = (await aoki.post(`${BASE}/${id}/discard`, { reason })).json<PaperEntryView>();
    expect(gone).toMatchObject({ state: 'discarded', answers: null, files: [], discardReason: reason });
    expect((await aoki.get(`/api/files/${file.id}`)).statusCode).toBe(404);
    expect((await aoki.put(`${BASE}/${id}`, typed({}, 1))).json()).toMatchObject({ code: 'paperClosed' });
  });
});

describe('receiving it as an application', () => {
  it('wants the scan and what child, place and year are known by; the rest may stand open', async () => {
    const family = demoFamily(families++);
    const { id, typed } = await begun(aoki);
    const bare = await aoki.post(`${BASE}/${id}/submit`, { ...typed(answersOf(family), 0), files: [] });
    expect(bare.json()).toMatchObject({ status: 422, errors: [{ path: 'documents.paper_form' }] });
    const { child_birth_date: _day, ...undated } = answersOf(family);
    const unknown = await aoki.post(`${BASE}/${id}/submit`, typed(undated, 0));
    expect(unknown.json()).toMatchObject({ status: 422, errors: [{ path: 'answers.child_birth_date' }] });
    const { guardian1_employer: _employer, ...open } = answersOf(family);
    const taken = await aoki.post(`${BASE}/${id}/submit`, typed(open, 0));
    expect(taken.statusCode, taken.body).toBe(201);
    expect(taken.json()).toMatchObject({ stage: 'entryCheck' });
    const again = await aoki.post(`${BASE}/${id}/submit`, typed(open, 0));
    expect(again.json()).toEqual(taken.json());
  });

  it('keeps the day of the stamp, the stamp itself, and the scan for everybody who may see it', async () => {
    const family = demoFamily(families++);
    const { id, typed, file, entry } = await begun(aoki, { receivedOn: '2026-11-06' });
    const { applicationId } = (
      await aoki.post(`${BASE}/${id}/submit`, typed(answersOf(family), 0))
    ).json<SubmitPaperResponse>();
    await system.until(applicationId, (one) => one.seq >= 2);
    const seen = await page(ward, applicationId);
    expect(seen).toMatchObject({
      channel: 'paper',
      receivedAt: '2026-11-06T08:00:00.000Z',
      paper: { serial: entry.serial, receivedOn: '2026-11-06', arrivedBy: 'counter' },
      enteredBy: { name: '青木 花' },
      documents: [{ id: file.id, documentType: 'paper_form' }],
    });
    expect((await ward.get(`/api/files/${file.id}`)).statusCode).toBe(200);
  });

  it('refuses a second application for the same child, and names the first', async () => {
    const family = demoFamily(families++);
    const first = await submitted(aoki, answersOf(family));
    const { id, typed } = await begun(baba);
    const second = await baba.post(`${BASE}/${id}/submit`, typed(answersOf(family), 0));
    expect(second.json()).toMatchObject({
      status: 409,
      code: 'duplicate',
      existing: { receiptNumber: first.receiptNumber },
    });
    const opened = (await baba.get(`${BASE}/${id}`)).json<PaperEntryView>();
    expect(opened).toMatchObject({ state: 'entering', revision: 0 });
  });

  it('records who typed it in their own role, a leader as a leader', async () => {
    const { applicationId } = await submitted(chiba, answersOf(demoFamily(families++)));
    const { timeline } = await page(ward, applicationId);
    expect(timeline[0]!.by).toMatchObject({ role: 'leader', name: '千葉 望' });
    const clerk = await submitted(aoki, answersOf(demoFamily(families++)));
    expect((await page(ward, clerk.applicationId)).timeline[0]!.by).toMatchObject({ role: 'operator' });
  });

  it('is taken whatever the enrolment says against it: noted for who types, and for the reviewer', async () => {
    const { answers } = exampleOf('withdrawal');
    const { id: paperId, receivedOn } = (
      await aoki.post(BASE, {
        id: randomUUID(),
        procedure: 'withdrawal',
        receivedOn: today,
        arrivedBy: 'post',
      })
    ).json<PaperEntryView>();
    const { id: fileId } = (await scan(aoki, paperId)).json<FileInfo>();
    const files = [{ documentType: 'paper_form', fileId }];
    const checked = await aoki.post(`${BASE}/${paperId}/check`, { receivedOn, answers, files });
    expect(checked.json<CheckPaperResponse>().need).toMatchObject({
      code: 'notAdmitted',
      instead: 'admission',
      message: expect.stringContaining('入会していません') as string,
    });
    const unnamed = { ...answers, child_family_name: '' };
    const early = await aoki.post(`${BASE}/${paperId}/check`, { receivedOn, answers: unnamed, files });
    expect(early.json<CheckPaperResponse>().need).toBeNull();
    const body = { revision: 0, receivedOn, arrivedBy: 'post', answers, files };
    const taken = await aoki.post(`${BASE}/${paperId}/submit`, body);
    expect(taken.statusCode, taken.body).toBe(201);
    const { applicationId } = taken.json<SubmitPaperResponse>();
    await system.until(applicationId, (one) => one.seq >= 2);
    expect(JSON.stringify(await page(baba, applicationId))).toContain('入会していません');
  });

  it('does not take an application that was approved for one that stands in the way', async () => {
    const answers = answersOf(demoFamily(families++));
    const first = await submitted(aoki, answers);
    const { id, typed } = await begun(baba);
    const look = async () => {
      const { revision: _revision, arrivedBy: _way, ...given } = typed(answers, 0);
      return (await baba.post(`${BASE}/${id}/check`, given)).json<CheckPaperResponse>();
    };
    expect((await look()).existing).toMatchObject({ receiptNumber: first.receiptNumber });
    const where = system.api.db.updateTable('applications').where('id', '=', first.applicationId);
    await where.set({ stage: 'approved' }).execute();
    expect((await look()).existing).toBeNull();
  });

  it('goes to tasks by telephone where the paper names no mail address', async () => {
    const { applicationId } = await submitted(aoki, withoutMail(demoFamily(families++)));
    expect(await page(ward, applicationId)).toMatchObject({ hasMail: false });
  });
});

describe('the check of the entry (Q14)', () => {
  it('is done by somebody else, field by field: returned, put right, confirmed', async () => {
    const { applicationId: id } = await submitted(aoki, withoutMail(demoFamily(families++)));
    expect((await act(aoki, id, { type: 'confirmEntry' })).json()).toMatchObject({ code: 'enteredByYou' });
    expect((await act(ward, id, { type: 'confirmEntry' })).json()).toMatchObject({ code: 'notYourRole' });
    expect((await act(baba, id, { type: 'returnEntry', differences: [] })).json()).toMatchObject({
      status: 422,
      code: 'noDifference',
    });
    const note = '画像では「見本 改」';
    const returned = await act(baba, id, {
      type: 'returnEntry',
      differences: [{ field: 'child_given_name', note }],
    });
    expect(returned.statusCode, returned.body).toBe(200);
    expect(await page(aoki, id)).toMatchObject({
      stage: 'entryCheck',
      entryReturned: { by: { name: '馬場 実' }, differences: [{ field: 'child_given_name', note }] },
      tasks: [{ kind: 'correctEntry', mine: true }],
    });
    const corrected = await act(aoki, id, { type: 'correctEntry', changes: { child_given_name: '改' } });
    expect(corrected.statusCode, corrected.body).toBe(200);
    expect(await page(baba, id)).toMatchObject({ entryReturned: null, answers: { child_given_name: '改' } });
    expect((await act(aoki, id, { type: 'confirmEntry' })).json()).toMatchObject({ code: 'enteredByYou' });
    expect((await act(baba, id, { type: 'confirmEntry' })).json()).toMatchObject({ stage: 'firstReview' });
  });

  it('puts the way an entry went into words', async () => {
    const { applicationId: id } = await submitted(aoki, answersOf(demoFamily(families++)));
    await act(baba, id, { type: 'returnEntry', differences: [{ field: 'grade' }, { field: 'bop' }] });
    const { timeline } = await page(ward, id);
    expect(timeline.at(-1)?.title.ja).toBe('照合で違いが見つかり、入力した人に差し戻しました（2 項目）');
    expect(timeline[0]?.title.ja).toBe('申請を受け付けました（紙）');
  });
});

describe('housekeeping', () => {
  it('leaves a paper that is being entered alone, with its scan, however long it lies', async () => {
    const { id, typed, file } = await begun(aoki);
    await aoki.put(`${BASE}/${id}`, typed({ child_family_name: '途中' }, 0));
    const forgotten = (await scan(aoki, id)).json<FileInfo>();
    const inAMonth = () => new Date(Date.now() + 30 * 24 * 3_600_000);
    await runHousekeeping({ ...system.api.deps, now: inAMonth });
    // Sessions do not live so long.
    const again = await system.api.signedIn('aoki');
    expect((await again.get(`/api/files/${file.id}`)).statusCode).toBe(200);
    expect((await again.get(`/api/files/${forgotten.id}`)).statusCode).toBe(404);
    const entry = (await again.get(`${BASE}/${id}`)).json<PaperEntryView>();
    expect(entry).toMatchObject({ state: 'entering', files: [{ id: file.id }] });
  });
});
