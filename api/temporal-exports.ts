import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { PREPARE_EXPORT_WORKFLOW } from '../workflows/export-messages.ts';

/** What the API asks of the workflow that prepares exports. */
export interface ExportClient {
  /** Has a run prepared by a worker. Harmless to repeat. */
  prepare(runId: string): Promise<void>;
}

const TIMEOUT_MS = 10_000;

/** The client over a connection that is there already. */
export function exportClient(client: Client, { taskQueue }: { taskQueue: string }): ExportClient {
  return {
    async prepare(runId) {
      try {
        await client.withDeadline(Date.now() + TIMEOUT_MS, () =>
          client.workflow.start(PREPARE_EXPORT_WORKFLOW, {
            workflowId: `export:${runId}`,
            taskQueue,
            args: [{ runId }],
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
          }),
        );
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
  };
}
