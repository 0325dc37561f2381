import { sql } from 'kysely';
import type { Channel, Stage } from '../domain/application/state.ts';
import { QUEUES, type Queue } from '../domain/application/tasks.ts';
import { addDays, tokyoInstant, type LocalDate } from '../domain/calendar/dates.ts';
import { bopCodesOfHall } from '../domain/facilities/facilities.ts';
import { insideBops, selectApplications, type Application, type VisibleBops } from './applications.ts';
import type { Db } from './db.ts';

/** What a list is narrowed by; everything given must hold. Days in Asia/Tokyo, inclusive. */
export interface ApplicationFilter {
  queue?: Queue;
  stages?: readonly Stage[];
  bopCodes?: readonly string[];
  hallCode?: string;
  /** A person's id, or `none` for applications that nobody has taken. */
  assignee?: string;
  overdue?: boolean;
  receivedFrom?: LocalDate;
  receivedTo?: LocalDate;
  deadlineTo?: LocalDate;
  /** The beginning of the receipt number, capital or small letters. */
  receiptNumber?: string;
  round?: string;
  procedure?: string;
  fiscalYear?: number;
  channel?: Channel;
  /** Only these, where they are found another way (`application-search.ts`). */
  ids?: readonly string[];
}

export const APPLICATION_ORDERS = [
  'receivedFirst',
  'receivedLast',
  'deadline',
  'deadlineLast',
  'changedFirst',
  'changedLast',
] as const;
export type ApplicationOrder = (typeof APPLICATION_ORDERS)[number];

export interface ListOptions {
  bops: VisibleBops;
  filter?: ApplicationFilter;
  order?: ApplicationOrder;
  /** 1 to 500, default 50. */
  limit?: number;
  offset?: number;
}

/** @internal What the filter leaves inside somebody's place. */
export function matching(db: Db, bops: VisibleBops, filter: ApplicationFilter) {
  let query = selectApplications(db).where(insideBops(bops));
  const places = [
    ...(filter.bopCodes ? [filter.bopCodes] : []),
    ...(filter.hallCode === undefined ? [] : [bopCodesOfHall(filter.hallCode)]),
  ];
  for (const codes of places) query = query.where(insideBops(codes));
  if (filter.queue) query = query.where(sql<boolean>`queues @> array[${filter.queue}]::text[]`);
  if (filter.stages) query = query.where(sql<boolean>`stage = any(${filter.stages}::text[])`);
  if (filter.assignee === 'none') query = query.where('assignee', 'is', null);
  else if (filter.assignee !== undefined) query = query.where('assignee', '=', filter.assignee);
  if (filter.overdue !== undefined) query = query.where('overdue', '=', filter.overdue);
  if (filter.receivedFrom) query = query.where('received_at', '>=', tokyoInstant(filter.receivedFrom));
  if (filter.receivedTo) {
    query = query.where('received_at', '<', tokyoInstant(addDays(filter.receivedTo, 1)));
  }
  if (filter.deadlineTo) query = query.where('deadline', '<=', filter.deadlineTo);
  if (filter.receiptNumber !== undefined) {
    const beginning = filter.receiptNumber.toUpperCase().replace(/[\\%_]/g, '\\$&');
    query = query.where('receipt_number', 'like', `${beginning}%`);
  }
  if (filter.round !== undefined) query = query.where('round', '=', filter.round);
  if (filter.procedure !== undefined) query = query.where('procedure', '=', filter.procedure);
  if (filter.fiscalYear !== undefined) query = query.where('fiscal_year', '=', filter.fiscalYear);
  if (filter.channel !== undefined) query = query.where('channel', '=', filter.channel);
  if (filter.ids) query = query.where(sql<boolean>`applications.id = any(${filter.ids}::uuid[])`);
  return query;
}

/**
 * A page of applications inside somebody's place, and how many there are in all. Equal places in the order are settled by
 * the id, so that no application appears on two pages.
 */
export async function listApplications(
  db: Db,
  { bops, filter = {}, order = 'receivedFirst', limit = 50, offset = 0 }: ListOptions,
): Promise<{ items: readonly Application[]; total: number }> {
  const query = matching(db, bops, filter);
  const ordered = {
    receivedFirst: () => query.orderBy('received_at', 'asc'),
    receivedLast: () => query.orderBy('received_at', 'desc'),
    deadline: () => query.orderBy(sql`deadline asc nulls last`).orderBy('received_at', 'asc'),
    deadlineLast: () => query.orderBy(sql`deadline desc nulls last`).orderBy('received_at', 'asc'),
    changedFirst: () => query.orderBy('updated_at', 'asc'),
    changedLast: () => query.orderBy('updated_at', 'desc'),
  }[order]();
  const [items, { total }] = await Promise.all([
    ordered
      .orderBy('id')
      .limit(Math.min(Math.max(limit, 1), 500))
      .offset(Math.max(offset, 0))
      .execute(),
    query
      .clearSelect()
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  return { items, total };
}

/** All applications that match, page by page, for exports: oldest first, none twice, none left out while it runs. */
export async function* eachApplication(
  db: Db,
  { bops, filter = {} }: Pick<ListOptions, 'bops' | 'filter'>,
): AsyncGenerator<readonly Application[]> {
  let after: Application | undefined;
  for (;;) {
    let query = matching(db, bops, filter).orderBy('received_at').orderBy('id').limit(100);
    if (after) {
      query = query.where(
        sql<boolean>`(received_at, id) > (${after.receivedAt}::timestamptz, ${after.id}::uuid)`,
      );
    }
    const page = await query.execute();
    if (page.length > 0) yield page;
    if (page.length < 100) return;
    after = page.at(-1);
  }
}

export type QueueCounts = Readonly<Record<Queue, number>>;

/** How many applications stand in each queue (Q07), inside somebody's place. */
export async function countByQueue(
  db: Db,
  { bops, assignee }: { bops: VisibleBops; assignee?: string },
): Promise<QueueCounts> {
  let query = db
    .selectFrom('applications')
    .select([sql<Queue>`unnest(queues)`.as('queue'), ({ fn }) => fn.countAll<number>().as('count')])
    .where(insideBops(bops))
    .groupBy('queue');
  if (assignee !== undefined) query = query.where('assignee', '=', assignee);
  const rows = await query.execute();
  const counts = new Map(rows.map((row) => [row.queue, row.count]));
  return Object.fromEntries(QUEUES.map((queue) => [queue, counts.get(queue) ?? 0])) as Record<Queue, number>;
}

export interface QueueSummary {
  count: number;
  /** Of these, assigned to the person asked for. */
  mine: number;
  /** Of these, past the applicant's deadline. */
  overdue: number;
  /** When the longest waiting one came in. */
  oldestReceivedAt: string | null;
}

/** What stands in each queue (Q07), inside somebody's place: how much, how much of it one's own, how late. */
export async function summariseQueues(
  db: Db,
  { bops, filter = {}, assignee }: Pick<ListOptions, 'bops' | 'filter'> & { assignee: string },
): Promise<ReadonlyMap<Queue, QueueSummary>> {
  const rows = await matching(db, bops, filter)
    .clearSelect()
    .select(({ fn }) => [
      sql<Queue>`unnest(queues)`.as('queue'),
      fn.countAll<number>().as('count'),
      sql<number>`count(*) filter (where assignee = ${assignee}::uuid)`.as('mine'),
      sql<number>`count(*) filter (where overdue)`.as('overdue'),
      sql<string | null>`min(received_at)`.as('oldestReceivedAt'),
    ])
    .groupBy('queue')
    .execute();
  return new Map(rows.map(({ queue, ...summary }) => [queue, summary]));
}

/** How many applications each person has that have not ended. */
export async function countOpenByAssignee(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('applications')
    .select(({ fn }) => ['assignee', fn.countAll<number>().as('count')])
    .where('assignee', 'is not', null)
    .where('stage', 'not in', ['approved', 'refused', 'cancelled'])
    .groupBy('assignee')
    .execute();
  return new Map(rows.flatMap(({ assignee, count }) => (assignee === null ? [] : [[assignee, count]])));
}

/** How many applications stand in each stage, by 新BOP, inside somebody's place: for dashboards and count reports (Q24). */
export async function countByBopAndStage(
  db: Db,
  { bops, filter = {} }: Pick<ListOptions, 'bops' | 'filter'>,
): Promise<readonly { bopCode: string; stage: Stage; count: number; overdue: number }[]> {
  return matching(db, bops, filter)
    .clearSelect()
    .select(({ fn }) => [
      'bop_code as bopCode',
      'stage',
      fn.countAll<number>().as('count'),
      sql<number>`count(*) filter (where overdue)`.as('overdue'),
    ])
    .groupBy(['bop_code', 'stage'])
    .orderBy('bop_code')
    .execute();
}
