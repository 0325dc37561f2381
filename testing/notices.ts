import type { ApplicationEvent, EventBody } from '../domain/application/events.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { exampleOf } from '../domain/procedures/examples/index.ts';
import { KintoneError } from '../kintone/gateway/index.ts';
import { createMakeNotices } from '../activities/notice/make.ts';
import { projectStep } from '../store/applications.ts';
import type { Db } from '../store/db.ts';
import type { Keyring } from '../store/crypto.ts';
import { receiveSubmission, type Submission } from '../store/receive.ts';
import { receivedEvent, stepOf, testSubmission } from './store.ts';

/** kintone that is away: notices are made all the same, and wait here. */
const away = {
  upsert: () => Promise.reject(new KintoneError({ kind: 'retryable', message: 'kintone is away' })),
};

export interface NoticeOf {
  applicationId: string;
  receiptNumber: string;
  /** Adds an event to the application, and has its notices seen to. */
  add: (body: EventBody, at?: string) => Promise<void>;
}

/** A decision in a test: approved from the beginning of the year. */
export const APPROVED: EventBody = { type: 'decided', outcome: 'approved', effectiveFrom: '2027-04-01' };

/**
 * Made-up applications whose notices are made as the worker makes them, without Temporal and kintone.
 * @param by who decides: a staff account
 */
export function noticeMaker(db: Db, keyring: Keyring, by: string) {
  const make = createMakeNotices({
    db,
    keyring,
    gateway: away as never,
    config: { http: { publicUrl: 'http://localhost:3000' } } as never,
  });
  return async (
    given: Partial<Submission> & { change?: Answers } = {},
    decision: EventBody = APPROVED,
  ): Promise<NoticeOf> => {
    const { change, ...rest } = given;
    const procedure = given.procedure ?? 'admission';
    const submission = testSubmission({ ...rest, answers: { ...exampleOf(procedure).answers, ...change } });
    const outcome = await receiveSubmission(db, keyring, submission);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    const { receiptNumber } = outcome.application;
    const { applicationId } = submission;
    const events: ApplicationEvent[] = [receivedEvent(submission, receiptNumber)];
    await projectStep(db, stepOf(events));
    const add: NoticeOf['add'] = async (body, at = '2027-01-12T01:00:00.000Z') => {
      events.push({ ...body, seq: events.length + 1, at, by: { kind: 'staff', id: by, role: 'ward' } });
      await projectStep(db, stepOf(events));
      await make({ applicationId, seq: events.length }).catch((error: unknown) => {
        if (!(error instanceof Error) || !error.message.includes('kintone is away')) throw error;
      });
    };
    await add(decision);
    return { applicationId, receiptNumber, add };
  };
}
