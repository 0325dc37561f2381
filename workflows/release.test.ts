import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RelatedApplication } from '../domain/application/state.ts';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import {
  findings,
  guardian,
  inputOf,
  quietTemporal,
  RecordingActivities,
  staff,
  submitForTest,
  testWorker,
  TEST_SETTINGS,
} from '../testing/application-worker.ts';
import { registerSearchAttributes, startTimeSkipping } from '../testing/temporal.ts';
import { relatedSignal, settingsChangedSignal } from './messages.ts';
import { SEARCH_ATTRIBUTE_KEYS } from './search-attributes.ts';

const WARD = staff('ward', 'ward');
const APPROVE = { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' } as const;

let env: TestWorkflowEnvironment;
let activities: RecordingActivities;
let worker: Worker;
let running: Promise<void>;

beforeAll(quietTemporal);
// A server a test: once a workflow has ended, its clock may run on by years.
beforeEach(async () => {
  env = await startTimeSkipping();
  await registerSearchAttributes(env, SEARCH_ATTRIBUTE_KEYS);
  activities = new RecordingActivities();
  worker = await testWorker(env, activities);
  running = worker.run();
});
afterEach(async () => {
  worker.shutdown();
  await running;
  await env.teardown();
});

const nowOf = async () => new Date(await env.currentTimeMs()).toISOString();
const dayIn = async (days: number) => addDays(tokyoDate(await nowOf()), days);

async function reviewed(over: Parameters<typeof inputOf>[0] = {}) {
  const app = await submitForTest(env, inputOf({ receivedAt: await nowOf(), ...over }));
  await app.act(staff('aoki'), { type: 'completeFirstReview', findings: findings() });
  await app.act(staff('baba'), { type: 'agreeSecondReview', findings: findings() });
  return app;
}
/** The server's clock runs on after a workflow's end: the event says when it was. */
const releasedAt = (app: { submitted: { applicationId: string } }) =>
  activities.events.get(app.submitted.applicationId)?.find(({ type }) => type === 'released')?.at;
const templates = () => activities.mails.map((mail) => mail.template);

describe('decisions of a round are told on its day (Q23)', () => {
  it('waits for the day by a durable timer, and tells once', async () => {
    const noticesOn = await dayIn(20);
    activities.settings = { ...TEST_SETTINGS, noticesOn };
    const app = await reviewed();
    expect(await app.act(WARD, APPROVE)).toMatchObject({ stage: 'awaitingRelease' });
    await env.sleep('10 days');
    expect(templates()).toEqual(['received']);
    await expect(app.handle.result()).resolves.toEqual({ stage: 'approved' });
    expect(releasedAt(app)).toMatch(`${noticesOn}T00:00`);
    expect(templates()).toEqual(['received', 'decided']);
    expect(activities.typesOf(app.submitted.applicationId).slice(-2)).toEqual(['decided', 'released']);
  });

  it('follows a day that the ward changes', async () => {
    activities.settings = { ...TEST_SETTINGS, noticesOn: await dayIn(20) };
    const app = await reviewed();
    await app.act(WARD, APPROVE);
    const earlier = await dayIn(3);
    activities.settings = { ...TEST_SETTINGS, noticesOn: earlier };
    await app.handle.signal(settingsChangedSignal);
    await expect(app.handle.result()).resolves.toEqual({ stage: 'approved' });
    expect(releasedAt(app)).toMatch(`${earlier}T00:00`);
  });

  it('tells nothing of a decision that is taken back, and the last one on the day', async () => {
    activities.settings = { ...TEST_SETTINGS, noticesOn: await dayIn(5) };
    const app = await reviewed();
    await app.act(WARD, APPROVE);
    await app.act(WARD, { type: 'reviseDecision', reason: 'text-1' });
    await env.sleep('2 days');
    await app.act(WARD, { type: 'decide', outcome: 'refused', reasonCode: 'requirements', reason: 'text-2' });
    await expect(app.handle.result()).resolves.toEqual({ stage: 'refused' });
    expect(templates()).toEqual(['received', 'decided']);
  });

  it('lets the family cancel, who know of no decision, and never tells it', async () => {
    activities.settings = { ...TEST_SETTINGS, noticesOn: await dayIn(5) };
    const app = await reviewed();
    await app.act(WARD, APPROVE);
    await app.act(guardian(), { type: 'cancel' });
    await expect(app.handle.result()).resolves.toEqual({ stage: 'cancelled' });
    await env.sleep('10 days');
    expect(templates()).toEqual(['received', 'cancelled']);
  });
});

describe('an application that waits for the admission', () => {
  const admission = (over: Partial<RelatedApplication>): RelatedApplication => ({
    applicationId: 'admission-1',
    receiptNumber: 'A27-000002-0',
    procedure: 'admission',
    outcome: 'undecided',
    ended: false,
    seq: 2,
    ...over,
  });

  it('learns of it by a signal that may come twice, or for another application', async () => {
    activities.related = [{ role: 'waitsFor', related: admission({}) }];
    const app = await reviewed();
    await expect(app.act(WARD, APPROVE)).rejects.toMatchObject({ cause: { type: 'Refused' } });
    const related = admission({ outcome: 'approved', seq: 6 });
    await app.handle.signal(relatedSignal, { to: 'somebody else', role: 'waitsFor', related });
    await expect(app.act(WARD, APPROVE)).rejects.toMatchObject({ cause: { type: 'Refused' } });
    const { applicationId } = app.submitted;
    for (let times = 0; times < 2; times += 1) {
      await app.handle.signal(relatedSignal, { to: applicationId, role: 'waitsFor', related });
    }
    await expect.poll(async () => (await app.state()).waitsFor?.outcome).toBe('approved');
    await app.act(WARD, APPROVE);
    await expect(app.handle.result()).resolves.toEqual({ stage: 'approved' });
    const types = activities.typesOf(applicationId).filter((type) => type === 'relatedChanged');
    expect(types).toHaveLength(2);
  });
});

describe('a cancellation that came too late', () => {
  it('is told by its delivery, after its own decision, as a task', async () => {
    activities.cancelledTooLate = ['admission-1'];
    const app = await reviewed();
    await app.act(WARD, APPROVE);
    await expect(app.handle.result()).resolves.toEqual({ stage: 'approved' });
    const types = activities.typesOf(app.submitted.applicationId);
    expect(types.filter((type) => type === 'cancelledTooLate')).toHaveLength(1);
  });
});
