import { proxyActivities } from '@temporalio/workflow';
import type { RoundActivities } from '../../domain/rounds/ports.ts';

/** As for applications: what is away comes back, and until then the round or the bulk decision waits. */
const untilItWorks = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '1 minute',
} as const;

/** Workers send heartbeats twice as often (worker/heartbeat.ts). */
const DEAD_AFTER = '8 seconds';

export const { loadRound, armRound, recordMilestone, countUntold, endRound, markBulk } =
  proxyActivities<RoundActivities>({
    startToCloseTimeout: '20 seconds',
    heartbeatTimeout: DEAD_AFTER,
    retry: untilItWorks,
  });

/** Many applications in one go; a busy one is asked again soon, for the others wait for it. */
export const { tellApplications, decideBatch } = proxyActivities<RoundActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: DEAD_AFTER,
  retry: { ...untilItWorks, maximumInterval: '10 seconds' },
});
