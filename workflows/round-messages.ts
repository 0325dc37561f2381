import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { BulkCommand, BulkStatus } from '../domain/rounds/bulk.ts';
import type { Milestone } from '../domain/rounds/assign.ts';
import type { RoundId } from '../domain/rounds/ports.ts';

/** Names under which the workflows are registered. */
export const ROUND_WORKFLOW = 'round';
export const BULK_WORKFLOW = 'bulkDecision';

/** One workflow a fiscal year and round. */
export function roundWorkflowId({ fiscalYear, round }: RoundId): string {
  return `round:${fiscalYear}:${round}`;
}

/** One workflow a bulk decision. */
export function bulkWorkflowId(bulkId: string): string {
  return `bulkDecision:${bulkId}`;
}

/** The ward has changed the round's dates, or may have: read them again and re-arm. */
export const datesChangedSignal = defineSignal('datesChanged');

/** What a round waits for next; null once all its dates are over. */
export const nextMilestoneQuery = defineQuery<Milestone | null>('nextMilestone');

/** Pause, resume, stop. Refused with an ApplicationFailure of type `TooLate` once it has come to its end. */
export const bulkCommandUpdate = defineUpdate<{ status: BulkStatus }, [{ command: BulkCommand }]>('command');
export const bulkStatusQuery = defineQuery<BulkStatus>('status');
export const TOO_LATE = 'TooLate';
