import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { KintoneChangeKind } from '../domain/application/kintone-changes.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';

/** Values of a record by field code, as kintone takes them. */
export type RecordContent = Readonly<Record<string, unknown>>;

export interface KeptRecord {
  applicationId: string;
  app: string;
  recordId: string | null;
  seq: number;
  complete: boolean;
  content: RecordContent;
}

const contentPlace = (id: string) => ({ table: 'kintone_records', column: 'content_ct', id });
const detailPlace = (id: string) => ({ table: 'kintone_changes', column: 'detail_ct', id });
const byPlace = (id: string) => ({ table: 'kintone_suspects', column: 'by_ct', id });

/** What kintone was last given of these applications, by id. */
export async function keptRecords(
  db: DbOrTransaction,
  keyring: Keyring,
  applicationIds: readonly string[],
): Promise<ReadonlyMap<string, KeptRecord>> {
  if (applicationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('kintone_records')
    .selectAll()
    .where('application_id', 'in', applicationIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.application_id,
      {
        applicationId: row.application_id,
        app: row.app,
        recordId: row.record_id,
        seq: row.seq,
        complete: row.complete,
        content: keyring.decryptJson(row.content_ct, contentPlace(row.application_id)) as RecordContent,
      },
    ]),
  );
}

/** Remembers what kintone has now. The record's own number stays as it is known. */
export async function keepRecord(
  db: DbOrTransaction,
  keyring: Keyring,
  record: Omit<KeptRecord, 'recordId'>,
): Promise<void> {
  const values = {
    app: record.app,
    seq: record.seq,
    complete: record.complete,
    content_ct: keyring.encryptJson(record.content, contentPlace(record.applicationId)),
    written_at: new Date(),
  };
  await db
    .insertInto('kintone_records')
    .values({ application_id: record.applicationId, record_id: null, ...values })
    .onConflict((conflict) => conflict.column('application_id').doUpdateSet(values))
    .execute();
}

/** The number that kintone gave the record. */
export async function keepRecordId(db: Db, applicationId: string, recordId: string): Promise<void> {
  await db
    .updateTable('kintone_records')
    .set({ record_id: recordId })
    .where('application_id', '=', applicationId)
    .execute();
}

/** The applications whose records had these numbers, by number. */
export async function applicationsOfRecords(
  db: Db,
  app: string,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (recordIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('kintone_records')
    .select(['record_id', 'application_id'])
    .where('app', '=', app)
    .where('record_id', 'in', recordIds)
    .execute();
  return new Map(rows.map((row) => [row.record_id ?? '', row.application_id]));
}

/** The applications of an app that kintone was given, by receipt number. */
export async function keptReceipts(
  db: Db,
  app: string,
): Promise<ReadonlyMap<string, { applicationId: string; recordId: string | null }>> {
  const rows = await db
    .selectFrom('kintone_records')
    .innerJoin('applications', 'applications.id', 'kintone_records.application_id')
    .select(['applications.receipt_number', 'application_id', 'record_id'])
    .where('app', '=', app)
    .execute();
  return new Map(
    rows.map((row) => [row.receipt_number, { applicationId: row.application_id, recordId: row.record_id }]),
  );
}

/** One field of a change, in words for people. */
export interface ChangedField {
  code: string;
  label: string;
  before: string;
  after: string;
}

/** Who changed what; sealed, since it repeats what families wrote. */
export interface ChangeDetail {
  /** The person's name in kintone; null where a later write of the system hides it. */
  who: string | null;
  /** When, as kintone says. */
  at: string | null;
  fields: readonly ChangedField[];
  /** The values now in kintone, as kintone gives them. */
  after: RecordContent;
}

export interface KeptChange {
  id: string;
  applicationId: string;
  kind: KintoneChangeKind;
  detail: ChangeDetail;
  foundAt: string;
  reportedAt: string | null;
  settledAt: string | null;
}

/** Keeps a change that was seen. @returns its id, also where the very same was seen before and is still open */
export async function keepChange(
  db: Db,
  keyring: Keyring,
  change: { applicationId: string; kind: KintoneChangeKind; detail: ChangeDetail },
): Promise<string> {
  const id = randomUUID();
  const seen = [change.kind, change.detail.after, change.detail.fields.map(({ code }) => code)];
  const fingerprint = keyring.lookupKey('kintone-change', JSON.stringify(seen));
  await db
    .insertInto('kintone_changes')
    .values({
      id,
      application_id: change.applicationId,
      kind: change.kind,
      fingerprint,
      detail_ct: keyring.encryptJson(change.detail, detailPlace(id)),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('kintone_changes')
    .select('id')
    .where('application_id', '=', change.applicationId)
    .where('fingerprint', '=', fingerprint)
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  return row?.id ?? id;
}

/** The changes of an application, oldest first. */
export async function changesOfApplication(
  db: DbOrTransaction,
  keyring: Keyring,
  applicationId: string,
): Promise<readonly KeptChange[]> {
  const rows = await db
    .selectFrom('kintone_changes')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy('found_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    applicationId: row.application_id,
    kind: row.kind,
    detail: keyring.decryptJson(row.detail_ct, detailPlace(row.id)) as ChangeDetail,
    foundAt: row.found_at,
    reportedAt: row.reported_at,
    settledAt: row.settled_at,
  }));
}

/** Changes that the workflow of their application does not know of yet. */
export async function unreportedChanges(
  db: Db,
  keyring: Keyring,
): Promise<
  readonly { id: string; applicationId: string; kind: KintoneChangeKind; fields: readonly string[] }[]
> {
  const rows = await db
    .selectFrom('kintone_changes')
    .selectAll()
    .where('reported_at', 'is', null)
    .orderBy('found_at')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    applicationId: row.application_id,
    kind: row.kind,
    fields: (keyring.decryptJson(row.detail_ct, detailPlace(row.id)) as ChangeDetail).fields.map(
      ({ code }) => code,
    ),
  }));
}

/** The workflow knows of it. */
export async function markReported(db: Db, changeId: string): Promise<void> {
  await db
    .updateTable('kintone_changes')
    .set({ reported_at: new Date() })
    .where('id', '=', changeId)
    .execute();
}

/** Kintone and this system agree again. */
export async function markSettled(db: DbOrTransaction, changeIds: readonly string[]): Promise<void> {
  if (changeIds.length === 0) return;
  await db
    .updateTable('kintone_changes')
    .set({ settled_at: new Date() })
    .where('id', 'in', changeIds)
    .where('settled_at', 'is', null)
    .execute();
}

/** A webhook told of a record. @param by the person's name in kintone */
export async function keepSuspect(
  db: Db,
  keyring: Keyring,
  told: { app: string; recordId: string; event: string; by: string | null },
): Promise<void> {
  const place = byPlace(`${told.app}/${told.recordId}`);
  const values = {
    event: told.event,
    by_ct: told.by === null ? null : keyring.encryptText(told.by, place),
    received_at: new Date(),
  };
  await db
    .insertInto('kintone_suspects')
    .values({ app: told.app, record_id: told.recordId, ...values })
    .onConflict((conflict) => conflict.columns(['app', 'record_id']).doUpdateSet(values))
    .execute();
}

/** A webhook of this app has come. */
export async function noteWebhook(db: Db, app: string): Promise<void> {
  await db
    .insertInto('kintone_webhooks')
    .values({ app: app, received_at: new Date() })
    .onConflict((conflict) => conflict.column('app').doUpdateSet({ received_at: new Date() }))
    .execute();
}

/** Cannot be said yet: to be looked at again. */
export async function requeueSuspect(db: Db, app: string, recordId: string): Promise<void> {
  await db
    .insertInto('kintone_suspects')
    .values({ app, record_id: recordId, event: 'AGAIN', by_ct: null })
    .onConflict((conflict) => conflict.columns(['app', 'record_id']).doUpdateSet({ received_at: new Date() }))
    .execute();
}

export interface Suspect {
  recordId: string;
  event: string;
  by: string | null;
  receivedAt: string;
}

/** The records of an app that webhooks told of. */
export async function suspectsOf(db: Db, keyring: Keyring, app: string): Promise<readonly Suspect[]> {
  const rows = await db
    .selectFrom('kintone_suspects')
    .selectAll()
    .where('app', '=', app)
    .orderBy('received_at')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    recordId: row.record_id,
    event: row.event,
    by: row.by_ct === null ? null : keyring.decryptText(row.by_ct, byPlace(`${app}/${row.record_id}`)),
    receivedAt: row.received_at,
  }));
}

/** They have been looked at; what was told since stays. */
export async function clearSuspects(db: Db, app: string, seen: readonly Suspect[]): Promise<void> {
  for (const { recordId, receivedAt } of seen) {
    await db
      .deleteFrom('kintone_suspects')
      .where('app', '=', app)
      .where('record_id', '=', recordId)
      .where('received_at', '<=', receivedAt)
      .execute();
  }
}

/** When a webhook last came, by app key. */
export async function webhooksReceived(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('kintone_webhooks').selectAll().execute();
  return new Map(rows.map((row) => [row.app, row.received_at]));
}

/** How far the records of an app have been looked through. */
export async function lookOf(
  db: Db,
  app: string,
): Promise<{ since: string; sweptAt: string | null } | undefined> {
  const row = await db.selectFrom('kintone_looks').selectAll().where('app', '=', app).executeTakeFirst();
  return row && { since: row.since, sweptAt: row.swept_at };
}

export async function keepLook(db: Db, app: string, since: Date, sweptAt?: Date): Promise<void> {
  const swept = sweptAt === undefined ? {} : { swept_at: sweptAt };
  await db
    .insertInto('kintone_looks')
    .values({ app, since, ...swept })
    .onConflict((conflict) => conflict.column('app').doUpdateSet({ since, ...swept }))
    .execute();
}

const LOOK_LOCK = 7_301_115;

/** Does the work unless another process is at it. @returns whether it was done here */
export async function alone(db: Db, work: () => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${LOOK_LOCK}) as got`.execute(
      connection,
    );
    if (!rows[0]?.got) return false;
    try {
      await work();
      return true;
    } finally {
      await sql`select pg_advisory_unlock(${LOOK_LOCK})`.execute(connection);
    }
  });
}
