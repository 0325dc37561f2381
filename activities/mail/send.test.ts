import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../domain/application/actions.ts';
import { decideAction } from '../../domain/application/decide.ts';
import type { ApplicationEvent } from '../../domain/application/events.ts';
import { replay } from '../../domain/application/evolve.ts';
import type { ApplicationState } from '../../domain/application/state.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { ADMISSION } from '../../domain/procedures/admission.ts';
import { criterionRefs } from '../../domain/procedures/criteria.ts';
import { projectStep } from '../../store/applications.ts';
import { mailsOf } from '../../store/mails.ts';
import { receiveBatch, receiveSubmission } from '../../store/receive.ts';
import { seedSettings } from '../../store/settings.ts';
import { startTestMail, type TestMailServer } from '../../testing/mail.ts';
import {
  addTestAccount,
  openTestStore,
  receivedEvent,
  stepOf,
  testKeyring,
  testSubmission,
} from '../../testing/store.ts';
import { createFailedForAll } from './failed-for-all.ts';
import { createTransport } from './hand-over.ts';
import { createSendMail, type MailSettings } from './send.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
let mail: TestMailServer;
let settings: MailSettings;

beforeAll(async () => {
  store = await openTestStore();
  await seedSettings(store.db, new Date('2026-01-01T00:00:00Z'));
  mail = await startTestMail();
  settings = {
    smtpUrl: mail.url,
    from: '新BOP学童クラブ 手続き窓口 <gakudo@example.test>',
    footer: '手続き窓口',
    publicUrl: 'https://gakudo.example.test',
    maxConnections: 5,
  };
});
afterAll(async () => {
  await mail.stop();
  await store.close();
});

/** A received application, and the way to send its first mail. */
async function received(address: string, timeouts: Parameters<typeof createTransport>[1] = {}) {
  const { db } = store;
  const applicantId = await addTestAccount(db, {});
  const submission = testSubmission({ applicantId });
  const outcome = await receiveSubmission(db, testKeyring, submission);
  if (outcome.kind !== 'received') throw new Error(outcome.kind);
  await projectStep(db, stepOf([receivedEvent(submission, outcome.application.receiptNumber)]));
  const transport = createTransport(settings, timeouts);
  const send = createSendMail({
    db,
    transport,
    settings,
    recipientOf: async (state: ApplicationState) =>
      state.applicantId === applicantId ? { address, locale: 'ja' } : undefined,
    textsOf: async () => () => undefined,
  });
  const { applicationId } = submission;
  const mailId = `${applicationId}-1`;
  return {
    applicationId,
    mailId,
    receiptNumber: outcome.application.receiptNumber,
    send: () => send({ mailId, applicationId, template: 'received', seq: 1 }),
  };
}

/** An application whose applicant is asked something; `later` brings the whole answer. */
async function asked(address: string) {
  const { db } = store;
  const applicantId = await addTestAccount(db, {});
  const submission = testSubmission({ applicantId });
  const outcome = await receiveSubmission(db, testKeyring, submission);
  if (outcome.kind !== 'received') throw new Error(outcome.kind);
  const { applicationId } = submission;
  const first = receivedEvent(submission, outcome.application.receiptNumber);
  const finding = (result: 'met' | 'deficient') =>
    criterionRefs(ADMISSION.criteria).map(({ id }, index) => ({
      criterionId: id,
      result: index === 0 ? result : ('met' as const),
      ...(index === 0 && result === 'deficient'
        ? { reasonCode: 'unclear', targets: [{ kind: 'field' as const, code: 'guardian1_phone' }] }
        : {}),
    }));
  const events = [
    { ...first, settings: { ...settingsOf(first), criteria: criterionRefs(ADMISSION.criteria) } },
  ] as [ApplicationEvent, ...ApplicationEvent[]];
  const act = async (actor: Actor, action: Action) => {
    const decided = decideAction(replay(events), actor, action, { now: '2026-11-04T01:00:00.000Z' });
    if (!decided.ok) throw new Error(decided.refusal.code);
    events.push(...decided.events);
    await projectStep(db, stepOf(events, events.length));
  };
  const clerk = (): Actor => ({ kind: 'staff', id: randomUUID(), role: 'operator' });
  await act(clerk(), { type: 'completeFirstReview', findings: finding('deficient') });
  await act(clerk(), { type: 'agreeSecondReview', findings: finding('met') });
  const asking = events.find((event) => event.type === 'deficiencyRequested');
  if (!asking) throw new Error('nothing is asked');
  const send = createSendMail({
    db,
    transport: createTransport(settings),
    settings,
    recipientOf: async () => ({ address, locale: 'ja' }),
    textsOf: async () => () => undefined,
  });
  const mailId = `${applicationId}-${String(asking.seq)}`;
  return {
    applicationId,
    send: () => send({ mailId, applicationId, template: 'deficiencyRequested', seq: asking.seq }),
    later: () =>
      act(
        { kind: 'applicant', id: applicantId },
        {
          type: 'answer',
          answerId: randomUUID(),
          itemIds: asking.request.items.map((item) => item.id),
          unchanged: false,
        },
      ),
  };
}

function settingsOf(event: ApplicationEvent) {
  if (event.type !== 'received') throw new Error(event.type);
  return event.settings;
}

describe('sending a mail', () => {
  it('sends one mail however often it is asked to', async () => {
    const { send, receiptNumber, applicationId, mailId } = await received('once@example.test');
    expect(await send()).toEqual({ outcome: 'sent' });
    expect(await send()).toEqual({ outcome: 'sent' });
    const [got, ...more] = mail.to('once@example.test');
    expect(more).toEqual([]);
    expect(got?.text).toContain(receiptNumber);
    expect(got?.messageId).toBe(`<${mailId}@example.test>`);
    expect((await mailsOf(store.db, applicationId))[0]).toMatchObject({ status: 'sent', attempts: 2 });
  });

  it('tells once of what was filed in one go, in the name of the first', async () => {
    const { db } = store;
    const applicantId = await addTestAccount(db, {});
    const batchId = randomUUID();
    const submissions = Array.from({ length: 3 }, () => ({ ...testSubmission({ applicantId }), batchId }));
    const outcome = await receiveBatch(db, testKeyring, submissions);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    const send = createSendMail({
      db,
      transport: createTransport(settings),
      settings,
      recipientOf: async () => ({ address: 'family@example.test', locale: 'ja' }),
      textsOf: async () => () => undefined,
    });
    const outcomes = [];
    for (const [index, submission] of submissions.entries()) {
      const { receiptNumber } = outcome.applications[index]!;
      await projectStep(db, stepOf([receivedEvent(submission, receiptNumber)]));
      const { applicationId } = submission;
      const mailId = `${applicationId}-1`;
      outcomes.push(await send({ mailId, applicationId, template: 'received', seq: 1 }));
      expect(await send({ mailId, applicationId, template: 'received', seq: 1 })).toEqual(outcomes[index]);
    }
    expect(outcomes.map((one) => one.outcome)).toEqual(['sent', 'joined', 'joined']);
    const [got, ...more] = mail.to('family@example.test');
    expect(more).toEqual([]);
    for (const { receiptNumber } of outcome.applications) expect(got?.text).toContain(receiptNumber);
    expect(got?.text).toContain(`${settings.publicUrl}/applications\n`);
  });

  it('where the one mail for all comes to nothing, every application says so', async () => {
    const { db } = store;
    const batchId = randomUUID();
    const applicantId = await addTestAccount(db, {});
    const submissions = Array.from({ length: 3 }, () => ({ ...testSubmission({ applicantId }), batchId }));
    const outcome = await receiveBatch(db, testKeyring, submissions);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    for (const [index, submission] of submissions.entries()) {
      await projectStep(db, stepOf([receivedEvent(submission, outcome.applications[index]!.receiptNumber)]));
    }
    mail.behave('refuse', 'gone@example.test');
    const told: { workflowId: string; args: unknown }[] = [];
    let away = true;
    const signal = (workflowId: string) => async (_name: string, args: unknown) => {
      if (away) throw new Error('Temporal is away');
      told.push({ workflowId, args });
      await Promise.resolve();
    };
    const client = { workflow: { getHandle: (id: string) => ({ signal: signal(id) }) } };
    const send = createSendMail({
      db,
      transport: createTransport(settings),
      settings,
      recipientOf: async () => ({ address: 'gone@example.test', locale: 'ja' }),
      textsOf: async () => () => undefined,
      failedForAll: createFailedForAll({ db }, () => client as never),
    });
    const [leader, second, third] = submissions.map(({ applicationId }) => applicationId) as [
      string,
      string,
      string,
    ];
    const sendOf = (applicationId: string) =>
      send({ mailId: `${applicationId}-1`, applicationId, template: 'received', seq: 1 });
    // The second has joined before the leading one is refused, the third looks afterwards.
    expect(await sendOf(second)).toEqual({ outcome: 'joined' });
    await expect(sendOf(leader)).rejects.toThrow('Temporal is away');
    away = false;
    expect(await sendOf(leader)).toEqual({ outcome: 'failed' });
    expect(await sendOf(leader)).toEqual({ outcome: 'failed' });
    expect(told).toEqual([
      {
        workflowId: outcome.applications[1]!.workflowId,
        args: { mailId: `${second}-1`, template: 'received' },
      },
    ]);
    expect(await sendOf(third)).toEqual({ outcome: 'failed' });
    for (const id of [leader, second, third]) {
      expect((await mailsOf(db, id)).map(({ status }) => status)).toEqual(['failed']);
    }
  });

  it('waits for a mail server that is away, and sends once it is back', async () => {
    const { send, applicationId } = await received('later@example.test');
    await mail.down();
    const error: unknown = await send().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApplicationFailure);
    expect((error as ApplicationFailure).nonRetryable).toBe(false);
    expect((await mailsOf(store.db, applicationId))[0]).toMatchObject({
      status: 'sending',
      error: 'ESOCKET',
    });
    await mail.up();
    expect(await send()).toEqual({ outcome: 'sent' });
    expect(mail.to('later@example.test')).toHaveLength(1);
  });

  it('gives up on a server that falls silent, and sends once it speaks again', async () => {
    const { send } = await received('silent@example.test', { silenceMs: 300 });
    mail.behave('hang', 'silent@example.test');
    expect(await send().catch((e: unknown) => e)).toMatchObject({
      type: 'MailServerAway',
      nonRetryable: false,
    });
    mail.behave('accept', 'silent@example.test');
    expect(await send()).toEqual({ outcome: 'sent' });
    expect(mail.to('silent@example.test')).toHaveLength(1);
  }, 10_000);

  it('does not send what has become pointless while the mail server was away', async () => {
    const { send, applicationId, later } = await asked('pointless@example.test');
    await mail.down();
    expect(await send().catch((e: unknown) => e)).toMatchObject({ type: 'MailServerAway' });
    await later();
    await mail.up();
    expect(await send()).toEqual({ outcome: 'superseded' });
    expect(await send()).toEqual({ outcome: 'superseded' });
    expect(mail.to('pointless@example.test')).toEqual([]);
    expect((await mailsOf(store.db, applicationId))[0]).toMatchObject({ status: 'superseded', error: null });
  });

  it('tells an address that is refused for good, and does not try again', async () => {
    const { send, applicationId } = await received('nobody@example.test');
    mail.behave('refuse', 'nobody@example.test');
    expect(await send()).toEqual({ outcome: 'failed' });
    mail.behave('accept', 'nobody@example.test');
    expect(await send()).toEqual({ outcome: 'failed' });
    const [row] = await mailsOf(store.db, applicationId);
    expect(row).toMatchObject({ status: 'failed' });
    expect(row?.error).not.toContain('nobody');
    expect(mail.to('nobody@example.test')).toEqual([]);
  });
});
