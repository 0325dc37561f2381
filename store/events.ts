import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { ApplicationEvent } from '../domain/application/events.ts';
import type { Finding, TextRef } from '../domain/application/state.ts';
import type { DbOrTransaction } from './db.ts';

/** An event that differs from the one already stored at its place: two histories of one application. Needs a person. */
export class ProjectionConflictError extends Error {
  constructor(applicationId: string, seq: number, stored: string, given: string) {
    super(
      `application ${applicationId}: event ${seq} is stored as "${stored}" and now comes as "${given}" with other content; ` +
        'the projection must be rebuilt from the workflow',
    );
    this.name = 'ProjectionConflictError';
  }
}

/** @internal A row of `application_events`. */
export function eventRow(applicationId: string, event: ApplicationEvent) {
  const { seq, at, type, by, ...body } = event;
  return {
    application_id: applicationId,
    seq,
    at,
    type,
    by_kind: by.kind,
    by_id: by.kind === 'system' ? null : by.id,
    by_role: by.kind === 'staff' ? by.role : null,
    body: JSON.stringify(body),
  };
}

interface EventRow {
  seq: number;
  at: string;
  type: ApplicationEvent['type'];
  by_kind: string;
  by_id: string | null;
  by_role: string | null;
  body: unknown;
}

function fromRow(row: EventRow): ApplicationEvent {
  const by =
    row.by_kind === 'system'
      ? { kind: 'system' }
      : row.by_kind === 'applicant'
        ? { kind: 'applicant', id: row.by_id }
        : { kind: 'staff', id: row.by_id, role: row.by_role };
  return { ...(row.body as object), type: row.type, seq: row.seq, at: row.at, by } as ApplicationEvent;
}

/**
 * Stores events. Those already there are left alone.
 * @returns the numbers of the events that are new
 * @throws {ProjectionConflictError} where a stored event differs
 */
export async function insertEvents(
  db: DbOrTransaction,
  applicationId: string,
  events: readonly ApplicationEvent[],
): Promise<readonly number[]> {
  if (events.length === 0) return [];
  const inserted = await db
    .insertInto('application_events')
    .values(events.map((event) => eventRow(applicationId, event)))
    .onConflict((conflict) => conflict.doNothing())
    .returning('seq')
    .execute();
  const fresh = inserted.map((row) => row.seq);
  const known = events.filter((event) => !fresh.includes(event.seq));
  if (known.length === 0) return fresh;
  const stored = await db
    .selectFrom('application_events')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where(
      'seq',
      'in',
      known.map((event) => event.seq),
    )
    .execute();
  for (const event of known) {
    const row = stored.find((one) => one.seq === event.seq);
    const before = row && plain(fromRow(row));
    if (!isDeepStrictEqual(before, plain(event))) {
      throw new ProjectionConflictError(applicationId, event.seq, row?.type ?? '?', event.type);
    }
  }
  return fresh;
}

/** As JSON has it: without `undefined`, with instants at milliseconds. */
function plain(event: ApplicationEvent): unknown {
  return JSON.parse(JSON.stringify({ ...event, at: new Date(event.at).toISOString() }));
}

/** The events of an application in their order, up to and including `upTo` where given. */
export async function eventsOf(
  db: DbOrTransaction,
  applicationId: string,
  upTo?: number,
): Promise<readonly ApplicationEvent[]> {
  let query = db.selectFrom('application_events').selectAll().where('application_id', '=', applicationId);
  if (upTo !== undefined) query = query.where('seq', '<=', upTo);
  return (await query.orderBy('seq').execute()).map(fromRow);
}

/** The events of several applications, by id. */
export async function eventsOfMany(
  db: DbOrTransaction,
  applicationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ApplicationEvent[]>> {
  const byId = new Map<string, ApplicationEvent[]>(applicationIds.map((id) => [id, []]));
  const rows = await db
    .selectFrom('application_events')
    .selectAll()
    .where(sql<boolean>`application_id = any(${applicationIds}::uuid[])`)
    .orderBy('application_id')
    .orderBy('seq')
    .execute();
  for (const row of rows) byId.get(row.application_id)?.push(fromRow(row));
  return byId;
}

/** Calls back for every change of an application (as `projectStep` announces them), until the returned function is called. */
export const CHANGED_CHANNEL = 'application_changed';
export interface ApplicationChanged {
  applicationId: string;
  /** Absent where something beside the events came or changed: a mail, a letter. */
  seq?: number;
}

/** Announces a change to listening processes when the transaction commits. */
export async function announce(db: DbOrTransaction, change: ApplicationChanged): Promise<void> {
  await sql`select ${announcement(change)}`.execute(db);
}

/** The same as part of the statement that makes the change: for its `returning`. */
export function announcement(change: ApplicationChanged) {
  return sql`pg_notify(${CHANGED_CHANNEL}, ${JSON.stringify(change)})`;
}

/** The same for rows that name their application; nothing is announced for those of none. */
export function announcementOf(column: string) {
  const id = sql.ref(column);
  return sql`case when ${id} is not null then
    pg_notify(${CHANGED_CHANNEL}, json_build_object('applicationId', ${id})::text) end`;
}

function refsOfFindings(findings: readonly Finding[]): readonly (TextRef | undefined)[] {
  return findings.flatMap((finding) => [finding.applicantNote, finding.internalNote]);
}

/** The texts that an event refers to. */
export function textRefsOf(event: ApplicationEvent): readonly TextRef[] {
  const refs = (() => {
    switch (event.type) {
      case 'firstReviewCompleted':
      case 'secondReviewAgreed':
        return refsOfFindings(event.findings);
      case 'entryReturned':
        return event.differences.map((difference) => difference.note);
      case 'returnedToFirst':
        return [...refsOfFindings(event.findings), event.reason];
      case 'escalated':
        return [event.question];
      case 'instructed':
        return [event.instruction];
      case 'deficiencyRequested':
        return event.request.items.map((item) => item.applicantNote);
      case 'deadlineExtended':
      case 'itemWaived':
        return [event.reason];
      case 'reviewReopened':
      case 'decided':
      case 'decisionRevised':
      case 'cancelled':
        return [event.reason];
      case 'noted':
        return [event.note];
      case 'contactRecorded':
        return [event.contact.content];
      default:
        return [];
    }
  })();
  return refs.filter((ref) => ref !== undefined);
}

/** The change of data (a row of `application_versions`) that an event accepts; undefined for events that change no data. */
export function acceptedSourceOf(event: ApplicationEvent): string | undefined {
  switch (event.type) {
    case 'answered':
      return event.answerId;
    case 'entryCorrected':
    case 'minorCorrected':
      return event.correctionId;
    default:
      return undefined;
  }
}

/** The events that the projection has without a gap, from the first. */
export async function completeEvents(
  db: DbOrTransaction,
  applicationId: string,
): Promise<readonly ApplicationEvent[]> {
  const events = await eventsOf(db, applicationId);
  const gap = events.findIndex(({ seq }, index) => seq !== index + 1);
  return gap === -1 ? events : events.slice(0, gap);
}
