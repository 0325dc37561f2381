import { isDeepStrictEqual } from 'node:util';
import type { Stage } from '../../domain/application/state.ts';
import { STAGES } from '../../domain/application/state.ts';
import { tokyoDate, tokyoInstant } from '../../domain/calendar/dates.ts';
import { workingDaysBetween } from '../../domain/calendar/working-days.ts';
import { BOPS, hallOfBop } from '../../domain/facilities/facilities.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { datesProblems, isTogether, phaseOf } from '../../domain/rounds/assign.ts';
import { roundName } from '../../domain/texts/rounds.ts';
import {
  armedRounds,
  countRounds,
  datesOf,
  milestonesOfRound,
  periodsWithDefaults,
  roundPlan,
  roundPlans,
  type ArmedRound,
  type RoundCount,
  type RoundKey,
  type RoundPlan,
} from '../../store/rounds.ts';
import { newestSetting, saveSetting, SettingChangedError } from '../../store/settings.ts';
import type { RoundResponse, RoundRow, RoundTotals, SetDatesRequest } from '../contract/rounds.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, ProblemError } from '../problems.ts';

/** The name of a procedure; its code where there is none of it any more. */
export function procedureName(code: string): string {
  return procedureOf(code)?.name.ja ?? code;
}

const NOTHING: RoundTotals = {
  received: 0,
  inReview: 0,
  awaitingApplicant: 0,
  awaitingDecision: 0,
  awaitingRelease: 0,
  told: 0,
  cancelled: 0,
  overdue: 0,
};

const PART_OF: Readonly<Record<Stage, Exclude<keyof RoundTotals, 'received' | 'overdue'>>> = {
  entryCheck: 'inReview',
  firstReview: 'inReview',
  secondReview: 'inReview',
  awaitingApplicant: 'awaitingApplicant',
  awaitingDecision: 'awaitingDecision',
  awaitingRelease: 'awaitingRelease',
  approved: 'told',
  refused: 'told',
  cancelled: 'cancelled',
};

function totalsOf(counts: readonly Pick<RoundCount, 'stage' | 'count' | 'overdue'>[]): RoundTotals {
  const totals = { ...NOTHING };
  for (const { stage, count, overdue } of counts) {
    totals.received += count;
    totals.overdue += overdue;
    totals[PART_OF[stage]] += count;
  }
  return totals;
}

/** What still has to be reviewed, answered or decided. */
function undecidedIn({ inReview, awaitingApplicant, awaitingDecision }: RoundTotals): number {
  return inReview + awaitingApplicant + awaitingDecision;
}

async function releaseTimeOf(deps: ApiDeps): Promise<string> {
  return (await newestSetting(deps.db, 'deadlines'))?.value.reminderTime ?? '09:00';
}

function rowOf(
  plan: RoundPlan,
  from: { counts: readonly RoundCount[]; armed: readonly ArmedRound[]; now: string; releaseTime: string },
): RoundRow {
  const { fiscalYear, round, together } = plan;
  const isThis = (one: RoundKey) => one.fiscalYear === fiscalYear && one.round === round;
  const known = from.armed.find(isThis);
  return {
    fiscalYear,
    round,
    name: roundName(round),
    together,
    dates: plan.dates.map((dates) => ({
      ...dates,
      procedureName: procedureName(dates.procedure),
      phase: phaseOf(dates, from.now, from.releaseTime),
    })),
    totals: totalsOf(from.counts.filter(isThis)),
    armed: !together || isDeepStrictEqual(known?.dates, datesOf(plan)),
  };
}

/** All rounds that the ward has dates for, with how far they have come (Q23, Q24). */
export async function roundRows(deps: ApiDeps): Promise<RoundRow[]> {
  const [plans, counts, armed, releaseTime] = await Promise.all([
    roundPlans(deps.db),
    countRounds(deps.db),
    armedRounds(deps.db),
    releaseTimeOf(deps),
  ]);
  const now = deps.now().toISOString();
  return plans.map((plan) => rowOf(plan, { counts, armed, now, releaseTime }));
}

/** One round: its dates, its applications by 新BOP and procedure, what it has done, what is left before its release. */
export async function roundDetail(deps: ApiDeps, key: RoundKey): Promise<RoundResponse> {
  const [plan, counts, armed, milestones, releaseTime] = await Promise.all([
    roundPlan(deps.db, key),
    countRounds(deps.db, key),
    armedRounds(deps.db),
    milestonesOfRound(deps.db, key),
    releaseTimeOf(deps),
  ]);
  if (!plan) throw notFound();
  const now = deps.now().toISOString();
  const row = rowOf(plan, { counts, armed, now, releaseTime });
  const procedures = [...new Set([...plan.dates.map((d) => d.procedure), ...counts.map((c) => c.procedure)])];
  return {
    ...row,
    stages: STAGES.map((stage) => ({
      stage,
      count: counts.filter((one) => one.stage === stage).reduce((sum, one) => sum + one.count, 0),
    })),
    byProcedure: procedures.map((procedure) => ({
      procedure,
      procedureName: procedureName(procedure),
      totals: totalsOf(counts.filter((one) => one.procedure === procedure)),
    })),
    bops: BOPS.map(({ code, name }) => ({
      code,
      name,
      hallName: hallOfBop(code)?.name ?? '',
      totals: totalsOf(counts.filter((one) => one.bopCode === code)),
    })).filter(({ totals }) => totals.received > 0),
    milestones: milestones.map(({ procedure, counts: then, ...milestone }) => {
      const totals = totalsOf(
        Object.entries(then).map(([stage, count]) => ({ stage: stage as Stage, count, overdue: 0 })),
      );
      return {
        key: milestone.key,
        kind: milestone.kind,
        dueAt: milestone.dueAt,
        recordedAt: milestone.recordedAt,
        procedureName: procedureName(procedure),
        received: totals.received,
        undecided: undecidedIn(totals),
      };
    }),
    release: await releaseOf(deps, plan, counts, { now, releaseTime }),
  };
}

/** The next day on which decisions are told, and what is not decided yet of what is told then. */
async function releaseOf(
  deps: ApiDeps,
  plan: RoundPlan,
  counts: readonly RoundCount[],
  { now, releaseTime }: { now: string; releaseTime: string },
): Promise<RoundResponse['release']> {
  const days = plan.dates.flatMap(({ noticesOn }) => (noticesOn === null ? [] : [noticesOn]));
  const [on] = [...new Set(days)].toSorted().filter((day) => tokyoInstant(day, releaseTime) > now);
  if (on === undefined) return null;
  const procedures = plan.dates.filter(({ noticesOn }) => noticesOn === on).map((one) => one.procedure);
  const totals = totalsOf(counts.filter((one) => procedures.includes(one.procedure)));
  const calendar = await deps.settings.calendar();
  const today = tokyoDate(now);
  return {
    on,
    at: tokyoInstant(on, releaseTime),
    workingDaysLeft: calendar ? Math.max(0, workingDaysBetween(today, on, calendar)) : 0,
    undecided: undecidedIn(totals),
  };
}

/**
 * The ward sets a round's dates for one procedure. The round and all of its open applications follow.
 * @throws {ProblemError} `invalid` at the field, `settingChanged`
 */
export async function setRoundDates(
  deps: ApiDeps,
  key: RoundKey,
  body: SetDatesRequest,
  changedBy: string,
): Promise<void> {
  const { procedure, opensOn, closesOn, noticesOn, basedOn, note } = body;
  const problems = datesProblems({ opensOn, closesOn, noticesOn });
  const errors = Object.entries(problems).map(([path, message]) => ({ path, message }));
  if (errors.length > 0) throw new ProblemError('invalid', { errors });
  const setting = procedureOf(procedure) && (await newestSetting(deps.db, `periods:${procedure}`));
  if (!setting) throw notFound();
  const isThis = (period: RoundKey) => period.fiscalYear === key.fiscalYear && period.round === key.round;
  const dates = { ...key, opensOn, closesOn, noticesOn };
  // The other rounds of a year that the ward has said nothing of so far stay as the contract has them.
  const today = tokyoDate(deps.now().toISOString());
  const ofYear = ({ fiscalYear }: RoundKey) => fiscalYear === key.fiscalYear;
  const before = setting.value.some(ofYear)
    ? setting.value
    : [...setting.value, ...periodsWithDefaults([], procedure, today).filter(ofYear)];
  const was = before.find(isThis);
  const value = was ? before.map((period) => (isThis(period) ? dates : period)) : [...before, dates];
  try {
    await saveSetting(deps.db, { key: `periods:${procedure}`, value, basedOn, note, changedBy });
  } catch (error) {
    if (error instanceof SettingChangedError) throw new ProblemError('settingChanged', { cause: error });
    throw error;
  }
  try {
    if (isTogether(dates) || (was && isTogether(was))) await deps.rounds.armRound(key);
  } catch (error) {
    // The dates are saved; the keeper tells the round as soon as Temporal answers.
    deps.log.warn({ err: error, ...key }, 'the round hears of its dates later');
  }
}
