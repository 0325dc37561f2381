import { addDays, dayOfWeek, type LocalDate } from './dates.ts';

/** Days on which the office centre does not work, as the ward keeps them (Q26). Data, loaded, never built in. */
export interface WorkCalendar {
  /** Identifies the edition, so that a changed calendar is noticed. */
  version: string;
  /** National holidays (国民の祝日に関する法律) and the ward's own closing days. */
  closedDates: readonly LocalDate[];
  /** Yearly closing, inclusive, as `MM-DD`; may run over the turn of the year (12-29 to 01-03). */
  yearEnd: { from: string; to: string };
  /** The last day that `closedDates` is known for; later days count as unknown, and only weekends and `yearEnd` close. */
  knownUntil: LocalDate;
}

/** Does a day fall into the yearly closing? */
export function isInYearEnd(date: LocalDate, { from, to }: WorkCalendar['yearEnd']): boolean {
  const day = date.slice(5);
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
}

/** Is the office open on this day: a weekday, no holiday, not the turn of the year (Q26). */
export function isWorkingDay(date: LocalDate, calendar: WorkCalendar): boolean {
  const weekday = dayOfWeek(date);
  return (
    weekday !== 0 &&
    weekday !== 6 &&
    !isInYearEnd(date, calendar.yearEnd) &&
    !calendar.closedDates.includes(date)
  );
}

/** The first working day on or after a day. */
export function onOrAfter(date: LocalDate, calendar: WorkCalendar): LocalDate {
  let day = date;
  while (!isWorkingDay(day, calendar)) day = addDays(day, 1);
  return day;
}

/**
 * The day that is `count` working days after a day (before it, if negative). The day itself never counts (民法140条: the
 * first day is not included), so 0 gives the day unchanged.
 */
export function addWorkingDays(date: LocalDate, count: number, calendar: WorkCalendar): LocalDate {
  const step = count < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, step);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
}

/** How many working days lie after `from` up to and including `to`; 0 if `to` is not later. */
export function workingDaysBetween(from: LocalDate, to: LocalDate, calendar: WorkCalendar): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(day, calendar)) count += 1;
  }
  return count;
}
