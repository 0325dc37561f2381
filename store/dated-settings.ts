import type { LocalDate } from '../domain/calendar/dates.ts';
import { datedFees, DEFAULT_FEE_TABLE, type Fees } from '../domain/enrolment/fees.ts';
import { DEFAULT_YEAR_CHANGE, type YearChangePolicy } from '../domain/enrolment/year-change.ts';
import { editionOn, inOrderOfForce, type DatedSettingKey } from '../domain/settings/dated.ts';
import type { DbOrTransaction } from './db.ts';
import { SETTING_COLUMNS, type Setting } from './settings.ts';

/**
 * The edition that holds on a day (`domain/settings/dated.ts`).
 * @param knownAt only editions that had been saved by then, so that what is made late says what it would have said in time
 * @throws Error before `seedSettings`
 */
export async function settingOn<K extends DatedSettingKey>(
  db: DbOrTransaction,
  key: K,
  day: LocalDate,
  knownAt?: string,
): Promise<Setting<K>> {
  const editions = await editionsOf(db, key, knownAt);
  const found = editionOn(editions, day) ?? editions[0];
  if (!found) throw new Error(`setting ${key} has no value; has the system been set up?`);
  return found;
}

/** The fees of all months, as they are known now. */
export async function feesNow(db: DbOrTransaction): Promise<Fees> {
  return feesAt(db);
}

/** What goes on into the fiscal year that begins on a day. */
export async function yearChangeOn(db: DbOrTransaction, day: LocalDate): Promise<YearChangePolicy> {
  return editionOn(await editionsOf(db, 'yearChange'), day)?.value ?? DEFAULT_YEAR_CHANGE;
}

/** The fees of all months, as they were known at an instant. */
export async function feesAt(db: DbOrTransaction, knownAt?: string): Promise<Fees> {
  const editions = inOrderOfForce(await editionsOf(db, 'fees', knownAt));
  if (editions.length === 0) return DEFAULT_FEE_TABLE;
  return datedFees(editions.map(({ validFrom, value }) => ({ from: validFrom, table: value })));
}

async function editionsOf<K extends DatedSettingKey>(
  db: DbOrTransaction,
  key: K,
  knownAt?: string,
): Promise<readonly Setting<K>[]> {
  const rows = (await db
    .selectFrom('settings')
    .select(SETTING_COLUMNS)
    .where('key', '=', key)
    .orderBy('version')
    .execute()) as Setting<K>[];
  const known = knownAt === undefined ? rows : rows.filter((row) => row.changedAt <= knownAt);
  // An installation's first edition also holds for what was decided before it.
  return known.length > 0 ? known : rows.slice(0, 1);
}
