import { isLocalDate, tokyoDate, type LocalDate } from '../calendar/dates.ts';

interface Era {
  from: LocalDate;
  name: string;
  letter: string;
  /** As Japanese administrative systems number eras. */
  number: number;
}

/** Newest first. */
const ERAS: readonly Era[] = [
  { from: '2019-05-01', name: '令和', letter: 'R', number: 5 },
  { from: '1989-01-08', name: '平成', letter: 'H', number: 4 },
  { from: '1926-12-25', name: '昭和', letter: 'S', number: 3 },
  { from: '1912-07-30', name: '大正', letter: 'T', number: 2 },
  { from: '1868-10-23', name: '明治', letter: 'M', number: 1 },
];

/** The era of a day with its year in it (1 for the first); undefined before 明治. */
export function eraOf(day: LocalDate): (Era & { year: number }) | undefined {
  const era = ERAS.find((one) => one.from <= day);
  return era && { ...era, year: Number(day.slice(0, 4)) - Number(era.from.slice(0, 4)) + 1 };
}

/** The day that a raw value means: a day, the first of a month (`YYYY-MM`), or an instant's day in Asia/Tokyo. */
export function dayOf(raw: string): LocalDate | undefined {
  const month = `${raw}-01`;
  if (/^\d{4}-\d{2}$/u.test(raw) && isLocalDate(month)) return month;
  if (/^\d{4}-\d{2}-\d{2}T/u.test(raw) && !Number.isNaN(Date.parse(raw))) return tokyoDate(raw);
  return isLocalDate(raw) ? raw : undefined;
}

const TOKEN = /yyyy|yy|mm|m|dd|d|ggg|gg|g|ee|e|n|"[^"]*"/gu;

/**
 * A day by a pattern as spreadsheets write them: `ggge年m月d日` → 令和8年11月23日, `gee.mm.dd` → R08.11.23, `yyyymmdd`.
 * Text in double quotes stays. Undefined for an era year of a day before 明治.
 */
export function formatDay(day: LocalDate, pattern: string): string | undefined {
  const [year = '', month = '', date = ''] = day.split('-');
  const era = eraOf(day);
  if (!era && /g|e|n/u.test(pattern.replace(/"[^"]*"/gu, ''))) return undefined;
  const ofEra = (read: (known: NonNullable<typeof era>) => string) => (era ? read(era) : '');
  return pattern.replace(TOKEN, (token) => {
    switch (token) {
      case 'yyyy':
        return year;
      case 'yy':
        return year.slice(2);
      case 'mm':
        return month;
      case 'm':
        return String(Number(month));
      case 'dd':
        return date;
      case 'd':
        return String(Number(date));
      case 'ggg':
        return ofEra((known) => known.name);
      case 'gg':
        return ofEra((known) => known.name.slice(0, 1));
      case 'g':
        return ofEra((known) => known.letter);
      case 'n':
        return ofEra((known) => String(known.number));
      case 'ee':
        return ofEra((known) => String(known.year).padStart(2, '0'));
      case 'e':
        return ofEra((known) => String(known.year));
      default:
        return token.slice(1, -1);
    }
  });
}
