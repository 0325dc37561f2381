import { FileTooLargeError } from '../../store/files.ts';
import type { Told } from '../locale.ts';
import { words } from '../problem-words.ts';
import { ProblemError } from '../problems.ts';
import { checkWorkbook, WORKBOOK_TYPE, WorkbookError, type WorkbookFault } from './workbook.ts';

const TOLD: Readonly<Record<WorkbookFault, Told>> = {
  notWorkbook: words.notWorkbook,
  macros: words.workbookMacros,
  tooBig: words.workbookTooBig,
  encrypted: words.workbookEncrypted,
};

/**
 * A workbook as it is uploaded, whole: what is in it is looked at before anything is kept.
 * @throws {ProblemError} `fileType` with what to do
 * @throws {FileTooLargeError}
 */
export async function takeWorkbook(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<{ type: typeof WORKBOOK_TYPE; bytes: AsyncIterable<Uint8Array> }> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.length;
    if (size > maxBytes) throw new FileTooLargeError();
    pieces.push(piece);
  }
  const whole = Buffer.concat(pieces);
  try {
    await checkWorkbook(whole);
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error;
    throw new ProblemError('fileType', { detail: TOLD[error.fault], cause: error });
  }
  return {
    type: WORKBOOK_TYPE,
    bytes: (async function* () {
      yield whole;
    })(),
  };
}
