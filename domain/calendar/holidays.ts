import holidayJp from '@holiday-jp/holiday_jp';
import type { LocalDate } from './dates.ts';
import type { WorkCalendar } from './working-days.ts';

/**
 * The default calendar's data. Not for workflows: the table is large, and a workflow gets its calendar as data with its
 * settings, so that a corrected table never changes how a recorded history replays.
 */
export interface Holiday {
  date: LocalDate;
  name: string;
}

const HOLIDAYS: readonly Holiday[] = Object.values(holidayJp.holidays)
  .map(({ date, name }) => ({ date, name }))
  .sort((a, b) => (a.date < b.date ? -1 : 1));

/** The last year that the table knows. Its later years are calculated; the equinoxes are fixed a year ahead by the state. */
export const HOLIDAYS_KNOWN_UNTIL_YEAR = Number(HOLIDAYS.at(-1)?.date.slice(0, 4));

/** National holidays (国民の祝日に関する法律, substitute holidays included) from 1 January of a year to 31 December of another. */
export function nationalHolidays(fromYear: number, toYear: number): readonly Holiday[] {
  return HOLIDAYS.filter(({ date }) => date >= `${fromYear}-01-01` && date <= `${toYear}-12-31`);
}

/**
 * The calendar that a new installation begins with: national holidays, and closed from 12-29 to 01-03 (Q26, domain.md).
 * The ward adds its own closing days.
 * @throws RangeError for years that the table does not know
 */
export function defaultCalendar(fromYear: number, toYear: number): WorkCalendar {
  if (fromYear > toYear || toYear > HOLIDAYS_KNOWN_UNTIL_YEAR) {
    throw new RangeError(`no holidays known for ${fromYear} to ${toYear}`);
  }
  return {
    version: `default-${fromYear}-${toYear}`,
    closedDates: nationalHolidays(fromYear, toYear).map(({ date }) => date),
    yearEnd: { from: '12-29', to: '01-03' },
    knownUntil: `${toYear}-12-31`,
  };
}
