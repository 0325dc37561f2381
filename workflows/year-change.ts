import { continueAsNew, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { endYearRun, writeYearBatch } from './enrolments/activities.ts';

/** So many children at a time: a worker that dies has no more than these to look at again. */
const BATCH = 100;

/**
 * A change of the year (年度替わり) from its confirmation to its end: the next fiscal year's enrolment of every child that goes on is
 * written once, whatever is killed on the way (docs/adr/0010).
 */
export async function yearChange({ runId }: { runId: string }): Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  while (left > 0) {
    ({ left } = await writeYearBatch({ runId, size: BATCH }));
    setCurrentDetails(`残り ${String(left)}人`);
    if (workflowInfo().continueAsNewSuggested && left > 0) await continueAsNew<typeof yearChange>({ runId });
  }
  await endYearRun({ runId });
}
