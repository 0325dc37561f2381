/** Dates and times as kintone writes them. Days are days in Asia/Tokyo, which has no daylight saving time. */

const TOKYO_OFFSET_MS = 9 * 60 * 60 * 1000;
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const TIME = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;
const DATETIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T(\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** A calendar date. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

function realDay(year: number, month: number, day: number): Day | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { year, month, day } : undefined;
}

/** `YYYY-MM-DD` */
export function formatDay({ year, month, day }: Day): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

/** `2026-4-1` → `2026-04-01`; undefined for what is no date. */
export function normaliseDate(text: string): string | undefined {
  const match = DATE.exec(text.trim());
  const day = match && realDay(Number(match[1]), Number(match[2]), Number(match[3]));
  return day ? formatDay(day) : undefined;
}

/** `9:05` → `09:05`; undefined for what is no time of day. */
export function normaliseTime(text: string): string | undefined {
  const match = TIME.exec(text.trim());
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return undefined;
  return `${pad(Number(match[1]))}:${match[2]}`;
}

/** The instant a text means, seconds cut off; without a zone it is Tokyo's time for a bare date, else UTC. */
export function parseInstant(text: string): Date | undefined {
  const match = DATETIME.exec(text.trim());
  if (!match) return undefined;
  const day = realDay(Number(match[1]), Number(match[2]), Number(match[3]));
  const hour = Number(match[4] ?? 0);
  const minute = Number(match[5] ?? 0);
  if (!day || hour > 23 || minute > 59) return undefined;
  const zone = match[7] ?? (match[4] === undefined ? '+09:00' : 'Z');
  let offset = 0;
  if (zone !== 'Z') {
    const digits = zone.slice(1).replace(':', '');
    offset = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * (zone.startsWith('-') ? -1 : 1);
  }
  return new Date(Date.UTC(day.year, day.month - 1, day.day, hour, minute) - offset * 60_000);
}

/** `YYYY-MM-DDTHH:MM:00Z` */
export function formatInstant(date: Date): string {
  return `${date.toISOString().slice(0, 16)}:00Z`;
}

/** Seconds cut off. */
export function toMinute(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 60_000) * 60_000);
}

/** The day in Tokyo at an instant. */
export function tokyoDay(instant: Date): Day {
  const shifted = new Date(instant.getTime() + TOKYO_OFFSET_MS);
  return { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate() };
}

/** The time of day in Tokyo, `HH:MM`. */
export function tokyoTime(instant: Date): string {
  return new Date(instant.getTime() + TOKYO_OFFSET_MS).toISOString().slice(11, 16);
}

/** The first instant of a day in Tokyo. */
export function startOfDay(day: Day): Date {
  return new Date(Date.UTC(day.year, day.month - 1, day.day) - TOKYO_OFFSET_MS);
}

/** A day some days later (or earlier). */
export function addDays(day: Day, days: number): Day {
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The same day of another month; the month's last day where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const index = day.year * 12 + (day.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return { year, month, day: Math.min(day.day, daysInMonth(year, month)) };
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(day: Day): number {
  return new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
}
