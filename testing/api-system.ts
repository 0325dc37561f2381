import type { Client } from '@temporalio/client';
import { createActivities } from '../activities/index.ts';
import { createEnrolmentActivities } from '../activities/enrolment/index.ts';
import { createRoundActivities } from '../activities/rounds/index.ts';
import { exportClient } from '../api/temporal-exports.ts';
import { applicationClient } from '../api/temporal.ts';
import { enrolmentClient } from '../api/temporal-enrolments.ts';
import { roundClient } from '../api/temporal-rounds.ts';
import { startApplication } from '../api/services/submit.ts';
import { demoFamily } from '../embedded/demo/families.ts';
import { createGateway, type Gateway } from '../kintone/gateway/index.ts';
import { provision } from '../kintone/provision.ts';
import { applicationById, type Application } from '../store/applications.ts';
import { storeFile } from '../store/files.ts';
import { receiveSubmission, type Submission } from '../store/receive.ts';
import { seedSettings, wardSettings } from '../store/settings.ts';
import { SEARCH_ATTRIBUTE_KEYS } from '../workflows/search-attributes.ts';
import { startTestApi, type TestApi } from './api.ts';
import { quietTemporal, TEST_TASK_QUEUE, testWorker } from './application-worker.ts';
import { admin, startTestKintone, type TestKintone } from './kintone.ts';
import { startTestMail, type TestMailServer } from './mail.ts';
import { testSubmission } from './store.ts';
import { startLocalTemporal } from './temporal.ts';

/** The API with everything behind it: Temporal's server, the worker with its real activities, kintone, a mail server. */
export interface ApiSystem {
  api: TestApi;
  kintone: TestKintone;
  mail: TestMailServer;
  gateway: Gateway;
  /** Temporal's client and queue, for what other processes do. */
  temporal: { client: Client; taskQueue: string };
  /** App key → app id. */
  appIds: Readonly<Record<string, string>>;
  /** Files an application of a made-up family, and starts its workflow. */
  file: (given?: Partial<Submission> & { document?: string }) => Promise<Application>;
  /** The application as it is once this holds; waits for it. */
  until: (id: string, holds: (application: Application) => boolean) => Promise<Application>;
  close: () => Promise<void>;
}

const WAIT_MS = 20_000;

/** @param over another clock than the machine's, where a test depends on the day */
export async function startApiSystem(over: { now?: () => Date } = {}): Promise<ApiSystem> {
  quietTemporal();
  const [env, kintone, mail] = await Promise.all([
    startLocalTemporal({ searchAttributes: [...SEARCH_ATTRIBUTE_KEYS] }),
    startTestKintone({}, { faults: true }),
    startTestMail(),
  ]);
  const appIds = await provision(kintone.as());
  const gateway: Gateway = createGateway({
    baseUrl: kintone.server.url,
    password: admin,
    appIds,
    limits: { requestTimeoutMs: 3000, batchWindowMs: 30 },
  });
  const api = await startTestApi(async ({ db }) => {
    await seedSettings(db, new Date('2026-01-01T00:00:00Z'));
    return {
      temporal: applicationClient(env.client, { namespace: 'default', taskQueue: TEST_TASK_QUEUE }),
      rounds: roundClient(env.client, { taskQueue: TEST_TASK_QUEUE }),
      enrolments: enrolmentClient(env.client, { taskQueue: TEST_TASK_QUEUE }),
      exports: exportClient(env.client, { taskQueue: TEST_TASK_QUEUE }),
      kintone: gateway,
      settings: wardSettings(db),
      ...over,
    };
  });
  const { db, keyring, deps } = api;
  const from = '新BOP学童クラブ <gakudo@example.test>';
  const { activities, close } = createActivities({
    db,
    keyring,
    gateway,
    log: deps.log,
    config: {
      http: deps.config.http,
      mail: { smtpUrl: mail.url, from, footer: deps.config.mail.footer, maxConnections: 5 },
    },
  });
  const rounds = createRoundActivities({ db, keyring, client: env.client, log: deps.log });
  const enrolments = createEnrolmentActivities({ db, keyring, gateway, client: env.client });
  const worker = await testWorker(env, activities, { ...rounds, ...enrolments });
  const running = worker.run();
  let families = 0;

  const until: ApiSystem['until'] = async (id, holds) => {
    const end = Date.now() + WAIT_MS;
    for (;;) {
      const now = await applicationById(db, id, 'all');
      if (now && holds(now)) return now;
      if (Date.now() > end) throw new Error(`application ${id} stayed as it is: ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  return {
    api,
    kintone,
    mail,
    gateway,
    temporal: { client: env.client, taskQueue: TEST_TASK_QUEUE },
    appIds,
    until,
    async file({ document, ...given } = {}) {
      const family = demoFamily((families += 1));
      const applicantId =
        given.applicantId === undefined
          ? await api.createAccount({
              role: 'applicant',
              login: `family${String(families)}@example.test`,
              email: `family${String(families)}@example.test`,
            })
          : given.applicantId;
      const fileIds = document === undefined ? [] : [await uploaded(api, applicantId ?? '', document)];
      const submission = testSubmission({
        applicantId,
        answers: family.answers,
        bopCode: family.bopCode,
        receivedAt: new Date().toISOString(),
        fileIds,
        ...given,
      });
      const outcome = await receiveSubmission(db, keyring, submission);
      if (outcome.kind !== 'received') throw new Error(outcome.kind);
      await startApplication(deps, outcome.application, WAIT_MS);
      return until(submission.applicationId, (one) => one.seq >= 2);
    },
    async close() {
      worker.shutdown();
      await running;
      close();
      await api.close();
      await gateway.close();
      await Promise.all([kintone.close(), mail.stop(), env.teardown()]);
    },
  };
}

/** A file that somebody has uploaded and not sent. */
export async function uploaded(
  { db, keyring }: Pick<TestApi, 'db' | 'keyring'>,
  accountId: string,
  documentType: string,
): Promise<string> {
  async function* bytes() {
    yield Buffer.from('%PDF-1.4 made up');
  }
  const file = await storeFile(db, keyring, {
    accountId,
    documentType,
    name: `${documentType}.pdf`,
    contentType: 'application/pdf',
    bytes: bytes(),
    maxBytes: 10_000,
  });
  return file.id;
}
