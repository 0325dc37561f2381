import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { ApplicationActivities } from '../domain/application/ports.ts';
import type { RoundActivities } from '../domain/rounds/ports.ts';
import { heartbeats } from './heartbeat.ts';

export interface WorkerSettings {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  /** Those of rounds can be left out where no round runs (tests of applications). */
  activities: ApplicationActivities & Partial<RoundActivities>;
  dataConverter: DataConverter;
  workflowBundle: NonNullable<WorkerOptions['workflowBundle']>;
  limits: {
    maxCachedWorkflows: number;
    maxConcurrentWorkflowTasks: number;
    maxConcurrentActivities: number;
    shutdownGraceSeconds: number;
  };
  /** Worker versioning; undefined in tests, where only one build runs. */
  deployment?: { deploymentName: string; buildId: string };
  identity?: string;
}

/**
 * A worker for all workflows and activities. Workflows in its cache are limited on purpose: each takes memory for as long as
 * it is cached, and an evicted one is rebuilt from its history when something happens to it (docs/adr/0006-worker.md).
 */
export async function createWorker(settings: WorkerSettings): Promise<Worker> {
  const { limits, deployment } = settings;
  return Worker.create({
    connection: settings.connection,
    namespace: settings.namespace,
    taskQueue: settings.taskQueue,
    activities: settings.activities,
    dataConverter: settings.dataConverter,
    workflowBundle: settings.workflowBundle,
    maxCachedWorkflows: limits.maxCachedWorkflows,
    maxConcurrentWorkflowTaskExecutions: limits.maxConcurrentWorkflowTasks,
    maxConcurrentActivityTaskExecutions: limits.maxConcurrentActivities,
    shutdownGraceTime: `${limits.shutdownGraceSeconds} seconds`,
    reuseV8Context: true,
    interceptors: { activity: [heartbeats] },
    // A worker that was killed is noticed when its sticky queue does not answer.
    stickyQueueScheduleToStartTimeout: '3 seconds',
    ...(settings.identity ? { identity: settings.identity } : {}),
    ...(deployment
      ? {
          workerDeploymentOptions: {
            version: { deploymentName: deployment.deploymentName, buildId: deployment.buildId },
            useWorkerVersioning: true,
            // Applications live for months: an update of the code takes them along, guarded by patches and by replaying
            // recorded histories of every released version in the tests (design 10).
            defaultVersioningBehavior: 'AUTO_UPGRADE',
          },
        }
      : {}),
  });
}
