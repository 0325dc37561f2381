import { isDeepStrictEqual } from 'node:util';
import { unfinishedBulk } from '../../store/bulk-decisions.ts';
import { armedRounds, datesOf, roundPlans } from '../../store/rounds.ts';
import type { ApiDeps } from '../deps.ts';
import { keepEnrolments } from './enrolment-keeper.ts';

const EVERY_MS = 30_000;

type Deps = Pick<ApiDeps, 'db' | 'rounds' | 'log'>;
type KeeperDeps = Deps & Pick<ApiDeps, 'enrolments' | 'now'>;

/**
 * Sees to it that every round that the ward has dates for has its workflow and goes by those dates, and that confirmed bulk
 * decisions run: also where Temporal was away when they were set or confirmed, or its history was lost. Harmless to repeat.
 * @param again also the rounds that seem to be in order, once after a start
 */
export async function keepRounds({ db, rounds }: Deps, again = false): Promise<void> {
  const [plans, armed] = await Promise.all([roundPlans(db), armedRounds(db)]);
  for (const plan of plans) {
    const { fiscalYear, round } = plan;
    const known = armed.find((one) => one.fiscalYear === fiscalYear && one.round === round);
    // All year round has no clock, but a round that the ward made so has to hear of it.
    if (!plan.together && !known) continue;
    const same = known !== undefined && isDeepStrictEqual(known.dates, datesOf(plan));
    if (!same || (again && known.endedAt === null)) await rounds.armRound({ fiscalYear, round });
  }
  for (const { id } of await unfinishedBulk(db)) await rounds.startBulk(id);
}

/** Runs {@link keepRounds} and {@link keepEnrolments} soon after the start and then again and again. Several processes may do so. */
export function startRoundKeeper(
  deps: KeeperDeps,
  { everyMs = EVERY_MS }: { everyMs?: number } = {},
): { close: () => Promise<void> } {
  let closed = false;
  let first = true;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const keep = async () => {
    try {
      await keepRounds(deps, first);
      first = false;
    } catch (error) {
      deps.log.warn({ err: error }, 'rounds wait for Temporal');
    }
    try {
      await keepEnrolments(deps);
    } catch (error) {
      deps.log.warn({ err: error }, 'what was recorded of enrolments waits for Temporal');
    }
  };
  const next = (delay: number) => {
    if (closed) return;
    timer = setTimeout(() => {
      running = keep().finally(() => next(everyMs));
    }, delay);
  };
  next(Math.min(2000, everyMs));
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
