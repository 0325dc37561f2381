import type { LookDeps } from '../../activities/reconcile/found.ts';
import { lookForChanges } from '../../activities/reconcile/look.ts';
import { upkeep, type UpkeepDeps } from '../../activities/reconcile/upkeep.ts';
import { alone } from '../../store/kintone.ts';
import { reportChanges, type ReportDeps } from './report.ts';

export interface PollOptions {
  everyMs: number;
  log: {
    info: (detail: object, message: string) => void;
    warn: (detail: object, message: string) => void;
  };
}

/**
 * Looks through kintone now and then for what people changed there, and tells the applications; and keeps up to date what no
 * application's delivery writes. Of several workers one at a time does it. A look that fails is made up for by the next one: it asks for all since the last that went well.
 */
export function pollKintone(
  deps: LookDeps & ReportDeps & UpkeepDeps,
  { everyMs, log }: PollOptions,
): { once: () => Promise<void>; close: () => Promise<void> } {
  const once = async () => {
    try {
      await alone(deps.db, async () => {
        const { found, unknown, deferred } = await lookForChanges(deps);
        if (found.length > 0) log.info({ count: found.length }, 'records were changed in kintone');
        if (unknown.length > 0) log.warn({ unknown }, 'records in kintone belong to no application');
        if (deferred.length > 0)
          log.warn({ deferred }, 'not looked through: the requests of the day run short');
        await reportChanges(deps, (err, applicationId) => {
          log.warn({ err, applicationId }, 'a change in kintone could not be told to its application yet');
        });
        await upkeep(deps, (err, what) =>
          log.warn({ err, what }, 'kintone could not be kept up to date yet'),
        );
      });
    } catch (err) {
      log.warn({ err }, 'kintone could not be looked through');
    }
  };
  let working: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    working = working.then(once);
  }, everyMs);
  timer.unref();
  return {
    once,
    close: async () => {
      clearInterval(timer);
      await working;
    },
  };
}
