import { sql } from 'kysely';
import type {
  BulkCounts,
  BulkCriteria,
  BulkStatus,
  Exclusion,
  ItemResult,
  Plan,
} from '../domain/rounds/bulk.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';

export interface BulkDecision {
  id: string;
  title: string;
  status: BulkStatus;
  criteria: BulkCriteria;
  createdBy: string;
  createdAt: string;
  confirmedBy: string | null;
  confirmedAt: string | null;
  finishedAt: string | null;
}

export interface BulkItem {
  position: number;
  applicationId: string;
  receiptNumber: string;
  bopCode: string;
  seq: number;
  plan: Plan;
  effectiveFrom: string | null;
  rank: number | null;
  excluded: Exclusion | null;
  result: ItemResult | null;
  resultCode: string | null;
  resultAt: string | null;
}
export type NewBulkItem = Omit<BulkItem, 'position' | 'result' | 'resultCode' | 'resultAt'>;

const COLUMNS = [
  'id',
  'title',
  'status',
  'criteria',
  'created_by as createdBy',
  'created_at as createdAt',
  'confirmed_by as confirmedBy',
  'confirmed_at as confirmedAt',
  'finished_at as finishedAt',
] as const;

const ITEM_COLUMNS = [
  'position',
  'application_id as applicationId',
  'receipt_number as receiptNumber',
  'bop_code as bopCode',
  'seq',
  'plan',
  'effective_from as effectiveFrom',
  'rank',
  'excluded',
  'result',
  'result_code as resultCode',
  'result_at as resultAt',
] as const;

const place = (id: string) => ({ table: 'bulk_decisions', column: 'reason_ct', id });

/** Keeps a preview with its applications in their order. The same id again changes nothing. @returns whether it is new */
export async function createBulk(
  db: Db,
  keyring: Keyring,
  bulk: { id: string; title: string; criteria: BulkCriteria; reason?: string | undefined; createdBy: string },
  items: readonly NewBulkItem[],
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('bulk_decisions')
      .values({
        id: bulk.id,
        title: bulk.title,
        status: 'preview',
        criteria: JSON.stringify(bulk.criteria),
        reason_ct: bulk.reason === undefined ? null : keyring.encryptText(bulk.reason, place(bulk.id)),
        created_by: bulk.createdBy,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) return false;
    const PIECE = 1000;
    for (let begin = 0; begin < items.length; begin += PIECE) {
      await trx
        .insertInto('bulk_decision_items')
        .values(
          items.slice(begin, begin + PIECE).map((item, index) => ({
            bulk_id: bulk.id,
            position: begin + index,
            application_id: item.applicationId,
            receipt_number: item.receiptNumber,
            bop_code: item.bopCode,
            seq: item.seq,
            plan: item.plan,
            effective_from: item.effectiveFrom,
            rank: item.rank,
            excluded: item.excluded,
          })),
        )
        .execute();
    }
    return true;
  });
}

export async function bulkById(db: DbOrTransaction, id: string): Promise<BulkDecision | undefined> {
  return db.selectFrom('bulk_decisions').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** What families are told of a refusal; undefined for approvals. */
export async function bulkReason(db: Db, keyring: Keyring, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('bulk_decisions')
    .select('reason_ct')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.reason_ct ? keyring.decryptText(row.reason_ct, place(id)) : undefined;
}

/** The newest bulk decisions first; previews only of who made them. */
export async function listBulk(db: Db, reader: string, limit = 50): Promise<readonly BulkDecision[]> {
  return db
    .selectFrom('bulk_decisions')
    .select(COLUMNS)
    .where((where) => where.or([where('status', '!=', 'preview'), where('created_by', '=', reader)]))
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}

/** How far bulk decisions have come, by id. */
export async function bulkCounts(
  db: DbOrTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, BulkCounts>> {
  const count = (condition: string) => sql<number>`count(*) filter (where ${sql.raw(condition)})`;
  const rows = await db
    .selectFrom('bulk_decision_items')
    .select([
      'bulk_id',
      count('excluded is null').as('planned'),
      count('excluded is not null').as('excluded'),
      count(`result = 'decided'`).as('decided'),
      count(`result = 'changed'`).as('changed'),
      count(`result = 'refused'`).as('refused'),
      count('excluded is null and result is null').as('open'),
    ])
    .where(sql<boolean>`bulk_id = any(${ids}::uuid[])`)
    .groupBy('bulk_id')
    .execute();
  return new Map(rows.map(({ bulk_id: id, ...counts }) => [id, counts]));
}

export const NO_COUNTS: BulkCounts = {
  planned: 0,
  excluded: 0,
  decided: 0,
  changed: 0,
  refused: 0,
  open: 0,
};

export const ITEM_GROUPS = ['planned', 'excluded', 'decided', 'changed', 'refused', 'open'] as const;
export type ItemGroup = (typeof ITEM_GROUPS)[number];

/** A page of a bulk decision's applications in their order, and how many there are. */
export async function bulkItems(
  db: Db,
  id: string,
  { group, limit, offset }: { group?: ItemGroup | undefined; limit: number; offset: number },
): Promise<{ items: readonly BulkItem[]; total: number }> {
  let query = db.selectFrom('bulk_decision_items').where('bulk_id', '=', id);
  if (group === 'excluded') query = query.where('excluded', 'is not', null);
  else if (group !== undefined) query = query.where('excluded', 'is', null);
  if (group === 'open') query = query.where('result', 'is', null);
  if (group === 'decided' || group === 'changed' || group === 'refused') {
    query = query.where('result', '=', group);
  }
  const [items, { total }] = await Promise.all([
    query.select(ITEM_COLUMNS).orderBy('position').limit(limit).offset(offset).execute(),
    query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { items, total };
}

/** Leaves applications of a preview out, or takes those back that the ward had left out. @returns how many changed */
export async function excludeItems(
  db: Db,
  id: string,
  applicationIds: readonly string[],
  leaveOut: boolean,
): Promise<number> {
  const result = await db
    .updateTable('bulk_decision_items')
    .set({ excluded: leaveOut ? 'byWard' : null })
    .where('bulk_id', '=', id)
    .where(sql<boolean>`application_id = any(${applicationIds}::uuid[])`)
    .where(({ eb }) => (leaveOut ? eb('excluded', 'is', null) : eb('excluded', '=', 'byWard')))
    .where((eb) =>
      eb.exists(
        eb.selectFrom('bulk_decisions').select('id').where('id', '=', id).where('status', '=', 'preview'),
      ),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** The ward confirms a preview: from here on it is decided. @returns false where it was confirmed or thrown away before */
export async function confirmBulk(db: Db, id: string, by: string): Promise<boolean> {
  const result = await db
    .updateTable('bulk_decisions')
    .set({ status: 'running', confirmed_by: by, confirmed_at: new Date() })
    .where('id', '=', id)
    .where('status', '=', 'preview')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Throws a preview away. @returns false where it is none any more */
export async function dropPreview(db: Db, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('bulk_decisions')
    .where('id', '=', id)
    .where('status', '=', 'preview')
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Confirmed bulk decisions that have not come to their end: their workflows have to run. */
export async function unfinishedBulk(db: Db): Promise<readonly BulkDecision[]> {
  return db
    .selectFrom('bulk_decisions')
    .select(COLUMNS)
    .where('status', 'in', ['running', 'paused', 'stopping'])
    .orderBy('confirmed_at')
    .execute();
}

/** The next applications that nothing is known of yet. */
export async function openItems(db: Db, id: string, limit: number): Promise<readonly BulkItem[]> {
  return db
    .selectFrom('bulk_decision_items')
    .select(ITEM_COLUMNS)
    .where('bulk_id', '=', id)
    .where('excluded', 'is', null)
    .where('result', 'is', null)
    .orderBy('position')
    .limit(limit)
    .execute();
}

/** What became of an application; the first result stays. */
export async function recordResult(
  db: DbOrTransaction,
  id: string,
  applicationId: string,
  { result, code }: { result: ItemResult; code?: string | undefined },
): Promise<void> {
  await db
    .updateTable('bulk_decision_items')
    .set({ result, result_code: code ?? null, result_at: new Date() })
    .where('bulk_id', '=', id)
    .where('application_id', '=', applicationId)
    .where('result', 'is', null)
    .execute();
}

/** Where a bulk decision stands; its end is kept with its time. */
export async function setBulkStatus(db: DbOrTransaction, id: string, status: BulkStatus): Promise<void> {
  const ended = status === 'done' || status === 'stopped';
  await db
    .updateTable('bulk_decisions')
    .set({ status, ...(ended ? { finished_at: new Date() } : {}) })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .where('status', '!=', 'preview')
    .execute();
}

/** Tells listening processes that something besides an application has changed. */
export const TOPIC_CHANNEL = 'topic_changed';
export async function announceTopic(db: DbOrTransaction, topic: 'bulk' | 'round', id: string): Promise<void> {
  await sql`select pg_notify(${TOPIC_CHANNEL}, ${JSON.stringify({ topic, id })})`.execute(db);
}
