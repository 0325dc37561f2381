/** How dates, times, numbers and phone numbers are shown. Dates are `YYYY-MM-DD`, instants ISO 8601 UTC. */
import { displayPhone } from '../../domain/procedures/format.ts';

const TIME_ZONE = 'Asia/Tokyo';
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let known = formatters.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, known);
  }
  return known;
}

/** The date at noon UTC (a day without a time has no zone), or undefined where there is no such day. */
export function parseDate(date: string): Date | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const parsed = new Date(Date.UTC(year, month - 1, day, 12));
  parsed.setUTCFullYear(year);
  const same = parsed.getUTCMonth() === month - 1 && parsed.getUTCDate() === day;
  return same ? parsed : undefined;
}

/** Era and year of a date: 「令和8年」, 「令和元年」. Empty before Meiji or for no date. */
export function eraYear(date: string): string {
  const parsed = parseDate(date);
  if (!parsed || parsed.getUTCFullYear() < 1873) return '';
  const parts = formatter('ja-JP-u-ca-japanese', {
    era: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).formatToParts(parsed);
  const era = parts.find((part) => part.type === 'era')?.value ?? '';
  const year = parts.find((part) => part.type === 'year')?.value ?? '';
  return `${era}${year === '1' ? '元' : year}年`;
}

/** Era year or years of a Western year: 「令和8年」; 「平成31年・令和元年」 where the era changes in it. */
export function eraYearsOf(year: number): string {
  const first = eraYear(`${String(year).padStart(4, '0')}-01-01`);
  const last = eraYear(`${String(year).padStart(4, '0')}-12-31`);
  return first === last ? first : `${first}・${last}`;
}

export interface DateOptions {
  /** Adds the era: 2026年11月2日（令和8年）. */
  readonly era?: boolean;
  /** Adds the day of the week: 2026年11月2日（月）. */
  readonly weekday?: boolean;
  readonly locale?: string;
}

/** `2026-11-02` → 「2026年11月2日」, with weekday and era as asked. What is no date is given back as it is. */
export function formatDate(date: string | null | undefined, options: DateOptions = {}): string {
  if (date === null || date === undefined || date === '') return '';
  const parsed = parseDate(date);
  if (!parsed) return date;
  const locale = options.locale ?? 'ja-JP';
  if (!locale.startsWith('ja')) {
    return formatter(locale, {
      dateStyle: options.weekday === true ? 'full' : 'long',
      timeZone: 'UTC',
    }).format(parsed);
  }
  const day = `${parsed.getUTCFullYear()}年${parsed.getUTCMonth() + 1}月${parsed.getUTCDate()}日`;
  const weekday =
    options.weekday === true
      ? `（${formatter('ja-JP', { weekday: 'short', timeZone: 'UTC' }).format(parsed)}）`
      : '';
  const era = options.era === true ? `（${eraYear(date)}）` : '';
  return `${day}${weekday}${era}`;
}

/** `2026-11` → 「2026年11月」. */
export function formatMonth(month: string | null | undefined, locale = 'ja-JP'): string {
  if (month === null || month === undefined || month === '') return '';
  const parsed = parseDate(`${month}-01`);
  if (!parsed) return month;
  return formatter(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(parsed);
}

/** The day in Tokyo of an instant, as `YYYY-MM-DD`. */
export function dateInTokyo(instant: string | Date): string {
  return formatter('sv-SE', { timeZone: TIME_ZONE, dateStyle: 'short' }).format(new Date(instant));
}

/** Instant → 「2026年11月2日 9:05」 in Tokyo. */
export function formatDateTime(instant: string | null | undefined, options: DateOptions = {}): string {
  if (instant === null || instant === undefined || instant === '') return '';
  return `${formatDate(dateInTokyo(instant), options)} ${formatTime(instant)}`;
}

/** Instant → 「9:05」 in Tokyo. */
export function formatTime(instant: string): string {
  return formatter('ja-JP', { timeZone: TIME_ZONE, hour: 'numeric', minute: '2-digit' }).format(
    new Date(instant),
  );
}

/** Short date for tables: 「11/2（月）」; with the year when it is not that of `now`. */
export function formatShortDate(date: string | null | undefined, now: Date): string {
  const parsed = date === null || date === undefined ? undefined : parseDate(date);
  if (!parsed || typeof date !== 'string') return date ?? '';
  const weekday = formatter('ja-JP', { weekday: 'short', timeZone: 'UTC' }).format(parsed);
  const year = dateInTokyo(now).startsWith(date.slice(0, 4)) ? '' : `${parsed.getUTCFullYear()}/`;
  return `${year}${parsed.getUTCMonth() + 1}/${parsed.getUTCDate()}（${weekday}）`;
}

/** Whole days from the Tokyo day of `now` to `date`; negative when it has passed. */
export function daysUntil(date: string, now: Date): number {
  const target = parseDate(date);
  const today = parseDate(dateInTokyo(now));
  if (!target || !today) return Number.NaN;
  return Math.round((target.getTime() - today.getTime()) / 86_400_000);
}

/** 5000 → 「5,000円」. */
export function formatYen(amount: number): string {
  return `${new Intl.NumberFormat('ja-JP').format(amount)}円`;
}

/** 1234 → 「1,234」. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat('ja-JP').format(count);
}

/** Size of a file: 「820 KB」, 「3.4 MB」. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} バイト`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** `1540017` → 「154-0017」. Anything else comes back as it is. */
export function formatPostalCode(code: string): string {
  return /^\d{7}$/u.test(code) ? `${code.slice(0, 3)}-${code.slice(3)}` : code;
}

/** Hyphens for the numbers whose cut is certain; others come back as they are rather than cut wrongly. By the domain's rule. */
export function formatPhone(phone: string): string {
  const digits = phone.replace(/[^\d]/gu, '');
  const shown = displayPhone(digits);
  return shown === digits ? phone : shown;
}
