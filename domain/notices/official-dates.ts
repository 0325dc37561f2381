import { isLocalDate, type LocalDate } from '../calendar/dates.ts';
import { eraYear } from '../procedures/format-dates.ts';

/** 令和9年4月1日, as the ward writes dates on its documents. */
export function officialDate(date: LocalDate): string {
  if (!isLocalDate(date)) return date;
  return `${eraYear(date)}${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

/** 令和9年4月 for `2027-04`. */
export function officialMonth(month: string): string {
  const day = `${month}-01`;
  return isLocalDate(day) ? `${eraYear(day)}${Number(month.slice(5, 7))}月` : month;
}

/** 令和9年度 for 2027. */
export function officialFiscalYear(year: number): string {
  return `${eraYear(`${year}-05-01`)}度`;
}

/** The year of 令和 that a fiscal year is, as document numbers have it: `8`. */
export function eraYearNumber(fiscalYear: number): string {
  return /(\d+|元)年$/u.exec(eraYear(`${fiscalYear}-05-01`))?.[1] ?? String(fiscalYear);
}
