import { fiscalYearOf, type LocalDate } from '../calendar/dates.ts';
import { toAscii } from '../procedures/normalise.ts';
import { NOTICE_LETTERS, type NoticeKind } from './kinds.ts';

/**
 * The reference (照会番号) of a notice, `N26A-000123`: fiscal year of issue, the kind's letter, serial. In letters that every
 * keyboard and every scanner has; the ward's document number (世児童…第…号) stands beside it on the paper.
 * @param serial from 1, counted by fiscal year and kind
 * @throws RangeError for a serial out of range
 */
export function noticeReference(kind: NoticeKind, issuedOn: LocalDate, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1 || serial > 999_999) {
    throw new RangeError(`not a serial: ${serial}`);
  }
  const year = String(fiscalYearOf(issuedOn) % 100).padStart(2, '0');
  return `N${year}${NOTICE_LETTERS[kind]}-${String(serial).padStart(6, '0')}`;
}

/** A reference as people type it (full-width, lower case, without the hyphen) in its one form; undefined if it is none. */
export function normaliseReference(typed: string): string | undefined {
  const match = /^N(\d{2}[A-Z])(\d{6})$/u.exec(plain(typed));
  return match ? `N${match[1] ?? ''}-${match[2] ?? ''}` : undefined;
}

/** The check code that stands beside the reference, `7K3F9QTM`, as typed: letters that look alike are taken as one. */
export function normaliseCheckCode(typed: string): string | undefined {
  const code = plain(typed).replace(/O/gu, '0').replace(/[IL]/gu, '1').replace(/U/gu, 'V');
  return /^[0-9A-HJKMNP-TV-Z]{8}$/u.test(code) ? code : undefined;
}

function plain(typed: string): string {
  return toAscii(typed.normalize('NFKC'))
    .toUpperCase()
    .replace(/[\s\-‐−ー–—.]/gu, '');
}

/** What a notice's QR code says after the page's address: reference, id of the key, signature. */
export interface NoticeToken {
  reference: string;
  keyId: string;
  signature: string;
}

/** The token as text, `N26A-000123.2026a.<signature>`. */
export function tokenText({ reference, keyId, signature }: NoticeToken): string {
  return `${reference}.${keyId}.${signature}`;
}

/**
 * What a QR code held: the verification page's address with the token behind `#`, or the token alone. Undefined for anything
 * else (other papers carry QR codes too).
 */
export function parseToken(scanned: string): NoticeToken | undefined {
  const text = scanned.trim();
  const token = text.includes('#') ? text.slice(text.lastIndexOf('#') + 1) : text;
  const match = /^(N\d{2}[A-Z]-\d{6})\.([A-Za-z0-9._-]{1,40})\.([A-Za-z0-9_-]{22})$/u.exec(token);
  if (!match) return undefined;
  const [, reference = '', keyId = '', signature = ''] = match;
  return { reference, keyId, signature };
}

/** The text in the QR code. The token stands behind `#`, so that it is in no server's log. */
export function verifyUrl(publicUrl: string, token: NoticeToken): string {
  return `${publicUrl}/verify#${tokenText(token)}`;
}
