import { sql } from 'kysely';
import type { LocalDate } from '../domain/calendar/dates.ts';
import type { EnrolmentEntry } from '../domain/enrolment/effects.ts';
import { foldEnrolment, type Enrolment } from '../domain/enrolment/fold.ts';
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

/** @internal The entries of some enrolments, by the enrolments' ids. */
export async function entriesOf(
  db: DbOrTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly EnrolmentEntry[]>> {
  const byId = new Map<string, EnrolmentEntry[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return byId;
  const rows = await db
    .selectFrom('enrolment_entries')
    .select([
      'enrolment_id',
      'entry_id',
      'application_id',
      'receipt_number',
      'decided_at',
      'effect',
      'source',
      'recorded_by',
    ])
    .where('enrolment_id', 'in', ids)
    .execute();
  for (const row of rows) {
    byId.get(row.enrolment_id)?.push({
      applicationId: row.application_id,
      receiptNumber: row.receipt_number,
      decidedAt: row.decided_at,
      effect: row.effect,
      ...(row.source === null
        ? {}
        : { record: { id: row.entry_id, source: row.source, by: row.recorded_by } }),
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

/** How often an enrolment has changed: what was folded at an earlier revision is out of date. */
export async function revisionOf(db: Db, id: string): Promise<number> {
  const row = await db.selectFrom('enrolments').select('revision').where('id', '=', id).executeTakeFirst();
  return row?.revision ?? 0;
}

/**
 * kintone shows the fees of this edition of the ward's table, and the 新BOP of a day. Only where the enrolment is still at this
 * revision.
 */
export async function markFees(
  db: Db,
  { id, revision, version, shownOn }: { id: string; revision: number; version: number; shownOn?: LocalDate },
): Promise<boolean> {
  const result = await db
    .updateTable('enrolments')
    .set({ fees_version: version, ...(shownOn === undefined ? {} : { shown_on: shownOn }) })
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
