import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BulkCommand, BulkStatus } from '../domain/rounds/bulk.ts';
import type { RoundActivities } from '../domain/rounds/ports.ts';
import {
  quietTemporal,
  RecordingActivities,
  TEST_TASK_QUEUE,
  testWorker,
} from '../testing/application-worker.ts';
import { startTimeSkipping } from '../testing/temporal.ts';
import { BULK_WORKFLOW, bulkCommandUpdate, bulkWorkflowId } from './round-messages.ts';

let env: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;
let left: number;
let batches: number;
let marked: BulkStatus[];
/** Called within a batch, so that a command can come in the middle. */
let during: (batch: number) => Promise<void>;

const activities: Partial<RoundActivities> = {
  decideBatch: async ({ size }) => {
    batches += 1;
    await during(batches);
    left = Math.max(0, left - size);
    return { left };
  },
  markBulk: async ({ status }) => void marked.push(status),
};

beforeAll(async () => {
  quietTemporal();
  env = await startTimeSkipping();
});
afterAll(() => env.teardown());
beforeEach(async () => {
  [left, batches, marked, during] = [90, 0, [], () => Promise.resolve()];
  worker = await testWorker(env, new RecordingActivities(), activities);
  running = worker.run();
});
afterEach(async () => {
  worker.shutdown();
  await running;
});

async function start(bulkId: string = randomUUID()) {
  const handle = await env.client.workflow.start(BULK_WORKFLOW, {
    workflowId: bulkWorkflowId(bulkId),
    taskQueue: TEST_TASK_QUEUE,
    args: [{ bulkId }],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  const command = async (one: BulkCommand) =>
    (await handle.executeUpdate(bulkCommandUpdate, { args: [{ command: one }] })).status;
  return { handle, command };
}

describe('a bulk decision', () => {
  it('decides batch after batch to the end', async () => {
    const { handle } = await start();
    await expect(handle.result()).resolves.toEqual({ status: 'done' });
    expect([batches, left, marked]).toEqual([5, 0, ['done']]);
  });

  it('pauses after the batch that runs, for days if need be, and goes on where it was', async () => {
    const id = randomUUID();
    let paused: Promise<BulkStatus> | undefined;
    during = async (batch) => {
      if (batch !== 2) return;
      const { command } = await start(id);
      paused = command('pause');
      await paused;
    };
    const { handle, command } = await start(id);
    await expect.poll(() => paused).toBeDefined();
    expect(await paused).toBe('paused');
    await env.sleep('3 days');
    expect([batches, left]).toEqual([2, 50]);
    expect(await command('pause')).toBe('paused');
    expect(await command('resume')).toBe('running');
    await expect(handle.result()).resolves.toEqual({ status: 'done' });
    expect([batches, left]).toEqual([5, 0]);
    expect(marked).toEqual(['paused', 'paused', 'running', 'done']);
  });

  it('stops, also out of a pause, and leaves the rest undecided', async () => {
    const id = randomUUID();
    let paused: Promise<BulkStatus> | undefined;
    during = async () => {
      const { command } = await start(id);
      paused = command('pause');
      await paused;
    };
    const { handle, command } = await start(id);
    await expect.poll(() => paused).toBeDefined();
    await paused;
    expect(await command('stop')).toBe('stopping');
    await expect(handle.result()).resolves.toEqual({ status: 'stopped' });
    expect([batches, left, marked.at(-1)]).toEqual([1, 70, 'stopped']);
  });

  it('takes no going on after a stop', async () => {
    const id = randomUUID();
    const results: unknown[] = [];
    during = async (batch) => {
      if (batch !== 1) return;
      const { command } = await start(id);
      results.push(await command('stop'));
      results.push(await command('resume').catch((error: unknown) => error));
    };
    const { handle } = await start(id);
    await expect(handle.result()).resolves.toEqual({ status: 'stopped' });
    expect(results[0]).toBe('stopping');
    expect(results[1]).toBeInstanceOf(WorkflowUpdateFailedError);
  });

  it('goes on after a batch that failed on the way', async () => {
    during = async (batch) => {
      if (batch === 2) throw new Error('away');
    };
    const { handle } = await start();
    await expect(handle.result()).resolves.toEqual({ status: 'done' });
    expect([batches, left]).toEqual([6, 0]);
  });
});
