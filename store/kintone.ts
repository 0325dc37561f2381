import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type {
  KintoneChangeKind,
  KintoneRecordRef,
  SeenInKintone,
} from '../domain/application/kintone-changes.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import type { RecordContent } from './kintone-kept.ts';

const detailPlace = (id: string) => ({ table: 'kintone_changes', column: 'detail_ct', id });
const byPlace = (id: string) => ({ table: 'kintone_suspects', column: 'by_ct', id });

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
  /** Absent: the application's own record. `title`: which of the app's records, in words. */
  record?: KintoneRecordRef & { title: string };
  /** What was there before cannot be written again. */
  restorable?: false;
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

interface SeenChange {
  applicationId: string;
  kind: KintoneChangeKind;
  detail: ChangeDetail;
}

/** The same seen again has the same. */
function fingerprintOf(keyring: Keyring, { kind, detail }: SeenChange): string {
  const { after, fields, record } = detail;
  const seen = [kind, after, fields.map(({ code }) => code), ...(record ? [record.app, record.key] : [])];
  return keyring.lookupKey('kintone-change', JSON.stringify(seen));
}

/** The same change, where it was seen before and is still open. */
export async function openChange(
  db: DbOrTransaction,
  keyring: Keyring,
  change: SeenChange,
): Promise<{ id: string; reported: boolean } | undefined> {
  const row = await db
    .selectFrom('kintone_changes')
    .select(['id', 'reported_at'])
    .where('application_id', '=', change.applicationId)
    .where('fingerprint', '=', fingerprintOf(keyring, change))
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  return row && { id: row.id, reported: row.reported_at !== null };
}

/** Keeps a change that was seen. @returns its id, also where the very same was seen before and is still open */
export async function keepChange(db: Db, keyring: Keyring, change: SeenChange): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('kintone_changes')
    .values({
      id,
      application_id: change.applicationId,
      kind: change.kind,
      fingerprint: fingerprintOf(keyring, change),
      detail_ct: keyring.encryptJson(change.detail, detailPlace(id)),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await openChange(db, keyring, change))?.id ?? id;
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

/** A change that is still to be told. */
export type UnreportedChange = SeenInKintone & { id: string; applicationId: string };

/** Changes that the workflow of their application does not know of yet. */
export async function unreportedChanges(db: Db, keyring: Keyring): Promise<readonly UnreportedChange[]> {
  const rows = await db
    .selectFrom('kintone_changes')
    .selectAll()
    .where('reported_at', 'is', null)
    .orderBy('found_at')
    .limit(500)
    .execute();
  return rows.map((row) => {
    const detail = keyring.decryptJson(row.detail_ct, detailPlace(row.id)) as ChangeDetail;
    return {
      id: row.id,
      applicationId: row.application_id,
      kind: row.kind,
      fields: detail.fields.map(({ code }) => code),
      ...(detail.record ? { record: { app: detail.record.app, key: detail.record.key } } : {}),
      ...(detail.restorable === false ? { restorable: false as const } : {}),
    };
  });
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

/** Any number that no other program uses as an advisory lock in this database (`grep 7_301`). */
const LOOK_LOCK = 7_301_117;

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
