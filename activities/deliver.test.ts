import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryParts } from '../domain/application/ports.ts';
import type { ApplicationEvent } from '../domain/application/events.ts';
import { projectStep } from '../store/applications.ts';
import { beginMail, markMailFailed, markMailSent } from '../store/mails.ts';
import { receiveSubmission } from '../store/receive.ts';
import {
  addTestAccount,
  openTestStore,
  receivedEvent,
  stepOf,
  testKeyring,
  testSubmission,
} from '../testing/store.ts';
import { createDeliver } from './deliver.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
let applicationId: string;
let events: ApplicationEvent[];

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  const submission = testSubmission({ applicantId: await addTestAccount(store.db) });
  const outcome = await receiveSubmission(store.db, testKeyring, submission);
  if (outcome.kind !== 'received') throw new Error(outcome.kind);
  events = [receivedEvent(submission, outcome.application.receiptNumber)];
  await projectStep(store.db, stepOf(events));
  ({ applicationId } = submission);
});

/** Parts that only note what they were asked, in the way the real ones keep their own books. */
function parts(over: Partial<DeliveryParts> = {}) {
  const asked: string[] = [];
  const all: DeliveryParts = {
    carryToKintone: async ({ seq }) => void asked.push(`carry ${seq}`),
    makeNotices: async () => undefined,
    makeLetter: async ({ letterId }) => void asked.push(`letter ${letterId}`),
    writeEnrolment: async () => void asked.push('enrolment'),
    tellRelated: async () => void asked.push('tell'),
    cancelRelated: async () => {
      asked.push('cancel');
      return { cancelledTooLate: [] };
    },
    sendMail: async ({ mailId, template }) => {
      asked.push(`mail ${template}`);
      await beginMail(store.db, { mailId, applicationId, template, messageId: mailId });
      await markMailSent(store.db, mailId);
      return { outcome: 'sent' };
    },
    ...over,
  };
  return { asked, deliver: createDeliver(store.db, all) };
}

describe('delivery', () => {
  it('sends what follows from the events once, and carries each time', async () => {
    const { asked, deliver } = parts();
    expect(await deliver({ applicationId })).toEqual({ seq: 1, failedMails: [] });
    expect(await deliver({ applicationId })).toEqual({ seq: 1, failedMails: [] });
    expect(asked.sort()).toEqual(['carry 1', 'carry 1', 'mail received', 'tell', 'tell']);
  });

  it('does not hold mails back while kintone is away', async () => {
    const { asked, deliver } = parts({ carryToKintone: () => Promise.reject(new Error('kintone is away')) });
    await expect(deliver({ applicationId })).rejects.toThrow('kintone is away');
    expect(asked).toEqual(['tell', 'mail received']);
  });

  it('goes on trying while anything can still be mended, and says what is final only then', async () => {
    const final = ApplicationFailure.nonRetryable('kintone refuses', 'Kintone.final');
    const carryToKintone = () => Promise.reject(final);
    const away = parts({ carryToKintone, sendMail: () => Promise.reject(new Error('mail is away')) });
    await expect(away.deliver({ applicationId })).rejects.toThrow('mail is away');
    await expect(parts({ carryToKintone }).deliver({ applicationId })).rejects.toBe(final);
  });

  it('tells a refused mail until the application knows of it', async () => {
    const sendMail: DeliveryParts['sendMail'] = async ({ mailId, template }) => {
      await beginMail(store.db, { mailId, applicationId, template, messageId: mailId });
      await markMailFailed(store.db, mailId, '550');
      return { outcome: 'failed' };
    };
    const { deliver } = parts({ sendMail });
    const mailId = `${applicationId}-1`;
    const failedMails = [{ mailId, template: 'received' }];
    expect(await deliver({ applicationId })).toEqual({ seq: 1, failedMails });
    expect(await deliver({ applicationId })).toEqual({ seq: 1, failedMails });
    const at = '2026-11-02T02:00:00.000Z';
    events.push({ type: 'mailFailed', mailId, template: 'received', seq: 2, at, by: { kind: 'system' } });
    await projectStep(store.db, stepOf(events));
    expect(await deliver({ applicationId })).toEqual({ seq: 2, failedMails: [] });
  });
});
