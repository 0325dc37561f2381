import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createDeliver } from '../activities/deliver.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { createCancelRelated, createTellRelated } from '../activities/enrolment/related.ts';
import { createWriteEnrolment } from '../activities/enrolment/write.ts';
import { createCheckIntake } from '../activities/intake.ts';
import { createMakeNotices } from '../activities/notice/make.ts';
import { createProject } from '../activities/project.ts';
import { createRoundActivities } from '../activities/rounds/index.ts';
import { createLoadSettings, createLoadState } from '../activities/settings.ts';
import type { Action } from '../domain/application/actions.ts';
import type { ApplicationActivities, DeliveryParts } from '../domain/application/ports.ts';
import { childIdentity, lockKey } from '../domain/intake/identity.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { exampleOf } from '../domain/procedures/examples/index.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import type { Gateway, GatewayWrite } from '../kintone/gateway/index.ts';
import { applicationById, markCarried, type Application } from '../store/applications.ts';
import { enrolmentById, enrolmentIdOf, type StoredEnrolment } from '../store/enrolments.ts';
import { beginMail, markMailSent } from '../store/mails.ts';
import { markStarted, receiveBatch, receiveSubmission, type Submission } from '../store/receive.ts';
import { seedSettings } from '../store/settings.ts';
import { SEARCH_ATTRIBUTE_KEYS } from '../workflows/search-attributes.ts';
import { quietTemporal, staff, submitForTest, testWorker } from './application-worker.ts';
import { addTestAccount, openTestStore, testKeyring, testSubmission } from './store.ts';
import { registerSearchAttributes, startTimeSkipping } from './temporal.ts';

/** A made-up child; every application with the same one is about the same child. */
export interface TestChild {
  givenName: string;
  givenKana: string;
  birthDate: string;
}

export const WARD = staff('44444444-4444-4444-8444-444444444444', 'ward');
const FIRST = staff('11111111-1111-4111-8111-111111111111');
const SECOND = staff('22222222-2222-4222-8222-222222222222');

export type TestApplication = Awaited<ReturnType<EnrolmentSystem['file']>>;

/** What is answered otherwise than in the procedure's example, or `alone`, and how it is filed. */
export type Filing = Answers & { alone?: boolean; round?: string; applicantId?: string };

export interface EnrolmentSystemOptions {
  /** When the ward's settings were made; the first day of 2026 unless given. */
  seededAt?: Date;
  /** Notices too, made as the worker makes them. */
  notices?: boolean;
  /** Rounds and bulk decisions too. */
  rounds?: boolean;
}

const log = { info() {}, warn() {}, error: console.error };

/**
 * Workflows with time that passes at will, and what they write about applications and enrolments in a real database. kintone
 * and the mail server are lists here; `fail` makes a part die, as a killed worker's does.
 */
export class EnrolmentSystem {
  readonly env: TestWorkflowEnvironment;
  readonly store: Awaited<ReturnType<typeof openTestStore>>;
  /** What kintone was given, the newest of each record, and how often. */
  readonly records = new Map<string, GatewayWrite>();
  readonly mails: { applicationId: string; template: string }[] = [];
  fail: (part: string) => void = () => {};
  #stop: () => Promise<void> = async () => {};

  private constructor(env: TestWorkflowEnvironment, store: Awaited<ReturnType<typeof openTestStore>>) {
    this.env = env;
    this.store = store;
  }

  static async start(options: EnrolmentSystemOptions = {}): Promise<EnrolmentSystem> {
    quietTemporal();
    const [env, store] = await Promise.all([startTimeSkipping(), openTestStore()]);
    await registerSearchAttributes(env, SEARCH_ATTRIBUTE_KEYS);
    await seedSettings(store.db, options.seededAt ?? new Date('2026-01-01T00:00:00Z'));
    const system = new EnrolmentSystem(env, store);
    const { db } = store;
    const rounds = options.rounds
      ? createRoundActivities({ db, keyring: testKeyring, client: env.client, log })
      : {};
    const worker = await testWorker(env, system.#activities(options), rounds);
    const running = worker.run();
    system.#stop = async () => {
      worker.shutdown();
      await running;
      await env.teardown();
      await store.close();
    };
    return system;
  }

  close(): Promise<void> {
    return this.#stop();
  }

  #activities({ notices = false }: EnrolmentSystemOptions): ApplicationActivities {
    const { db } = this.store;
    const gateway = {
      upsert: async (writes: readonly GatewayWrite[]) => {
        this.fail('kintone');
        for (const write of writes) this.records.set(write.key, write);
        this.fail('afterKintone');
      },
      readTexts: async () => [],
    } as unknown as Gateway;
    const deps: Pick<ActivityDeps, 'db' | 'keyring' | 'gateway' | 'log'> = {
      db,
      keyring: testKeyring,
      gateway,
      log,
    };
    const temporal = () => Context.current().client;
    const parts: DeliveryParts = {
      carryToKintone: ({ applicationId, seq }) => markCarried(db, applicationId, seq),
      makeLetter: async () => {},
      makeNotices: notices
        ? createMakeNotices({
            ...deps,
            config: { http: { publicUrl: 'https://gakudo.example.jp' } } as never,
          })
        : async () => {},
      sendMail: async ({ mailId, applicationId, template }) => {
        await beginMail(db, { mailId, applicationId, template, messageId: mailId });
        this.mails.push({ applicationId, template });
        await markMailSent(db, mailId);
        return { outcome: 'sent' };
      },
      writeEnrolment: createWriteEnrolment(deps),
      tellRelated: createTellRelated(deps, temporal),
      cancelRelated: createCancelRelated(deps, temporal),
    };
    return {
      loadSettings: createLoadSettings(deps),
      loadState: createLoadState(deps),
      // By the server's clock, as the application itself is.
      checkIntake: createCheckIntake({
        ...deps,
        now: () => new Date(Context.current().info.currentAttemptScheduledTimestampMs),
      }),
      project: createProject(deps),
      deliver: createDeliver(db, parts),
    };
  }

  async now(): Promise<string> {
    return new Date(await this.env.currentTimeMs()).toISOString();
  }

  /** Files the procedure's example for a child, and starts its workflow. */
  async file(procedure: string, child: TestChild, over: Filing = {}) {
    const submission = await this.#submission(procedure, child, over);
    const outcome = await receiveSubmission(this.store.db, testKeyring, submission);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    return this.#begin(outcome.application);
  }

  /** The same for several at once, as a family with brothers and sisters does: all or none, each with its own number. */
  async fileTogether(list: readonly (readonly [procedure: string, child: TestChild, over: Filing])[]) {
    const batchId = randomUUID();
    const submissions = await Promise.all(
      list.map(async (one) => ({ ...(await this.#submission(...one)), batchId })),
    );
    const outcome = await receiveBatch(this.store.db, testKeyring, submissions);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    return Promise.all(outcome.applications.map((application) => this.#begin(application)));
  }

  async #submission(procedure: string, child: TestChild, over: Filing): Promise<Submission> {
    const definition = procedureOf(procedure);
    if (!definition) throw new Error(`no procedure ${procedure}`);
    const { alone = false, round = 'anytime', applicantId, ...changes } = over;
    const answers: Answers = {
      ...(alone ? {} : exampleOf(procedure).answers),
      child_given_name: child.givenName,
      child_given_kana: child.givenKana,
      child_birth_date: child.birthDate,
      ...changes,
    };
    const fiscalYear = Number(answers[definition.roles.fiscalYear]);
    const period = definition.lockPeriod?.(answers);
    const key = lockKey({
      procedure,
      fiscalYear,
      childKey: testKeyring.lookupKey('child', childIdentity(definition, answers)),
      ...(period === undefined ? {} : { period }),
    });
    const word = (code: string) => {
      const value = answers[code];
      return typeof value === 'string' ? value : '';
    };
    const { roles } = definition;
    return testSubmission({
      procedure,
      letter: definition.letter,
      fiscalYear,
      lockKey: key,
      workflowId: `application:${key}:${randomUUID()}`,
      round,
      bopCode: word(roles.bop),
      answers,
      child: {
        familyName: word(roles.childFamilyName),
        givenName: word(roles.childGivenName),
        familyKana: word(roles.childFamilyKana),
        givenKana: word(roles.childGivenKana),
        birthDate: word(roles.childBirthDate),
      },
      applicantId: applicantId ?? (await addTestAccount(this.store.db)),
      receivedAt: await this.now(),
    });
  }

  async #begin(application: Application) {
    const { id: applicationId, receiptNumber, procedure, fiscalYear, round, bopCode } = application;
    const { applicantId, receivedAt, workflowId } = application;
    await markStarted(this.store.db, applicationId);
    const app = await submitForTest(
      this.env,
      {
        applicationId,
        receiptNumber,
        procedure,
        fiscalYear,
        round,
        bopCode,
        channel: 'online',
        applicantId,
        hasMail: true,
        receivedAt,
      },
      workflowId,
    );
    return { ...app, id: applicationId, receiptNumber };
  }

  /** Takes an application through both reviews. */
  async review(app: Pick<TestApplication, 'act' | 'state'>): Promise<void> {
    const { settings } = await app.state();
    const findings = settings.criteria.map(({ id }) => ({ criterionId: id, result: 'met' as const }));
    await app.act(FIRST, { type: 'completeFirstReview', findings });
    await app.act(SECOND, { type: 'agreeSecondReview', findings });
  }

  /** The ward's decision. */
  async decide(
    app: Pick<TestApplication, 'act'>,
    outcome: 'approved' | 'refused' = 'approved',
    effectiveFrom?: string,
  ) {
    const action: Action =
      outcome === 'approved'
        ? { type: 'decide', outcome, ...(effectiveFrom === undefined ? {} : { effectiveFrom }) }
        : { type: 'decide', outcome, reasonCode: 'other', reason: randomUUID() };
    return app.act(WARD, action);
  }

  /** A child's enrolment of the examples' fiscal year. */
  async enrolment(child: TestChild): Promise<StoredEnrolment | undefined> {
    const definition = procedureOf('admission')!;
    const example = exampleOf('admission').answers;
    const answers = {
      ...example,
      child_given_name: child.givenName,
      child_given_kana: child.givenKana,
      child_birth_date: child.birthDate,
    };
    const key = testKeyring.lookupKey('child', childIdentity(definition, answers));
    return enrolmentById(this.store.db, enrolmentIdOf(Number(example['fiscal_year']), key));
  }

  async stageOf(id: string): Promise<string | undefined> {
    return (await applicationById(this.store.db, id, 'all'))?.stage;
  }

  templatesOf(id: string): string[] {
    return this.mails.filter((mail) => mail.applicationId === id).map((mail) => mail.template);
  }
}
