import { sql } from 'kysely';
import type { Stage } from '../domain/application/state.ts';
import type { ExtendedMode, Month } from '../domain/enrolment/effects.ts';
import { isTogether, type Milestone, type RoundDates, type RoundPeriod } from '../domain/rounds/assign.ts';
import { tokyoDate, type LocalDate } from '../domain/calendar/dates.ts';
import { PROCEDURES } from '../domain/procedures/registry.ts';
import type { Db, DbOrTransaction } from './db.ts';
import { defaultPeriods } from './setting-values.ts';
import { newestSetting, type Period } from './settings.ts';

/** A round by its fiscal year and code. */
export interface RoundKey {
  fiscalYear: number;
  round: string;
}

/** A round with the ward's dates for each procedure that has it, and the edition of the setting that they are in. */
export interface RoundPlan extends RoundKey {
  dates: readonly (RoundDates & { version: number })[];
  /** Decided and told together; otherwise as applications come. */
  together: boolean;
}

/** The ward's periods of a procedure with the contract's for years that the ward has said nothing of (Q23). */
export function periodsWithDefaults(
  value: readonly Period[],
  procedure: string,
  today: LocalDate,
): readonly Period[] {
  const known = new Set(value.map((period) => period.fiscalYear));
  const others = defaultPeriods(today, procedure).filter((period) => !known.has(period.fiscalYear));
  return [...value, ...others];
}

/** Every round that the ward or the contract has dates for, the newest year first and then by what comes first. */
export async function roundPlans(db: Db, now: Date = new Date()): Promise<readonly RoundPlan[]> {
  const today = tokyoDate(now.toISOString());
  const settings = await Promise.all(
    PROCEDURES.map(async ({ code }) => ({ code, setting: await newestSetting(db, `periods:${code}`) })),
  );
  const plans = new Map<string, RoundPlan>();
  for (const { code, setting } of settings) {
    for (const period of periodsWithDefaults(setting?.value ?? [], code, today))
      add(plans, code, setting?.version ?? 0, period);
  }
  // Defaults move on with the year; a round that has run keeps the dates that it went by.
  for (const { fiscalYear, round, dates } of await armedRounds(db)) {
    if (plans.has(`${String(fiscalYear)}:${round}`)) continue;
    for (const { procedure, ...days } of dates) {
      const version = settings.find(({ code }) => code === procedure)?.setting?.version ?? 0;
      add(plans, procedure, version, { fiscalYear, round, ...days });
    }
  }
  const startOf = (plan: RoundPlan) => plan.dates.map((one) => one.opensOn ?? '').toSorted()[0] ?? '';
  return [...plans.values()].toSorted(
    (a, b) =>
      b.fiscalYear - a.fiscalYear ||
      Number(b.together) - Number(a.together) ||
      startOf(a).localeCompare(startOf(b)),
  );
}

function add(plans: Map<string, RoundPlan>, procedure: string, version: number, period: RoundPeriod): void {
  const { fiscalYear, round, opensOn, closesOn, noticesOn } = period;
  const key = `${String(fiscalYear)}:${round}`;
  const plan = plans.get(key) ?? { fiscalYear, round, dates: [], together: false };
  plans.set(key, {
    ...plan,
    together: plan.together || isTogether(period),
    dates: [...plan.dates, { procedure, opensOn, closesOn, noticesOn, version }],
  });
}

/** The dates that a round's workflow goes by. */
export function datesOf(plan: RoundPlan | undefined): readonly RoundDates[] {
  return (plan?.dates ?? []).map(({ version: _version, ...dates }) => dates);
}

/** A round's plan; undefined where the ward has set no dates for it. */
export async function roundPlan(db: Db, { fiscalYear, round }: RoundKey): Promise<RoundPlan | undefined> {
  return (await roundPlans(db)).find((plan) => plan.fiscalYear === fiscalYear && plan.round === round);
}

export interface ArmedRound extends RoundKey {
  dates: readonly RoundDates[];
  armedAt: string;
  endedAt: string | null;
}

/** Rounds as their workflows last armed them. */
export async function armedRounds(db: DbOrTransaction): Promise<readonly ArmedRound[]> {
  return db
    .selectFrom('rounds')
    .select(['fiscal_year as fiscalYear', 'round', 'dates', 'armed_at as armedAt', 'ended_at as endedAt'])
    .execute();
}

/** A round's workflow goes by these dates now. */
export async function armRound(
  db: DbOrTransaction,
  { fiscalYear, round }: RoundKey,
  dates: readonly RoundDates[],
): Promise<void> {
  const columns = { dates: JSON.stringify(dates), armed_at: new Date(), ended_at: null };
  await db
    .insertInto('rounds')
    .values({ fiscal_year: fiscalYear, round, ...columns })
    .onConflict((conflict) => conflict.columns(['fiscal_year', 'round']).doUpdateSet(columns))
    .execute();
}

/** Everything of a round is over. */
export async function endRound(db: DbOrTransaction, { fiscalYear, round }: RoundKey): Promise<void> {
  await db
    .updateTable('rounds')
    .set({ ended_at: new Date() })
    .where('fiscal_year', '=', fiscalYear)
    .where('round', '=', round)
    .execute();
}

/** Records what a round did, with its applications by stage at that moment. Repeating it changes nothing. */
export async function recordMilestone(
  db: Db,
  key: RoundKey,
  { key: milestone, procedure, kind, at }: Milestone,
): Promise<Readonly<Record<string, number>>> {
  const counts = await stagesOfRound(db, key, procedure);
  await db
    .insertInto('round_milestones')
    .values({
      fiscal_year: key.fiscalYear,
      round: key.round,
      key: milestone,
      procedure,
      kind,
      due_at: at,
      counts: JSON.stringify(counts),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return counts;
}

async function stagesOfRound(
  db: Db,
  { fiscalYear, round }: RoundKey,
  procedure: string,
): Promise<Readonly<Record<string, number>>> {
  const rows = await db
    .selectFrom('applications')
    .select(({ fn }) => ['stage', fn.countAll<number>().as('count')])
    .where('fiscal_year', '=', fiscalYear)
    .where('round', '=', round)
    .where('procedure', '=', procedure)
    .groupBy('stage')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.stage, row.count]));
}

export interface RecordedMilestone {
  key: string;
  procedure: string;
  kind: Milestone['kind'];
  dueAt: string;
  recordedAt: string;
  counts: Readonly<Record<string, number>>;
}

/** What a round has done, oldest first. */
export async function milestonesOfRound(
  db: DbOrTransaction,
  { fiscalYear, round }: RoundKey,
): Promise<readonly RecordedMilestone[]> {
  return db
    .selectFrom('round_milestones')
    .select(['key', 'procedure', 'kind', 'due_at as dueAt', 'recorded_at as recordedAt', 'counts'])
    .where('fiscal_year', '=', fiscalYear)
    .where('round', '=', round)
    .orderBy('due_at')
    .orderBy('key')
    .execute();
}

export interface RoundCount extends RoundKey {
  procedure: string;
  bopCode: string;
  stage: Stage;
  count: number;
  overdue: number;
}

/** Applications by round, procedure, 新BOP and stage: of one round, or of all. */
export async function countRounds(db: Db, key?: RoundKey): Promise<readonly RoundCount[]> {
  let query = db
    .selectFrom('applications')
    .select(({ fn }) => [
      'fiscal_year as fiscalYear',
      'round',
      'procedure',
      'bop_code as bopCode',
      'stage',
      fn.countAll<number>().as('count'),
      sql<number>`count(*) filter (where overdue)`.as('overdue'),
    ])
    .groupBy(['fiscal_year', 'round', 'procedure', 'bop_code', 'stage']);
  if (key) query = query.where('fiscal_year', '=', key.fiscalYear).where('round', '=', key.round);
  return query.execute();
}

/** The workflows of a round's applications that have not ended, in order of their ids; the next page begins after `after`. */
export async function openOfRound(
  db: Db,
  { fiscalYear, round }: RoundKey,
  { after, limit }: { after: string | null; limit: number },
): Promise<readonly { id: string; workflowId: string }[]> {
  let query = db
    .selectFrom('applications')
    .select(['id', 'workflow_id as workflowId'])
    .where('fiscal_year', '=', fiscalYear)
    .where('round', '=', round)
    .where('stage', 'not in', ['approved', 'refused', 'cancelled'])
    .orderBy('id')
    .limit(limit);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

/** How many applications of a round are decided and wait for the day on which they are told. */
export async function countAwaitingRelease(db: Db, { fiscalYear, round }: RoundKey): Promise<number> {
  const { count } = await db
    .selectFrom('applications')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('fiscal_year', '=', fiscalYear)
    .where('round', '=', round)
    .where('stage', '=', 'awaitingRelease')
    .executeTakeFirstOrThrow();
  return count;
}

/** What an application for extended use asks for. */
export interface ClaimFacts {
  mode: ExtendedMode;
  from: Month;
  to: Month;
  grade: number;
}

/** What has been read of applications for extended use, by id, where it is of the data version asked for. */
export async function knownClaims(
  db: Db,
  wanted: readonly { id: string; dataVersion: number }[],
): Promise<ReadonlyMap<string, ClaimFacts>> {
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('extended_claims')
    .selectAll()
    .where(sql<boolean>`application_id = any(${wanted.map((one) => one.id)}::uuid[])`)
    .execute();
  const versions = new Map(wanted.map((one) => [one.id, one.dataVersion]));
  return new Map(
    rows
      .filter((row) => versions.get(row.application_id) === row.data_version)
      .map((row) => [
        row.application_id,
        { mode: row.mode, from: row.from_month, to: row.to_month, grade: row.grade },
      ]),
  );
}

/** Keeps what was read of an application for extended use. */
export async function keepClaim(
  db: DbOrTransaction,
  application: { id: string; dataVersion: number },
  { mode, from, to, grade }: ClaimFacts,
): Promise<void> {
  const columns = { data_version: application.dataVersion, mode, from_month: from, to_month: to, grade };
  await db
    .insertInto('extended_claims')
    .values({ application_id: application.id, ...columns })
    .onConflict((conflict) => conflict.column('application_id').doUpdateSet(columns))
    .execute();
}
