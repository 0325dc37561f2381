/** For tests of what goes between PostgreSQL and kintone: a store, a stand-in with this system's apps, and the gateway between. */
import { demoFamily } from '../embedded/demo/families.ts';
import type { Seed } from '../embedded/kintone/seed.ts';
import type { ApplicationEvent, EventBody } from '../domain/application/events.ts';
import type { ActorRef } from '../domain/people/actor.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../kintone/gateway/index.ts';
import { provision, type AppIds } from '../kintone/provision.ts';
import { projectStep } from '../store/applications.ts';
import type { Db } from '../store/db.ts';
import { storeFile } from '../store/files.ts';
import { receiveSubmission } from '../store/receive.ts';
import { seedSettings } from '../store/settings.ts';
import { admin, startTestKintone, type TestKintone } from './kintone.ts';
import {
  addTestAccount,
  openTestStore,
  receivedEvent,
  stepOf,
  testKeyring,
  testSubmission,
} from './store.ts';

export interface KintoneStore {
  store: Awaited<ReturnType<typeof openTestStore>>;
  kintone: TestKintone;
  ids: AppIds;
  gateway: Gateway;
  close: () => Promise<void>;
}

/** Somebody of the ward who works in kintone itself. */
export const SATO = { code: 'sato', name: '佐藤 区子', password: 'pw' };

/** Starts all of it, with {@link SATO} in kintone; `close` in afterAll. The system itself signs in as `admin`. */
export async function openKintoneStore({
  faults = false,
  tokens,
  ...gatewayOptions
}: { faults?: boolean; tokens?: Seed['tokens'] } & Partial<GatewayOptions> = {}): Promise<KintoneStore> {
  const [store, kintone] = await Promise.all([
    openTestStore(),
    startTestKintone({ users: [SATO], ...(tokens ? { tokens } : {}) }, { faults }),
  ]);
  const ids = await provision(kintone.as());
  await seedSettings(store.db, new Date('2026-01-01T00:00:00Z'));
  const gateway = createGateway({
    baseUrl: kintone.server.url,
    password: admin,
    appIds: ids,
    limits: { batchWindowMs: 5 },
    ...gatewayOptions,
  });
  return {
    store,
    kintone,
    ids,
    gateway,
    close: async () => {
      await gateway.close();
      await kintone.close();
      await store.close();
    },
  };
}

/** A made-up family's application after its receipt, with a certificate of employment where a name for it is given. */
export async function receivedApplication(
  db: Db,
  { family: n, document }: { family: number; document?: string },
) {
  const family = demoFamily(n);
  const applicantId = await addTestAccount(db, { name: family.guardianName });
  const file =
    document === undefined
      ? undefined
      : await storeFile(db, testKeyring, {
          accountId: applicantId,
          documentType: 'employment_certificate_1',
          name: document,
          contentType: 'application/pdf',
          bytes: (async function* () {
            yield Buffer.from(`%PDF-1.4 ${family.guardianName}`);
          })(),
          maxBytes: 10_000,
        });
  const submission = testSubmission({
    applicantId,
    answers: family.answers,
    bopCode: family.bopCode,
    ...(file ? { fileIds: [file.id] } : {}),
  });
  const outcome = await receiveSubmission(db, testKeyring, submission);
  if (outcome.kind !== 'received') throw new Error(outcome.kind);
  const { application } = outcome;
  const history: ApplicationEvent[] = [receivedEvent(submission, application.receiptNumber)];
  await projectStep(db, stepOf(history));
  return {
    application,
    applicationId: submission.applicationId,
    receiptNumber: application.receiptNumber,
    family,
    history,
    /** What comes next; a minute later unless told. */
    add: async (
      body: EventBody,
      by: ActorRef,
      at = new Date(Date.parse(submission.receivedAt) + history.length * 60_000).toISOString(),
    ) => {
      history.push({ ...body, seq: history.length + 1, at, by });
      await projectStep(db, stepOf(history));
    },
  };
}
