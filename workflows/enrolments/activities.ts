import { proxyActivities } from '@temporalio/workflow';
import type { EnrolmentActivities } from '../../domain/enrolment/year-run.ts';

/** As for applications: what is away comes back, and until then it waits. */
const untilItWorks = {
  initialInterval: '500 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '1 minute',
} as const;

/** Workers send heartbeats twice as often (worker/heartbeat.ts). */
const DEAD_AFTER = '8 seconds';

export const {
  carryEnrolment: carry,
  endYearRun,
  markSettingsTold,
} = proxyActivities<EnrolmentActivities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: DEAD_AFTER,
  retry: untilItWorks,
});

/** Many in one go; what is left is asked for again soon. */
export const { writeYearBatch, tellSettings: tellPage } = proxyActivities<EnrolmentActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: DEAD_AFTER,
  retry: { ...untilItWorks, maximumInterval: '10 seconds' },
});
