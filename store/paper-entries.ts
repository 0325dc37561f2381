import { sql } from 'kysely';
import { fiscalYearOf, type LocalDate } from '../domain/calendar/dates.ts';
import type { PaperState, PaperWay } from '../domain/intake/paper.ts';
import type { ChildSketch } from '../domain/intake/look-alikes.ts';
import type { Answers } from '../domain/procedures/definition.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import { sealChild } from './intake.ts';

export interface PaperContent {
  answers: Answers;
  files: readonly { documentType: string; fileId: string }[];
}

/** The receipt stamp, and how far the entry is. */
export interface PaperEntry {
  id: string;
  serial: string;
  procedure: string;
  receivedOn: LocalDate;
  arrivedBy: PaperWay;
  receiverId: string;
  stampedAt: string;
  enteredBy: string;
  hands: readonly string[];
  revision: number;
  updatedAt: string;
  state: PaperState;
  applicationId: string | null;
  receiptNumber: string | null;
  discardedBy: string | null;
}

const contentPlace = (id: string) => ({ table: 'paper_entries', column: 'content_ct', id });
const reasonPlace = (id: string) => ({ table: 'paper_entries', column: 'discard_reason_ct', id });

/** `P26-00012`: what the clerk writes into the stamp on the paper. */
export async function nextPaperSerial(db: Db, today: LocalDate): Promise<string> {
  const year = fiscalYearOf(today);
  const row = await db
    .insertInto('serials')
    .values({ name: `paper:${String(year)}`, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`serials.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return `P${String(year % 100).padStart(2, '0')}-${String(row.value).padStart(5, '0')}`;
}

/**
 * Stamps a paper application as received. The id is made by the screen: the same again gives the stamp that was given.
 * @returns undefined where the id belongs to somebody else's entry
 */
export async function stampPaper(
  db: Db,
  keyring: Keyring,
  paper: {
    id: string;
    procedure: string;
    receivedOn: LocalDate;
    arrivedBy: PaperWay;
    receiverId: string;
    today: LocalDate;
    at: string;
  },
): Promise<PaperEntry | undefined> {
  const known = await paperEntry(db, paper.id);
  if (known) return known.receiverId === paper.receiverId ? known : undefined;
  const serial = await nextPaperSerial(db, paper.today);
  const empty: PaperContent = { answers: {}, files: [] };
  await db
    .insertInto('paper_entries')
    .values({
      id: paper.id,
      serial,
      procedure: paper.procedure,
      received_on: paper.receivedOn,
      arrived_by: paper.arrivedBy,
      receiver_id: paper.receiverId,
      stamped_at: paper.at,
      entered_by: paper.receiverId,
      hands: [],
      content_ct: keyring.encryptJson(empty, contentPlace(paper.id)),
      updated_at: paper.at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return paperEntry(db, paper.id);
}

/** @internal Shared with the receipt ledger. */
export function selectPaperEntries(db: DbOrTransaction) {
  return db
    .selectFrom('paper_entries')
    .leftJoin('applications', 'applications.submission_id', 'paper_entries.id')
    .select([
      'paper_entries.id',
      'serial',
      'paper_entries.procedure',
      'received_on as receivedOn',
      'arrived_by as arrivedBy',
      'receiver_id as receiverId',
      'stamped_at as stampedAt',
      'paper_entries.entered_by as enteredBy',
      'hands',
      'revision',
      'paper_entries.updated_at as updatedAt',
      'discarded_by as discardedBy',
      'applications.id as applicationId',
      'applications.receipt_number as receiptNumber',
      sql<PaperState>`case when applications.id is not null then 'submitted'
        when discarded_at is not null then 'discarded' else 'entering' end`.as('state'),
    ]);
}

export async function paperEntry(db: DbOrTransaction, id: string): Promise<PaperEntry | undefined> {
  return selectPaperEntries(db).where('paper_entries.id', '=', id).executeTakeFirst();
}

/** The stamp that a paper application came with. */
export async function paperOfApplication(
  db: DbOrTransaction,
  applicationId: string,
): Promise<PaperEntry | undefined> {
  return selectPaperEntries(db).where('applications.id', '=', applicationId).executeTakeFirst();
}

const IN_STATE = {
  submitted: sql<boolean>`applications.id is not null`,
  discarded: sql<boolean>`applications.id is null and discarded_at is not null`,
  entering: sql<boolean>`applications.id is null and discarded_at is null`,
} as const;

/** Entries in one state, the newest first. */
export async function paperEntries(
  db: DbOrTransaction,
  { state, limit, offset }: { state: PaperState; limit: number; offset: number },
): Promise<{ entries: readonly PaperEntry[]; total: number }> {
  const [entries, { count }] = await Promise.all([
    selectPaperEntries(db)
      .where(IN_STATE[state])
      .orderBy('stamped_at', 'desc')
      .orderBy('serial', 'desc')
      .limit(limit)
      .offset(offset)
      .execute(),
    db
      .selectFrom('paper_entries')
      .leftJoin('applications', 'applications.submission_id', 'paper_entries.id')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where(IN_STATE[state])
      .executeTakeFirstOrThrow(),
  ]);
  return { entries, total: count };
}

/** What has been typed so far; undefined once it has been received or discarded. */
export async function paperContent(
  db: DbOrTransaction,
  keyring: Keyring,
  id: string,
): Promise<PaperContent | undefined> {
  const row = await db
    .selectFrom('paper_entries')
    .select('content_ct')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.content_ct
    ? (keyring.decryptJson(row.content_ct, contentPlace(id)) as PaperContent)
    : undefined;
}

/**
 * Keeps what has been typed. Only for whose entry it is, while it is being entered, and on the revision that they saw, so that
 * two windows do not overwrite one another.
 * @returns the new revision; undefined where one of these does not hold
 */
export async function savePaper(
  db: Db,
  keyring: Keyring,
  save: {
    id: string;
    by: string;
    revision: number;
    receivedOn: LocalDate;
    arrivedBy: PaperWay;
    content: PaperContent;
    child: ChildSketch;
    at: string;
  },
): Promise<number | undefined> {
  const row = await db
    .updateTable('paper_entries')
    .set({
      received_on: save.receivedOn,
      arrived_by: save.arrivedBy,
      content_ct: keyring.encryptJson(save.content, contentPlace(save.id)),
      keys: sealChild(keyring, save.id, save.child).keys,
      file_ids: save.content.files.map((file) => file.fileId),
      hands: sql<
        string[]
      >`case when ${save.by}::uuid = any(hands) then hands else hands || ${save.by}::uuid end`,
      revision: sql<number>`revision + 1`,
      updated_at: save.at,
    })
    .where('id', '=', save.id)
    .where('entered_by', '=', save.by)
    .where('revision', '=', save.revision)
    .where('discarded_at', 'is', null)
    .where('content_ct', 'is not', null)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('applications').select('id').where('submission_id', '=', save.id))),
    )
    .returning('revision')
    .executeTakeFirst();
  return row?.revision;
}

/** Another clerk goes on with an entry: it and its files are theirs now. Who typed before stays on record. */
export async function takeOverPaper(db: Db, id: string, by: string, at: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('paper_entries')
      .set({ entered_by: by, revision: sql<number>`revision + 1`, updated_at: at })
      .where('id', '=', id)
      .where('discarded_at', 'is', null)
      .where('content_ct', 'is not', null)
      .returning('file_ids')
      .executeTakeFirst();
    if (!row) return false;
    if (row.file_ids.length > 0) {
      await trx
        .updateTable('files')
        .set({ account_id: by })
        .where('id', 'in', row.file_ids)
        .where('source_id', 'is', null)
        .execute();
    }
    return true;
  });
}

/** Ends an entry that was begun by mistake. Its stamp and why stay on record; what was typed and its files go. */
export async function discardPaper(
  db: Db,
  keyring: Keyring,
  { id, by, reason, at }: { id: string; by: string; reason: string; at: string },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('paper_entries')
      .set({
        discarded_at: at,
        discarded_by: by,
        discard_reason_ct: keyring.encryptText(reason, reasonPlace(id)),
        content_ct: null,
        keys: [],
        updated_at: at,
      })
      .where('id', '=', id)
      .where('discarded_at', 'is', null)
      .where('content_ct', 'is not', null)
      .returning('file_ids')
      .executeTakeFirst();
    if (!row) return false;
    if (row.file_ids.length > 0) {
      await trx.deleteFrom('files').where('id', 'in', row.file_ids).where('source_id', 'is', null).execute();
    }
    await trx.updateTable('paper_entries').set({ file_ids: [] }).where('id', '=', id).execute();
    return true;
  });
}

/** Why an entry was discarded. */
export async function discardReason(
  db: DbOrTransaction,
  keyring: Keyring,
  id: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('paper_entries')
    .select('discard_reason_ct')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.discard_reason_ct ? keyring.decryptText(row.discard_reason_ct, reasonPlace(id)) : null;
}

/** The application has been received: what was typed is kept there now, and goes here. */
export async function forgetPaperContent(db: DbOrTransaction, id: string): Promise<void> {
  await db
    .updateTable('paper_entries')
    .set({ content_ct: null, keys: [], file_ids: [] })
    .where('id', '=', id)
    .execute();
}

/** Other entries under way that have something in common with this child: the same paper may lie on two desks. */
export async function paperEntriesLike(
  db: DbOrTransaction,
  keyring: Keyring,
  { id, child }: { id: string; child: ChildSketch },
): Promise<readonly { entry: PaperEntry; content: PaperContent }[]> {
  const { keys } = sealChild(keyring, id, child);
  if (keys.length === 0) return [];
  const rows = await selectPaperEntries(db)
    .select('content_ct')
    .where(sql<boolean>`keys && ${keys}::text[]`)
    .where('paper_entries.id', '!=', id)
    .where(IN_STATE.entering)
    .orderBy('stamped_at', 'desc')
    .limit(100)
    .execute();
  return rows.flatMap(({ content_ct: sealed, ...entry }) =>
    sealed ? [{ entry, content: keyring.decryptJson(sealed, contentPlace(entry.id)) as PaperContent }] : [],
  );
}

/** Which of these files an entry holds; housekeeping leaves them alone. */
export async function filesHeldByPaper(
  db: DbOrTransaction,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('paper_entries')
    .select('file_ids')
    .where(sql<boolean>`file_ids && ${ids}::uuid[]`)
    .execute();
  return new Set(rows.flatMap((row) => row.file_ids));
}
