/** The date functions of the query language, as spans of days in Asia/Tokyo. */
import { errors } from '../errors.ts';
import type { Day } from '../fields/datetime.ts';
import { addDays, addMonths, daysInMonth, tokyoDay, weekday } from '../fields/datetime.ts';
import type { FunctionCall } from './ast.ts';
import { syntaxError } from './lexer.ts';

/** From a first to a last day, both included. */
export interface DaySpan {
  first: Day;
  last: Day;
}

const WEEKDAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
const WEEK_SHIFT: Record<string, number> = { LAST_WEEK: -7, THIS_WEEK: 0, NEXT_WEEK: 7 };
const MONTH_SHIFT: Record<string, number> = { LAST_MONTH: -1, THIS_MONTH: 0, NEXT_MONTH: 1 };
const YEAR_SHIFT: Record<string, number> = { LAST_YEAR: -1, THIS_YEAR: 0, NEXT_YEAR: 1 };
const DAY_SHIFT: Record<string, number> = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 };

const oneDay = (day: Day): DaySpan => ({ first: day, last: day });

/** The days a function stands for at an instant; undefined for a function that is not about days. */
export function daySpan({ name, args }: FunctionCall, now: Date): DaySpan | undefined {
  const today = tokyoDay(now);
  const dayShift = DAY_SHIFT[name];
  if (dayShift !== undefined) {
    demandArguments(args, 0, 0);
    return oneDay(addDays(today, dayShift));
  }
  const weekShift = WEEK_SHIFT[name];
  if (weekShift !== undefined) return week(addDays(today, weekShift - weekday(today)), args);
  const monthShift = MONTH_SHIFT[name];
  if (monthShift !== undefined) return month(addMonths({ ...today, day: 1 }, monthShift), args);
  const yearShift = YEAR_SHIFT[name];
  if (yearShift !== undefined) {
    demandArguments(args, 0, 0);
    const year = today.year + yearShift;
    return { first: { year, month: 1, day: 1 }, last: { year, month: 12, day: 31 } };
  }
  if (name === 'FROM_TODAY') return oneDay(fromToday(today, args));
  return undefined;
}

function demandArguments(args: string[], min: number, max: number): void {
  if (args.length < min || args.length > max) throw errors.badArgumentCount();
}

function week(sunday: Day, args: string[]): DaySpan {
  demandArguments(args, 0, 1);
  if (args.length === 0) return { first: sunday, last: addDays(sunday, 6) };
  const index = WEEKDAYS.indexOf(args[0] ?? '');
  if (index < 0) throw syntaxError();
  return oneDay(addDays(sunday, index));
}

function month(first: Day, args: string[]): DaySpan {
  demandArguments(args, 0, 1);
  const length = daysInMonth(first.year, first.month);
  if (args.length === 0) return { first, last: { ...first, day: length } };
  if (args[0] === 'LAST') return oneDay({ ...first, day: length });
  // A fraction is no such argument at all; a whole number that no month has is a day that is wrong.
  if (/^[+-]?\d+\.\d+$/.test(args[0] ?? '')) throw errors.malformed();
  const day = Number(args[0]);
  if (!Number.isInteger(day) || day < 1 || day > 31) throw errors.badMonthDay(args[0] ?? '');
  return oneDay({ ...first, day: Math.min(day, length) });
}

function fromToday(today: Day, args: string[]): Day {
  demandArguments(args, 2, 2);
  const n = Number(args[0]);
  if (!Number.isInteger(n)) throw syntaxError();
  switch (args[1]) {
    case 'DAYS':
      return addDays(today, n);
    case 'WEEKS':
      return addDays(today, n * 7);
    case 'MONTHS':
      return addMonths(today, n);
    case 'YEARS':
      return addMonths(today, n * 12);
    default:
      throw errors.badFromTodayUnit();
  }
}
