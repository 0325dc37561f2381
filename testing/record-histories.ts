import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { RelatedApplication } from '../domain/application/state.ts';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import { receiptNumberOf } from '../domain/intake/receipt-number.ts';
import { relatedSignal, settingsChangedSignal, type ApplicationInput } from '../workflows/messages.ts';
import { SEARCH_ATTRIBUTE_KEYS } from '../workflows/search-attributes.ts';
import {
  RecordingActivities,
  findings,
  guardian,
  inputOf,
  quietTemporal,
  staff,
  submitForTest,
  testWorker,
  TEST_SETTINGS,
} from './application-worker.ts';
import { registerSearchAttributes, startTimeSkipping } from './temporal.ts';

/** Where the histories of every released version lie; a new version adds a folder and never changes an old one. */
export const HISTORIES = fileURLToPath(new URL('../workflows/histories/', import.meta.url));

const History = proto.temporal.api.history.v1.History;
type History = proto.temporal.api.history.v1.IHistory;

/** @internal As the files have it. */
export function toJson(history: History): string {
  const plain = History.toObject(History.fromObject(history), {
    longs: String,
    bytes: String,
    enums: String,
  });
  return JSON.stringify(plain, null, 1);
}

/** A history as `recordHistories` wrote it. */
export function historyFromFile(file: string): History {
  return History.fromObject(
    JSON.parse(readFileSync(path.join(HISTORIES, file), 'utf8')) as Record<string, unknown>,
  );
}

type App = Awaited<ReturnType<typeof submitForTest>>;
type Scenario = (app: App, env: TestWorkflowEnvironment, activities: RecordingActivities) => Promise<void>;

const aoki = staff('11111111-1111-4111-8111-111111111111');
const baba = staff('22222222-2222-4222-8222-222222222222');
const leader = staff('33333333-3333-4333-8333-333333333333', 'leader');
const ward = staff('44444444-4444-4444-8444-444444444444', 'ward');
const contact = (id: string) => ({
  id,
  kind: 'phone' as const,
  direction: 'toApplicant' as const,
  content: `text-${id}`,
  occurredAt: '2026-11-24T01:00:00.000Z',
});

async function reviews(app: App, deficient?: string): Promise<void> {
  await app.act(aoki, {
    type: 'completeFirstReview',
    findings: findings(deficient ? { [deficient]: 'deficient' } : {}),
  });
  await app.act(baba, { type: 'agreeSecondReview', findings: findings() });
}

async function answer(app: App, answerId: string): Promise<void> {
  const items = (await app.state()).request?.items.map((item) => item.id) ?? [];
  await app.act(guardian(), { type: 'answer', answerId, itemIds: items, unchanged: false });
}

const ADMISSION: RelatedApplication = {
  applicationId: 'admission-1',
  receiptNumber: 'A27-000002-0',
  procedure: 'admission',
  outcome: 'undecided',
  ended: false,
  seq: 2,
};

/** What some scenarios find in the world around them. */
const SURROUNDINGS: Readonly<Record<string, (activities: RecordingActivities, today: string) => void>> = {
  'round-revised-released': (activities, today) => {
    activities.settings = { ...TEST_SETTINGS, noticesOn: addDays(today, 15) };
  },
  'open-awaiting-release': (activities, today) => {
    activities.settings = { ...TEST_SETTINGS, noticesOn: addDays(today, 30) };
  },
  'waitlisted-moved-up': (activities, today) => {
    activities.settings = { ...TEST_SETTINGS, noticesOn: addDays(today, 15), effectiveDate: false };
  },
  'open-waitlisted': (activities) => {
    activities.settings = { ...TEST_SETTINGS, effectiveDate: false };
  },
  'waited-for-admission': (activities) => {
    activities.related = [{ role: 'waitsFor', related: ADMISSION }];
  },
};

/** What is not filed as an admission. */
const INPUTS: Readonly<Record<string, Partial<ApplicationInput>>> = {
  'waitlisted-moved-up': { procedure: 'extendedUse', receiptNumber: receiptNumberOf('B', 2027, 1) },
  'open-waitlisted': {
    procedure: 'extendedUse',
    receiptNumber: receiptNumberOf('B', 2027, 2),
    round: 'anytime',
  },
};

/** Ways through an application that between them use every message, timer and activity. */
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  approved: async (app) => {
    await app.act(aoki, { type: 'claim' });
    await reviews(app);
    await app.act(ward, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' });
    await app.handle.result();
  },
  'overdue-chased-refused': async (app, env) => {
    await reviews(app, 'guardian');
    await env.sleep('45 days');
    await app.act(leader, { type: 'escalate', escalationId: 'e1', question: 'text-q' });
    await app.act(ward, { type: 'instruct', escalationId: 'e1', instruction: 'text-i' });
    await app.act(leader, { type: 'proceedWithoutAnswer', reason: 'text-r' });
    await reviews(app);
    await app.act(ward, { type: 'returnToReview', reason: 'text-w' });
    await reviews(app);
    await app.act(ward, { type: 'decide', outcome: 'refused', reasonCode: 'requirements', reason: 'text-d' });
    await app.handle.result();
  },
  'letter-answered-approved': async (app) => {
    await reviews(app, 'documents');
    await answer(app, 'a1');
    await app.act(aoki, { type: 'completeFirstReview', findings: findings({ documents: 'deficient' }) });
    await app.act(baba, {
      type: 'returnToFirst',
      findings: findings({ documents: 'deficient' }),
      reason: 'text-back',
    });
    await reviews(app, 'documents');
    await app.act(leader, { type: 'recordContact', contact: contact('c1') });
    await app.handle.signal('settingsChanged');
    await answer(app, 'a2');
    await reviews(app);
    await app.act(ward, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' });
    await app.handle.result();
  },
  'cancelled-early': async (app) => {
    await app.act(guardian(), { type: 'cancel' });
    await app.handle.result();
  },
  // Told on the day of the round: taken back once, decided again, the day moved.
  'round-revised-released': async (app) => {
    await reviews(app);
    const decide = { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' } as const;
    await app.act(ward, decide);
    await app.act(ward, { type: 'reviseDecision', reason: 'text-v' });
    await app.act(ward, decide);
    await app.handle.signal('settingsChanged');
    await app.handle.result();
  },
  // Waits for the admission; the news comes by signal.
  'waited-for-admission': async (app) => {
    await reviews(app);
    await app.handle.signal(relatedSignal, {
      to: app.submitted.applicationId,
      role: 'waitsFor',
      related: { ...ADMISSION, outcome: 'approved', seq: 8 },
    });
    await app.act(ward, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' });
    await app.handle.result();
  },
  // No place in the round: told on its day with the others, and moves up later.
  'waitlisted-moved-up': async (app, env) => {
    await reviews(app);
    const { seq } = await app.state();
    await app.act(ward, { type: 'waitlist', rank: 2, expectedSeq: seq });
    await env.sleep('20 days');
    await app.act(leader, { type: 'recordContact', contact: contact('c1') });
    await app.act(ward, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-06-01' });
    await app.handle.result();
  },
  // Told at once that it waits, and still waiting when the new code comes.
  'open-waitlisted': async (app, env) => {
    await reviews(app);
    await app.act(ward, { type: 'waitlist', rank: 1 });
    await env.sleep('2 days');
  },
  'cancelled-on-request': async (app) => {
    const { applicationId } = app.submitted;
    await app.act(
      { kind: 'system' },
      {
        type: 'cancelOnRequest',
        targetId: applicationId,
        applicationId: 'cancellation-1',
        receiptNumber: 'H27-000001-0',
      },
    );
    await app.handle.result();
  },
  // Decided, and waiting for its day when the new code comes.
  'open-awaiting-release': async (app, env) => {
    await reviews(app);
    await app.act(ward, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' });
    await env.sleep('2 days');
  },
  // The office closes while the family is asked: the deadline moves, and the history ends before it.
  'open-calendar-changed': async (app, env, activities) => {
    await reviews(app, 'child');
    await env.sleep('2 days');
    const { request, settings } = await app.state();
    const closed = [addDays(request!.deadline, -1), request!.deadline];
    const { calendar } = settings;
    activities.settings = {
      ...TEST_SETTINGS,
      calendar: { ...calendar, version: 'changed', closedDates: [...calendar.closedDates, ...closed] },
    };
    await app.handle.signal(settingsChangedSignal);
    await env.sleep('3 days');
  },
  // Still running when the new code comes: its history ends in the middle.
  'open-awaiting-applicant': async (app, env) => {
    await reviews(app, 'child');
    await env.sleep('12 days');
  },
};

/** Runs every scenario on the present code and writes the histories to `workflows/histories/<version>/`. */
export async function recordHistories(version: string): Promise<readonly string[]> {
  quietTemporal();
  const env = await startTimeSkipping();
  await registerSearchAttributes(env, SEARCH_ATTRIBUTE_KEYS);
  const activities = new RecordingActivities();
  const worker = await testWorker(env, activities);
  const running = worker.run();
  const folder = path.join(HISTORIES, version);
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const [name, play] of Object.entries(SCENARIOS)) {
    const receivedAt = new Date(await env.currentTimeMs()).toISOString();
    activities.settings = TEST_SETTINGS;
    activities.related = [];
    SURROUNDINGS[name]?.(activities, tokyoDate(receivedAt));
    const app = await submitForTest(env, inputOf({ receivedAt, ...INPUTS[name] }));
    await play(app, env, activities);
    const file = path.join(folder, `${name}.json`);
    await writeFile(file, toJson(await app.handle.fetchHistory()));
    written.push(file);
  }
  worker.shutdown();
  await running;
  await env.teardown();
  return written;
}
