import { createHash, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Keyring } from './crypto.ts';
import type { Db, DbOrTransaction } from './db.ts';
import type { FilesTable } from './schema.ts';

/** Files are cut into pieces of this size, each encrypted by itself, so that none is ever whole in memory. */
export const CHUNK_BYTES = 256 * 1024;

/** What is known of a file besides its bytes. */
export interface FileRecord {
  id: string;
  accountId: string;
  applicationId: string | null;
  sourceId: string | null;
  version: number | null;
  documentType: string;
  name: string;
  contentType: string;
  size: number;
  /** Of the bytes as they were uploaded, hexadecimal. */
  sha256: string;
  complete: boolean;
  /** Set once kintone has it and the bytes here are gone. */
  carriedAt: string | null;
  kintoneFileKey: string | null;
  uploadedAt: string;
  /** When it was first handed in, where it is a copy of another one; otherwise as `uploadedAt`. */
  firstUploadedAt: string;
}

/** The file was bigger than allowed; nothing of it is kept. */
export class FileTooLargeError extends Error {
  constructor() {
    super('file too large');
    this.name = 'FileTooLargeError';
  }
}

const namePlace = (id: string) => ({ table: 'files', column: 'name_ct', id });
const chunkPlace = (id: string, n: number) => ({
  table: 'file_chunks',
  column: 'data_ct',
  id: `${id}:${String(n)}`,
});

function open(keyring: Keyring, row: Selectable<FilesTable>): FileRecord {
  return {
    id: row.id,
    accountId: row.account_id,
    applicationId: row.application_id,
    sourceId: row.source_id,
    version: row.version,
    documentType: row.document_type,
    name: keyring.decryptText(row.name_ct, namePlace(row.id)),
    contentType: row.content_type,
    size: row.size,
    sha256: row.sha256,
    complete: row.complete,
    carriedAt: row.carried_at,
    kintoneFileKey: row.kintone_file_key,
    uploadedAt: row.created_at,
    firstUploadedAt: row.first_uploaded_at ?? row.created_at,
  };
}

export interface NewFile {
  accountId: string;
  documentType: string;
  name: string;
  contentType: string;
  /** Its bytes, in pieces of any size. */
  bytes: AsyncIterable<Uint8Array>;
  maxBytes: number;
  /** The file that it is a copy of. */
  copyOf?: { id: string; firstUploadedAt: string };
}

/**
 * Stores a file piece by piece. It counts only when it is complete; what breaks off leaves nothing behind (or an incomplete
 * row, where the process died, for {@link dropUnfinishedFiles}).
 * @throws {FileTooLargeError}
 */
export async function storeFile(db: Db, keyring: Keyring, file: NewFile): Promise<FileRecord> {
  const id = randomUUID();
  await db
    .insertInto('files')
    .values({
      id,
      account_id: file.accountId,
      document_type: file.documentType,
      name_ct: keyring.encryptText(file.name, namePlace(id)),
      content_type: file.contentType,
      size: 0,
      sha256: '',
      ...(file.copyOf ? { copied_from: file.copyOf.id, first_uploaded_at: file.copyOf.firstUploadedAt } : {}),
    })
    .execute();
  try {
    const { size, sha256 } = await storeChunks(db, keyring, id, file);
    const row = await db
      .updateTable('files')
      .set({ size, sha256, complete: true })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return open(keyring, row);
  } catch (error) {
    await db.deleteFrom('files').where('id', '=', id).execute();
    throw error;
  }
}

async function storeChunks(db: Db, keyring: Keyring, id: string, { bytes, maxBytes }: NewFile) {
  const hash = createHash('sha256');
  let size = 0;
  let n = 0;
  let buffered: Uint8Array[] = [];
  let length = 0;
  const write = async (chunk: Buffer) => {
    await db
      .insertInto('file_chunks')
      .values({ file_id: id, n, data_ct: keyring.encryptBytes(chunk, chunkPlace(id, n)) })
      .execute();
    n += 1;
  };
  for await (const piece of bytes) {
    size += piece.length;
    if (size > maxBytes) throw new FileTooLargeError();
    hash.update(piece);
    buffered.push(piece);
    length += piece.length;
    while (length >= CHUNK_BYTES) {
      const whole = Buffer.concat(buffered);
      await write(whole.subarray(0, CHUNK_BYTES));
      buffered = [whole.subarray(CHUNK_BYTES)];
      length -= CHUNK_BYTES;
    }
  }
  if (length > 0) await write(Buffer.concat(buffered));
  return { size, sha256: hash.digest('hex') };
}

export async function getFile(
  db: DbOrTransaction,
  keyring: Keyring,
  id: string,
): Promise<FileRecord | undefined> {
  const row = await db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst();
  return row && open(keyring, row);
}

/** Complete files of one account by their ids, in the order of the ids; others are left out. */
export async function ownFiles(
  db: DbOrTransaction,
  keyring: Keyring,
  accountId: string,
  ids: readonly string[],
): Promise<readonly FileRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('files')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('complete', '=', true)
    .where('id', 'in', ids)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, open(keyring, row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The files that came with accepted versions of an application, the oldest first. */
export async function filesOfApplication(
  db: DbOrTransaction,
  keyring: Keyring,
  applicationId: string,
): Promise<readonly FileRecord[]> {
  const rows = await db
    .selectFrom('files')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('version', 'is not', null)
    .orderBy('version')
    .orderBy('created_at')
    .execute();
  return rows.map((row) => open(keyring, row));
}

/** A file's bytes while they wait here, piece by piece. @param size of the whole file: then nothing is asked for behind its end */
export async function* readFileBytes(
  db: DbOrTransaction,
  keyring: Keyring,
  id: string,
  size = Infinity,
): AsyncGenerator<Buffer> {
  let read = 0;
  for (let n = 0; read < size; n += 1) {
    const row = await db
      .selectFrom('file_chunks')
      .select('data_ct')
      .where('file_id', '=', id)
      .where('n', '=', n)
      .executeTakeFirst();
    if (!row) return;
    const bytes = keyring.decryptBytes(row.data_ct, chunkPlace(id, n));
    read += bytes.length;
    yield bytes;
  }
}

/** kintone has the files: their bytes here are erased. */
export async function eraseCarriedFiles(db: DbOrTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('files')
    .set({ carried_at: new Date(), kintone_file_key: null })
    .where('id', 'in', ids)
    .execute();
  await db.deleteFrom('file_chunks').where('file_id', 'in', ids).execute();
}

/** Deletes an unsent file of one's own. @returns `sent` where it belongs to an application by now */
export async function deleteUnsentFile(
  db: DbOrTransaction,
  accountId: string,
  id: string,
): Promise<'deleted' | 'sent' | 'none'> {
  const gone = await db
    .deleteFrom('files')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('source_id', 'is', null)
    .executeTakeFirst();
  if (Number(gone.numDeletedRows) > 0) return 'deleted';
  const row = await db
    .selectFrom('files')
    .select('id')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ? 'sent' : 'none';
}

/** Files that an account has uploaded and not sent: how many, for the limit. */
export async function unsentFileCount(db: DbOrTransaction, accountId: string): Promise<number> {
  const { count } = await db
    .selectFrom('files')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('source_id', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Deletes uploads that broke off. @returns how many */
export async function dropUnfinishedFiles(db: DbOrTransaction, before: Date): Promise<number> {
  const result = await db
    .deleteFrom('files')
    .where('complete', '=', false)
    .where('created_at', '<', before.toISOString())
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Complete files that were never sent, by account: candidates for deletion, unless a draft still holds them. */
export async function oldUnsentFiles(
  db: DbOrTransaction,
  before: Date,
  limit: number,
): Promise<readonly { id: string; accountId: string }[]> {
  const rows = await db
    .selectFrom('files')
    .select(['id', 'account_id'])
    .where('source_id', 'is', null)
    .where('complete', '=', true)
    .where('created_at', '<', before.toISOString())
    .orderBy('created_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, accountId: row.account_id }));
}
