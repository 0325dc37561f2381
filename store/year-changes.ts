import { sql } from 'kysely';
import type { EnrolmentEffect } from '../domain/enrolment/effects.ts';
import type { ApplyAgain, YearChangePolicy } from '../domain/enrolment/year-change.ts';
import type { YearItemResult, YearPlan, YearRunStatus } from '../domain/enrolment/year-run.ts';
import { uniqueViolation, type Db, type DbOrTransaction } from './db.ts';

/** A change of the year (年度替わり): its preview, its run, its protocol. Ids and codes only. */
export interface YearRun {
  id: string;
  /** The year that ends. */
  fiscalYear: number;
  status: YearRunStatus;
  /** The ward's rule at the preview; what is confirmed goes by it. */
  policy: YearChangePolicy;
  createdBy: string;
  createdAt: string;
  confirmedBy: string | null;
  confirmedAt: string | null;
  finishedAt: string | null;
}

export interface YearItem {
  enrolmentId: string;
  plan: YearPlan;
  continues: readonly EnrolmentEffect[];
  again: readonly ApplyAgain[];
  reason: string | null;
  result: YearItemResult | null;
}

export interface YearCounts {
  all: number;
  continues: number;
  applyAgain: number;
  leaves: number;
  excluded: number;
  written: number;
  already: number;
  changed: number;
  open: number;
}

const COLUMNS = [
  'id',
  'fiscal_year as fiscalYear',
  'status',
  'policy',
  'created_by as createdBy',
  'created_at as createdAt',
  'confirmed_by as confirmedBy',
  'confirmed_at as confirmedAt',
  'finished_at as finishedAt',
] as const;
const ITEM_COLUMNS = [
  'enrolment_id as enrolmentId',
  'plan',
  'continues',
  'again',
  'reason',
  'result',
] as const;
const PIECE = 1000;

/** Keeps a preview with its children in their order. The same id again changes nothing. */
export async function createYearRun(
  db: Db,
  run: { id: string; fiscalYear: number; policy: YearChangePolicy; createdBy: string },
  items: readonly Omit<YearItem, 'result'>[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('year_changes')
      .values({
        id: run.id,
        fiscal_year: run.fiscalYear,
        status: 'preview',
        policy: JSON.stringify(run.policy),
        created_by: run.createdBy,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) return;
    for (let begin = 0; begin < items.length; begin += PIECE) {
      const rows = items.slice(begin, begin + PIECE).map((item, index) => ({
        year_change_id: run.id,
        enrolment_id: item.enrolmentId,
        position: begin + index,
        plan: item.plan,
        continues: JSON.stringify(item.continues),
        again: JSON.stringify(item.again),
        reason: item.reason,
      }));
      await trx.insertInto('year_change_items').values(rows).execute();
    }
  });
}

export async function yearRunById(db: DbOrTransaction, id: string): Promise<YearRun | undefined> {
  return db.selectFrom('year_changes').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** The runs of a year that ends, the newest first; previews of others are left out only when they are dropped. */
export async function yearRunsOf(db: Db, fiscalYear: number): Promise<readonly YearRun[]> {
  return db
    .selectFrom('year_changes')
    .select(COLUMNS)
    .where('fiscal_year', '=', fiscalYear)
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute();
}

/** Confirmed, and not at their end: for whoever starts their workflows. */
export async function unfinishedYearRuns(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('year_changes').select('id').where('status', '=', 'running').execute();
  return rows.map((row) => row.id);
}

/**
 * Confirms a preview. @returns `running` where another run of the year is not at its end, `gone` where it is no preview (any more)
 */
export async function confirmYearRun(
  db: Db,
  id: string,
  by: string,
): Promise<'confirmed' | 'running' | 'gone'> {
  try {
    const result = await db
      .updateTable('year_changes')
      .set({ status: 'running', confirmed_by: by, confirmed_at: new Date() })
      .where('id', '=', id)
      .where('status', '=', 'preview')
      .executeTakeFirst();
    return result.numUpdatedRows === 1n ? 'confirmed' : 'gone';
  } catch (error) {
    if (uniqueViolation(error) !== undefined) return 'running';
    throw error;
  }
}

/** Drops a preview; nothing has been written by it. */
export async function dropYearRun(db: Db, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('year_changes')
    .where('id', '=', id)
    .where('status', '=', 'preview')
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function finishYearRun(db: Db, id: string): Promise<void> {
  await db
    .updateTable('year_changes')
    .set({ status: 'done', finished_at: new Date() })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute();
}

/** The next children whose next year is to be written. */
export async function openYearItems(db: Db, id: string, limit: number): Promise<readonly YearItem[]> {
  return db
    .selectFrom('year_change_items')
    .select(ITEM_COLUMNS)
    .where('year_change_id', '=', id)
    .where('plan', '=', 'continues')
    .where('result', 'is', null)
    .orderBy('position')
    .limit(limit)
    .execute();
}

export async function recordYearResult(
  db: Db,
  id: string,
  enrolmentId: string,
  result: YearItemResult,
): Promise<void> {
  await db
    .updateTable('year_change_items')
    .set({ result, result_at: new Date() })
    .where('year_change_id', '=', id)
    .where('enrolment_id', '=', enrolmentId)
    .where('result', 'is', null)
    .execute();
}

/** All of a run's children in their order. */
export async function yearItems(db: Db, id: string): Promise<readonly YearItem[]> {
  return db
    .selectFrom('year_change_items')
    .select(ITEM_COLUMNS)
    .where('year_change_id', '=', id)
    .orderBy('position')
    .execute();
}

export async function yearCounts(db: Db, id: string): Promise<YearCounts> {
  const count = (what: ReturnType<typeof sql<boolean>>) => sql<number>`count(*) filter (where ${what})`;
  const { all, ...counts } = await db
    .selectFrom('year_change_items')
    .where('year_change_id', '=', id)
    .select([
      sql<number>`count(*)`.as('all'),
      count(sql<boolean>`plan = 'continues'`).as('continues'),
      count(sql<boolean>`plan = 'applyAgain' or jsonb_array_length(again) > 0`).as('applyAgain'),
      count(sql<boolean>`plan = 'leaves'`).as('leaves'),
      count(sql<boolean>`plan = 'excluded'`).as('excluded'),
      count(sql<boolean>`result = 'written'`).as('written'),
      count(sql<boolean>`result = 'already'`).as('already'),
      count(sql<boolean>`result = 'changed'`).as('changed'),
      count(sql<boolean>`plan = 'continues' and result is null`).as('open'),
    ])
    .executeTakeFirstOrThrow();
  return { all, ...counts };
}

/**
 * Has the family applied for the child's admission to this year? Then the decision about it counts, a refusal too; only what was
 * cancelled is as if it had not been.
 */
export async function admissionOpen(
  db: DbOrTransaction,
  { childKey, fiscalYear }: { childKey: string; fiscalYear: number },
): Promise<boolean> {
  const row = await db
    .selectFrom('applications')
    .select('id')
    .where('child_key', '=', childKey)
    .where('fiscal_year', '=', fiscalYear)
    .where('procedure', '=', 'admission')
    .where('stage', '!=', 'cancelled')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
