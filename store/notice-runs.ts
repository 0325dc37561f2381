import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { fiscalYearOf, tokyoDate } from '../domain/calendar/dates.ts';
import { judgeScan, type CheckItem, type Scanned } from '../domain/notices/scanning.ts';
import type { Db, DbOrTransaction } from './db.ts';
import type { EnvelopeWindow } from './notice-settings.ts';

/** A print file: fixed notices in a fixed order, so that it can be printed again just the same (Q22). */
export interface NoticeRun {
  id: string;
  /** 発送番号, `2026-003`. */
  number: string;
  choice: unknown;
  together: boolean;
  window: EnvelopeWindow;
  envelopes: number;
  notices: number;
  /** Notices that were chosen and could not be taken, with the reason. */
  leftOut: readonly { reference: string; reason: string }[];
  madeBy: string;
  madeAt: string;
  /** Of the first whole printing. */
  sha256: string | null;
  size: number | null;
  counted: number;
  /** Of its notices, those whose decision was taken back since. */
  voided: number;
}

export interface RunItem {
  position: number;
  envelope: number;
  noticeId: string;
  reference: string;
  number: string;
  kind: string;
  bopCode: string;
  receiptNumber: string;
  countedAt: string | null;
  voidedAt: string | null;
}

const COLUMNS = [
  'id',
  'number',
  'choice',
  'together',
  'frame as window',
  'envelopes',
  'notices',
  'left_out as leftOut',
  'made_by as madeBy',
  'made_at as madeAt',
  'sha256',
  'size',
] as const;

function selectRuns(db: DbOrTransaction) {
  return db.selectFrom('notice_runs').select([
    ...COLUMNS,
    sql<number>`(select count(*) from notice_run_items i where i.run_id = notice_runs.id and i.counted_at is not null)`.as(
      'counted',
    ),
    sql<number>`(select count(*) from notice_run_items i join notices n on n.id = i.notice_id
      where i.run_id = notice_runs.id and n.voided_at is not null)`.as('voided'),
  ]);
}

export interface NewRun {
  choice: unknown;
  together: boolean;
  window: EnvelopeWindow;
  leftOut: NoticeRun['leftOut'];
  envelopes: readonly { number: number; noticeIds: readonly string[] }[];
  madeBy: string;
  now: Date;
}

/** Fixes a print file: its number, its notices, their order. */
export async function createRun(db: Db, run: NewRun): Promise<string> {
  const id = randomUUID();
  const items = run.envelopes.flatMap(({ number, noticeIds }) =>
    noticeIds.map((noticeId) => ({ envelope: number, notice_id: noticeId })),
  );
  await db.transaction().execute(async (trx) => {
    const year = fiscalYearOf(tokyoDate(run.now.toISOString()));
    const { value } = await trx
      .insertInto('serials')
      .values({ name: `noticeRun:${year}`, value: 1 })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`serials.value + 1` }))
      .returning('value')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('notice_runs')
      .values({
        id,
        number: `${year}-${String(value).padStart(3, '0')}`,
        choice: JSON.stringify(run.choice),
        together: run.together,
        frame: JSON.stringify(run.window),
        envelopes: run.envelopes.length,
        notices: items.length,
        left_out: JSON.stringify(run.leftOut),
        made_by: run.madeBy,
        made_at: run.now,
      })
      .execute();
    // PostgreSQL takes 65,535 parameters a statement.
    for (let from = 0; from < items.length; from += 5000) {
      const part = items.slice(from, from + 5000);
      await trx
        .insertInto('notice_run_items')
        .values(part.map((item, index) => ({ run_id: id, position: from + index + 1, ...item })))
        .execute();
    }
  });
  return id;
}

export async function runById(db: DbOrTransaction, id: string): Promise<NoticeRun | undefined> {
  return selectRuns(db).where('id', '=', id).executeTakeFirst();
}

/** The newest first. */
export async function listRuns(db: DbOrTransaction, limit = 100): Promise<readonly NoticeRun[]> {
  return selectRuns(db).orderBy('made_at', 'desc').limit(limit).execute();
}

/** The sheets of a run in the order of the file. */
export async function runItems(db: DbOrTransaction, runId: string): Promise<readonly RunItem[]> {
  return db
    .selectFrom('notice_run_items')
    .innerJoin('notices', 'notices.id', 'notice_run_items.notice_id')
    .innerJoin('applications', 'applications.id', 'notices.application_id')
    .select([
      'position',
      'envelope',
      'notice_id as noticeId',
      'reference',
      'notices.number as number',
      'kind',
      'notices.bop_code as bopCode',
      'applications.receipt_number as receiptNumber',
      'counted_at as countedAt',
      'voided_at as voidedAt',
    ])
    .where('run_id', '=', runId)
    .orderBy('position')
    .execute();
}

/** Notes a printing. The first whole one sets the checksum that the later ones are compared with. */
export async function recordPrint(
  db: Db,
  runId: string,
  print: { byId: string; sha256: string | null; size: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const run = await trx
      .selectFrom('notice_runs')
      .select('sha256')
      .where('id', '=', runId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (print.sha256 !== null && run.sha256 === null) {
      await trx
        .updateTable('notice_runs')
        .set({ sha256: print.sha256, size: print.size })
        .where('id', '=', runId)
        .execute();
    }
    await trx
      .insertInto('notice_run_prints')
      .values({
        run_id: runId,
        by_id: print.byId,
        sha256: print.sha256,
        same: print.sha256 === null || run.sha256 === null ? null : run.sha256 === print.sha256,
      })
      .execute();
  });
}

export async function printsOf(
  db: DbOrTransaction,
  runId: string,
): Promise<readonly { at: string; byId: string; sha256: string | null; same: boolean | null }[]> {
  return db
    .selectFrom('notice_run_prints')
    .select(['at', 'by_id as byId', 'sha256', 'same'])
    .where('run_id', '=', runId)
    .orderBy('at')
    .execute();
}

export interface Scan {
  /** Made by the browser once a reading. */
  scanId: string;
  runId: string;
  byId: string;
  /** Whose code was read; undefined where it is none of this system's. */
  noticeOfToken: string | undefined;
}

/**
 * Judges a reading and keeps it in the protocol, one after the other for each run, so that two scanners never count one sheet
 * twice. The same scan sent again gives the same answer and counts nothing.
 */
export async function recordScan(db: Db, { scanId, runId, byId, noticeOfToken }: Scan): Promise<Scanned> {
  return db.transaction().execute(async (trx) => {
    await trx
      .selectFrom('notice_runs')
      .select('id')
      .where('id', '=', runId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const before = await trx
      .selectFrom('notice_scans')
      .select('answer')
      .where('scan_id', '=', scanId)
      .executeTakeFirst();
    if (before) return before.answer;
    const answer = judgeScan({
      items: await itemsAround(trx, runId, noticeOfToken, byId),
      noticeOfToken,
      lastEnvelope: await lastEnvelope(trx, runId, byId),
    });
    if (answer.noticeId !== null && (answer.result === 'ok' || answer.result === 'more')) {
      await trx
        .updateTable('notice_run_items')
        .set({ counted_at: sql`now()`, counted_by: byId })
        .where('run_id', '=', runId)
        .where('notice_id', '=', answer.noticeId)
        .execute();
    }
    await trx
      .insertInto('notice_scans')
      .values({
        run_id: runId,
        scan_id: scanId,
        by_id: byId,
        result: answer.result,
        notice_id: answer.noticeId,
        envelope: answer.envelope,
        answer: JSON.stringify(answer),
      })
      .execute();
    return answer;
  });
}

/** The sheets that a judgement looks at: those of the read sheet's envelope and of the envelope before. */
async function itemsAround(
  trx: DbOrTransaction,
  runId: string,
  noticeId: string | undefined,
  byId: string,
): Promise<readonly CheckItem[]> {
  const last = await lastEnvelope(trx, runId, byId);
  const rows = await trx
    .selectFrom('notice_run_items as i')
    .innerJoin('notices as n', 'n.id', 'i.notice_id')
    .select([
      'i.notice_id as noticeId',
      'n.reference as reference',
      'i.envelope as envelope',
      'counted_at',
      'voided_at',
    ])
    .where('i.run_id', '=', runId)
    .where((where) =>
      where.or([
        where('i.envelope', '=', last ?? -1),
        where(
          'i.envelope',
          'in',
          trx
            .selectFrom('notice_run_items as own')
            .select('own.envelope')
            .where('own.run_id', '=', runId)
            .where('own.notice_id', '=', noticeId ?? ''),
        ),
      ]),
    )
    .orderBy('i.position')
    .execute();
  return rows.map(({ counted_at, voided_at, ...item }) => ({
    ...item,
    counted: counted_at !== null,
    voided: voided_at !== null,
  }));
}

/** The envelope whose sheet this person counted last. */
async function lastEnvelope(trx: DbOrTransaction, runId: string, byId: string): Promise<number | null> {
  const row = await trx
    .selectFrom('notice_scans')
    .select('envelope')
    .where('run_id', '=', runId)
    .where('by_id', '=', byId)
    .where('result', 'in', ['ok', 'more'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.envelope ?? null;
}

/** The protocol of a check, newest first. */
export async function scansOf(
  db: DbOrTransaction,
  runId: string,
  limit = 200,
): Promise<
  readonly { at: string; byId: string; result: string; reference: string | null; envelope: number | null }[]
> {
  return db
    .selectFrom('notice_scans as s')
    .leftJoin('notices as n', 'n.id', 's.notice_id')
    .select([
      's.at as at',
      's.by_id as byId',
      's.result as result',
      'n.reference as reference',
      's.envelope as envelope',
    ])
    .where('s.run_id', '=', runId)
    .orderBy('s.id', 'desc')
    .limit(limit)
    .execute();
}

/** How many readings of each result the protocol has. */
export async function scanCounts(
  db: DbOrTransaction,
  runId: string,
): Promise<Readonly<Record<string, number>>> {
  const rows = await db
    .selectFrom('notice_scans')
    .select(({ fn }) => ['result', fn.countAll<number>().as('count')])
    .where('run_id', '=', runId)
    .groupBy('result')
    .execute();
  return Object.fromEntries(rows.map(({ result, count }) => [result, count]));
}
