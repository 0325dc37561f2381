import { isDeepStrictEqual } from 'node:util';
import { WorkflowNotFoundError } from '@temporalio/client';
import { DEFAULT_DEADLINES } from '../../domain/application/settings.ts';
import type { RoundActivities } from '../../domain/rounds/ports.ts';
import { announceTopic } from '../../store/bulk-decisions.ts';
import {
  armRound,
  armedRounds,
  countAwaitingRelease,
  datesOf,
  endRound,
  openOfRound,
  recordMilestone,
  roundPlan,
} from '../../store/rounds.ts';
import { newestSetting } from '../../store/settings.ts';
import { inParallel } from './parallel.ts';
import type { RoundDeps } from './deps.ts';

/** Signals at one time: the applications' workflows have other things to do. */
const AT_ONCE = 10;
const PAGE = 200;
/** Name of `settingsChangedSignal` in workflows/messages.ts. */
const SETTINGS_CHANGED = 'settingsChanged';

type Parts = Omit<RoundActivities, 'decideBatch' | 'markBulk'>;

/** What a round's workflow asks for. */
export function createRoundParts({ db, client }: Pick<RoundDeps, 'db' | 'client'>): Parts {
  const news = (id: { fiscalYear: number; round: string }) =>
    announceTopic(db, 'round', `${String(id.fiscalYear)}:${id.round}`);
  return {
    async loadRound(id) {
      const [plan, armed, deadlines] = await Promise.all([
        roundPlan(db, id),
        armedRounds(db),
        newestSetting(db, 'deadlines'),
      ]);
      const before = armed.find((one) => one.fiscalYear === id.fiscalYear && one.round === id.round);
      const dates = datesOf(plan);
      const { reminderTime } = deadlines?.value ?? DEFAULT_DEADLINES;
      return { dates, releaseTime: reminderTime, changed: !isDeepStrictEqual(before?.dates, dates) };
    },
    async armRound({ dates, ...id }) {
      await armRound(db, id, dates);
      await news(id);
    },
    async tellApplications({ after, ...id }) {
      const page = await openOfRound(db, id, { after, limit: PAGE });
      await inParallel(page, AT_ONCE, async ({ workflowId }) => {
        try {
          await client.workflow.getHandle(workflowId).signal(SETTINGS_CHANGED);
        } catch (error) {
          // Ended by now, or not started yet: then it reads the settings when it starts.
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
      });
      return { after: page.length < PAGE ? null : (page.at(-1)?.id ?? null) };
    },
    async recordMilestone({ milestone, ...id }) {
      await recordMilestone(db, id, milestone);
      await news(id);
    },
    async countUntold(id) {
      return { untold: await countAwaitingRelease(db, id) };
    },
    async endRound(id) {
      await endRound(db, id);
      await news(id);
    },
  };
}
