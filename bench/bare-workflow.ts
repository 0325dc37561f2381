import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';

export interface BareInput {
  updates: number;
  activities: number;
  timers: number;
}

export const bareUpdate = defineUpdate<number>('step');
const { nothing } = proxyActivities<{ nothing: () => Promise<void> }>({ startToCloseTimeout: '1 minute' });

/**
 * Temporal's own price: as many updates, empty activities and (cancelled) timers as an application has, and nothing else. The
 * activities are spread over the updates as in an application: some before the answer, the others beside it.
 */
export async function bare({ updates, activities, timers }: BareInput): Promise<void> {
  let done = 0;
  let pending = 0;
  let left = activities;
  const perUpdate = Math.ceil(activities / updates);
  const beside = async (): Promise<void> => {
    pending += 1;
    await nothing();
    pending -= 1;
  };
  setHandler(bareUpdate, async () => {
    const own = Math.min(left, perUpdate);
    left -= own;
    if (own > 0) await nothing();
    for (let i = 1; i < own; i += 1) void beside();
    done += 1;
    return done;
  });
  for (let i = 0; i < timers; i += 1) {
    const at = Math.min(updates, i + 2);
    await condition(() => done >= at, '30 days');
  }
  await condition(() => done >= updates && pending === 0);
}
