import { proxyActivities } from '@temporalio/workflow';
import type { ApplicationActivities } from '../../domain/application/ports.ts';

/**
 * Retries have no end: a database, kintone or a mail server that is away comes back, and until then the application waits
 * with its answer (design 6). Faults that no retry mends are thrown as non-retryable by the activities themselves.
 */
const untilItWorks = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '1 minute',
} as const;

/** Workers send heartbeats twice as often (worker/heartbeat.ts). */
const DEAD_AFTER = '8 seconds';

const quick = proxyActivities<ApplicationActivities>({
  startToCloseTimeout: '20 seconds',
  heartbeatTimeout: DEAD_AFTER,
  retry: untilItWorks,
});
const slow = proxyActivities<ApplicationActivities>({
  startToCloseTimeout: '3 minutes',
  heartbeatTimeout: DEAD_AFTER,
  retry: untilItWorks,
});

export const { loadSettings, loadState, checkIntake, project } = quick;
/** Mails, letters, kintone. Its retries come at least every minute, so that one part's absence delays the others little. */
export const { deliver } = slow;
