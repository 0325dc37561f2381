import { randomUUID } from 'node:crypto';
import type { Keyring } from './crypto.ts';
import type { DbOrTransaction } from './db.ts';

/** What somebody has entered in answer to a deficiency and not sent yet. */
export interface AnswerDraft {
  /** The request that it answers; another one makes it void. */
  requestId: string;
  /** As the portal keeps it. */
  entries: Readonly<Record<string, unknown>>;
  files: readonly { documentType: string; fileId: string }[];
}

const place = (id: string) => ({ table: 'drafts', column: 'content_ct', id });

/** Keeps it, encrypted, one for each application of an account; the newest replaces the former. */
export async function saveAnswerDraft(
  db: DbOrTransaction,
  keyring: Keyring,
  given: { accountId: string; applicationId: string; procedure: string; content: AnswerDraft },
): Promise<void> {
  const known = await row(db, given.accountId, given.applicationId);
  const id = known?.id ?? randomUUID();
  const columns = { content_ct: keyring.encryptJson(given.content, place(id)), updated_at: new Date() };
  if (known) {
    await db.updateTable('drafts').set(columns).where('id', '=', id).execute();
    return;
  }
  await db
    .insertInto('drafts')
    .values({
      id,
      account_id: given.accountId,
      application_id: given.applicationId,
      procedure: given.procedure,
      ...columns,
    })
    // Two tabs at once: the other one has made it, and saves again with the next key.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What was kept for this application; undefined where there is nothing. */
export async function answerDraftOf(
  db: DbOrTransaction,
  keyring: Keyring,
  accountId: string,
  applicationId: string,
): Promise<AnswerDraft | undefined> {
  const found = await row(db, accountId, applicationId);
  return found && (keyring.decryptJson(found.content_ct, place(found.id)) as AnswerDraft);
}

/** Files that an account's unsent answers hold: housekeeping leaves them. */
export async function filesOfAnswerDrafts(
  db: DbOrTransaction,
  keyring: Keyring,
  accountId: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('drafts')
    .select(['id', 'content_ct'])
    .where('account_id', '=', accountId)
    .where('application_id', 'is not', null)
    .execute();
  return rows.flatMap(({ id, content_ct: sealed }) =>
    (keyring.decryptJson(sealed, place(id)) as AnswerDraft).files.map((file) => file.fileId),
  );
}

/** The answer was sent, or given up. */
export async function deleteAnswerDraft(
  db: DbOrTransaction,
  accountId: string,
  applicationId: string,
): Promise<void> {
  await db
    .deleteFrom('drafts')
    .where('account_id', '=', accountId)
    .where('application_id', '=', applicationId)
    .execute();
}

function row(db: DbOrTransaction, accountId: string, applicationId: string) {
  return db
    .selectFrom('drafts')
    .select(['id', 'content_ct'])
    .where('account_id', '=', accountId)
    .where('application_id', '=', applicationId)
    .executeTakeFirst();
}
