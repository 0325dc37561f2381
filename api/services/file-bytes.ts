import { applicationById } from '../../store/applications.ts';
import { readFileBytes, type FileRecord } from '../../store/files.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, ProblemError } from '../problems.ts';
import { isKintoneAway } from './kintone.ts';

/**
 * A file's bytes: from here while they wait, from kintone once it has them. Who may read them is the caller's question.
 * @param receiptNumber of the application that it belongs to; looked up where not given
 * @throws {ProblemError} `kintoneAway`, `notFound`
 */
export async function bytesOf(
  deps: ApiDeps,
  file: FileRecord,
  receiptNumber?: string,
): Promise<AsyncIterable<Uint8Array>> {
  if (file.carriedAt === null) return readFileBytes(deps.db, deps.keyring, file.id);
  try {
    const key = file.kintoneFileKey ?? (await findKey(deps, file, receiptNumber));
    return (await deps.kintone.downloadFile(key)).stream;
  } catch (error) {
    if (!isKintoneAway(error)) throw error;
    throw new ProblemError('kintoneAway', { cause: error, retryAfterSeconds: 30 });
  }
}

/** Keys of attached files change with the record, so kintone is asked where none is known. */
async function findKey(deps: ApiDeps, file: FileRecord, given: string | undefined): Promise<string> {
  const number =
    given ?? (await applicationById(deps.db, file.applicationId ?? '', 'all'))?.receiptNumber ?? '';
  const documents = await deps.kintone.readDocuments(number);
  const found = documents.find((document) => document.id === file.id);
  if (!found) throw notFound();
  return found.fileKey;
}
