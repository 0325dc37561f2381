import { FileTooLargeError } from '../../store/files.ts';
import { ProblemError } from '../problems.ts';
import { checkWorkbook, WORKBOOK_TYPE, WorkbookError, type WorkbookFault } from './workbook.ts';

const TOLD: Readonly<Record<WorkbookFault, string>> = {
  notWorkbook: 'Excelファイル（.xlsx）として開けません。Excelで保存し直すか、PDFにしてください。',
  macros:
    'マクロを含むExcelファイルは使えません。「Excelブック（.xlsx）」の形式で保存し直すか、PDFにしてください。',
  tooBig: 'Excelファイルの中身が大きすぎます。就労証明書のシートだけにするか、PDFにしてください。',
  encrypted: 'パスワードの付いたExcelファイルは使えません。パスワードを外して保存し直してください。',
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
