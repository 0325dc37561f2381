import { createHash } from 'node:crypto';
import type { Keyring } from './crypto.ts';
import type { DbOrTransaction } from './db.ts';
import { announce } from './events.ts';

const place = (letterId: string) => ({ table: 'letters', column: 'pdf_ct', id: letterId });

/** Is this letter there already? Letters are made once, from the data of their moment. */
export async function letterExists(db: DbOrTransaction, letterId: string): Promise<boolean> {
  const row = await db
    .selectFrom('letters')
    .select('letter_id')
    .where('letter_id', '=', letterId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps a letter's PDF, encrypted, with its checksum, and tells open screens of it. The first one stays. */
export async function saveLetter(
  db: DbOrTransaction,
  keyring: Keyring,
  letter: { letterId: string; applicationId: string; requestId: string; pdf: Uint8Array },
): Promise<void> {
  await db
    .insertInto('letters')
    .values({
      letter_id: letter.letterId,
      application_id: letter.applicationId,
      request_id: letter.requestId,
      pdf_ct: keyring.encryptBytes(letter.pdf, place(letter.letterId)),
      sha256: createHash('sha256').update(letter.pdf).digest('hex'),
    })
    .onConflict((conflict) => conflict.column('letter_id').doNothing())
    .execute();
  await announce(db, { applicationId: letter.applicationId });
}

/** A letter of an application, opened; undefined where there is none. */
export async function letterPdf(
  db: DbOrTransaction,
  keyring: Keyring,
  { applicationId, letterId }: { applicationId: string; letterId: string },
): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('letters')
    .select('pdf_ct')
    .where('letter_id', '=', letterId)
    .where('application_id', '=', applicationId)
    .executeTakeFirst();
  return row && keyring.decryptBytes(row.pdf_ct, place(letterId));
}

/** The letters of an application, oldest first. */
export async function lettersOf(
  db: DbOrTransaction,
  applicationId: string,
): Promise<readonly { letterId: string; requestId: string; createdAt: string }[]> {
  return db
    .selectFrom('letters')
    .select(['letter_id as letterId', 'request_id as requestId', 'created_at as createdAt'])
    .where('application_id', '=', applicationId)
    .orderBy('created_at')
    .execute();
}
