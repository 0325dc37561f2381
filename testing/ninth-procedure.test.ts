import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { applicableCriteria } from '../domain/procedures/criteria.ts';
import { DEFAULT_PARAMETERS, type Answers } from '../domain/procedures/definition.ts';
import { FAMILY } from '../domain/procedures/examples/after-admission.ts';
import { exampleOf } from '../domain/procedures/examples/index.ts';
import { fieldsOf } from '../domain/procedures/fields.ts';
import type * as registryModule from '../domain/procedures/registry.ts';
import { PROCEDURES } from '../domain/procedures/registry.ts';
import { validateAnswers } from '../domain/procedures/validate.ts';
import { DEFAULT_FEE_TABLE } from '../domain/enrolment/fees.ts';
import { foldEnrolment } from '../domain/enrolment/fold.ts';
import { replay } from '../domain/application/evolve.ts';
import { MAIL_TEMPLATES } from '../domain/application/effects.ts';
import { takeOver } from '../domain/intake/take-over.ts';
import { mailContent } from '../domain/mails/content.ts';
import { exampleFacts } from '../domain/mails/preview.ts';
import { noticeValues } from '../domain/notices/values.ts';
import { APPS } from '../kintone/apps/index.ts';
import { fieldsOfApp } from '../kintone/apps/model.ts';
import { answersOf, recordOf } from '../kintone/apps/values.ts';
import { recordEntry } from '../store/enrolment-entries.ts';
import { defaultSettings } from '../store/setting-values.ts';
import { partsAway, startTestApi, type TestApi, type TestBrowser } from './api.ts';
import { Run, WARD } from './domain.ts';
import { SCHOOL_CHANGE } from './examples/school-change.ts';
import { itKeepsToTheRules } from './procedure-rules.ts';

/**
 * The worked example of docs/procedures.md: here, and only here, the system has a ninth procedure. Everything that asks the
 * registry finds it; nothing else was written for it.
 */
vi.mock('../domain/procedures/registry.ts', async (original) => {
  const module = await original<typeof registryModule>();
  const { SCHOOL_CHANGE: ninth } = await import('./examples/school-change.ts');
  const registry = module.registryOf([...module.PROCEDURES, ninth]);
  return { ...module, PROCEDURES: registry.all, procedureOf: (code: string) => registry.of(code) };
});

const ANSWERS: Answers = {
  ...FAMILY,
  move_date: '2027-09-01',
  new_school_name: '駒繫小学校',
  new_bop: '18',
  move_reason: 'moving',
};
const CONTEXT = { today: '2027-07-01', parameters: DEFAULT_PARAMETERS };
const problems = (over: object) =>
  validateAnswers(SCHOOL_CHANGE, { ...ANSWERS, ...over }, 'ja', CONTEXT).map(({ field }) => field);

describe('the definition of a ninth procedure', () => {
  itKeepsToTheRules(SCHOOL_CHANGE);

  it('is what the document shows', async () => {
    const [document, file] = await Promise.all(
      ['docs/procedures.md', 'testing/examples/school-change.ts'].map((name) => readFile(name, 'utf8')),
    );
    const shown = [...(document ?? '').matchAll(/```ts\n([\s\S]*?)```/gu)].map(([, code]) => code ?? '');
    const ofFile = shown.filter((code) => code.startsWith('// testing/examples/school-change.ts'));
    expect(ofFile.length).toBeGreaterThanOrEqual(3);
    for (const code of ofFile) expect(file).toContain(code.split('\n').slice(1).join('\n').trim());
  });
});

describe('from the definition alone there is', () => {
  it('a form that is checked, each mistake at its field', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ new_school_name: '' })).toEqual(['new_school_name']);
    expect(problems({ new_bop: ANSWERS['bop'] })).toEqual(['new_bop']);
    expect(problems({ move_date: '2028-04-01' })).toEqual(['move_date']);
  });

  it('a kintone app with all its questions, whose records give the answers back', () => {
    const app = APPS.find(({ key }) => key === 'application_schoolChange');
    expect(app?.name).toBe('学童クラブ 転校届');
    const codes = (app ? fieldsOfApp(app) : []).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(fieldsOf(SCHOOL_CHANGE).map(({ code }) => code)));
    expect(app?.views.map(({ name }) => name)).toContain('一次審査待ち');
    expect(answersOf(fieldsOf(SCHOOL_CHANGE), recordOf(fieldsOf(SCHOOL_CHANGE), ANSWERS))).toEqual(ANSWERS);
  });

  it('a checklist, and what the machine sees at intake', () => {
    expect(applicableCriteria(SCHOOL_CHANGE.criteria, ANSWERS).map(({ id }) => id)).toEqual([
      'child_identity',
      'move',
      'applicant',
    ]);
    const hints = (over: object) =>
      SCHOOL_CHANGE.intakeHints({ ...ANSWERS, ...over }, [], CONTEXT).map(({ code }) => code);
    expect(hints({})).toEqual([]);
    expect(hints({ move_reason: 'school', move_date: '2027-06-01' })).toEqual([
      'movePast',
      'documentMissing',
    ]);
  });

  it('the ward’s settings, with defaults', () => {
    const settings = defaultSettings(new Date('2026-11-09T01:00:00.000Z'));
    expect(settings['criteria:schoolChange']).toEqual(SCHOOL_CHANGE.criteria);
    expect(settings['parameters:schoolChange']).toEqual(DEFAULT_PARAMETERS);
    expect(settings['periods:schoolChange']?.map(({ round }) => round)).toEqual(['anytime', 'anytime']);
  });

  it('every mail, and what a notice says', () => {
    for (const template of MAIL_TEMPLATES) {
      const { subject } = mailContent(template, exampleFacts(template, SCHOOL_CHANGE), 'ja');
      expect(subject).toContain('新BOP学童クラブ');
    }
    const run = new Run({ procedure: 'schoolChange', receiptNumber: 'I27-000001-0' }).reviewed();
    run.do(WARD, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-09-01' });
    const values = noticeValues({
      definition: SCHOOL_CHANGE,
      state: replay(run.events),
      answers: ANSWERS,
      issuedOn: '2027-07-20',
      textOf: () => undefined,
      office: { name: '窓口', phone: '03-0000-0000' },
      fees: DEFAULT_FEE_TABLE,
    });
    expect(values).toMatchObject({
      procedure: '転校届',
      childName: '見本　太郎',
      'answers.new_school_name': '駒繫小学校',
    });
    expect(values['from']).toContain('9月1日');
  });

  it('what the family has entered before, offered again', () => {
    const { definition, answers } = { definition: PROCEDURES[0]!, answers: exampleOf('admission').answers };
    const taken = takeOver(SCHOOL_CHANGE, [{ definition, answers, sameChild: true, fiscalYear: 2027 }], 2027);
    expect(taken.answers).toMatchObject({
      child_family_name: '見本',
      grade: 1,
      bop: '2',
      guardian1_phone: '09000000001',
      guardian1_address_street: '世田谷0-00-0',
    });
    expect(problems({ ...taken.answers })).toEqual([]);
  });

  it('the effect of its approval on the child’s enrolment', () => {
    const entry = (applicationId: string, effect: ReturnType<typeof SCHOOL_CHANGE.effectOf>) => ({
      applicationId,
      receiptNumber: applicationId,
      decidedAt: '2027-07-01T03:00:00.000Z',
      effect: effect!,
    });
    const admission = PROCEDURES[0]!.effectOf(exampleOf('admission').answers);
    const { admission: periods } = foldEnrolment(2027, [
      entry('move', SCHOOL_CHANGE.effectOf(ANSWERS)),
      entry('admission', admission),
    ]);
    expect(periods.map(({ bop, from, to }) => [bop, from, to])).toEqual([
      ['2', '2027-04-01', '2027-08-31'],
      ['18', '2027-09-01', '2028-03-31'],
    ]);
  });
});

describe('filed by a family', () => {
  let api: TestApi;
  let family: TestBrowser;
  beforeAll(async () => {
    api = await startTestApi(() => ({
      ...partsAway,
      temporal: {
        ...partsAway.temporal,
        start: async ({ id: applicationId, receiptNumber, stage }) => ({
          applicationId,
          receiptNumber,
          stage,
        }),
      },
      now: () => new Date('2027-07-01T01:00:00.000Z'),
    }));
    await api.createAccount({ role: 'applicant', login: 'mother@example.jp', email: 'mother@example.jp' });
    family = await api.signedIn('mother@example.jp');
  });
  afterAll(() => api.close());

  async function file(procedure: string, answers: Answers) {
    const check = await family.post(`/api/drafts/${randomUUID()}/check`, { procedure, answers, files: [] });
    expect(check.statusCode, check.body).toBe(200);
    const hints = check.json().hints as { code: string }[];
    return family.post('/api/applications', {
      submissionId: randomUUID(),
      procedure,
      answers,
      files: [],
      acknowledgedHints: hints.map(({ code }) => code),
    });
  }

  it('is offered beside the others', async () => {
    const { procedures } = (await family.get('/api/procedures')).json<{ procedures: { code: string }[] }>();
    expect(procedures).toHaveLength(9);
    expect(procedures.at(-1)).toMatchObject({ code: 'schoolChange', name: { ja: '転校届' }, open: true });
  });

  it('is refused without an admission, with the procedure to use instead', async () => {
    const refused = await file('schoolChange', ANSWERS);
    expect(refused.statusCode, refused.body).toBeGreaterThanOrEqual(400);
    expect(refused.json()).toMatchObject({ need: { code: 'notAdmitted', instead: 'admission' } });
  });

  it('gets its receipt number once the child is admitted, and only once', async () => {
    const admission = await file('admission', exampleOf('admission').answers);
    expect(admission.statusCode, admission.body).toBe(201);
    const { applicationId, receiptNumber } = admission.json();
    const row = await api.db
      .selectFrom('applications')
      .select('child_key')
      .where('id', '=', applicationId)
      .executeTakeFirstOrThrow();
    await api.db
      .updateTable('applications')
      .set({ stage: 'approved' })
      .where('id', '=', applicationId)
      .execute();
    await recordEntry(api.db, {
      childKey: row.child_key,
      fiscalYear: 2027,
      entry: {
        applicationId,
        receiptNumber,
        decidedAt: '2027-03-01T03:00:00.000Z',
        effect: { kind: 'admit', bop: '2', from: '2027-04-01' },
      },
    });
    const filed = await file('schoolChange', ANSWERS);
    expect(filed.statusCode, filed.body).toBe(201);
    expect(filed.json().receiptNumber).toMatch(/^I27-000001-\d$/u);
    const again = await file('schoolChange', ANSWERS);
    expect(again.statusCode).toBe(409);
  });
});
