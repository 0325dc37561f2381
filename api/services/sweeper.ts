import { unstarted } from '../../store/receive.ts';
import type { ApiDeps } from '../deps.ts';
import { startApplication } from './submit.ts';

const EVERY_MS = 5000;
/** Younger ones are just being started by their own request. */
const OLDER_THAN_SECONDS = 10;
const START_TIMEOUT_MS = 5000;

/**
 * Starts the workflows of submissions that were committed while Temporal was away, or whose API process died right after the
 * commit (design 6). Several processes may sweep: starting twice is starting once.
 */
export function startSweeper(
  deps: Pick<ApiDeps, 'db' | 'temporal' | 'log'>,
  { everyMs = EVERY_MS }: { everyMs?: number } = {},
): { close: () => Promise<void> } {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const sweep = async () => {
    try {
      for (const application of await unstarted(deps.db, OLDER_THAN_SECONDS)) {
        if (closed) return;
        await startApplication(deps, application, START_TIMEOUT_MS);
      }
    } catch (error) {
      deps.log.warn({ err: error }, 'sweeper: submissions wait for Temporal');
    }
  };
  let running = Promise.resolve();
  const next = () => {
    if (closed) return;
    timer = setTimeout(() => {
      running = sweep().finally(next);
    }, everyMs);
  };
  next();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
