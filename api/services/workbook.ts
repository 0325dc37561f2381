import { type Readable } from 'node:stream';
import readWorkbook from 'read-excel-file/node';
import yauzl from 'yauzl';
import type { Sheet } from '../../domain/certificate-form/grid.ts';
import { BIGGEST_PART, isPartOfTicks, ticksOf, withTicks } from './workbook-ticks.ts';

/** What an .xlsx file is, as browsers and kintone call it. */
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A form has some dozens of parts of some hundred kilobytes; whatever is far beyond is no form. */
const MAX_PARTS = 400;
const MAX_BYTES = 30 * 1024 * 1024;
const MAX_RATIO = 200;
const MAX_ROWS = 2000;
const MAX_COLUMNS = 300;
const SHEETS = 12;

/** Why a file is not taken as a workbook. */
export type WorkbookFault = 'notWorkbook' | 'macros' | 'tooBig' | 'encrypted';

export class WorkbookError extends Error {
  readonly fault: WorkbookFault;
  constructor(fault: WorkbookFault, cause?: unknown) {
    super(`workbook: ${fault}`, cause === undefined ? undefined : { cause });
    this.name = 'WorkbookError';
    this.fault = fault;
  }
}

/**
 * Looks into a file by its content: a workbook without macros, of a size that a form has when it is unpacked. Every part is
 * unpacked here and counted, so that what reads it afterwards meets nothing that is not what it says.
 * @returns the parts that tell of its check boxes, by their paths
 * @throws {WorkbookError}
 */
export async function checkWorkbook(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.fromBufferPromise(bytes, {
      lazyEntries: true,
      validateEntrySizes: true,
      strictFileNames: true,
    });
  } catch (error) {
    throw new WorkbookError('notWorkbook', error);
  }
  let parts = 0;
  let total = 0;
  let types = '';
  const kept = new Map<string, string>();
  try {
    for await (const entry of zip.eachEntry()) {
      parts += 1;
      if (parts > MAX_PARTS || entry.uncompressedSize > MAX_BYTES) throw new WorkbookError('tooBig');
      if (
        /vbaProject|\.bin$|macrosheets|activeX/iu.test(entry.fileName) &&
        !/printerSettings/u.test(entry.fileName)
      ) {
        throw new WorkbookError('macros');
      }
      const text = await unpacked(zip, entry, MAX_BYTES - total);
      total += text.length;
      if (total > Math.max(bytes.length * MAX_RATIO, 1024 * 1024)) throw new WorkbookError('tooBig');
      if (entry.fileName === '[Content_Types].xml') types = text.toString('utf8');
      if (/^xl\/worksheets\/[^/]+\.xml$/u.test(entry.fileName)) checkExtent(text.toString('utf8'));
      if (isPartOfTicks(entry.fileName) && text.length <= BIGGEST_PART) {
        kept.set(entry.fileName, text.toString('utf8'));
      }
    }
  } catch (error) {
    if (error instanceof WorkbookError) throw error;
    throw new WorkbookError('notWorkbook', error);
  }
  if (/macroEnabled/iu.test(types)) throw new WorkbookError('macros');
  if (!types.includes('spreadsheetml.sheet.main+xml')) throw new WorkbookError('notWorkbook');
  return kept;
}

async function unpacked(zip: yauzl.ZipFile, entry: yauzl.Entry, room: number): Promise<Buffer> {
  if (entry.isEncrypted()) throw new WorkbookError('encrypted');
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > room) throw new WorkbookError('tooBig');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** One cell far out makes readers lay out everything before it. */
function checkExtent(xml: string): void {
  if (/<!DOCTYPE|<!ENTITY/iu.test(xml)) throw new WorkbookError('notWorkbook');
  for (const [, place = ''] of xml.matchAll(/<(?:\w+:)?(?:row|c)\s[^>]*?\br\s*=\s*["']([^"']*)["']/gu)) {
    const [, letters = '', digits = ''] = /^([A-Z]{0,3})(\d{1,7})$/u.exec(place) ?? [];
    const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (digits === '' || Number(digits) > MAX_ROWS || column > MAX_COLUMNS) throw new WorkbookError('tooBig');
  }
}

/**
 * The sheets of a workbook as texts, their check boxes among them.
 * @throws {WorkbookError}
 */
export async function readSheets(bytes: Buffer): Promise<readonly Sheet[]> {
  const ticks = ticksOf(await checkWorkbook(bytes));
  let sheets: Awaited<ReturnType<typeof readWorkbook>>;
  try {
    sheets = await readWorkbook(bytes);
  } catch (error) {
    throw new WorkbookError('notWorkbook', error);
  }
  return sheets.slice(0, SHEETS).map(({ sheet, data }) => {
    const rows = data.slice(0, MAX_ROWS).map((row) => row.slice(0, MAX_COLUMNS).map(cellText));
    const inside = (ticks.get(sheet) ?? []).filter((one) => one.row < MAX_ROWS && one.column < MAX_COLUMNS);
    return withTicks({ name: sheet, rows }, inside);
  });
}

/** A cell as people read it. Times of day come as moments of the spreadsheet's first day. */
function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    const iso = value.toISOString();
    return value.getUTCFullYear() < 1901 ? iso.slice(11, 16) : iso.slice(0, 10);
  }
  if (typeof value === 'number') return String(Math.round(value * 1e6) / 1e6);
  if (typeof value === 'boolean') return value ? '☑' : '□';
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 2000) : null;
}
