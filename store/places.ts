import { sql } from 'kysely';
import type { Month } from '../domain/enrolment/effects.ts';

import { monthOf, monthsBetween } from '../domain/enrolment/months.ts';
import { roomFor, rulesAtBop } from '../domain/rounds/places.ts';
import { gradeIn, isLocalDate, type LocalDate } from '../domain/calendar/dates.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import { childOf } from './intake.ts';
import { keepClaim, type ClaimFacts } from './rounds.ts';
import { newestSetting } from './settings.ts';

/** The one procedure whose places are counted. */
export const EXTENDED_USE = 'extendedUse';

/** Places of extended use that are taken, by 新BOP and month. */
export type TakenByBop = ReadonlyMap<string, ReadonlyMap<Month, number>>;

/**
 * The places that are taken in a fiscal year: those of the enrolments (after declines, withdrawals and changes of school), and
 * those of approvals that are not in an enrolment yet, because they wait for the day of their round or are on their way.
 * @param dailyTakesPlace do registrations by the day count?
 */
export async function takenPlaces(
  db: DbOrTransaction,
  { fiscalYear, dailyTakesPlace }: { fiscalYear: number; dailyTakesPlace: boolean },
): Promise<TakenByBop> {
  const taken = new Map<string, Map<Month, number>>();
  const add = (bop: string, month: Month, count: number) => {
    const months = taken.get(bop) ?? new Map<Month, number>();
    taken.set(bop, months.set(month, (months.get(month) ?? 0) + count));
  };
  const held = await db
    .selectFrom('enrolment_months')
    .innerJoin('enrolments', 'enrolments.id', 'enrolment_months.enrolment_id')
    .select([
      // A month of a change of school counts at both: the place is free only when the month is over.
      sql<string>`unnest(enrolment_months.bops)`.as('bop'),
      'month',
      ({ fn }) => fn.countAll<number>().as('count'),
    ])
    .where('fiscal_year', '=', fiscalYear)
    .where('extended', 'in', dailyTakesPlace ? ['monthly', 'daily'] : ['monthly'])
    .groupBy(['bop', 'month'])
    .execute();
  for (const { bop, month, count } of held) add(bop, month, count);
  for (const row of await approvedNotRecorded(db, fiscalYear)) {
    if (!dailyTakesPlace && row.mode === 'daily') continue;
    const begin = row.from > row.claimFrom ? row.from : row.claimFrom;
    for (const month of monthsBetween(begin, row.to)) add(row.bopCode, month, 1);
  }
  return taken;
}

/** Approved applications for extended use that no enrolment has yet, with the months that they take. */
async function approvedNotRecorded(db: DbOrTransaction, fiscalYear: number) {
  const rows = await db
    .selectFrom('applications')
    .innerJoin('extended_claims', 'extended_claims.application_id', 'applications.id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('application_events')
          .select('body')
          .whereRef('application_events.application_id', '=', 'applications.id')
          .where('type', '=', 'decided')
          .orderBy('seq', 'desc')
          .limit(1)
          .as('decided'),
      (join) => join.onTrue(),
    )
    .select([
      'applications.bop_code as bopCode',
      'mode',
      'from_month',
      'to_month as to',
      'decided.body as body',
    ])
    .where('procedure', '=', EXTENDED_USE)
    .where('fiscal_year', '=', fiscalYear)
    .where('stage', 'in', ['awaitingRelease', 'approved'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('enrolment_entries')
            .select('enrolment_entries.application_id')
            .whereRef('enrolment_entries.application_id', '=', 'applications.id')
            .where('enrolment_entries.source', 'is', null),
        ),
      ),
    )
    .execute();
  return rows.flatMap(({ body, from_month: claimFrom, ...row }) => {
    const { outcome, effectiveFrom } = body as { outcome?: string; effectiveFrom?: string };
    return outcome === 'approved'
      ? [{ ...row, claimFrom, from: effectiveFrom === undefined ? claimFrom : monthOf(effectiveFrom) }]
      : [];
  });
}

/**
 * What the answers of an application for extended use ask for: mode, months, grade; nothing personal. Undefined for other
 * procedures, and where it cannot be told from them.
 */
export function wishOf(
  application: { procedure: string; fiscalYear: number },
  answers: Answers,
  birthDate: LocalDate | undefined,
): ClaimFacts | undefined {
  if (application.procedure !== EXTENDED_USE || birthDate === undefined || !isLocalDate(birthDate))
    return undefined;
  const effect = procedureOf(EXTENDED_USE)?.effectOf(answers);
  if (effect?.kind !== 'extend') return undefined;
  const { mode, from, to } = effect;
  return { mode, from, to, grade: gradeIn(birthDate, application.fiscalYear) };
}

/**
 * Keeps what an application for extended use asks for from the answers that are at hand, so that it can be decided on while kintone
 * is away.
 * @param dataVersion the version that these answers are, or will be once they are accepted: another one is read again
 */
export async function keepWish(
  db: DbOrTransaction,
  keyring: Keyring,
  application: { id: string; procedure: string; fiscalYear: number },
  answers: Answers,
  dataVersion: number,
): Promise<void> {
  if (application.procedure !== EXTENDED_USE) return;
  const child = await childOf(db, keyring, application.id);
  const wish = wishOf(application, answers, child?.birthDate);
  if (wish) await keepClaim(db, { id: application.id, dataVersion }, wish);
}

/** Applications that the ward has put on the waiting list (待機) and not decided since. */
export async function waitlisted(db: Db, fiscalYear: number): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('applications')
    .select('id')
    .where('procedure', '=', EXTENDED_USE)
    .where('fiscal_year', '=', fiscalYear)
    .where('stage', '=', 'awaitingDecision')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('application_events')
          .select('seq')
          .whereRef('application_id', '=', 'applications.id')
          .where('type', '=', 'waitlisted'),
      ),
    )
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** So long a place is kept for an approval that is on its way, where nobody ever hears what became of it. */
const RESERVED_FOR = sql<string>`interval '2 minutes'`;

export interface Reserving {
  applicationId: string;
  fiscalYear: number;
  bopCode: string;
  claim: Pick<ClaimFacts, 'mode' | 'from' | 'to'>;
  /** The first month that would be given. */
  from: Month;
}

/**
 * Keeps a place while an application's approval is on its way, so that two people who approve at the same moment never give the
 * same one. Whoever asks comes one after the other; what is being approved counts as taken.
 * @returns the months in which none is left; empty: it is kept, until {@link releasePlace} or until it is given
 */
export async function reservePlace(db: Db, reserving: Reserving): Promise<readonly Month[]> {
  const { applicationId, fiscalYear, bopCode, claim, from } = reserving;
  return db.transaction().execute(async (trx) => {
    const lock = `places:${String(fiscalYear)}:${bopCode}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(trx);
    const setting = await newestSetting(trx, 'extendedPlaces');
    if (!setting) throw new Error('setting extendedPlaces has no value; has the system been set up?');
    const rules = rulesAtBop(setting.value, bopCode);
    const { dailyTakesPlace } = rules;
    const held = await takenPlaces(trx, { fiscalYear, dailyTakesPlace });
    const taken = new Map(held.get(bopCode));
    for (const other of await reservedBeside(trx, reserving)) {
      for (const month of monthsBetween(other.from, other.to)) taken.set(month, (taken.get(month) ?? 0) + 1);
    }
    const { months, full } = roomFor({ claim, taken, rules, from });
    const [first] = months;
    if (full.length > 0 || first === undefined) return full;
    if (claim.mode === 'daily' && !dailyTakesPlace) return [];
    const columns = {
      fiscal_year: fiscalYear,
      bop_code: bopCode,
      from_month: first,
      to_month: claim.to,
      reserved_at: sql<Date>`now()`,
    };
    await trx
      .insertInto('place_reservations')
      .values({ application_id: applicationId, ...columns })
      .onConflict((conflict) => conflict.column('application_id').doUpdateSet(columns))
      .execute();
    return [];
  });
}

/** Other approvals that are on their way at the same 新BOP; once decided they are counted by {@link takenPlaces}. */
async function reservedBeside(
  trx: DbOrTransaction,
  { applicationId, fiscalYear, bopCode }: Reserving,
): Promise<readonly { from: Month; to: Month }[]> {
  return trx
    .selectFrom('place_reservations')
    .innerJoin('applications', 'applications.id', 'place_reservations.application_id')
    .select(['from_month as from', 'to_month as to'])
    .where('place_reservations.fiscal_year', '=', fiscalYear)
    .where('place_reservations.bop_code', '=', bopCode)
    .where('application_id', '!=', applicationId)
    .where('stage', '=', 'awaitingDecision')
    .where(sql<boolean>`reserved_at > now() - ${RESERVED_FOR}`)
    .execute();
}

/** The approval has come to its end, one way or the other. */
export async function releasePlace(db: Db, applicationId: string): Promise<void> {
  await db.deleteFrom('place_reservations').where('application_id', '=', applicationId).execute();
}
