import type { LocalDate } from '../calendar/dates.ts';
import type { Passage } from './grid.ts';
import { SECTIONS, type SectionItem } from './labels.ts';
import type { Certificate, ReadValue, Sureness } from './read.ts';
import { breakIn, daysIn, isTicked, tickedDays, timeRangeIn } from './values.ts';

/** A value that the applicant may take over into a field of the form; never taken without them. */
export interface CertificateProposal {
  field: string;
  value: string | number | boolean;
  /** Name of the item on the certificate. */
  item: string;
  cell: string;
  sureness: Sureness;
}

/** What was read, in the certificate's words, for who compares it with the answers. */
export interface CertificateReading {
  proposals: readonly CertificateProposal[];
  facts: readonly ReadValue[];
}

export type CertificateGuardian = 1 | 2;

/** Which guardian a document type is the employment certificate of; undefined for other documents. */
export function certificateGuardian(documentType: string): CertificateGuardian | undefined {
  const match = /^employment_certificate_([12])$/u.exec(documentType);
  return match ? (Number(match[1]) as CertificateGuardian) : undefined;
}

type Found<T> = { value: T; index: number; sureness: Sureness };

/** Weeks of a month, where a certificate says only the month's hours or days. */
const WEEKS_A_MONTH = 52 / 12;
const oneDecimal = (value: number) => Math.round(value * 10) / 10;

/**
 * What a certificate says for the fields of one guardian's work.
 * @param today day in Asia/Tokyo: employment that begins later is a job that starts later
 */
export function proposalsOf(
  certificate: Certificate,
  guardian: CertificateGuardian,
  today: LocalDate,
): CertificateReading {
  const g = `guardian${String(guardian)}`;
  const proposals: CertificateProposal[] = [];
  const facts: ReadValue[] = Object.values(certificate.simple);
  const { simple, sections } = certificate;
  const simply = (field: string, read: ReadValue | undefined) => {
    if (read) proposals.push({ field, ...read });
  };
  simply(`${g}_employer`, simple.employer);
  simply(`${g}_workplace_phone`, simple.phone);
  employment(g, sections.employment, today, proposals);

  const key = workedSection(sections);
  if (key !== undefined) workingTime(g, key, sections[key], proposals);
  for (const one of ['maternity', 'childcare', 'returning', 'posting'] as const) {
    const passage = sections[one];
    const said = passage && leaveText(passage);
    if (said === undefined) continue;
    facts.push({ item: SECTIONS[one].name, value: said, cell: passage?.cellAt(0) ?? '', sureness: 'likely' });
  }
  return { proposals, facts };
}

function employment(
  g: string,
  passage: Passage | undefined,
  today: LocalDate,
  proposals: CertificateProposal[],
): void {
  const begin = passage && daysIn(passage.text)[0];
  if (!passage || !begin) return;
  const read = {
    item: SECTIONS.employment.name,
    cell: passage.cellAt(begin.index),
    sureness: 'likely',
  } as const;
  const later = begin.day > today;
  proposals.push({ field: `${g}_work_planned`, value: later, ...read });
  if (later) proposals.push({ field: `${g}_work_starts_on`, value: begin.day, ...read, sureness: 'sure' });
}

/** Fixed or variable: the one that is filled in. */
function workedSection(sections: Certificate['sections']): SectionItem | undefined {
  const filled = (passage: Passage | undefined) =>
    passage !== undefined &&
    (timeRangeIn(passage.text) !== undefined || hoursIn(onlyTicked(passage.text)) !== undefined);
  return (['fixed', 'variable', 'plain'] as const).find((key) => filled(sections[key]));
}

/** Without the words whose box is left empty (☑月間 □週間); the places of all else stay. */
function onlyTicked(text: string): string {
  return text.replace(/[☐□○]\s*(?:月間|週間)/gu, (word) => ' '.repeat(word.length));
}

function workingTime(
  g: string,
  key: SectionItem,
  passage: Passage | undefined,
  proposals: CertificateProposal[],
): void {
  if (!passage) return;
  const text = onlyTicked(passage.text);
  const add = (field: string, found: Found<string | number> | undefined) => {
    if (!found) return;
    proposals.push({
      field: `${g}_${field}`,
      value: found.value,
      item: SECTIONS[key].name,
      cell: passage.cellAt(found.index),
      sureness: found.sureness,
    });
  };
  if (key !== 'plain') add('schedule', { value: key, index: 0, sureness: 'likely' });
  const weekday = partOf(text, /平日/u);
  const range = timeRangeIn(weekday.text);
  const rest = range && breakIn(weekday.text.slice(range.index));
  const days = tickedFound(text) ?? daysFound(text);
  add('days_per_week', days);
  add('hours_per_week', weeklyHours(text, days?.value, rest?.minutes, range));
  if (range && rest) {
    add('break_minutes', {
      value: rest.minutes,
      index: weekday.from + range.index + rest.index,
      sureness: key === 'variable' ? 'likely' : 'sure',
    });
  }
  if (range) {
    const sureness = key === 'variable' ? 'unsure' : weekday.from > 0 || key === 'fixed' ? 'sure' : 'likely';
    add('end_time', { value: range.to, index: weekday.from + range.index, sureness });
  }
}

/** From a word on, to the row of Saturdays or Sundays; the whole where the word is missing. */
function partOf(text: string, word: RegExp): { text: string; from: number } {
  const from = text.search(word);
  if (from < 0) return { text, from: 0 };
  const rest = text.slice(from);
  const end = rest.slice(2).search(/土曜|日祝|日曜|日・祝/u);
  return { text: end < 0 ? rest : rest.slice(0, end + 2), from };
}

function tickedFound(text: string): Found<number> | undefined {
  const ticked = tickedDays(text);
  return ticked && ticked.days > 0
    ? { value: ticked.days, index: ticked.index, sureness: 'sure' }
    : undefined;
}

function daysFound(text: string): Found<number> | undefined {
  const week = /(?:週間|週当たり|一週|1週)[^\d\n]{0,16}(\d(?:\.\d)?)\s*日/u.exec(text);
  if (week) return { value: Math.min(Number(week[1]), 6), index: week.index, sureness: 'likely' };
  const month = /(?:月間|月当たり|一月|1か?月)[^\d\n]{0,16}(\d{1,2})\s*日/u.exec(text);
  if (!month) return undefined;
  return {
    value: Math.min(6, oneDecimal(Number(month[1]) / WEEKS_A_MONTH)),
    index: month.index,
    sureness: 'unsure',
  };
}

interface Hours {
  minutes: number;
  breakMinutes: number | undefined;
  a: 'week' | 'month';
  index: number;
}

function hoursIn(text: string): Hours | undefined {
  for (const [a, words] of [
    ['week', '週間|週当たり|一週|1週'],
    ['month', '月間|月当たり|一月'],
  ] as const) {
    const match = new RegExp(
      `(?:${words})[^\\d\\n]{0,16}(\\d{1,3}(?:\\.\\d+)?)\\s*時間(?:\\s*(\\d{1,2})\\s*分)?`,
      'u',
    ).exec(text);
    if (!match) continue;
    const after =
      text.slice(match.index + match[0].length, match.index + match[0].length + 30).split('\n')[0] ?? '';
    return {
      minutes: Number(match[1]) * 60 + Number(match[2] ?? '0'),
      breakMinutes: breakIn(after)?.minutes,
      a,
      index: match.index,
    };
  }
  return undefined;
}

/** Hours a week without breaks, as the form asks for them. */
function weeklyHours(
  text: string,
  days: number | undefined,
  dailyBreak: number | undefined,
  range: { from: string; to: string; index: number } | undefined,
): Found<number> | undefined {
  const said = hoursIn(text);
  if (said) {
    const perWeek = said.a === 'week' ? 1 : WEEKS_A_MONTH;
    const breaks = said.breakMinutes ?? (dailyBreak ?? 0) * (days ?? 0) * perWeek;
    const hours = oneDecimal((said.minutes - breaks) / 60 / perWeek);
    if (hours <= 0 || hours > 100) return undefined;
    const certain = said.a === 'week' && (said.breakMinutes !== undefined || dailyBreak === 0);
    return { value: hours, index: said.index, sureness: certain ? 'likely' : 'unsure' };
  }
  if (!range || days === undefined) return undefined;
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const hours = oneDecimal((days * (minutes(range.to) - minutes(range.from) - (dailyBreak ?? 0))) / 60);
  return hours > 0 ? { value: hours, index: range.index, sureness: 'unsure' } : undefined;
}

/** What a leave's item says: which box is ticked, from when to when. Undefined where it is not filled in. */
function leaveText(passage: Passage): string | undefined {
  const { text } = passage;
  const ticked = ['取得予定', '取得中', '取得済み', '取得済', '復職済み', '復職予定', '有'].filter((word) =>
    isTicked(text, word),
  );
  const days = daysIn(text).map((one) => one.day.replaceAll('-', '/'));
  const said = [
    ticked.filter((word, at) => !ticked.some((other, i) => i < at && other.startsWith(word))).join('・'),
    days.join('～'),
  ];
  const words = said.filter((part) => part !== '').join(' ');
  return words === '' ? undefined : words;
}
