import { sql } from 'kysely';
import type { LocalDate } from '../domain/calendar/dates.ts';
import { fiscalYearOf } from '../domain/calendar/dates.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';

/** Values of a record by field code, as kintone takes them. */
export type RecordContent = Readonly<Record<string, unknown>>;

/** Which record of kintone's: the app's key, and the value of the app's key field. */
export interface RecordName {
  app: string;
  key: string;
}

/** What kintone was last given of a record. */
export interface KeptRecord extends RecordName {
  /** Whose record it is; of an enrolment the application that took effect last. */
  applicationId: string;
  /** kintone's own number; null until the record has been looked at. */
  recordId: string | null;
  seq: number;
  /** All fields are known, not only those of the last write. */
  complete: boolean;
  /** The content is keyed hashes only: changes are seen, and cannot be put back. */
  hashed: boolean;
  writtenAt: string;
  content: RecordContent;
}

/** One text for the two parts of a record's name. */
export const nameOf = ({ app, key }: RecordName): string => `${app}/${key}`;

const isOwn = (app: string) => app.startsWith('application_');

/** An application's own record was sealed under its id from the beginning, the others by their name. */
const contentPlace = (record: RecordName & { applicationId: string }) => ({
  table: 'kintone_records',
  column: 'content_ct',
  id: isOwn(record.app) ? record.applicationId : nameOf(record),
});

interface Row {
  app: string;
  key: string;
  application_id: string;
  record_id: string | null;
  seq: number;
  complete: boolean;
  hashed: boolean;
  written_at: string;
  content_ct: Buffer;
}

function fromRow(keyring: Keyring, row: Row): KeptRecord {
  const { app, key, application_id: applicationId, seq, complete, hashed } = row;
  const content = keyring.decryptJson(row.content_ct, contentPlace({ app, key, applicationId }));
  return {
    app,
    key,
    applicationId,
    recordId: row.record_id,
    seq,
    complete,
    hashed,
    writtenAt: row.written_at,
    content: content as RecordContent,
  };
}

/** What kintone was last given of these records of one app, by key. */
export async function keptByKeys(
  db: DbOrTransaction,
  keyring: Keyring,
  app: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KeptRecord>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('kintone_records')
    .selectAll()
    .where('app', '=', app)
    .where('key', '=', sql<string>`any(${keys}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.key, fromRow(keyring, row)]));
}

/** The same for records of several apps, by {@link nameOf}. */
export async function keptByNames(
  db: DbOrTransaction,
  keyring: Keyring,
  names: readonly RecordName[],
): Promise<ReadonlyMap<string, KeptRecord>> {
  if (names.length === 0) return new Map();
  const apps = names.map(({ app }) => app);
  const keys = names.map(({ key }) => key);
  const rows = await db
    .selectFrom('kintone_records')
    .selectAll()
    .where(sql<boolean>`(app, key) in (select * from unnest(${apps}::text[], ${keys}::text[]))`)
    .execute();
  return new Map(rows.map((row) => [nameOf(row), fromRow(keyring, row)]));
}

/** Remembers what kintone has now. Numbers that kintone gave stay as they are known. */
export async function keepRecords(
  db: DbOrTransaction,
  keyring: Keyring,
  records: readonly Omit<KeptRecord, 'recordId' | 'writtenAt'>[],
): Promise<void> {
  if (records.length === 0) return;
  await db
    .insertInto('kintone_records')
    .values(
      records.map((record) => ({
        app: record.app,
        key: record.key,
        application_id: record.applicationId,
        record_id: null,
        seq: record.seq,
        complete: record.complete,
        hashed: record.hashed,
        content_ct: keyring.encryptJson(record.content, contentPlace(record)),
        written_at: new Date(),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['app', 'key']).doUpdateSet((eb) => ({
        application_id: eb.ref('excluded.application_id'),
        seq: eb.ref('excluded.seq'),
        complete: eb.ref('excluded.complete'),
        hashed: eb.ref('excluded.hashed'),
        content_ct: eb.ref('excluded.content_ct'),
        written_at: eb.ref('excluded.written_at'),
      })),
    )
    .execute();
}

/** The number that kintone gave the record. */
export async function keepRecordId(db: Db, { app, key }: RecordName, recordId: string): Promise<void> {
  await db
    .updateTable('kintone_records')
    .set({ record_id: recordId })
    .where('app', '=', app)
    .where('key', '=', key)
    .execute();
}

/** The same for many records of one app; those not given to kintone by us are left out. */
export async function keepRecordIds(
  db: Db,
  app: string,
  numbers: readonly { key: string; recordId: string }[],
): Promise<void> {
  if (numbers.length === 0) return;
  const keys = numbers.map(({ key }) => key);
  const ids = numbers.map(({ recordId }) => recordId);
  await sql`
    update kintone_records k set record_id = n.record_id
    from unnest(${keys}::text[], ${ids}::text[]) as n (key, record_id)
    where k.app = ${app} and k.key = n.key and k.record_id is distinct from n.record_id
  `.execute(db);
}

/** The record is gone for good, and somebody has said so. */
export async function forgetRecords(db: DbOrTransaction, names: readonly RecordName[]): Promise<void> {
  for (const { app, key } of names) {
    await db.deleteFrom('kintone_records').where('app', '=', app).where('key', '=', key).execute();
  }
}

/** A record that kintone was given, by its name and its owner. */
export interface GivenRecord extends RecordName {
  applicationId: string;
  recordId: string | null;
}

/** The records of an app that had these numbers. */
export async function keptByRecordIds(
  db: Db,
  app: string,
  recordIds: readonly string[],
): Promise<readonly GivenRecord[]> {
  if (recordIds.length === 0) return [];
  return db
    .selectFrom('kintone_records')
    .select(['app', 'key', 'application_id as applicationId', 'record_id as recordId'])
    .where('app', '=', app)
    .where('record_id', '=', sql<string>`any(${recordIds}::text[])`)
    .execute();
}

/** All records of an app that kintone was given. */
export async function keptOfApp(db: Db, app: string): Promise<readonly GivenRecord[]> {
  return db
    .selectFrom('kintone_records')
    .select(['app', 'key', 'application_id as applicationId', 'record_id as recordId'])
    .where('app', '=', app)
    .execute();
}

/**
 * Records whose content is of no more use: their application has ended and nothing has been written for so long, or, of an
 * enrolment, its year is over; and no change of theirs is open.
 * @param before nothing written since then
 */
export async function keptTooLong(
  db: Db,
  keyring: Keyring,
  { before, today, limit }: { before: Date; today: LocalDate; limit: number },
): Promise<readonly KeptRecord[]> {
  const rows = await db
    .selectFrom('kintone_records')
    .innerJoin('applications', 'applications.id', 'kintone_records.application_id')
    .selectAll('kintone_records')
    .where('hashed', '=', false)
    .where('written_at', '<', before.toISOString())
    .where('applications.stage', 'in', ['approved', 'refused', 'cancelled'])
    .where(sql<boolean>`(app <> 'enrolments' or split_part(key, ':', 1)::int < ${fiscalYearOf(today)}::int)`)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('kintone_changes')
            .select('kintone_changes.id')
            .whereRef('kintone_changes.application_id', '=', 'kintone_records.application_id')
            .where('settled_at', 'is', null),
        ),
      ),
    )
    .limit(limit)
    .execute();
  return rows.map((row) => fromRow(keyring, row));
}

/**
 * Puts hashes in a record's place. Only where nobody has written meanwhile.
 * @returns whether it was done
 */
export async function keepHashes(db: Db, keyring: Keyring, record: KeptRecord, hashes: RecordContent) {
  const result = await db
    .updateTable('kintone_records')
    .set({ hashed: true, content_ct: keyring.encryptJson(hashes, contentPlace(record)) })
    .where('app', '=', record.app)
    .where('key', '=', record.key)
    .where('hashed', '=', false)
    .where(sql<boolean>`date_trunc('milliseconds', written_at) = ${record.writtenAt}::timestamptz`)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Did this system write the record, though nothing is kept of it? By the ids of what it was made from. */
export async function wroteRecord(
  db: Db,
  { app, key }: RecordName,
  application: { id: string } | undefined,
): Promise<boolean> {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(key);
  const there = async (rows: Promise<readonly unknown[]>) => (await rows).length > 0;
  switch (app) {
    case 'reviews':
      return application !== undefined && key.startsWith(`${application.id}-`);
    case 'documents':
      return uuid && there(db.selectFrom('files').select('id').where('id', '=', key).execute());
    case 'contacts':
      return (
        uuid &&
        ((await there(db.selectFrom('texts').select('id').where('id', '=', key).execute())) ||
          (await there(
            db.selectFrom('application_versions').select('source_id').where('source_id', '=', key).execute(),
          )))
      );
    case 'ledger':
      return (
        application?.id === key ||
        (uuid && (await there(db.selectFrom('paper_entries').select('id').where('id', '=', key).execute())))
      );
    case 'notices':
      return there(db.selectFrom('notices').select('id').where('id', '=', key).execute());
    case 'enrolments':
      return there(db.selectFrom('enrolments').select('id').where('id', '=', key).execute());
    default:
      return application !== undefined;
  }
}
