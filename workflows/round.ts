import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { milestonesOf, type Milestone } from '../domain/rounds/assign.ts';
import type { RoundId, RoundSchedule } from '../domain/rounds/ports.ts';
import { roundDetails } from '../domain/texts/rounds.ts';
import { datesChangedSignal, nextMilestoneQuery } from './round-messages.ts';
import {
  armRound,
  countUntold,
  endRound,
  loadRound,
  recordMilestone,
  tellApplications,
} from './rounds/activities.ts';

/** How often it looks whether everybody has been told, once the day has come. */
const LOOK_AGAIN = '5 minutes';

/**
 * One intake round of a fiscal year (Q23): opens, closes and is released on the ward's days, by durable timers that follow when
 * the ward moves a day. It decides and tells nothing itself: each application waits for its own release, and this one sees to
 * it that they all know the day, records what was when, and stays until everybody has been told.
 * @param done milestones that an earlier run has recorded
 */
export async function round(id: RoundId, done: readonly string[] = []): Promise<void> {
  const recorded = new Set(done);
  let changed = true;
  let next: Milestone | undefined;
  setHandler(datesChangedSignal, () => {
    changed = true;
  });
  setHandler(nextMilestoneQuery, () => next ?? null);

  let schedule: RoundSchedule = { dates: [], releaseTime: '00:00', changed: false };
  for (;;) {
    if (changed) {
      changed = false;
      schedule = await loadRound(id);
      if (schedule.changed) await moveApplications(id);
      await armRound({ ...id, dates: schedule.dates });
    }
    next = milestonesOf(schedule.dates, schedule.releaseTime).find((one) => !recorded.has(one.key));
    setCurrentDetails(roundDetails(id.fiscalYear, id.round, next));
    if (next) {
      const left = Date.parse(next.at) - Date.now();
      const interrupted = left > 0 && (await condition(() => changed, left));
      if (interrupted) continue;
      await recordMilestone({ ...id, milestone: next });
      recorded.add(next.key);
    } else {
      const { untold } = await countUntold(id);
      if (untold === 0 && !(changed as boolean)) break;
      await condition(() => changed, LOOK_AGAIN);
    }
    if (workflowInfo().continueAsNewSuggested && !(changed as boolean) && allHandlersFinished()) {
      await continueAsNew<typeof round>(id, [...recorded]);
    }
  }
  await endRound(id);
}

/** All of the round's applications read the settings again: a decision that waits goes by the new day. */
async function moveApplications(id: RoundId): Promise<void> {
  let after: string | null = null;
  do ({ after } = await tellApplications({ ...id, after }));
  while (after !== null);
}
