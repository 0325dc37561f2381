/** A day in Asia/Tokyo, `YYYY-MM-DD`. */
export type LocalDate = string;
/** An instant, ISO 8601 in UTC with milliseconds. */
export type Instant = string;

/** Japan has had one offset and no summer time since 1951, so the zone's rules are this number. */
const TOKYO_OFFSET_MS = 9 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** True for a real day of the Gregorian calendar written `YYYY-MM-DD`. */
export function isLocalDate(text: unknown): text is LocalDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

function toMs(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00.000Z`);
}

/** The day in Asia/Tokyo on which an instant falls. */
export function tokyoDate(instant: Instant): LocalDate {
  return new Date(Date.parse(instant) + TOKYO_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant of a wall-clock time (`HH:MM`) on a day in Asia/Tokyo. */
export function tokyoInstant(date: LocalDate, time = '00:00'): Instant {
  return new Date(Date.parse(`${date}T${time}:00.000Z`) - TOKYO_OFFSET_MS).toISOString();
}

/** The first instant after a day in Asia/Tokyo: a deadline of that day has passed from here on. */
export function endOfDay(date: LocalDate): Instant {
  return tokyoInstant(addDays(date, 1));
}

/** The day `days` later (or earlier, if negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(toMs(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 = Sunday … 6 = Saturday. */
export function dayOfWeek(date: LocalDate): number {
  return new Date(toMs(date)).getUTCDay();
}

/** Whole days from `from` to `to`. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((toMs(to) - toMs(from)) / DAY_MS);
}

/** The fiscal year (April to March) that a day falls in, as the year it begins in. */
export function fiscalYearOf(date: LocalDate): number {
  const year = Number(date.slice(0, 4));
  return Number(date.slice(5, 7)) >= 4 ? year : year - 1;
}

/** Completed years of age on a day. Japanese law counts a year as completed at the end of the day before the birthday. */
export function ageOn(birthDate: LocalDate, on: LocalDate): number {
  const nextDay = addDays(on, 1);
  const years = Number(nextDay.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return nextDay.slice(5) >= birthDate.slice(5) ? years : years - 1;
}

/**
 * The school grade (1–6) that a child of this birthday is in during a fiscal year; below 1 before school, above 6 after
 * primary school. A child enters school in the April after completing six years by 31 March; by the rule above that is who was
 * born from 2 April to 1 April (学校教育法17条).
 */
export function gradeIn(birthDate: LocalDate, fiscalYear: number): number {
  return ageOn(birthDate, `${fiscalYear}-03-31`) - 5;
}
