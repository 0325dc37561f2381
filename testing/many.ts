import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { applicationClient, type ApplicationClient } from '../api/temporal.ts';
import { startApplication } from '../api/services/submit.ts';
import { decideAction } from '../domain/application/decide.ts';
import type { ApplicationEvent } from '../domain/application/events.ts';
import { replay } from '../domain/application/evolve.ts';
import { summaryOf } from '../domain/application/summary.ts';
import type { Finding } from '../domain/application/state.ts';
import { childIdentity, lockKey, workflowIdOf } from '../domain/intake/identity.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { demoFamily } from '../embedded/demo/families.ts';
import { applicationById, projectStep, receivedFacts, type Application } from '../store/applications.ts';
import { eventsOf } from '../store/events.ts';
import { markStarted, receiveSubmission } from '../store/receive.ts';
import { applicationSettingsAt } from '../store/settings.ts';
import { APPLICATION_WORKFLOW } from '../workflows/messages.ts';
import { staff } from './application-worker.ts';
import { REVIEWERS } from './reviewed.ts';
import type { TestSystem } from './system.ts';

/** Makes many applications that await the ward's decision, without a browser or a page for each. */
export interface Many {
  /** Files the application of the family with this number, and takes it through both reviews. */
  make: (index: number, over?: ManyOptions) => Promise<Application>;
  /**
   * The same by a short way, for thousands: filed in the store, reviewed by the rules themselves, and then taken up by the real
   * workflow as by a run that continues an earlier one. What is carried to kintone is carried with its next step.
   */
  makeLight: (index: number) => Promise<Application>;
  temporal: ApplicationClient;
  close: () => Promise<void>;
}

export interface ManyOptions {
  procedure?: string;
  bopCode?: string;
  answers?: Answers;
  round?: string;
}

const START_MS = 60_000;

/** @param applicantId the account that files them all: has the mail address that everything is told to */
export async function manyApplications(
  system: Pick<TestSystem, 'db' | 'keyring' | 'temporal' | 'dataConverter' | 'config'>,
  applicantId: string,
): Promise<Many> {
  const { db, keyring, dataConverter, config } = system;
  const connection = await Connection.connect({ address: system.temporal.address });
  const client = new Client({ connection, namespace: system.temporal.namespace, dataConverter });
  const temporal = applicationClient(client, config.temporal);

  const until = async (id: string, holds: (one: Application) => boolean): Promise<Application> => {
    for (;;) {
      const now = await applicationById(db, id, 'all');
      if (now && holds(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };

  const file = async (index: number, over: ManyOptions): Promise<Application> => {
    const { procedure = 'admission', bopCode, answers: own, round = 'first' } = over;
    const definition = procedureOf(procedure);
    if (!definition) throw new Error(`no procedure ${procedure}`);
    const family = demoFamily(index);
    const { roles } = definition;
    // Three thousand children of a few names: told apart by a further kana.
    const kana = `ジュン${'アイウエオカキクケコ'[index % 10]!}${'サシスセソタチツテト'[Math.floor(index / 10) % 10]!}`;
    const answers: Answers = {
      ...family.answers,
      child_given_kana: `${kana}${'ナニヌネノハヒフヘホ'[Math.floor(index / 100) % 10]!}`,
      ...own,
    };
    const text = (code: string) => {
      const value = answers[code];
      return typeof value === 'string' ? value : '';
    };
    const childKey = keyring.lookupKey('child', childIdentity(definition, answers));
    const fiscalYear = 2027;
    const key = lockKey({ procedure, fiscalYear, childKey });
    const outcome = await receiveSubmission(db, keyring, {
      applicationId: randomUUID(),
      submissionId: randomUUID(),
      workflowId: workflowIdOf(key),
      lockKey: key,
      procedure,
      letter: definition.letter,
      fiscalYear,
      round,
      bopCode: bopCode ?? family.bopCode,
      channel: 'online',
      applicantId,
      enteredBy: null,
      hasMail: true,
      receivedAt: new Date().toISOString(),
      answers,
      fileIds: [],
      child: {
        familyName: text(roles.childFamilyName),
        givenName: text(roles.childGivenName),
        familyKana: text(roles.childFamilyKana),
        givenKana: text(roles.childGivenKana),
        birthDate: text(roles.childBirthDate),
      },
    });
    if (outcome.kind !== 'received') throw new Error(`family ${index}: ${outcome.kind}`);
    return outcome.application;
  };

  return {
    temporal,
    close: () => connection.close(),
    async make(index, over = {}) {
      const application = await file(index, over);
      await startApplication({ db, temporal }, application, START_MS);
      const begun = await until(application.id, (one) => one.seq >= 2);
      const { settings } = replay(await eventsOf(db, application.id));
      const findings: Finding[] = settings.criteria.map(({ id }) => ({ criterionId: id, result: 'met' }));
      for (const [type, who] of REVIEWS) {
        await again(() => temporal.act(begun, staff(who), { type, findings }, `${application.id}-${type}`));
      }
      return until(application.id, (one) => one.stage === 'awaitingDecision');
    },
    async makeLight(index) {
      const application = await file(index, {});
      const { id: applicationId, receivedAt, procedure, workflowId } = application;
      const settings = await applicationSettingsAt(db, procedure, receivedAt, application);
      const input = receivedFacts(application);
      const events: ApplicationEvent[] = [
        { ...input, type: 'received', settings, seq: 1, at: receivedAt, by: { kind: 'system' } },
        { type: 'intakeChecked', lookAlikes: 0, hints: 0, seq: 2, at: receivedAt, by: { kind: 'system' } },
      ];
      let state = replay(events);
      const findings: Finding[] = settings.criteria.map(({ id }) => ({ criterionId: id, result: 'met' }));
      for (const [type, who] of REVIEWS) {
        const outcome = decideAction(state, staff(who), { type, findings }, { now: receivedAt });
        if (!outcome.ok) throw new Error(`${type}: ${outcome.refusal.code}`);
        events.push(...outcome.events);
        ({ state } = outcome);
      }
      await projectStep(db, { applicationId, events, summary: summaryOf(state) });
      // The receipt has been told already.
      const receipt = { mail_id: `${applicationId}-1`, application_id: applicationId, template: 'received' };
      await db
        .insertInto('mails')
        .values({ ...receipt, status: 'sent' })
        .execute();
      await client.workflow.start(APPLICATION_WORKFLOW, {
        workflowId,
        taskQueue: config.temporal.taskQueue,
        args: [input, { state, deliveredSeq: state.seq }],
        workflowTaskTimeout: '5 seconds',
      });
      await markStarted(db, applicationId);
      return until(applicationId, (one) => one.startedAt !== null);
    },
  };
}

const REVIEWS = [
  ['completeFirstReview', REVIEWERS.first],
  ['agreeSecondReview', REVIEWERS.second],
] as const;

/** The same call with the same id until it is answered: a busy machine is slow to answer, not wrong. */
async function again<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      const { status } = error as { status?: number };
      if (status !== 503 || tries > 20) throw error;
    }
  }
}
