import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { failureConverterPath } from '../codec/payload-codec.ts';

/**
 * The rules are pure and hold no state, so all workflows of a worker share one copy of them instead of each loading its own:
 * less memory a cached application, and less to do when one comes back into the cache.
 */
const SHARED = [
  'application/decide',
  'application/evolve',
  'application/summary',
  'application/deadlines',
  'texts/supervisor',
];

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles the workflows for workers; done ahead by `npm run build`, and once a run in tests and tools. */
export async function bundleWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: fileOf('../workflows/index.ts'),
    preloadModules: SHARED.map((module) => fileOf(`../domain/${module}.ts`)),
    failureConverterPath,
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
  });
}
