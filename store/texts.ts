import type { DbOrTransaction } from './db.ts';
import type { Keyring } from './crypto.ts';

/** What a person wrote, kept out of Temporal (design 5). */
export const TEXT_KINDS = [
  'note',
  'contact',
  'question',
  'instruction',
  'reason',
  'applicantNote',
  'internalNote',
] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

export interface NewText {
  id: string;
  applicationId: string;
  kind: TextKind;
  authorId: string;
  content: string;
}

const place = (id: string) => ({ table: 'texts', column: 'content_ct', id });

/**
 * Keeps texts until kintone has them. Written before the action that refers to them; what no accepted action refers to is
 * never carried, and goes with {@link dropUnusedTexts}. The same id again (a repeated request) changes nothing.
 */
export async function addTexts(
  db: DbOrTransaction,
  keyring: Keyring,
  texts: readonly NewText[],
): Promise<void> {
  if (texts.length === 0) return;
  const rows = texts.map((text) => ({
    id: text.id,
    application_id: text.applicationId,
    kind: text.kind,
    author_id: text.authorId,
    content_ct: keyring.encryptText(text.content, place(text.id)),
  }));
  await db
    .insertInto('texts')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Marks the texts that accepted events refer to. */
export async function markTextsUsed(
  db: DbOrTransaction,
  applicationId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('texts')
    .set({ used: true })
    .where('application_id', '=', applicationId)
    .where('id', 'in', ids)
    .where('used', '=', false)
    .execute();
}

export interface WaitingText {
  id: string;
  kind: string;
  authorId: string;
  at: string;
  content: string;
}

/** The texts of an application whose content is still here, by id: kintone has the others. */
export async function waitingTexts(
  db: DbOrTransaction,
  keyring: Keyring,
  applicationId: string,
  options: { usedOnly?: boolean } = {},
): Promise<ReadonlyMap<string, WaitingText>> {
  let query = db
    .selectFrom('texts')
    .select(['id', 'kind', 'author_id', 'at', 'content_ct'])
    .where('application_id', '=', applicationId)
    .where('content_ct', 'is not', null);
  if (options.usedOnly) query = query.where('used', '=', true);
  const rows = await query.execute();
  return new Map(
    rows.flatMap(({ id, kind, author_id: authorId, at, content_ct: sealed }) =>
      sealed ? [[id, { id, kind, authorId, at, content: keyring.decryptText(sealed, place(id)) }]] : [],
    ),
  );
}

/** Kintone has these texts: their copies here are erased. */
export async function eraseCarriedTexts(db: DbOrTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('texts')
    .set({ content_ct: null, carried_at: new Date() })
    .where('id', 'in', ids)
    .where('carried_at', 'is', null)
    .execute();
}

/** The action that refers to these texts was refused: they go, so that the same ids can carry what is written next. */
export async function discardTexts(
  db: DbOrTransaction,
  applicationId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .deleteFrom('texts')
    .where('application_id', '=', applicationId)
    .where('id', 'in', ids)
    .where('used', '=', false)
    .execute();
}

/** Deletes texts whose action was refused or never came. @returns how many */
export async function dropUnusedTexts(db: DbOrTransaction, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('texts')
    .where('used', '=', false)
    .where('at', '<', before.toISOString())
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
