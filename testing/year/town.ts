import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { needOf, type FiledWith } from '../../api/services/needs.ts';
import type { ApplicationState, Finding } from '../../domain/application/state.ts';
import { addDays, tokyoDate, tokyoInstant } from '../../domain/calendar/dates.ts';
import { childIdentity } from '../../domain/intake/identity.ts';
import type { Answers } from '../../domain/procedures/definition.ts';
import { FAMILY } from '../../domain/procedures/examples/after-admission.ts';
import { EXAMPLES, exampleOf } from '../../domain/procedures/examples/index.ts';
import { cleanAnswers } from '../../domain/procedures/fields.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { validateAnswers } from '../../domain/procedures/validate.ts';
import { assignRound } from '../../domain/rounds/assign.ts';
import { exclusionOf } from '../../domain/rounds/bulk.ts';
import { confirmBulk, createBulk } from '../../store/bulk-decisions.ts';
import { enrolmentById, enrolmentIdOf, type StoredEnrolment } from '../../store/enrolments.ts';
import { periodsWithDefaults } from '../../store/rounds.ts';
import { newestSetting } from '../../store/settings.ts';
import { addTexts } from '../../store/texts.ts';
import { addChange } from '../../store/versions.ts';
import {
  BULK_WORKFLOW,
  bulkWorkflowId,
  datesChangedSignal,
  ROUND_WORKFLOW,
  roundWorkflowId,
} from '../../workflows/round-messages.ts';
import { guardian, staff, TEST_TASK_QUEUE } from '../application-worker.ts';
import { EnrolmentSystem, WARD, type TestApplication } from '../enrolment-system.ts';
import { addTestAccount, testKeyring } from '../store.ts';
import { shiftYears, shifted } from './dates.ts';

const CLERK = staff('11111111-1111-4111-8111-111111111111');
const OTHER_CLERK = staff('22222222-2222-4222-8222-222222222222');
const WARD_ID = WARD.kind === 'staff' ? WARD.id : '';
/** Stories are told with the dates of this fiscal year. */
export const TOLD_YEAR = 2027;

/** A child of the town, with what its family fills in on every form. */
export interface TownChild {
  name: string;
  kana: string;
  family: readonly [written: string, kana: string];
  /** In the fiscal year of the story. */
  grade: number;
  bop: string;
}

/** Something that a child's family files. */
export interface Form {
  procedure: string;
  child: string;
  /** Which of the procedure's examples it starts from; the first unless given. */
  example?: string;
  answers?: Answers;
  fiscalYear?: number;
}

export type TownApplication = TestApplication & Form;

/** The portal would not take the form on this day, and say why. */
export class NotNow extends Error {}

/**
 * A made-up town whose families use the club for a year, on a real database with the real workflows and time that passes at
 * will. Stories are told with the dates of fiscal year 2027 and played in the next whole year that the server's clock has ahead of
 * it; every date that comes back is told in the story's years again.
 */
export class Town {
  readonly system: EnrolmentSystem;
  /** How many years later than told it is played. */
  readonly later: number;
  readonly applications: TownApplication[] = [];
  readonly #children: ReadonlyMap<string, TownChild>;
  readonly #accounts = new Map<string, Promise<string>>();
  /** Waits without letting time pass. */
  readonly #client: Client;
  #bulks = 0;

  private constructor(system: EnrolmentSystem, later: number, children: readonly TownChild[]) {
    this.system = system;
    this.later = later;
    this.#children = new Map(children.map((child) => [child.name, child]));
    this.#client = new Client({ connection: system.env.connection });
  }

  /** @param from the story's first day: the clock stands on it, or before it */
  static async found(from: string, children: readonly TownChild[]): Promise<Town> {
    // As an office does that has been set up the spring before: the rounds of the year are the contract's.
    const today = tokyoDate(new Date().toISOString());
    let later = Number(today.slice(0, 4)) - Number(from.slice(0, 4));
    if (shifted(from, later) <= addDays(today, 1)) later += 1;
    const seededAt = new Date(tokyoInstant(`${Number(from.slice(0, 4)) + later}-06-01`));
    const system = await EnrolmentSystem.start({ seededAt, notices: true, rounds: true });
    await addTestAccount(system.store.db, { id: WARD_ID, role: 'ward' });
    const town = new Town(system, later, children);
    await town.until(from, '08:00');
    return town;
  }

  /** Lets time pass until this hour of a day of the story. */
  async until(day: string, time = '10:00'): Promise<void> {
    const left = Date.parse(tokyoInstant(this.real(day), time)) - (await this.system.env.currentTimeMs());
    if (left < 0) throw new Error(`${day} ${time} has gone by`);
    await this.system.env.sleep(left);
  }

  /** A day of the story as the calendar on the wall has it. */
  real(day: string): string {
    return shifted(day, this.later);
  }

  /** The same of anything with dates in it, and back. */
  told<T>(value: T): T {
    return shiftYears(value, -this.later);
  }

  child(name: string): TownChild {
    const child = this.#children.get(name);
    if (!child) throw new Error(`nobody is called ${name}`);
    return child;
  }

  get children(): readonly TownChild[] {
    return [...this.#children.values()];
  }

  /** Files a form as the portal does: checked, let by what the child has, in the round that is open. */
  async file(form: Form): Promise<TownApplication> {
    const [filed] = await this.fileTogether([form]);
    return filed!;
  }

  /** Several forms of one family in one go. */
  async fileTogether(forms: readonly Form[]): Promise<readonly TownApplication[]> {
    const filings = forms.map((form) => this.#filing(form));
    const list = await Promise.all(
      filings.map(async (filing, index) => {
        const form = forms[index]!;
        const child = this.child(form.child);
        const person = {
          givenName: child.name,
          givenKana: child.kana,
          birthDate: filing.answers['child_birth_date'] as string,
        };
        const round = await this.#roundOf(form, filing, filings);
        const applicantId = await this.#account(child);
        return [form.procedure, person, { ...filing.answers, alone: true, round, applicantId }] as const;
      }),
    );
    const [first, ...more] = list;
    const begun =
      first && more.length === 0 ? [await this.system.file(...first)] : await this.system.fileTogether(list);
    const filed = begun.map((one, index) => ({ ...one, ...forms[index]! }));
    this.applications.push(...filed);
    return filed;
  }

  #account({ family: [written] }: TownChild): Promise<string> {
    const known = this.#accounts.get(written) ?? addTestAccount(this.system.store.db);
    this.#accounts.set(written, known);
    return known;
  }

  /** A form as it is kept. */
  #filing(form: Form): FiledWith {
    const definition = procedureOf(form.procedure);
    if (!definition) throw new Error(`no procedure ${form.procedure}`);
    const child = this.child(form.child);
    const fiscalYear = form.fiscalYear ?? TOLD_YEAR;
    const [familyName, familyKana] = child.family;
    const known = EXAMPLES.some(({ procedure }) => procedure === form.procedure);
    const told: Answers = {
      ...(known ? exampleOf(form.procedure, form.example).answers : FAMILY),
      fiscal_year: fiscalYear,
      child_family_name: familyName,
      child_family_kana: familyKana,
      child_given_name: child.name,
      child_given_kana: child.kana,
      child_birth_date: `${TOLD_YEAR - 6 - child.grade}-06-15`,
      guardian1_family_name: familyName,
      guardian1_family_kana: familyKana,
      grade: child.grade + fiscalYear - TOLD_YEAR,
      bop: child.bop,
      ...form.answers,
    };
    return { definition, answers: cleanAnswers(definition, shiftYears(told, this.later)) };
  }

  /** What the portal asks before it takes a form: is it filled in, does the child have what it needs, and which round is open. */
  async #roundOf(form: Form, filing: FiledWith, together: readonly FiledWith[]): Promise<string> {
    const { definition, answers } = filing;
    const now = await this.system.now();
    const today = tokyoDate(now);
    const what = `${form.child} ${form.procedure} ${today}`;
    assert.deepEqual(validateAnswers(definition, answers, 'ja', { today }), [], what);
    const { db } = this.system.store;
    const deps = { db, keyring: testKeyring, now: () => new Date(now) };
    const need = await needOf(deps, filing, { together });
    if (need.kind === 'refused') throw new NotNow(`${what}: ${need.message.ja}`);
    const setting = await newestSetting(db, `periods:${form.procedure}`);
    const periods = periodsWithDefaults(setting?.value ?? [], form.procedure, today);
    const fiscalYear = Number(answers['fiscal_year']);
    const assigned = assignRound(periods, { fiscalYear, receivedOn: today });
    if (assigned.kind !== 'round' || assigned.late) throw new NotNow(`${what}: no round is open`);
    return assigned.round;
  }

  /** Both reviews, by two clerks; a criterion can be found deficient in one of its fields. */
  async review(app: TownApplication, deficient?: { criterionId: string; field: string }): Promise<void> {
    const { settings } = await app.state();
    const met: Finding[] = settings.criteria.map(({ id }) => ({ criterionId: id, result: 'met' }));
    const findings: Finding[] = met.map((finding) =>
      finding.criterionId === deficient?.criterionId
        ? {
            ...finding,
            result: 'deficient',
            reasonCode: 'unclear',
            targets: [{ kind: 'field', code: deficient.field }],
          }
        : finding,
    );
    await app.act(CLERK, { type: 'completeFirstReview', findings });
    await app.act(OTHER_CLERK, { type: 'agreeSecondReview', findings: met });
  }

  /** The family puts right what it was asked about. */
  async answer(app: TownApplication, changes: Answers): Promise<void> {
    const { request, applicantId } = await app.state();
    const answerId = randomUUID();
    await addChange(this.system.store.db, testKeyring, {
      applicationId: app.id,
      sourceId: answerId,
      kind: 'answer',
      changes: shiftYears(changes, this.later),
      before: {},
      by: applicantId!,
      at: await this.system.now(),
      fileIds: [],
    });
    const itemIds = request!.items.map(({ id }) => id);
    await app.act(guardian(applicantId!), { type: 'answer', answerId, itemIds, unchanged: false });
  }

  /** The ward decides: approved, from a day where the approval has one. */
  async approve(app: TownApplication, effectiveFrom?: string): Promise<void> {
    const from = effectiveFrom === undefined ? {} : { effectiveFrom: this.real(effectiveFrom) };
    await app.act(WARD, { type: 'decide', outcome: 'approved', ...from });
  }

  /** … or refused, with what the family is told. */
  async refuse(app: TownApplication): Promise<void> {
    const reason = randomUUID();
    const text = { id: reason, applicationId: app.id, kind: 'reason', authorId: WARD_ID } as const;
    await addTexts(this.system.store.db, testKeyring, [{ ...text, content: '就労の時間が足りないため' }]);
    await app.act(WARD, { type: 'decide', outcome: 'refused', reasonCode: 'requirement_not_met', reason });
  }

  /** Filed, reviewed twice, approved, and told: what comes as it comes, outside the rounds. */
  async settle(form: Form, effectiveFrom?: string): Promise<TownApplication> {
    const app = await this.file(form);
    await this.review(app);
    await this.approve(app, effectiveFrom);
    await this.gone(app);
    return app;
  }

  /** Waits until an application's workflow has come to its end, everything told and written. @returns the stage it ended in */
  async gone(app: TownApplication): Promise<string> {
    const { stage } = (await this.#client.workflow.getHandle(app.handle.workflowId).result()) as {
      stage: string;
    };
    return stage;
  }

  /** Waits until an application stands so, without letting time pass. */
  async stands(app: TownApplication, holds: (state: ApplicationState) => boolean): Promise<void> {
    while (!holds(await app.state())) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** An intake round's own workflow, from the day on which it opens. */
  async beginRound(round: string, fiscalYear: number): Promise<void> {
    const id = { fiscalYear: fiscalYear + this.later, round };
    await this.system.env.client.workflow.signalWithStart(ROUND_WORKFLOW, {
      workflowId: roundWorkflowId(id),
      taskQueue: TEST_TASK_QUEUE,
      args: [id],
      signal: datesChangedSignal,
    });
  }

  /** The ward approves these together, each from the day that its family asked for. */
  async approveTogether(apps: readonly TownApplication[], effectiveFrom: string): Promise<void> {
    const { db } = this.system.store;
    const id = randomUUID();
    const now = await this.system.now();
    const items = await Promise.all(
      apps.map(async (app) => {
        const state = await app.state();
        const { seq, bopCode, receiptNumber } = state;
        const planned = { plan: 'approve', effectiveFrom: this.real(effectiveFrom), rank: null } as const;
        const excluded = exclusionOf(state, WARD, { ...planned, seq }, now);
        return { applicationId: app.id, receiptNumber, bopCode, seq, ...planned, excluded };
      }),
    );
    assert.deepEqual(
      items.flatMap(({ excluded }) => excluded ?? []),
      [],
    );
    const criteria = { procedure: 'admission', fiscalYear: TOLD_YEAR + this.later, plan: 'approve' } as const;
    await createBulk(
      db,
      testKeyring,
      { id, title: `${(this.#bulks += 1)}`, criteria, createdBy: WARD_ID },
      items,
    );
    await confirmBulk(db, id, WARD_ID);
    const workflowId = bulkWorkflowId(id);
    await this.#client.workflow.start(BULK_WORKFLOW, {
      workflowId,
      taskQueue: TEST_TASK_QUEUE,
      args: [{ bulkId: id }],
    });
    await this.#client.workflow.getHandle(workflowId).result();
  }

  /** A child's enrolment of a fiscal year of the story. */
  async enrolment(name: string, fiscalYear = TOLD_YEAR): Promise<StoredEnrolment | undefined> {
    const { definition, answers } = this.#filing({ procedure: 'admission', child: name });
    const key = testKeyring.lookupKey('child', childIdentity(definition, answers));
    return enrolmentById(this.system.store.db, enrolmentIdOf(fiscalYear + this.later, key));
  }
}
