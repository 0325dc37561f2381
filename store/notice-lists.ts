import { sql } from 'kysely';
import type { Channel } from '../domain/application/state.ts';
import type { LocalDate } from '../domain/calendar/dates.ts';
import { bopCodesOfHall } from '../domain/facilities/facilities.ts';
import type { NoticeKind } from '../domain/notices/kinds.ts';
import type { NoticeDelivery } from '../domain/notices/template.ts';
import type { VisibleBops } from './applications.ts';
import type { Db } from './db.ts';
import { NOTICE_COLUMNS, type Notice } from './notices.ts';

/** What notices are chosen by; everything given must hold. */
export interface NoticeFilter {
  kinds?: readonly NoticeKind[];
  fiscalYear?: number;
  round?: string;
  /** The date on the notice, inclusive. */
  issuedFrom?: LocalDate;
  issuedTo?: LocalDate;
  bop?: string;
  hall?: string;
  channel?: Channel;
  delivery?: NoticeDelivery;
  /** Has it been in a print file? */
  printed?: boolean;
  /** Default: only those whose decision stands. */
  voided?: 'only' | 'too';
  /** Only those that the family may read by now. */
  released?: boolean;
  /** A reference or receipt number, or its beginning. */
  q?: string;
}

export interface NoticeRow extends Notice {
  receiptNumber: string;
  applicantId: string | null;
  /** Number of the newest print file that it is in. */
  run: string | null;
}

const COLUMNS = [
  ...NOTICE_COLUMNS.map((column) => (column.includes('.') ? column : (`notices.${column}` as const))),
] as const;

function inside(bops: VisibleBops) {
  return bops === 'all' ? sql<boolean>`true` : sql<boolean>`notices.bop_code = any(${bops}::text[])`;
}

const inRun = sql<boolean>`exists (select 1 from notice_run_items i where i.notice_id = notices.id)`;
const newestRun = sql<string | null>`(
  select r.number from notice_run_items i join notice_runs r on r.id = i.run_id
  where i.notice_id = notices.id order by r.made_at desc limit 1)`;

function matching(db: Db, bops: VisibleBops, filter: NoticeFilter) {
  let query = db
    .selectFrom('notices')
    .innerJoin('applications', 'applications.id', 'notices.application_id')
    .where(inside(bops));
  if (filter.kinds) query = query.where(sql<boolean>`notices.kind = any(${filter.kinds}::text[])`);
  if (filter.fiscalYear !== undefined) query = query.where('notices.fiscal_year', '=', filter.fiscalYear);
  if (filter.round !== undefined) query = query.where('notices.round', '=', filter.round);
  if (filter.issuedFrom) query = query.where('notices.issued_on', '>=', filter.issuedFrom);
  if (filter.issuedTo) query = query.where('notices.issued_on', '<=', filter.issuedTo);
  if (filter.bop !== undefined) query = query.where(inside([filter.bop]));
  if (filter.hall !== undefined) query = query.where(inside(bopCodesOfHall(filter.hall)));
  if (filter.channel) query = query.where('notices.channel', '=', filter.channel);
  if (filter.delivery) query = query.where('notices.delivery', '=', filter.delivery);
  if (filter.printed !== undefined) query = query.where(filter.printed ? inRun : sql<boolean>`not ${inRun}`);
  if (filter.voided === 'only') query = query.where('notices.voided_at', 'is not', null);
  else if (filter.voided === undefined) query = query.where('notices.voided_at', 'is', null);
  if (filter.released === true) query = query.where('notices.released_at', 'is not', null);
  if (filter.q !== undefined && filter.q !== '') {
    const beginning = `${filter.q.toUpperCase().replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((where) =>
      where.or([
        where('notices.reference', 'like', beginning),
        where('applications.receipt_number', 'like', beginning),
      ]),
    );
  }
  return query;
}

function selected(db: Db, bops: VisibleBops, filter: NoticeFilter) {
  return matching(db, bops, filter)
    .select(COLUMNS as unknown as typeof NOTICE_COLUMNS)
    .select([
      'applications.receipt_number as receiptNumber',
      'applications.applicant_id as applicantId',
      newestRun.as('run'),
    ]);
}

/** A page of notices inside somebody's place, newest first, and how many there are. */
export async function listNotices(
  db: Db,
  {
    bops,
    filter = {},
    limit = 50,
    offset = 0,
  }: { bops: VisibleBops; filter?: NoticeFilter; limit?: number; offset?: number },
): Promise<{ items: readonly NoticeRow[]; total: number }> {
  const [items, { total }] = await Promise.all([
    selected(db, bops, filter)
      .orderBy('notices.issued_on', 'desc')
      .orderBy('notices.reference', 'desc')
      .limit(Math.min(Math.max(limit, 1), 500))
      .offset(Math.max(offset, 0))
      .execute(),
    matching(db, bops, filter)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  return { items: items, total };
}

/** All notices that match, for a print file. */
export async function allNotices(
  db: Db,
  bops: VisibleBops,
  filter: NoticeFilter,
): Promise<readonly NoticeRow[]> {
  const rows = await selected(db, bops, filter).orderBy('notices.reference').execute();
  return rows;
}

/** One notice, or undefined where there is none, it lies outside `bops`, or it is not released where it has to be. */
export async function visibleNotice(
  db: Db,
  id: string,
  bops: VisibleBops,
  { released = false }: { released?: boolean } = {},
): Promise<NoticeRow | undefined> {
  return selected(db, bops, { voided: 'too', released }).where('notices.id', '=', id).executeTakeFirst();
}
