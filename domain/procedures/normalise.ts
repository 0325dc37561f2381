import { isFilled } from './condition.ts';
import type { AnswerValue, Field, TableRow } from './definition.ts';

/**
 * Composes letters and their marks (か + ゛ → が). Compatibility ideographs (塚 U+FA10, 神 U+FA19, 﨑 …) are left out:
 * Unicode's NFC would replace them, and a family's name is kept in the characters it was written in.
 */
export function composed(text: string): string {
  return text.replace(/[^\u{F900}-\u{FAFF}\u{2F800}-\u{2FA1F}]+/gu, (run) => run.normalize('NFC'));
}

/** Full-width digits, letters and signs, and all kinds of hyphens, to ASCII. For codes and numbers only, never for names. */
export function toAscii(text: string): string {
  return text
    .replace(/[！-～]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[‐‑‒–—―−ー－ｰ]/gu, '-')
    .replace(/[\u3000\u00a0]/gu, ' ');
}

const HALF_WIDTH_KANA = /[ｦ-ﾟ･]+/gu;
const HIRAGANA = /[ぁ-ゖゝゞ]/gu;

const VOICED: Readonly<Record<string, string>> = { '\u309b': '\u3099', '\u309c': '\u309a' };

/** Hiragana and half-width katakana to full-width katakana; a hyphen after kana is the long mark it stands for. */
export function toKatakana(text: string): string {
  const full = text
    .replace(HALF_WIDTH_KANA, (run) => run.normalize('NFKC'))
    .replace(HIRAGANA, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));
  const voiced = composed(full).replace(/(?<=[ァ-ヺ])[\u309b\u309c]+/gu, (run) =>
    Array.from(run, (mark) => VOICED[mark]).join(''),
  );
  return composed(voiced).replace(/(?<=[ァ-ヺー])[-‐‑‒–—―−－]+/gu, (run) => 'ー'.repeat(run.length));
}

function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- that is what is to go
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b\u2028\u2029\ufeff]/gu, '');
}

function oneLine(text: string): string {
  return composed(withoutControls(text.replace(/[\t\n\r]+/gu, ' '))).replace(
    /^[\s\u3000]+|[\s\u3000]+$/gu,
    '',
  );
}

function manyLines(text: string): string {
  return composed(withoutControls(text.replace(/\r\n?/gu, '\n'))).replace(/^[\s\u3000]+|[\s\u3000]+$/gu, '');
}

/** `９：３０` and `9:30` become `09:30`. */
function toTime(text: string): string {
  const match = /^(\d{1,2}):(\d{2})(:00)?$/u.exec(text);
  return match ? `${(match[1] ?? '').padStart(2, '0')}:${match[2]}` : text;
}

/** `2026/4/1` and `2026-4-1` become `2026-04-01`. */
function toDate(text: string): string {
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/u.exec(text);
  return match
    ? `${match[1]}-${(match[2] ?? '').padStart(2, '0')}-${(match[3] ?? '').padStart(2, '0')}`
    : text;
}

function toMonth(text: string): string {
  const match = /^(\d{4})[-/.](\d{1,2})$/u.exec(text);
  return match ? `${match[1]}-${(match[2] ?? '').padStart(2, '0')}` : text;
}

/** A code as it is typed – one line, any width – in ASCII, without what is only there to be read by. */
function code(text: string, without = /\s/gu): string {
  return composed(toAscii(oneLine(text)).replace(without, ''));
}

/** A number as text to a number; anything else stays, for the check to object to. */
function toNumber(text: string): string | number {
  const plain = code(text, /[\s,]/gu);
  return /^-?\d+(\.\d+)?$/u.test(plain) ? Number(plain) : plain;
}

function normaliseText(field: Field, text: string): string | number {
  switch (field.kind) {
    case 'kana':
      return oneLine(toKatakana(oneLine(text))).replace(/[\s\u3000]+/gu, '\u3000');
    case 'phone':
      return code(text, /[\s().-]/gu).replace(/^\+81(?=[1-9])/u, '0');
    case 'postalCode':
      return code(text, /[\s〒-]/gu);
    case 'email':
      return code(text);
    case 'date':
      return toDate(code(text));
    case 'month':
      return toMonth(code(text));
    case 'time':
      return toTime(code(text));
    case 'number':
    case 'fiscalYear':
    case 'grade':
      return toNumber(text);
    case 'textarea':
      return manyLines(text);
    default:
      return oneLine(text);
  }
}

function normaliseRow(columns: readonly Field[], row: unknown): TableRow {
  const source = typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : {};
  const cells: Record<string, TableRow[string]> = {};
  for (const column of columns) {
    const value = Object.hasOwn(source, column.code) ? normaliseValue(column, source[column.code]) : null;
    cells[column.code] = typeof value === 'object' ? null : (value ?? null);
  }
  return cells;
}

/**
 * One answer as it is kept: trimmed, digits and signs of codes in ASCII, kana in full-width katakana, nothing for empty
 * text. Kanji and external characters (髙 﨑 𠮷) are never changed. What does not fit the field's kind is left as it is, for
 * `validateAnswers` to object to. Undefined where there is no answer.
 */
export function normaliseValue(field: Field, value: unknown): AnswerValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    const normal = normaliseText(field, value);
    return normal === '' ? undefined : normal;
  }
  if (!Array.isArray(value)) return value as AnswerValue;
  if (field.kind === 'table') {
    const rows = value.map((row) => normaliseRow(field.columns, row));
    return rows.filter((row) => Object.values(row).some((cell) => isFilled(cell)));
  }
  if (field.kind === 'choices') {
    const chosen = new Set(value.map((one) => (typeof one === 'string' ? one.trim() : String(one))));
    const known = field.options.map((o) => o.value).filter((v) => chosen.delete(v));
    return [...known, ...chosen];
  }
  return value as AnswerValue;
}
