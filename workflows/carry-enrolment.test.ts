import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, tokyoDate } from '../domain/calendar/dates.ts';
import type { EnrolmentActivities } from '../domain/enrolment/year-run.ts';
import {
  quietTemporal,
  RecordingActivities,
  TEST_TASK_QUEUE,
  testWorker,
} from '../testing/application-worker.ts';
import { startTimeSkipping } from '../testing/temporal.ts';
import {
  CARRY_ENROLMENT_WORKFLOW,
  lookAgainSignal,
  TELL_SETTINGS_WORKFLOW,
  YEAR_CHANGE_WORKFLOW,
} from './enrolment-messages.ts';

/** The workflows of what no application brings, with time that passes at will. */
let env: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;
let activities: EnrolmentActivities;
let calls: string[];
let left: number;
let dies: () => boolean;
let nextOn: () => string | null;

const today = async () => tokyoDate(new Date(await env.currentTimeMs()).toISOString());

beforeAll(async () => {
  quietTemporal();
  env = await startTimeSkipping();
}, 60_000);
afterAll(() => env.teardown());
beforeEach(async () => {
  [calls, left, dies, nextOn] = [[], 250, () => false, () => null];
  const died = () => {
    if (dies()) throw ApplicationFailure.retryable('killed');
  };
  activities = {
    writeYearBatch: async ({ size }) => {
      died();
      left = Math.max(0, left - size);
      calls.push('batch');
      died();
      return { left };
    },
    endYearRun: async () => void calls.push('end'),
    carryEnrolment: async () => {
      died();
      calls.push(await today());
      return { nextOn: nextOn() };
    },
    tellSettings: async ({ after }) => {
      calls.push(`page after ${String(after)}`);
      return { after: after === null ? 'a' : null };
    },
    markSettingsTold: async ({ version }) => void calls.push(`told ${version}`),
  };
  worker = await testWorker(env, new RecordingActivities(), activities);
  running = worker.run();
}, 60_000);
afterEach(async () => {
  worker.shutdown();
  await running;
});

const start = (type: string, input: object) =>
  env.client.workflow.start(type, { workflowId: randomUUID(), taskQueue: TEST_TASK_QUEUE, args: [input] });

describe('a change of the year', () => {
  it('goes on until nobody is left, whatever dies in between, and ends once', async () => {
    let turn = 0;
    dies = () => (turn += 1) % 3 === 0;
    await (await start(YEAR_CHANGE_WORKFLOW, { runId: 'run' })).result();
    expect(left).toBe(0);
    expect(calls.filter((call) => call === 'end')).toEqual(['end']);
    expect(calls.at(-1)).toBe('end');
  });
});

describe('a change of school', () => {
  it('is carried at once, when more is recorded, and on the day on which the child belongs elsewhere', async () => {
    const moveOn = addDays(await today(), 20);
    nextOn = () => ((calls.at(-1) ?? '') < moveOn ? moveOn : null);
    const handle = await start(CARRY_ENROLMENT_WORKFLOW, { enrolmentId: '2027:child' });
    await env.sleep('3 days');
    await handle.signal(lookAgainSignal);
    await env.sleep('1 day');
    expect(calls).toHaveLength(2);
    await handle.result();
    expect(calls).toHaveLength(3);
    expect(calls[2]).toBe(moveOn);
  });

  it('waits for kintone as long as it is away', async () => {
    let turn = 0;
    dies = () => (turn += 1) < 5;
    await (await start(CARRY_ENROLMENT_WORKFLOW, { enrolmentId: '2027:child' })).result();
    expect(calls).toHaveLength(1);
  });
});

describe('changed settings', () => {
  it('are told page by page, and then marked as told', async () => {
    await (await start(TELL_SETTINGS_WORKFLOW, { version: 'calendar-2.deadlines-1' })).result();
    expect(calls).toEqual(['page after null', 'page after a', 'told calendar-2.deadlines-1']);
  });
});
