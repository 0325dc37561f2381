import { ActivityFailure, ApplicationFailure, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { ExportActivities } from '../domain/exports/ports.ts';

/** Workers send heartbeats twice as often (worker/heartbeat.ts). */
const DEAD_AFTER = '8 seconds';

const { prepareExport: prepare } = proxyActivities<ExportActivities>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: DEAD_AFTER,
  // kintone or the database come back; whoever does not want to wait gives the run up.
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '2 minutes' },
});
const { failExport } = proxyActivities<ExportActivities>({
  startToCloseTimeout: '20 seconds',
  heartbeatTimeout: DEAD_AFTER,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * Prepares a file for the ward's system (Q04) away from the API, so that 10,000 records hold nobody up and a killed worker
 * loses nothing. The run itself is a record with its states in the store (docs/adr/0012).
 */
export async function prepareExport({ runId }: { runId: string }): Promise<void> {
  try {
    await prepare({ runId });
  } catch (error) {
    if (isCancellation(error)) throw error;
    const cause = error instanceof ActivityFailure ? error.cause : error;
    const code = cause instanceof ApplicationFailure ? (cause.type ?? 'unknown') : 'unknown';
    await failExport({ runId, code });
  }
}
