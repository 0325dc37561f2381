import { parseDate } from './format.ts';

/** Parts of a date as typed. Joined with hyphens they are the value of a DateField. */
export interface DateParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

/** `2026-11-02` or an unfinished `2026-11-` into its parts as they are shown (no leading zeros). */
export function splitDate(value: string): DateParts {
  const [year = '', month = '', day = ''] = value.split('-');
  return { year, month: unpad(month), day: unpad(day) };
}

/** Parts into a value: `YYYY-MM-DD` when all are there, '' when none is, otherwise the parts with hyphens. */
export function joinDate({ year, month, day }: DateParts): string {
  if (year === '' && month === '' && day === '') return '';
  return `${year}-${pad(month)}-${pad(day)}`;
}

/** `2026-11` into its parts. */
export function splitMonth(value: string): { year: string; month: string } {
  const { year, month } = splitDate(value);
  return { year, month };
}

/** Parts into `YYYY-MM`, or '' when both are empty. */
export function joinMonth(year: string, month: string): string {
  return year === '' && month === '' ? '' : `${year}-${pad(month)}`;
}

export type DateProblem = 'empty' | 'incomplete' | 'impossible';

/** What is wrong with the value of a DateField; undefined for a real day. */
export function dateProblem(value: string): DateProblem | undefined {
  if (value === '') return 'empty';
  if (parseDate(value)) return undefined;
  const { year, month, day } = splitDate(value);
  return year === '' || month === '' || day === '' ? 'incomplete' : 'impossible';
}

/** What is wrong with the value of a MonthField; undefined for a real month. */
export function monthProblem(value: string): DateProblem | undefined {
  if (value === '') return 'empty';
  if (parseDate(`${value}-01`)) return undefined;
  const { year, month } = splitDate(value);
  return year === '' || month === '' ? 'incomplete' : 'impossible';
}

/** What is wrong with the value of a TimeField (`HH:MM`, 00:00–23:59). */
export function timeProblem(value: string): DateProblem | undefined {
  if (value === '') return 'empty';
  if (/^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(value)) return undefined;
  const [hour = '', minute = ''] = value.split(':');
  return hour === '' || minute === '' ? 'incomplete' : 'impossible';
}

export function pad(text: string): string {
  return /^\d$/u.test(text) ? `0${text}` : text;
}

export function unpad(text: string): string {
  return /^0\d$/u.test(text) ? text.slice(1) : text;
}
