import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplicationState } from '../../domain/application/state.ts';
import { projectStep } from '../../store/applications.ts';
import { mailsOf } from '../../store/mails.ts';
import { receiveSubmission } from '../../store/receive.ts';
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
import { createSendMail, createTransport, type MailSettings } from './send.ts';

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
