import {
  Client,
  Connection,
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type ConnectionOptions,
} from '@temporalio/client';
import { ApplicationFailure, type DataConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Action, Refusal } from '../domain/application/actions.ts';
import { isEndedStage } from './services/stages.ts';
import type { Actor } from '../domain/people/actor.ts';
import type { Config } from '../config/env.ts';
import { receivedFacts, type Application } from '../store/applications.ts';
import {
  actUpdate,
  AFTERWARDS_WORKFLOW,
  afterwardsWorkflowId,
  APPLICATION_WORKFLOW,
  REFUSED,
  submitUpdate,
  type ActResult,
  type SubmitResult,
} from '../workflows/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import { ProblemError, refusalProblem } from './problems.ts';
import { startOrJoin } from './start-or-join.ts';

/** What the API asks of Temporal. */
export interface ApplicationClient {
  /**
   * Starts the application's workflow, or finds it running, by Update-with-Start. Harmless to repeat.
   * @param timeoutMs after so long the caller goes on without an answer
   */
  start(application: Application, timeoutMs: number): Promise<SubmitResult>;
  /**
   * Has the workflow decide and apply an action. The same `actionId` again gives the same result.
   * @throws {ProblemError} the refusal; `notConfirmed` where no answer came in time
   */
  act(application: Application, actor: Actor, action: Action, actionId: string): Promise<ActResult>;
  /** Is the server there, and does a worker poll the task queue? */
  check(): Promise<{ server: boolean; worker: boolean }>;
  close(): Promise<void>;
}

const ACT_TIMEOUT_MS = 10_000;
const CHECK_TIMEOUT_MS = 2000;
/** A worker that has polled within this time counts as there. */
const POLLED_WITHIN_MS = 90_000;

export interface TemporalSettings {
  namespace: string;
  taskQueue: string;
}

/** Connects lazily: the API starts, and takes submissions, also while Temporal is away. */
export function connectTemporal(config: Config['temporal'], dataConverter: DataConverter): Client {
  const connection = Connection.lazy(connectionOptions(config));
  return new Client({ connection, namespace: config.namespace, dataConverter });
}

function connectionOptions(config: Config['temporal']): ConnectionOptions {
  const { tls } = config;
  return {
    address: config.address,
    ...(tls === undefined
      ? {}
      : {
          tls: {
            ...(tls.serverName === undefined ? {} : { serverNameOverride: tls.serverName }),
            ...(tls.ca === undefined ? {} : { serverRootCACertificate: tls.ca }),
            ...(tls.certificate === undefined || tls.key === undefined
              ? {}
              : { clientCertPair: { crt: tls.certificate, key: tls.key } }),
          },
        }),
    ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey }),
  };
}

/** The client over a connection that is there already (tests). */
export function applicationClient(client: Client, settings: TemporalSettings): ApplicationClient {
  const start = async (application: Application, timeoutMs: number): Promise<SubmitResult> =>
    client.withDeadline(Date.now() + timeoutMs, () =>
      startOrJoin(() =>
        client.workflow.executeUpdateWithStart(submitUpdate, {
          startWorkflowOperation: startOperation(application, settings.taskQueue),
          args: [{ applicationId: application.id }],
          updateId: `submit:${application.id}`,
        }),
      ),
    );

  const actWhileOpen = async (
    application: Application,
    actor: Actor,
    action: Action,
    actionId: string,
  ): Promise<ActResult> => {
    // Received while Temporal was away: the workflow may not run yet.
    if (application.startedAt === null) {
      const { applicationId } = await start(application, ACT_TIMEOUT_MS);
      // An earlier application of the same child is just ending and still holds the id.
      if (applicationId !== application.id) throw new ProblemError('notConfirmed', { retryAfterSeconds: 3 });
    }
    return client.workflow
      .getHandle(application.workflowId)
      .executeUpdate(actUpdate, { args: [{ actor, action }], updateId: actionId });
  };

  const actAfterwards = async (
    application: Application,
    actor: Actor,
    action: Action,
    actionId: string,
  ): Promise<ActResult> =>
    startOrJoin(() => {
      const startWorkflowOperation = new WithStartWorkflowOperation(AFTERWARDS_WORKFLOW, {
        workflowId: afterwardsWorkflowId(application.id),
        taskQueue: settings.taskQueue,
        args: [{ applicationId: application.id }],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: `${application.receiptNumber} の完了後の記録`,
      });
      return client.workflow.executeUpdateWithStart(actUpdate, {
        startWorkflowOperation,
        args: [{ actor, action }],
        updateId: actionId,
      });
    });

  /** The result of this action where the application's own workflow has taken it before it ended. */
  const earlierResult = async (
    application: Application,
    actionId: string,
  ): Promise<ActResult | undefined> => {
    try {
      return await client.workflow
        .getHandle(application.workflowId)
        .getUpdateHandle<ActResult>(actionId)
        .result();
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };

  return {
    start,
    async act(application, actor, action, actionId) {
      return client.withDeadline(Date.now() + ACT_TIMEOUT_MS, async () => {
        try {
          if (!isEndedStage(application.stage)) {
            try {
              return await actWhileOpen(application, actor, action, actionId);
            } catch (error) {
              if (!isNotFound(error)) throw error;
            }
          }
          const earlier = await earlierResult(application, actionId);
          return earlier ?? (await actAfterwards(application, actor, action, actionId));
        } catch (error) {
          throw problemOf(error);
        }
      });
    },
    async check() {
      try {
        const queue = await client.withDeadline(Date.now() + CHECK_TIMEOUT_MS, () =>
          client.workflowService.describeTaskQueue({
            namespace: settings.namespace,
            taskQueue: { name: settings.taskQueue },
            taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
          }),
        );
        const since = Date.now() / 1000 - POLLED_WITHIN_MS / 1000;
        const worker = queue.pollers.some((poller) => Number(poller.lastAccessTime?.seconds ?? 0) > since);
        return { server: true, worker };
      } catch {
        return { server: false, worker: false };
      }
    },
    close: async () => {
      await client.connection.close();
    },
  };
}

function startOperation(application: Application, taskQueue: string) {
  const name = procedureOf(application.procedure)?.name.ja ?? application.procedure;
  return new WithStartWorkflowOperation(APPLICATION_WORKFLOW, {
    workflowId: application.workflowId,
    taskQueue,
    args: [receivedFacts(application)],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    // A killed worker's task goes to another one within this time.
    workflowTaskTimeout: '5 seconds',
    staticSummary: `${application.receiptNumber} ${name} ${String(application.fiscalYear)}年度`,
    typedSearchAttributes: [
      { key: searchAttributes.receiptNumber, value: application.receiptNumber },
      { key: searchAttributes.procedure, value: application.procedure },
      { key: searchAttributes.stage, value: application.stage },
      { key: searchAttributes.bop, value: application.bopCode },
    ],
  });
}

const GRPC_NOT_FOUND: number = 5;

function isNotFound(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && cause.code === GRPC_NOT_FOUND;
}

/** What a failed action means to the person. Whatever is not a refusal may have been applied, so: repeat with the same id. */
function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof WorkflowUpdateFailedError) {
    const { cause } = error;
    if (cause instanceof ApplicationFailure && cause.type === REFUSED) {
      const refusal = cause.details?.[0] as Refusal | undefined;
      if (refusal) return refusalProblem(refusal);
    }
    return new ProblemError('internal', { cause: error });
  }
  const reason = error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ? error.cause : error;
  return new ProblemError('notConfirmed', { cause: reason ?? error, retryAfterSeconds: 3 });
}
