import { fork } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import type { bare, BareInput } from './bare-workflow.ts';
import { inParallel, Latencies } from './measure.ts';

/** Runs bare cases on the same server, at the same load. */
export async function runBare(
  place: { address: string; namespace: string },
  shape: BareInput,
  { count, atOnce }: { count: number; atOnce: number },
): Promise<{ perSecond: number; update: Latencies; events: number }> {
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
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  await connection.close();
  return { perSecond: count / seconds, update, events };
}
