import { sql } from 'kysely';
import type { LocalDate } from '../domain/calendar/dates.ts';
import type { ExtendedMode, Month } from '../domain/enrolment/effects.ts';
import { comparableKana } from '../domain/intake/identity.ts';
import { comparableName } from '../domain/intake/look-alikes.ts';
import { composed, toKatakana } from '../domain/procedures/normalise.ts';
import type { VisibleBops } from './applications.ts';
import type { Keyring } from './crypto.ts';
import type { Db } from './db.ts';
import { folded, type StoredEnrolment } from './enrolments.ts';
import { openChild, type ChildIdentity } from './intake.ts';

/** What a list of enrolments is narrowed by; everything given must hold. */
export interface EnrolmentFilter {
  fiscalYear: number;
  /** Children who are members in this month; without it, in any month of the year. */
  month?: Month;
  /** 新BOPs that the child belongs to (in the month). */
  bopCodes?: readonly string[];
  extended?: ExtendedMode | 'any' | 'none';
  reduced?: boolean;
  withdrawn?: boolean;
  /** A part of the child's name or kana. */
  name?: string;
}

export interface EnrolmentListed extends StoredEnrolment {
  /** As the newest application that took effect has it. */
  child: ChildIdentity;
}

export interface EnrolmentCounts {
  children: number;
  extendedMonthly: number;
  extendedDaily: number;
  reduced: number;
  withdrawn: number;
}

/** Somebody's place in 別紙1's tree, on a day (Asia/Tokyo). */
interface Inside {
  bops: VisibleBops;
  today: LocalDate;
}

/** The months of a filter's enrolments inside somebody's place: one row a child and month. */
function months(db: Db, { bops, today }: Inside, filter: EnrolmentFilter) {
  let query = db
    .selectFrom('enrolment_months as m')
    .innerJoin('enrolments as e', 'e.id', 'm.enrolment_id')
    .where('e.fiscal_year', '=', filter.fiscalYear);
  if (bops !== 'all') {
    // As `bopsConcerned` of the domain has it: the 新BOP that a child has left for another sees it no more.
    query = query.where(sql<boolean>`m.bops && ${bops}::text[]`).where(
      sql<boolean>`exists (select 1 from enrolment_periods p where p.enrolment_id = e.id
        and p.bop = any(${bops}::text[]) and (p.to_day >= ${today}::date or p.to_day = e.last_day))`,
    );
  }
  if (filter.bopCodes) query = query.where(sql<boolean>`m.bops && ${filter.bopCodes}::text[]`);
  if (filter.month !== undefined) query = query.where('m.month', '=', filter.month);
  if (filter.extended === 'any') query = query.where('m.extended', 'is not', null);
  else if (filter.extended === 'none') query = query.where('m.extended', 'is', null);
  else if (filter.extended !== undefined) query = query.where('m.extended', '=', filter.extended);
  if (filter.reduced === true) query = query.where(sql<boolean>`cardinality(m.reductions) > 0`);
  if (filter.withdrawn === true) query = query.where('e.withdrawn', '=', true);
  return query;
}

function sought(name: string): (child: ChildIdentity) => boolean {
  const plain = comparableName(name);
  const kana = comparableKana(toKatakana(composed(name)));
  return (child) =>
    plain !== '' &&
    (comparableName(child.familyName + child.givenName).includes(plain) ||
      comparableKana(child.familyKana + child.givenKana).includes(kana));
}

/**
 * A page of enrolments inside somebody's place (別紙1), by 新BOP and kana, and how many there are in all. Names are encrypted, so
 * what the filter leaves is opened to be put in order: a year of the ward is some ten thousand.
 */
export async function listEnrolments(
  db: Db,
  keyring: Keyring,
  given: Inside & { filter: EnrolmentFilter; limit: number; offset: number },
): Promise<{ items: readonly EnrolmentListed[]; total: number; counts: EnrolmentCounts }> {
  const { filter, limit, offset } = given;
  const ids = months(db, given, filter).select('m.enrolment_id').distinct();
  const [rows, counts] = await Promise.all([
    db
      .selectFrom('enrolments as e')
      .leftJoin('child_index', 'child_index.application_id', 'e.application_id')
      .select([
        'e.id as id',
        'e.fiscal_year as fiscalYear',
        'e.child_key as childKey',
        'e.application_id as applicationId',
        'e.revision as revision',
        'e.bops as bops',
        'child_ct',
      ])
      .where('e.id', 'in', ids)
      .execute(),
    countEnrolments(db, given, filter),
  ]);
  const matches = filter.name === undefined ? () => true : sought(filter.name);
  const found = rows
    .map(({ child_ct: sealed, bops: own, ...row }) => ({
      row,
      bop: own.at(-1) ?? '',
      child: sealed === null ? NOBODY : openChild(keyring, row.applicationId, sealed),
    }))
    .filter(({ child }) => matches(child))
    .map((one) => ({ ...one, kana: comparableKana(one.child.familyKana + one.child.givenKana) }))
    .sort(
      (a, b) =>
        Number(a.bop) - Number(b.bop) ||
        compare(a.kana, b.kana) ||
        compare(a.child.birthDate, b.child.birthDate) ||
        compare(a.row.id, b.row.id),
    );
  const page = found.slice(offset, offset + limit);
  const children = new Map(page.map(({ row, child }) => [row.id, child]));
  const items = await folded(
    db,
    page.map(({ row }) => row),
  );
  return {
    items: items.map((one) => ({ ...one, child: children.get(one.id) ?? NOBODY })),
    total: found.length,
    counts,
  };
}

/** Who some enrolments are about, and their last 新BOP, by the enrolments' ids. */
export async function childrenOfEnrolments(
  db: Db,
  keyring: Keyring,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { child: ChildIdentity; bop: string | undefined }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('enrolments as e')
    .leftJoin('child_index', 'child_index.application_id', 'e.application_id')
    .select(['e.id as id', 'e.application_id as applicationId', 'e.bops as bops', 'child_ct'])
    .where('e.id', 'in', ids)
    .execute();
  return new Map(
    rows.map(({ id, applicationId, bops, child_ct: sealed }) => [
      id,
      { child: sealed === null ? NOBODY : openChild(keyring, applicationId, sealed), bop: bops.at(-1) },
    ]),
  );
}

/** All enrolments of a fiscal year, as they are folded now; nothing personal. */
export async function enrolmentsOfYear(db: Db, fiscalYear: number): Promise<readonly StoredEnrolment[]> {
  const rows = await db
    .selectFrom('enrolments as e')
    .select([
      'e.id as id',
      'e.fiscal_year as fiscalYear',
      'e.child_key as childKey',
      'e.application_id as applicationId',
      'e.revision as revision',
    ])
    .where('e.fiscal_year', '=', fiscalYear)
    .execute();
  return folded(db, rows);
}

const NOBODY: ChildIdentity = { familyName: '', givenName: '', familyKana: '', givenKana: '', birthDate: '' };

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many children, and with what, in the filter's month (or in any month of the year). */
async function countEnrolments(db: Db, inside: Inside, filter: EnrolmentFilter): Promise<EnrolmentCounts> {
  return months(db, inside, filter)
    .select([
      sql<number>`count(distinct m.enrolment_id)`.as('children'),
      sql<number>`count(distinct m.enrolment_id) filter (where m.extended = 'monthly')`.as('extendedMonthly'),
      sql<number>`count(distinct m.enrolment_id) filter (where m.extended = 'daily')`.as('extendedDaily'),
      sql<number>`count(distinct m.enrolment_id) filter (where cardinality(m.reductions) > 0)`.as('reduced'),
      sql<number>`count(distinct m.enrolment_id) filter (where e.withdrawn)`.as('withdrawn'),
    ])
    .executeTakeFirstOrThrow();
}
