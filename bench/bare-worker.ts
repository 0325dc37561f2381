/** The bare workflow's worker, in a process of its own as the real one is. Takes address, namespace and queue as arguments. */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { quietTemporal } from '../testing/application-worker.ts';

const [address = '', namespace = '', taskQueue = ''] = process.argv.slice(2);
quietTemporal();
const workflowBundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('./bare-workflow.ts', import.meta.url)),
  logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
});
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  workflowBundle,
  activities: { nothing: async () => undefined },
  maxCachedWorkflows: 500,
});
process.on('SIGTERM', () => worker.shutdown());
process.send?.('ready');
await worker.run();
process.exit(0);
