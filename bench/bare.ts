import { fork } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import type { bare, BareInput } from './bare-workflow.ts';
import { cpuOf, cpuPerApplication, cpuSeconds } from './cpu.ts';
import { inParallel, Latencies } from './measure.ts';
import type { BenchSystem } from './system.ts';

export interface Bare {
  perSecond: number;
  update: Latencies;
  events: number;
  /** CPU milliseconds a case, by part. */
  cpu: Record<string, number>;
}

/** Runs bare cases on the same server, at the same load. */
export async function runBare(
  system: BenchSystem,
  shape: BareInput,
  { count, atOnce }: { count: number; atOnce: number },
): Promise<Bare> {
  const place = system.temporal;
  const taskQueue = `bench-bare-${randomUUID()}`;
  const worker = fork(
    fileURLToPath(new URL('./bare-worker.ts', import.meta.url)),
    [place.address, place.namespace, taskQueue],
    {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  await once(worker, 'message');
  const connection = await Connection.connect({ address: place.address });
  const client = new Client({ connection, namespace: place.namespace });
  const update = new Latencies();
  let events = 0;
  const cpu = () => ({
    'bare worker': cpuOf(worker.pid ?? 0) ?? 0,
    'Temporal, bare': cpuSeconds(system)['temporal'] ?? 0,
  });
  const before = cpu();
  const seconds = await inParallel(count, atOnce, async () => {
    const workflowId = `bench-bare-${randomUUID()}`;
    const startWorkflowOperation = new WithStartWorkflowOperation<typeof bare>('bare', {
      workflowId,
      taskQueue,
      args: [shape],
      workflowIdConflictPolicy: 'FAIL',
    });
    await update.time(() => client.workflow.executeUpdateWithStart('step', { startWorkflowOperation }));
    const handle = client.workflow.getHandle(workflowId);
    for (let i = 1; i < shape.updates; i += 1) await update.time(() => handle.executeUpdate('step'));
    await handle.result();
    events = (await handle.describe()).historyLength;
  });
  const spent = cpuPerApplication(before, cpu(), count);
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  await connection.close();
  return { perSecond: count / seconds, update, events, cpu: spent };
}
