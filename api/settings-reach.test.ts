import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { replay } from '../domain/application/evolve.ts';
import type { Finding } from '../domain/application/state.ts';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import { addWorkingDays, isWorkingDay, type WorkCalendar } from '../domain/calendar/working-days.ts';
import { ADMISSION } from '../domain/procedures/admission.ts';
import type { Criterion } from '../domain/procedures/definition.ts';
import type { Application } from '../store/applications.ts';
import { eventsOf } from '../store/events.ts';
import { settingsToTell } from '../store/settings-told.ts';
import { startApiSystem, type ApiSystem } from '../testing/api-system.ts';
import type { TestBrowser } from '../testing/api.ts';
import { staff } from '../testing/application-worker.ts';
import { REVIEWERS } from '../testing/reviewed.ts';
import type { PreviewSettingResponse, WardSettingResponse } from './contract/index.ts';
import { keepEnrolments } from './services/enrolment-keeper.ts';

/** What the ward sets reaches the applications that it concerns, and no others (Q10, Q20, Q26). */
let system: ApiSystem;
let ward: TestBrowser;
let leader: TestBrowser;
const WAIT = { timeout: 30_000 };
vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  system = await startApiSystem();
  await system.api.createAccount({ role: 'ward', login: 'ward' });
  await system.api.createAccount({ role: 'leader', login: 'leader' });
  [ward, leader] = (await Promise.all(['ward', 'leader'].map((login) => system.api.signedIn(login)))) as [
    TestBrowser,
    TestBrowser,
  ];
}, 120_000);
afterAll(() => system.close());

const url = (key: string) => `/api/staff/settings/${encodeURIComponent(key)}`;
const get = async <T>(key: string) => (await ward.get(url(key))).json<WardSettingResponse<T>>();
const stateOf = async (id: string) => replay(await eventsOf(system.api.db, id));

/** An application whose applicant is asked about something. */
async function asked(): Promise<Application> {
  const application = await system.file({ round: 'anytime', fiscalYear: 2026 });
  const { temporal } = system.api.deps;
  const criterion = ADMISSION.criteria.find(({ id }) => id === 'contact')!;
  const { settings } = await stateOf(application.id);
  const findings = (deficient: boolean): Finding[] =>
    settings.criteria.map(({ id }) =>
      deficient && id === criterion.id
        ? {
            criterionId: id,
            result: 'deficient',
            reasonCode: criterion.reasons[0]!.code,
            targets: [{ kind: 'field', code: criterion.fields[0]! }],
          }
        : { criterionId: id, result: 'met' },
    );
  const first = { type: 'completeFirstReview', findings: findings(true) } as const;
  await temporal.act(application, staff(REVIEWERS.first), first, randomUUID());
  const second = { type: 'agreeSecondReview', findings: findings(false) } as const;
  await temporal.act(application, staff(REVIEWERS.second), second, randomUUID());
  return system.until(application.id, (one) => one.stage === 'awaitingApplicant');
}

describe('a changed calendar', () => {
  it('is previewed, saved by the ward, and extends told deadlines by the days that close; never the other way', async () => {
    const application = await asked();
    const told = application.deadline!;
    const { value, version } = await get<WorkCalendar>('calendar');
    const today = tokyoDate(new Date().toISOString());
    const closes = [1, 2, 3, 4, 5, 6]
      .map((days) => addDays(today, days))
      .filter((day) => isWorkingDay(day, value))
      .slice(0, 2);
    const closed: WorkCalendar = { ...value, closedDates: [...value.closedDates, ...closes] };
    const preview = await ward.post(`${url('calendar')}/preview`, { value: closed, validFrom: '' });
    expect(preview.statusCode, preview.body).toBe(200);
    const shown = preview.json<PreviewSettingResponse>();
    expect(shown.rows.map(({ label }) => label)).toContain(`${application.receiptNumber} の回答の期限`);
    expect(shown.notes.join('')).toContain('新しく休む日');

    const body = { value: closed, validFrom: '', basedOn: version, note: '庁舎の工事' };
    expect((await leader.put(url('calendar'), body)).statusCode).toBe(403);
    const { enrolments } = system.api.deps;
    // Temporal is away at that moment: it is told as soon as it answers.
    system.api.deps.enrolments = { ...enrolments, tellSettings: () => Promise.reject(new Error('away')) };
    const saved = await ward.put(url('calendar'), body);
    system.api.deps.enrolments = enrolments;
    expect(saved.statusCode, saved.body).toBe(200);
    await keepEnrolments(system.api.deps);

    const extended = addWorkingDays(told, 2, closed);
    const moved = await system.until(application.id, (one) => one.deadline === extended);
    expect(moved.deadline).toBe(extended);
    const events = await eventsOf(system.api.db, application.id);
    expect(events.filter(({ type }) => type === 'settingsChanged')).toMatchObject([{ deadline: extended }]);
    await expect.poll(() => settingsToTell(system.api.db), WAIT).toBeUndefined();
    // The family is told of the new day.
    await expect
      .poll(
        async () =>
          (
            await system.api.db
              .selectFrom('mails')
              .select('status')
              .where('application_id', '=', application.id)
              .where('template', '=', 'deadlineExtended')
              .execute()
          ).map(({ status }) => status),
        WAIT,
      )
      .toEqual(['sent']);

    // The office opens after all: what was told stays.
    const again = await get<WorkCalendar>('calendar');
    const opened = { value, validFrom: '', basedOn: again.version, note: '工事の中止' };
    expect((await ward.put(url('calendar'), opened)).statusCode).toBe(200);
    const after = await system.until(application.id, (one) => one.seq > moved.seq);
    expect(after.deadline).toBe(extended);
    expect((await stateOf(application.id)).settings.calendar.closedDates).toEqual(value.closedDates);
  });

  it('says at its place what is wrong', async () => {
    const { value, version } = await get<WorkCalendar>('calendar');
    const day = value.closedDates.at(-1)!;
    const bad = {
      ...value,
      closedDates: [...value.closedDates, day],
      yearEnd: { from: '13-01', to: '01-03' },
      knownUntil: '2020-01-01',
    };
    const answer = await ward.put(url('calendar'), {
      value: bad,
      validFrom: '',
      basedOn: version,
      note: '試験',
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual([
      `value.closedDates.${String(value.closedDates.length)}`,
      'value.yearEnd.from',
      'value.knownUntil',
    ]);
  });
});

describe('changed deadlines', () => {
  it('are those of the next request, and leave what was told alone', async () => {
    const application = await asked();
    const { value, version } = await get<Record<string, unknown>>('deadlines');
    const shorter = { ...value, requestDays: 3 };
    const body = { value: shorter, validFrom: '', basedOn: version, note: '短くする' };
    expect((await ward.put(url('deadlines'), body)).statusCode).toBe(200);
    const after = await system.until(application.id, (one) => one.seq > application.seq);
    expect(after.deadline).toBe(application.deadline);
    expect((await stateOf(application.id)).settings.deadlines.requestDays).toBe(3);
  });
});

describe('changed review criteria (審査基準)', () => {
  const key = 'criteria:admission';

  it('judge what is received from their day on; what was received before is judged as it was', async () => {
    const before = await system.file({ round: 'anytime', fiscalYear: 2026 });
    const { value, version } = await get<readonly Criterion[]>(key);
    const extra: Criterion = {
      ...value[0]!,
      id: 'ward_1',
      title: '区が加えた項目',
      reasons: [{ code: 'ward_reason_1', label: '確認が必要', applicantText: { ja: '確認してください。' } }],
    };
    const next = [...value.slice(1), extra];
    const today = tokyoDate(new Date().toISOString());
    const preview = await ward.post(`${url(key)}/preview`, { value: next, validFrom: today });
    expect(preview.statusCode, preview.body).toBe(200);
    expect(preview.json<PreviewSettingResponse>().rows.map(({ label, after }) => [label, after])).toEqual(
      expect.arrayContaining([
        ['区が加えた項目', '加える'],
        [value[0]!.title, 'なくす'],
      ]),
    );
    const put = (list: readonly Criterion[], basedOn: number, validFrom = today) =>
      ward.put(url(key), { value: list, validFrom, basedOn, note: '要綱の改正' });
    expect((await put(next, version)).statusCode).toBe(200);
    const after = await system.file({ round: 'anytime', fiscalYear: 2026 });
    const ids = async ({ id }: Application) => (await stateOf(id)).settings.criteria.map((one) => one.id);
    expect(await ids(before)).toEqual(value.map(({ id }) => id));
    expect(await ids(after)).toEqual(next.map(({ id }) => id));
    // The screen shows each with its own words.
    const checklist = async ({ id }: Application) =>
      (await leader.get(`/api/staff/applications/${id}`)).json<{ checklist: { title: string }[] }>()
        .checklist;
    expect((await checklist(after)).at(-1)?.title).toBe('区が加えた項目');
    expect((await checklist(before)).map(({ title }) => title)).not.toContain('区が加えた項目');
    // Set ahead, it holds for nobody yet.
    expect((await put(value, version + 1, addDays(today, 30))).statusCode).toBe(200);
    expect(await ids(await system.file({ round: 'anytime', fiscalYear: 2026 }))).toEqual(
      next.map(({ id }) => id),
    );
  });

  it('say at their place what is wrong', async () => {
    const { value, version } = await get<readonly Criterion[]>(key);
    const [one] = value as [Criterion];
    const bad = [
      { ...one, title: '' },
      { ...one, id: 'b', fields: ['no_such_question'], documents: ['no_such_document'], reasons: [] },
    ];
    const answer = await ward.put(url(key), {
      value: bad,
      validFrom: '2027-02-30',
      basedOn: version,
      note: '試験',
    });
    expect(answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual([
      'validFrom',
      'value.0.title',
    ]);
    const strange = [one, bad[1]];
    const today = tokyoDate(new Date().toISOString());
    const other = await ward.put(url(key), {
      value: strange,
      validFrom: today,
      basedOn: version,
      note: '試験',
    });
    expect(other.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual([
      'value.1.reasons',
      'value.1.fields',
      'value.1.documents',
    ]);
    expect((await ward.get(url('criteria:none'))).statusCode).toBe(404);
  });
});
