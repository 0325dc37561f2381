import { WorkflowUpdateFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { BulkCommand, BulkStatus } from '../domain/rounds/bulk.ts';
import type { RoundId } from '../domain/rounds/ports.ts';
import {
  BULK_WORKFLOW,
  bulkCommandUpdate,
  bulkWorkflowId,
  datesChangedSignal,
  ROUND_WORKFLOW,
  roundWorkflowId,
  TOO_LATE,
} from '../workflows/round-messages.ts';
import { ProblemError } from './problems.ts';
import { startOrJoin } from './start-or-join.ts';

/** What the API asks of the workflows of rounds and bulk decisions. Everything is harmless to repeat. */
export interface RoundClient {
  /** Starts the round's workflow, or has the running one read its dates again. */
  armRound(id: RoundId): Promise<void>;
  /** Starts the workflow of a confirmed bulk decision, or finds it running. */
  startBulk(bulkId: string): Promise<void>;
  /** @throws {ProblemError} `bulkEnded`, `notConfirmed` */
  commandBulk(bulkId: string, command: BulkCommand): Promise<BulkStatus>;
}

const TIMEOUT_MS = 10_000;

/** The client over a connection that is there already. */
export function roundClient(client: Client, { taskQueue }: { taskQueue: string }): RoundClient {
  const soon = <T>(work: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + TIMEOUT_MS, work);
  return {
    async armRound(id) {
      const arm = () =>
        client.workflow.signalWithStart(ROUND_WORKFLOW, {
          workflowId: roundWorkflowId(id),
          taskQueue,
          args: [id],
          signal: datesChangedSignal,
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          staticSummary: `${String(id.fiscalYear)}年度 ${id.round}`,
        });
      await soon(() => startOrJoin(arm));
    },
    async startBulk(bulkId) {
      const start = () =>
        client.workflow.start(BULK_WORKFLOW, {
          workflowId: bulkWorkflowId(bulkId),
          taskQueue,
          args: [{ bulkId }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        });
      await soon(() => startOrJoin(start));
    },
    async commandBulk(bulkId, command) {
      try {
        const { status } = await soon(() =>
          client.workflow.getHandle(bulkWorkflowId(bulkId)).executeUpdate(bulkCommandUpdate, {
            args: [{ command }],
          }),
        );
        return status;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError || isTooLate(error)) {
          throw new ProblemError('bulkEnded', { cause: error });
        }
        throw new ProblemError('notConfirmed', { cause: error, retryAfterSeconds: 3 });
      }
    },
  };
}

function isTooLate(error: unknown): boolean {
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  return error.cause instanceof ApplicationFailure && error.cause.type === TOO_LATE;
}
