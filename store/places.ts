import { sql } from 'kysely';
import type { Month } from '../domain/enrolment/effects.ts';

import { monthOf, monthsBetween } from '../domain/enrolment/months.ts';
import type { Db } from './db.ts';

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
  db: Db,
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
async function approvedNotRecorded(db: Db, fiscalYear: number) {
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
            .whereRef('enrolment_entries.application_id', '=', 'applications.id'),
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
