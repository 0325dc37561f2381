import { isLocalDate, type LocalDate } from '../calendar/dates.ts';
import type { Locale } from '../texts/locale.ts';

const ERAS: readonly { name: string; from: LocalDate }[] = [
  { name: '令和', from: '2019-05-01' },
  { name: '平成', from: '1989-01-08' },
  { name: '昭和', from: '1926-12-25' },
  { name: '大正', from: '1912-07-30' },
  { name: '明治', from: '1868-10-23' },
];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'];
const WEEKDAYS_EASY = ['にち', 'げつ', 'か', 'すい', 'もく', 'きん', 'ど'];
const WEEKDAYS_EN = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The year of a day in the Japanese calendar: 令和8年, 令和元年. Empty before Meiji. */
export function eraYear(date: LocalDate): string {
  const era = ERAS.find(({ from }) => date >= from);
  if (!era) return '';
  const year = Number(date.slice(0, 4)) - Number(era.from.slice(0, 4)) + 1;
  return `${era.name}${year === 1 ? '元' : year}年`;
}

function parts(date: LocalDate) {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** 2020年4月2日 in Japanese, 2020{年|ねん}4{月|がつ}2{日|にち} in やさしい日本語, 2 April 2020 in English. */
export function displayDate(date: LocalDate, locale: Locale): string {
  if (!isLocalDate(date)) return date;
  const { year, month, day } = parts(date);
  if (locale === 'en') return `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
  if (locale === 'ja-easy') return `${year}{年|ねん}${month}{月|がつ}${day}{日|にち}`;
  return `${year}年${month}月${day}日`;
}

/** 2026年11月2日（月）; for deadlines. */
export function displayDateWithWeekday(date: LocalDate, locale: Locale): string {
  if (!isLocalDate(date)) return date;
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  if (locale === 'en') return `${WEEKDAYS_EN[weekday] ?? ''}, ${displayDate(date, locale)}`;
  const short = WEEKDAYS[weekday] ?? '';
  const shown = locale === 'ja-easy' ? `{${short}|${WEEKDAYS_EASY[weekday] ?? ''}}` : short;
  return `${displayDate(date, locale)}（${shown}）`;
}

/** 2020年4月2日（令和2年） in Japanese; without the era in the other languages. */
export function displayDateWithEra(date: LocalDate, locale: Locale): string {
  if (locale !== 'ja' || !isLocalDate(date) || eraYear(date) === '') return displayDate(date, locale);
  return `${displayDate(date, locale)}（${eraYear(date)}）`;
}

/** 2027年3月, March 2027. */
export function displayMonth(month: string, locale: Locale): string {
  if (!isLocalDate(`${month}-01`)) return month;
  const { year, month: number } = parts(`${month}-01`);
  if (locale === 'en') return `${MONTHS[number - 1] ?? ''} ${year}`;
  return locale === 'ja-easy' ? `${year}{年|ねん}${number}{月|がつ}` : `${year}年${number}月`;
}

/** 2027年度（令和9年度）, April 2027 to March 2028. */
export function displayFiscalYear(year: number, locale: Locale): string {
  if (locale === 'en') return `April ${year} to March ${year + 1}`;
  if (locale === 'ja-easy') return `${year}{年度|ねんど}`;
  const era = eraYear(`${year}-05-01`);
  return era ? `${year}年度（${era}度）` : `${year}年度`;
}
