import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import {
  CARRY_ENROLMENT_WORKFLOW,
  carryEnrolmentWorkflowId,
  lookAgainSignal,
  TELL_SETTINGS_WORKFLOW,
  tellSettingsWorkflowId,
  YEAR_CHANGE_WORKFLOW,
  yearChangeWorkflowId,
} from '../workflows/enrolment-messages.ts';

/** What the API asks of the workflows of enrolments. Everything is harmless to repeat. */
export interface EnrolmentClient {
  /** Starts the workflow of a confirmed change of the year, or finds it running. */
  startYearChange(runId: string): Promise<void>;
  /** Has what was recorded of an enrolment carried to kintone. */
  carryEnrolment(enrolmentId: string): Promise<void>;
  /** Has all open applications read the ward's settings again. */
  tellSettings(version: string): Promise<void>;
}

const TIMEOUT_MS = 10_000;

/** The client over a connection that is there already. */
export function enrolmentClient(client: Client, { taskQueue }: { taskQueue: string }): EnrolmentClient {
  const soon = <T>(work: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + TIMEOUT_MS, work);
  const start = (type: string, workflowId: string, input: object) =>
    soon(() =>
      client.workflow.start(type, {
        workflowId,
        taskQueue,
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      }),
    );
  return {
    async startYearChange(runId) {
      await start(YEAR_CHANGE_WORKFLOW, yearChangeWorkflowId(runId), { runId });
    },
    async tellSettings(version) {
      await start(TELL_SETTINGS_WORKFLOW, tellSettingsWorkflowId(version), { version });
    },
    async carryEnrolment(enrolmentId) {
      const carry = () =>
        client.workflow.signalWithStart(CARRY_ENROLMENT_WORKFLOW, {
          workflowId: carryEnrolmentWorkflowId(enrolmentId),
          taskQueue,
          args: [{ enrolmentId }],
          signal: lookAgainSignal,
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        });
      await soon(async () => {
        try {
          await carry();
        } catch (error) {
          // Two at the same moment: a server may start the one and refuse the other, which then finds it running.
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          await carry();
        }
      });
    },
  };
}
