import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ApplicationEvent } from '../domain/application/events.ts';
import { eventsOf } from '../store/events.ts';
import { receiveSubmission } from '../store/receive.ts';
import {
  addTestAccount,
  openTestStore,
  receivedEvent,
  stepOf,
  testKeyring,
  testSubmission,
} from '../testing/store.ts';
import { createProject } from './project.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

it('never writes over another history, says so, and goes on trying', async () => {
  const { db } = store;
  const log = { error: vi.fn(), info: vi.fn(), warn: vi.fn() };
  const project = createProject({ db, log });
  const submission = testSubmission({ applicantId: await addTestAccount(db) });
  const outcome = await receiveSubmission(db, testKeyring, submission);
  if (outcome.kind !== 'received') throw new Error(outcome.kind);
  const { applicationId } = submission;
  const stored = receivedEvent(submission, outcome.application.receiptNumber);
  await project(stepOf([stored]));
  const other = { ...stored, bopCode: '9' } as ApplicationEvent;
  await expect(project(stepOf([other]))).rejects.toMatchObject({
    type: 'ProjectionConflict',
    nonRetryable: false,
  });
  expect(log.error).toHaveBeenCalledTimes(1);
  expect(await eventsOf(db, applicationId)).toEqual([stored]);
});
