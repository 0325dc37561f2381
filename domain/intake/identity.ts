import type { Answers, ProcedureDefinition } from '../procedures/definition.ts';
import { toKatakana } from '../procedures/normalise.ts';

/** Small kana as large ones: some write シヨウタ where others write ショウタ. */
const LARGE: Readonly<Record<string, string>> = {
  ァ: 'ア',
  ィ: 'イ',
  ゥ: 'ウ',
  ェ: 'エ',
  ォ: 'オ',
  ヵ: 'カ',
  ヶ: 'ケ',
  ッ: 'ツ',
  ャ: 'ヤ',
  ュ: 'ユ',
  ョ: 'ヨ',
  ヮ: 'ワ',
};

/** Kana for comparing: katakana, small as large, without spaces, middle dots and long marks' variants. */
export function comparableKana(kana: string): string {
  const plain = toKatakana(kana.replace(/[\s\u3000・･]/gu, ''));
  return toKatakana(plain.replace(/[ァィゥェォヵヶッャュョヮ]/gu, (sign) => LARGE[sign] ?? sign));
}

function textOf(answers: Answers, code: string): string {
  const value = answers[code];
  return typeof value === 'string' ? value : '';
}

/**
 * The text that identifies a child over applications, whoever files them: kana of the name and date of birth, normalised.
 * Kana, because kanji are written in variants (髙/高). It is personal data: the API makes an opaque key of it (a keyed hash)
 * before anything leaves it (design 4, 5).
 * @throws Error if name or birth date are not there; validate first
 */
export function childIdentity(definition: ProcedureDefinition, answers: Answers): string {
  const { roles } = definition;
  const family = comparableKana(textOf(answers, roles.childFamilyKana));
  const given = comparableKana(textOf(answers, roles.childGivenKana));
  const birthDate = textOf(answers, roles.childBirthDate);
  if (!family || !given || !birthDate) throw new Error('a child is identified by kana and date of birth');
  return `${family}|${given}|${birthDate}`;
}

export interface LockParts {
  /** The procedure's code. */
  procedure: string;
  fiscalYear: number;
  /** The opaque key made of `childIdentity`. */
  childKey: string;
  /** For procedures that can be filed several times a year: the month or kind that they are about. */
  period?: string;
}

const PART = /^[A-Za-z0-9_-]+$/u;

/**
 * What can be open only once (Q08): one child, one procedure, one period.
 * @throws RangeError if a part could be mistaken for another
 */
export function lockKey({ procedure, fiscalYear, childKey, period }: LockParts): string {
  const parts = [procedure, String(fiscalYear), childKey, ...(period === undefined ? [] : [period])];
  for (const part of parts) {
    if (!PART.test(part)) throw new RangeError('a part of a lock key is letters, digits, _ and - only');
  }
  return parts.join(':');
}

/** The id of the workflow that holds this lock: the server's uniqueness of open workflow ids decides the race (design 4). */
export function workflowIdOf(key: string): string {
  return `application:${key}`;
}
