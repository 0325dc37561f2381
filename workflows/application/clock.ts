import { condition } from '@temporalio/workflow';
import { nextWake, type Wake } from '../../domain/application/deadlines.ts';
import type { ApplicationState } from '../../domain/application/state.ts';

/** The instant of the current workflow task, ISO 8601 UTC; deterministic, because Temporal replaces `Date` in workflows. */
export function now(): string {
  return new Date().toISOString();
}

function keyOf(wake: Wake | undefined): string {
  return wake ? `${wake.at} ${JSON.stringify(wake.action)}` : '';
}

/**
 * Waits, durably, until the deadline machinery has something to do, and says what. Starts anew by itself when a deadline is
 * changed, answered or re-armed; undefined once `stop` holds.
 */
export async function untilWake(
  state: () => ApplicationState,
  stop: () => boolean,
): Promise<Wake['action'] | undefined> {
  for (;;) {
    if (stop()) return undefined;
    const wake = nextWake(state(), now());
    const key = keyOf(wake);
    let seen = state().seq;
    // The key is worked out again only when an event has come: predicates run after every activation.
    const changed = () => {
      if (stop()) return true;
      if (state().seq === seen) return false;
      seen = state().seq;
      return keyOf(nextWake(state(), now())) !== key;
    };
    if (!wake) {
      await condition(changed);
      continue;
    }
    const left = Date.parse(wake.at) - Date.parse(now());
    const interrupted = left > 0 && (await condition(changed, left));
    if (!interrupted && !stop()) return wake.action;
  }
}
