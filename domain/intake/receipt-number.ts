import { toAscii } from '../procedures/normalise.ts';

/** Damm's quasigroup: finds every wrong digit and every swap of neighbours. */
const DAMM: readonly (readonly number[])[] = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/** The letter counts as two digits, so that a wrong letter is found among A–J, and nearly always beyond. */
function checkDigit(letter: string, digits: string): number {
  const index = letter.charCodeAt(0) - 65;
  const all = `${String(index).padStart(2, '0')}${digits}`;
  return Array.from(all).reduce((row, digit) => DAMM[row]?.[Number(digit)] ?? 0, 0);
}

/**
 * The receipt number (受付番号) of an application, `A27-000123-4`: the procedure's letter, the fiscal year applied for, a
 * serial, a check digit. Short enough to read out on the phone.
 * @param serial 1 to 999999, counted by procedure and fiscal year
 * @throws RangeError for a letter that is not A–Z, or a serial or year out of range
 */
export function receiptNumberOf(letter: string, fiscalYear: number, serial: number): string {
  if (!/^[A-Z]$/u.test(letter)) throw new RangeError(`not a procedure's letter: ${letter}`);
  if (!Number.isInteger(fiscalYear) || fiscalYear < 2000 || fiscalYear > 2099) {
    throw new RangeError(`not a fiscal year: ${fiscalYear}`);
  }
  if (!Number.isInteger(serial) || serial < 1 || serial > 999_999) {
    throw new RangeError(`not a serial: ${serial}`);
  }
  const year = String(fiscalYear % 100).padStart(2, '0');
  const number = String(serial).padStart(6, '0');
  return `${letter}${year}-${number}-${checkDigit(letter, year + number)}`;
}

/**
 * A receipt number as people type it – full-width, lower case, without hyphens, with spaces – in its one form. Undefined if
 * it is none, or a digit is wrong.
 */
export function normaliseReceiptNumber(typed: string): string | undefined {
  const plain = toAscii(typed).toUpperCase().replace(/[\s-]/gu, '');
  const match = /^([A-Z])(\d{2})(\d{6})(\d)$/u.exec(plain);
  if (!match) return undefined;
  const [, letter = '', year = '', serial = '', check = ''] = match;
  if (checkDigit(letter, year + serial) !== Number(check)) return undefined;
  return `${letter}${year}-${serial}-${check}`;
}

/** Is this a receipt number, in any of the ways people type it? */
export function isReceiptNumber(typed: string): boolean {
  return normaliseReceiptNumber(typed) !== undefined;
}
