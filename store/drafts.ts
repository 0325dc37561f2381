import type { AnswerValue } from '../domain/procedures/definition.ts';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';

export interface DraftContent {
  answers: Readonly<Record<string, AnswerValue>>;
  files: readonly { documentType: string; fileId: string }[];
  step: string;
  /** The drafts that are to be filed in one go. */
  batchId?: string | undefined;
  /** What was taken over from earlier applications: shown beside the answers until it is changed. */
  taken?: readonly TakenPart[] | undefined;
}

/** Answers or documents that came from an application (or another draft) of the family. */
export interface TakenPart {
  from: { kind: 'application' | 'draft'; id: string };
  procedure: string;
  childName: string;
  /** The day it was received; of a draft, none. */
  receivedOn: string | null;
  fields: readonly string[];
  documents: readonly string[];
}
export interface DraftRecord {
  id: string;
  procedure: string;
  content: DraftContent;
  updatedAt: string;
}

/** So many unfinished applications a family may keep. */
export const MAX_DRAFTS = 20;

const place = (id: string) => ({ table: 'drafts', column: 'content_ct', id });

/**
 * Saves a draft under the id that the screen made.
 * @returns when it was saved; `notYours` where the id is another account's; `tooMany` where the account has enough
 */
export async function saveDraft(
  db: Db,
  keyring: Keyring,
  draft: { id: string; accountId: string; procedure: string; content: DraftContent },
): Promise<{ updatedAt: string } | 'notYours' | 'tooMany'> {
  return db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('drafts')
      .select(['account_id'])
      .where('id', '=', draft.id)
      .executeTakeFirst();
    if (known && known.account_id !== draft.accountId) return 'notYours';
    if (!known) {
      const { count } = await trx
        .selectFrom('drafts')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('account_id', '=', draft.accountId)
        .where('application_id', 'is', null)
        .executeTakeFirstOrThrow();
      if (count >= MAX_DRAFTS) return 'tooMany';
    }
    const now = new Date();
    const row = {
      procedure: draft.procedure,
      content_ct: keyring.encryptJson(draft.content, place(draft.id)),
      updated_at: now,
    };
    const saved = await trx
      .insertInto('drafts')
      .values({ id: draft.id, account_id: draft.accountId, ...row })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(row).where('drafts.account_id', '=', draft.accountId),
      )
      .returning('updated_at')
      .executeTakeFirst();
    return saved ? { updatedAt: saved.updated_at } : 'notYours';
  });
}

/** The account's drafts, the newest first. */
export async function draftsOf(
  db: DbOrTransaction,
  keyring: Keyring,
  accountId: string,
): Promise<readonly DraftRecord[]> {
  const rows = await db
    .selectFrom('drafts')
    .select(['id', 'procedure', 'content_ct', 'updated_at'])
    .where('account_id', '=', accountId)
    .where('application_id', 'is', null)
    .orderBy('updated_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    procedure: row.procedure,
    content: keyring.decryptJson(row.content_ct, place(row.id)) as DraftContent,
    updatedAt: row.updated_at,
  }));
}

export async function getDraft(
  db: DbOrTransaction,
  keyring: Keyring,
  accountId: string,
  id: string,
): Promise<DraftRecord | undefined> {
  const row = await db
    .selectFrom('drafts')
    .select(['id', 'procedure', 'content_ct', 'updated_at'])
    .where('account_id', '=', accountId)
    .where('application_id', 'is', null)
    .where('id', '=', id)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      procedure: row.procedure,
      content: keyring.decryptJson(row.content_ct, place(row.id)) as DraftContent,
      updatedAt: row.updated_at,
    }
  );
}

/** Is this id free, or this account's? */
export async function draftMayBe(db: DbOrTransaction, accountId: string, id: string): Promise<boolean> {
  const row = await db.selectFrom('drafts').select('account_id').where('id', '=', id).executeTakeFirst();
  return row === undefined || row.account_id === accountId;
}

/** Deletes a draft with the files that only it held. @returns false where there is none */
export async function deleteDraft(
  db: Db,
  keyring: Keyring,
  accountId: string,
  id: string,
  options: { keepFiles?: boolean } = {},
): Promise<boolean> {
  const draft = await getDraft(db, keyring, accountId, id);
  if (!draft) return false;
  const fileIds = draft.content.files.map((file) => file.fileId);
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('drafts').where('id', '=', id).where('account_id', '=', accountId).execute();
    if (options.keepFiles === true || fileIds.length === 0) return;
    await trx
      .deleteFrom('files')
      .where('id', 'in', fileIds)
      .where('account_id', '=', accountId)
      .where('source_id', 'is', null)
      .execute();
  });
  return true;
}

/** Deletes drafts that nobody has touched since. @returns how many */
export async function dropOldDrafts(db: DbOrTransaction, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('drafts')
    .where('updated_at', '<', before.toISOString())
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
