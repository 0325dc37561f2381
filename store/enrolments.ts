import { sql } from 'kysely';
import type { EnrolmentEntry } from '../domain/enrolment/effects.ts';
import { extendedUseIn, isAdmittedIn, reductionsIn } from '../domain/enrolment/enrolment.ts';
import { foldEnrolment, type Enrolment } from '../domain/enrolment/fold.ts';
import { firstDayOf, lastDayOf, monthsOfYear } from '../domain/enrolment/months.ts';
import type { Db, DbOrTransaction } from './db.ts';

/** The id of a child's enrolment of a fiscal year; it names nobody. */
export function enrolmentIdOf(fiscalYear: number, childKey: string): string {
  return `${String(fiscalYear)}:${childKey}`;
}

/** An enrolment as it stands after all its entries. */
export interface StoredEnrolment {
  id: string;
  fiscalYear: number;
  childKey: string;
  /** The newest application that took effect. */
  applicationId: string;
  revision: number;
  enrolment: Enrolment;
}

const COLUMNS = [
  'id',
  'fiscal_year as fiscalYear',
  'child_key as childKey',
  'application_id as applicationId',
  'revision',
] as const;

/** The entries of some enrolments, by the enrolments' ids. */
async function entriesOf(
  db: DbOrTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly EnrolmentEntry[]>> {
  const byId = new Map<string, EnrolmentEntry[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return byId;
  const rows = await db
    .selectFrom('enrolment_entries')
    .select(['enrolment_id', 'application_id', 'receipt_number', 'decided_at', 'effect'])
    .where('enrolment_id', 'in', ids)
    .execute();
  for (const row of rows) {
    byId.get(row.enrolment_id)?.push({
      applicationId: row.application_id,
      receiptNumber: row.receipt_number,
      decidedAt: row.decided_at,
      effect: row.effect,
    });
  }
  return byId;
}

/** @internal Rows of `enrolments` with what their entries give. */
export async function folded(
  db: DbOrTransaction,
  rows: readonly Omit<StoredEnrolment, 'enrolment'>[],
): Promise<readonly StoredEnrolment[]> {
  const entries = await entriesOf(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    ...row,
    enrolment: foldEnrolment(row.fiscalYear, entries.get(row.id) ?? []),
  }));
}

/** An enrolment by its id; undefined where nothing has been approved yet. */
export async function enrolmentById(db: DbOrTransaction, id: string): Promise<StoredEnrolment | undefined> {
  const row = await db.selectFrom('enrolments').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const [stored] = await folded(db, [row]);
  return stored;
}

/** All enrolments of these children, the newest year first. */
export async function enrolmentsOfChildren(
  db: DbOrTransaction,
  childKeys: readonly string[],
): Promise<readonly StoredEnrolment[]> {
  if (childKeys.length === 0) return [];
  const rows = await db
    .selectFrom('enrolments')
    .select(COLUMNS)
    .where('child_key', 'in', childKeys)
    .orderBy('fiscal_year', 'desc')
    .orderBy('id')
    .execute();
  return folded(db, rows);
}

/**
 * Writes what an application's approval does, once (design: effects are applied once, whatever dies and whatever comes at the
 * same moment): entry, months and summary in one transaction, behind a lock on the child's enrolment. Repeating it changes
 * nothing.
 * @returns the enrolment's id
 */
export async function recordEntry(
  db: Db,
  { childKey, fiscalYear, entry }: { childKey: string; fiscalYear: number; entry: EnrolmentEntry },
): Promise<string> {
  const id = enrolmentIdOf(fiscalYear, childKey);
  const { applicationId } = entry;
  return db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('enrolment_entries')
      .select('enrolment_id')
      .where('application_id', '=', applicationId)
      .executeTakeFirst();
    // The child's data may have been corrected since: what was recorded stays where it is.
    if (known) return known.enrolment_id;
    await trx
      .insertInto('enrolments')
      .values({
        id,
        fiscal_year: fiscalYear,
        child_key: childKey,
        application_id: applicationId,
        first_day: null,
        last_day: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx.selectFrom('enrolments').select('id').where('id', '=', id).forUpdate().execute();
    const inserted = await trx
      .insertInto('enrolment_entries')
      .values({
        application_id: applicationId,
        enrolment_id: id,
        receipt_number: entry.receiptNumber,
        decided_at: entry.decidedAt,
        effect: JSON.stringify(entry.effect),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) return id;
    await writeFold(trx, id, fiscalYear, applicationId);
    return id;
  });
}

/** What lists are made of, from all entries there are now. */
async function writeFold(
  trx: DbOrTransaction,
  id: string,
  fiscalYear: number,
  applicationId: string,
): Promise<void> {
  const entries = (await entriesOf(trx, [id])).get(id) ?? [];
  const enrolment = foldEnrolment(fiscalYear, entries);
  const { admission } = enrolment;
  await trx
    .updateTable('enrolments')
    .set({
      application_id: applicationId,
      bops: [...new Set(admission.map((period) => period.bop))],
      first_day: admission[0]?.from ?? null,
      last_day: admission.at(-1)?.to ?? null,
      withdrawn: enrolment.withdrawal !== null,
      revision: sql`revision + 1`,
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .execute();
  await trx.deleteFrom('enrolment_months').where('enrolment_id', '=', id).execute();
  const months = monthsOfYear(fiscalYear).filter((month) => isAdmittedIn(enrolment, month));
  if (months.length === 0) return;
  await trx
    .insertInto('enrolment_months')
    .values(
      months.map((month) => ({
        enrolment_id: id,
        month,
        bops: [
          ...new Set(
            admission
              .filter(({ from, to }) => from <= lastDayOf(month) && to >= firstDayOf(month))
              .map(({ bop }) => bop),
          ),
        ],
        extended: extendedUseIn(enrolment, month) ?? null,
        reductions: [...reductionsIn(enrolment, month)],
      })),
    )
    .execute();
}

/** Has this application's entry been carried to kintone? Undefined where there is no entry. */
export async function entryCarried(db: Db, applicationId: string): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('enrolment_entries')
    .select('carried_at')
    .where('application_id', '=', applicationId)
    .executeTakeFirst();
  return row && row.carried_at !== null;
}

/** kintone has a fold with this application's entry in it. */
export async function markEntryCarried(db: Db, applicationId: string): Promise<void> {
  await db
    .updateTable('enrolment_entries')
    .set({ carried_at: new Date() })
    .where('application_id', '=', applicationId)
    .where('carried_at', 'is', null)
    .execute();
}

/** How often an enrolment has changed: what was folded at an earlier revision is out of date. */
export async function revisionOf(db: Db, id: string): Promise<number> {
  const row = await db.selectFrom('enrolments').select('revision').where('id', '=', id).executeTakeFirst();
  return row?.revision ?? 0;
}

/** kintone shows the fees of this edition of the ward's table. Only where the enrolment is still at this revision. */
export async function markFees(
  db: Db,
  { id, revision, version }: { id: string; revision: number; version: number },
): Promise<boolean> {
  const result = await db
    .updateTable('enrolments')
    .set({ fees_version: version })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Enrolments of this fiscal year and later that kintone shows with other fees than those of this edition. */
export async function enrolmentsWithOtherFees(
  db: Db,
  { version, fiscalYear, limit }: { version: number; fiscalYear: number; limit: number },
): Promise<readonly StoredEnrolment[]> {
  const rows = await db
    .selectFrom('enrolments')
    .select(COLUMNS)
    .where('fiscal_year', '>=', fiscalYear)
    .where(sql<boolean>`fees_version is distinct from ${version}::int`)
    // What has not been carried yet comes with the fees of then.
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('enrolment_entries')
          .select('enrolment_id')
          .whereRef('enrolment_id', '=', 'enrolments.id')
          .where('carried_at', 'is not', null),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute();
  return folded(db, rows);
}

/** Is something on its way to kintone that changes this enrolment? */
export async function entriesWaiting(db: Db, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('enrolment_entries')
    .select('application_id')
    .where('enrolment_id', '=', id)
    .where('carried_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
