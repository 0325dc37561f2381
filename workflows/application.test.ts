import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Refusal } from '../domain/application/actions.ts';
import {
  RecordingActivities,
  findings,
  guardian,
  inputOf,
  quietTemporal,
  staff,
  submitForTest,
  testWorker,
} from '../testing/application-worker.ts';
import { registerSearchAttributes, startTimeSkipping } from '../testing/temporal.ts';
import { SEARCH_ATTRIBUTE_KEYS } from './search-attributes.ts';

let env: TestWorkflowEnvironment;
let activities: RecordingActivities;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  quietTemporal();
  env = await startTimeSkipping();
  await registerSearchAttributes(env, SEARCH_ATTRIBUTE_KEYS);
});
afterAll(() => env.teardown());
beforeEach(async () => {
  activities = new RecordingActivities();
  worker = await testWorker(env, activities);
  running = worker.run();
});
afterEach(async () => {
  worker.shutdown();
  await running;
});

const nowOf = async () => new Date(await env.currentTimeMs()).toISOString();
const submit = async (over = {}) => submitForTest(env, inputOf({ receivedAt: await nowOf(), ...over }));

/**
 * Ends an application as a family would. Never `terminate` here: the test server would wait for its running activity for
 * ever, and no time would pass any more.
 */
async function finish(app: Awaited<ReturnType<typeof submit>>): Promise<void> {
  const { applicantId } = await app.state();
  await app.act(guardian(applicantId!), { type: 'cancel' });
  await app.handle.result();
}

async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  const cause = (error as WorkflowUpdateFailedError).cause as ApplicationFailure;
  expect(cause.type).toBe('Refused');
  return cause.details![0] as Refusal;
}

describe('an application of admission (Q09, Q16–Q21)', () => {
  it('goes from filing over two reviews to the decision', async () => {
    const app = await submit();
    expect(app.submitted).toMatchObject({ receiptNumber: 'A27-000001-0', stage: 'firstReview' });
    await app.act(staff('aoki'), { type: 'completeFirstReview', findings: findings() });
    await app.act(staff('baba'), { type: 'agreeSecondReview', findings: findings() });
    await app.act(staff('ward', 'ward'), {
      type: 'decide',
      outcome: 'approved',
      effectiveFrom: '2027-04-01',
    });
    await expect(app.handle.result()).resolves.toEqual({ stage: 'approved' });
    const id = app.submitted.applicationId;
    expect(activities.typesOf(id).filter((type) => type !== 'intakeChecked')).toEqual([
      'received',
      'firstReviewCompleted',
      'secondReviewAgreed',
      'decided',
    ]);
    expect(activities.mails.map((mail) => mail.template)).toEqual(['received', 'decided']);
    expect(Math.max(...activities.carried.map((c) => c.seq))).toBe(activities.events.get(id)!.at(-1)!.seq);
  });

  it('refuses the same person as second reviewer, in the workflow itself (Q17)', async () => {
    const app = await submit();
    await app.act(staff('aoki'), { type: 'completeFirstReview', findings: findings() });
    for (const role of ['operator', 'leader'] as const) {
      const refusal = await refusalOf(
        app.act(staff('aoki', role), { type: 'agreeSecondReview', findings: findings() }),
      );
      expect(refusal.code).toBe('samePerson');
    }
    await finish(app);
  });

  it('lets one of two reviewers win who act at the same moment; the other is told', async () => {
    const app = await submit();
    const results = await Promise.allSettled([
      app.act(staff('aoki'), { type: 'completeFirstReview', findings: findings() }),
      app.act(staff('baba'), { type: 'completeFirstReview', findings: findings() }),
    ]);
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    await finish(app);
  });

  it('applies an update that is sent twice once (retry after a lost connection)', async () => {
    const app = await submit();
    const action = { type: 'addNote', note: 'text-1' } as const;
    const [one, two] = await Promise.all([
      app.act(staff('aoki'), action, 'action-1'),
      app.act(staff('aoki'), action, 'action-1'),
    ]);
    expect(one).toEqual(two);
    expect(await app.act(staff('aoki'), action, 'action-1')).toEqual(one);
    expect(activities.typesOf(app.submitted.applicationId).filter((type) => type === 'noted')).toHaveLength(
      1,
    );
    await finish(app);
  });

  it('tells a second submission of the same child what exists (Q08)', async () => {
    const first = inputOf({ receivedAt: await nowOf(), receiptNumber: 'A27-000010-0' });
    const second = inputOf({
      receivedAt: await nowOf(),
      receiptNumber: 'A27-000011-0',
      applicantId: 'guardian-2',
    });
    const lock = 'admission:2027:child-of-both';
    const [a, b] = await Promise.all([submitForTest(env, first, lock), submitForTest(env, second, lock)]);
    expect(a.submitted.applicationId).toBe(b.submitted.applicationId);
    await finish(a);
  });

  it('reminds, passes the deadline without refusing, chases, and takes the late answer (Q20)', async () => {
    const app = await submit();
    const id = app.submitted.applicationId;
    await app.act(staff('aoki'), {
      type: 'completeFirstReview',
      findings: findings({ guardian: 'deficient' }),
    });
    await app.act(staff('baba'), { type: 'agreeSecondReview', findings: findings() });
    const asked = (await app.state()).request!;
    await env.sleep('40 days');
    const late = await app.state();
    expect(late.stage).toBe('awaitingApplicant');
    expect(late.request).toMatchObject({ overdue: true, reminders: ['before', 'onDay'] });
    const passed = activities.events.get(id)!.find((event) => event.type === 'deadlinePassed')!;
    expect(passed.at.slice(0, 13)).toBe(`${asked.deadline}T15`);
    const deadline = activities.events.get(id)!.at(-1)!.at.slice(0, 10);
    const later = await nextWorkingDay(deadline, 60);
    await app.act(staff('aoki'), { type: 'chase', method: 'mail', deadline: later });
    await app.act(guardian(), {
      type: 'answer',
      answerId: 'a1',
      itemIds: [late.request!.items[0]!.id],
      unchanged: false,
    });
    expect((await app.state()).stage).toBe('firstReview');
    await env.sleep('90 days');
    expect(activities.mails.map((mail) => mail.template)).toEqual([
      'received',
      'deficiencyRequested',
      'reminder',
      'reminder',
      'chaser',
      'answerReceived',
    ]);
    await finish(app);
  });

  it('asks by posted letter when it is still deficient after the new review (Q20)', async () => {
    const app = await submit();
    const deficient = findings({ documents: 'deficient' });
    for (const round of [1, 2]) {
      await app.act(staff('aoki'), { type: 'completeFirstReview', findings: deficient });
      await app.act(staff('baba'), { type: 'agreeSecondReview', findings: findings() });
      if (round === 1) {
        const items = (await app.state()).request!.items.map((item) => item.id);
        await app.act(guardian(), { type: 'answer', answerId: `a${round}`, itemIds: items, unchanged: true });
      }
    }
    const { request } = await app.state();
    expect(request).toMatchObject({ round: 2, method: 'letter' });
    await expect.poll(() => activities.letters).toEqual([`${app.submitted.applicationId}-request-2`]);
    await finish(app);
  });

  it("ends by the applicant's cancellation, and frees the lock for a new application", async () => {
    const lock = 'admission:2027:another-child';
    const app = await submitForTest(env, inputOf({ receivedAt: await nowOf() }), lock);
    await app.act(guardian(), { type: 'cancel' });
    await expect(app.handle.result()).resolves.toEqual({ stage: 'cancelled' });
    const again = await submitForTest(env, inputOf({ receivedAt: await nowOf() }), lock);
    expect(again.submitted.applicationId).not.toBe(app.submitted.applicationId);
    await finish(again);
  });

  it('goes on while kintone and the mail server are away, and catches up once', async () => {
    let away = true;
    activities.fail = (activity) => {
      if (away && (activity === 'carryToKintone' || activity === 'sendMail')) throw new Error('away');
    };
    const app = await submit();
    await app.act(staff('aoki'), { type: 'completeFirstReview', findings: findings() });
    await env.sleep('1 hour');
    expect(activities.mails).toEqual([]);
    away = false;
    await app.act(staff('baba'), { type: 'agreeSecondReview', findings: findings() });
    await env.sleep('5 minutes');
    const last = activities.events.get(app.submitted.applicationId)!.at(-1)!.seq;
    expect(activities.carried.at(-1)!.seq).toBe(last);
    expect(activities.mails).toHaveLength(1);
    await finish(app);
  });

  it('gives staff a task to phone where a mail was refused for good', async () => {
    activities.mailOutcome = 'failed';
    const app = await submit();
    await expect.poll(async () => (await app.state()).failedMails.length).toBe(1);
    await finish(app);
  });
});

async function nextWorkingDay(from: string, days: number): Promise<string> {
  const { addWorkingDays } = await import('../domain/calendar/working-days.ts');
  return addWorkingDays(from, days, activities.settings.calendar);
}
