import { sql, type Expression, type SqlBool } from 'kysely';
import type { ReceivedFacts } from '../domain/application/events.ts';
import { replay } from '../domain/application/evolve.ts';
import type { ProjectionStep, ProjectionSummary } from '../domain/application/ports.ts';
import type { Channel, Stage } from '../domain/application/state.ts';
import { summaryOf } from '../domain/application/summary.ts';
import type { Queue, Task } from '../domain/application/tasks.ts';
import { uniqueViolation, type Db, type DbOrTransaction } from './db.ts';
import {
  acceptedSourceOf,
  announce,
  announcement,
  eventRow,
  eventsOf,
  insertEvents,
  textRefsOf,
} from './events.ts';
import { markTextsUsed } from './texts.ts';
import { acceptChanges } from './versions.ts';

/** What the projection knows of an application: ids, codes, dates; no personal data (design 8). */
export interface Application {
  id: string;
  receiptNumber: string;
  workflowId: string;
  procedure: string;
  fiscalYear: number;
  round: string;
  bopCode: string;
  channel: Channel;
  applicantId: string | null;
  enteredBy: string | null;
  /** Null: of no paper, or received before roles were kept. */
  enteredRole: 'operator' | 'leader' | null;
  /** Everybody whose hand is in a paper application's entry, where it was more than one. */
  enterers: readonly string[] | null;
  hasMail: boolean;
  receivedAt: string;
  startedAt: string | null;
  stage: Stage;
  queues: readonly Queue[];
  tasks: readonly Task[];
  assignee: string | null;
  firstReviewer: string | null;
  deadline: string | null;
  overdue: boolean;
  dataVersion: number;
  seq: number;
  updatedAt: string;
  /** The newest event that kintone has; smaller than `seq` while something is on its way. */
  kintoneSeq: number;
}

/** The 新BOPs whose applications somebody may see (`visibleBops` of the domain). No list works without it. */
export type VisibleBops = 'all' | readonly string[];

/** @internal The columns that an {@link Application} is made of. */
export const APPLICATION_COLUMNS = [
  'id',
  'receipt_number as receiptNumber',
  'workflow_id as workflowId',
  'procedure',
  'fiscal_year as fiscalYear',
  'round',
  'bop_code as bopCode',
  'channel',
  'applicant_id as applicantId',
  'entered_by as enteredBy',
  'entered_role as enteredRole',
  'enterers',
  'has_mail as hasMail',
  'received_at as receivedAt',
  'started_at as startedAt',
  'stage',
  'queues',
  'tasks',
  'assignee',
  'first_reviewer as firstReviewer',
  'deadline',
  'overdue',
  'data_version as dataVersion',
  'seq',
  'updated_at as updatedAt',
  'kintone_seq as kintoneSeq',
] as const;

/** What an application begins with, as its workflow is told. */
export function receivedFacts(application: Application): ReceivedFacts {
  const { id, receiptNumber, procedure, fiscalYear, round, bopCode, channel, applicantId } = application;
  const { enteredBy, enteredRole, enterers, hasMail, receivedAt } = application;
  return {
    applicationId: id,
    receiptNumber,
    procedure,
    fiscalYear,
    round,
    bopCode,
    channel,
    applicantId,
    hasMail,
    ...(enteredBy === null ? {} : { enteredBy }),
    ...(enteredRole === null ? {} : { enteredRole }),
    ...(enterers === null ? {} : { enterers }),
    receivedAt,
  };
}

/** @internal Shared with the lists of `application-lists.ts`. */
export function selectApplications(db: DbOrTransaction) {
  return db.selectFrom('applications').select(APPLICATION_COLUMNS);
}

/** @internal The condition that keeps a query inside somebody's place; true for `'all'`, never true for none. */
export function insideBops(bops: VisibleBops): Expression<SqlBool> {
  if (bops === 'all') return sql<SqlBool>`true`;
  return sql<SqlBool>`bop_code = any(${bops}::text[])`;
}

/** The application, or undefined where there is none or it lies outside `bops`. */
export async function applicationById(
  db: DbOrTransaction,
  id: string,
  bops: VisibleBops,
): Promise<Application | undefined> {
  return selectApplications(db).where('id', '=', id).where(insideBops(bops)).executeTakeFirst();
}

/** The application with this receipt number, or undefined where there is none or it lies outside `bops`. */
export async function applicationByReceipt(
  db: DbOrTransaction,
  receiptNumber: string,
  bops: VisibleBops,
): Promise<Application | undefined> {
  return selectApplications(db)
    .where('receipt_number', '=', receiptNumber)
    .where(insideBops(bops))
    .executeTakeFirst();
}

/** Applications by their receipt numbers, for what no person sees. */
export async function applicationsByReceipts(
  db: DbOrTransaction,
  receiptNumbers: readonly string[],
): Promise<ReadonlyMap<string, Application>> {
  const rows = await selectApplications(db)
    .where('receipt_number', '=', sql<string>`any(${receiptNumbers}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.receiptNumber, row]));
}

/** Applications by their ids, for what no person sees. */
export async function applicationsByIds(
  db: DbOrTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Application>> {
  const rows = await selectApplications(db)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** An applicant's own applications, newest first (Q11). */
export async function applicationsOfApplicant(
  db: DbOrTransaction,
  applicantId: string,
): Promise<readonly Application[]> {
  return selectApplications(db)
    .where('applicant_id', '=', applicantId)
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute();
}

function columnsOf(summary: ProjectionSummary) {
  return {
    seq: summary.seq,
    stage: summary.stage,
    queues: [...summary.queues],
    tasks: JSON.stringify(summary.tasks),
    assignee: summary.assignee,
    first_reviewer: summary.firstReviewer,
    deadline: summary.deadline,
    overdue: summary.overdue,
    data_version: summary.dataVersion,
    updated_at: new Date(),
  };
}

/**
 * Writes a step of the workflow: its events, what they accept (texts, changes of data), and the summary unless a newer one is
 * there already; tells listening processes when it commits. Repeating it changes nothing.
 * @throws {ProjectionConflictError} where a stored event differs
 */
export async function projectStep(db: Db, step: ProjectionStep): Promise<void> {
  const { applicationId, events, summary } = step;
  if (await projectNew(db, step)) return;
  await db.transaction().execute(async (trx) => {
    const fresh = await insertEvents(trx, applicationId, events);
    const change = { applicationId, seq: summary.seq };
    const updated = await trx
      .updateTable('applications')
      .set(columnsOf(summary))
      .where('id', '=', applicationId)
      .where('seq', '<', summary.seq)
      .returning(announcement(change).as('announced'))
      .execute();
    if (fresh.length === 0 && updated.length === 0) return;
    await markTextsUsed(trx, applicationId, events.flatMap(textRefsOf));
    await acceptChanges(trx, applicationId, events, summary.dataVersion);
    if (updated.length === 0) await announce(trx, change);
  });
}

/**
 * The same in one statement, for a step that has not been written: a person waits for it, and a transaction of six statements is
 * six ways to the database and back.
 * @returns false where nothing was written, because something of the step is there already or it changes data
 */
async function projectNew(db: Db, { applicationId, events, summary }: ProjectionStep): Promise<boolean> {
  if (events.length === 0 || events.some((event) => acceptedSourceOf(event) !== undefined)) return false;
  const texts = events.flatMap(textRefsOf);
  try {
    await db
      .with('written', (cte) =>
        cte.insertInto('application_events').values(events.map((event) => eventRow(applicationId, event))),
      )
      .with('summed', (cte) =>
        cte
          .updateTable('applications')
          .set(columnsOf(summary))
          .where('id', '=', applicationId)
          .where('seq', '<', summary.seq),
      )
      .with('used', (cte) =>
        cte
          .updateTable('texts')
          .set({ used: true })
          .where('application_id', '=', applicationId)
          .where('id', '=', sql<string>`any(${texts}::uuid[])`)
          .where('used', '=', false),
      )
      .selectNoFrom(announcement({ applicationId, seq: summary.seq }).as('announced'))
      .execute();
    return true;
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error;
    return false;
  }
}

/**
 * Makes the summary anew from the stored events, whatever it says now.
 * @throws Error where the events are missing or do not begin with the receipt
 */
export async function rebuildProjection(db: Db, applicationId: string): Promise<ProjectionSummary> {
  return db.transaction().execute(async (trx) => {
    await trx
      .selectFrom('applications')
      .select('id')
      .where('id', '=', applicationId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const summary = summaryOf(replay(await eventsOf(trx, applicationId)));
    await trx.updateTable('applications').set(columnsOf(summary)).where('id', '=', applicationId).execute();
    await announce(trx, { applicationId, seq: summary.seq });
    return summary;
  });
}

/** Kintone has everything up to this event. */
export async function markCarried(db: DbOrTransaction, applicationId: string, seq: number): Promise<void> {
  await db
    .updateTable('applications')
    .set({ kintone_seq: seq })
    .where('id', '=', applicationId)
    .where('kintone_seq', '<', seq)
    .execute();
}

/** How many applications have something that kintone lacks, and since when the oldest waits. For operations. */
export async function behindKintone(db: Db): Promise<{ count: number; since: string | null }> {
  return db
    .selectFrom('applications')
    .select(({ fn }) => [fn.countAll<number>().as('count'), sql<string | null>`min(updated_at)`.as('since')])
    .whereRef('kintone_seq', '<', 'seq')
    .executeTakeFirstOrThrow();
}
