import { defineSignal } from '@temporalio/workflow';

/** Names under which the workflows are registered. */
export const YEAR_CHANGE_WORKFLOW = 'yearChange';
export const CARRY_ENROLMENT_WORKFLOW = 'carryEnrolment';
export const TELL_SETTINGS_WORKFLOW = 'tellSettings';

/** One workflow a change of the year. */
export function yearChangeWorkflowId(runId: string): string {
  return `yearChange:${runId}`;
}

/** One workflow an enrolment with records to be carried. */
export function carryEnrolmentWorkflowId(enrolmentId: string): string {
  return `carryEnrolment:${enrolmentId}`;
}

/** One workflow for what the ward has set last. */
export function tellSettingsWorkflowId(version: string): string {
  return `tellSettings:${version}`;
}

/** Something more has been recorded: look again. */
export const lookAgainSignal = defineSignal('lookAgain');
