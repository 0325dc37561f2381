import { addDays, isLocalDate, type LocalDate } from '../calendar/dates.ts';
import type { Month } from './effects.ts';

/** The month that a day falls in. */
export function monthOf(day: LocalDate): Month {
  return day.slice(0, 7);
}

/** Is this a month, `YYYY-MM`? */
export function isMonth(text: unknown): text is Month {
  return typeof text === 'string' && isLocalDate(`${text}-01`);
}

/** The month `count` months later (or earlier, if negative). */
export function addMonths(month: Month, count: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Its first day. */
export function firstDayOf(month: Month): LocalDate {
  return `${month}-01`;
}

/** Its last day. */
export function lastDayOf(month: Month): LocalDate {
  return addDays(firstDayOf(addMonths(month, 1)), -1);
}

/** The first day of a fiscal year. */
export function yearStart(fiscalYear: number): LocalDate {
  return `${fiscalYear}-04-01`;
}

/** The last day of a fiscal year. */
export function yearEnd(fiscalYear: number): LocalDate {
  return `${fiscalYear + 1}-03-31`;
}

/** The twelve months of a fiscal year, April first. */
export function monthsOfYear(fiscalYear: number): readonly Month[] {
  return Array.from({ length: 12 }, (_, index) => addMonths(`${fiscalYear}-04`, index));
}

/** The months from one to another, both included; none if they are the wrong way round. */
export function monthsBetween(from: Month, to: Month): readonly Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}
