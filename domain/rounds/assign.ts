import type { Instant, LocalDate } from '../calendar/dates.ts';
import { endOfDay, tokyoDate, tokyoInstant } from '../calendar/dates.ts';

/** Days in which applications for a fiscal year are taken in a round (Q23); `null`: no such day. The ward's data. */
export interface RoundPeriod {
  fiscalYear: number;
  /** `first` and `second` (一斉受付), `anytime` (随時). */
  round: string;
  opensOn: LocalDate | null;
  closesOn: LocalDate | null;
  noticesOn: LocalDate | null;
}

/** Where an application belongs that was received on a day. */
export type Assignment =
  /** `late`: it came between two rounds, and goes to the next one. */
  | { kind: 'round'; round: string; late: boolean }
  /** Before the year's first round opens: `round` is the one that does. */
  | { kind: 'early'; round: string; opensOn: LocalDate }
  /** All rounds of the year are over and nothing is open all year round, or the ward has set no dates. */
  | { kind: 'none' };

const LAST = '9999-12-31';

function opened(period: RoundPeriod, day: LocalDate): boolean {
  return period.opensOn === null || period.opensOn <= day;
}

function closed(period: RoundPeriod, day: LocalDate): boolean {
  return period.closesOn !== null && period.closesOn < day;
}

/** The one that closes first comes first, so that a round goes before what is open all year round. */
function byClosing(one: RoundPeriod, other: RoundPeriod): number {
  const [a, b] = [one.closesOn ?? LAST, other.closesOn ?? LAST];
  return a === b ? compare(one.round, other.round) : compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The round of an application (Q23): the one that is open on the day of its receipt; between two rounds, as a late one of the
 * round before, the next that opens (another round, or all year round). A paper application counts by the day on which it was
 * received, whenever it is entered.
 * @param receivedOn day in Asia/Tokyo
 */
export function assignRound(
  periods: readonly RoundPeriod[],
  { fiscalYear, receivedOn }: { fiscalYear: number; receivedOn: LocalDate },
): Assignment {
  const ofYear = periods.filter((period) => period.fiscalYear === fiscalYear).toSorted(byClosing);
  const open = ofYear.find((period) => opened(period, receivedOn) && !closed(period, receivedOn));
  if (open) return { kind: 'round', round: open.round, late: false };
  const [next] = ofYear
    .filter((period) => !opened(period, receivedOn))
    .toSorted((a, b) => compare(a.opensOn ?? LAST, b.opensOn ?? LAST) || byClosing(a, b));
  if (!next || next.opensOn === null) return { kind: 'none' };
  return ofYear.some((period) => closed(period, receivedOn))
    ? { kind: 'round', round: next.round, late: true }
    : { kind: 'early', round: next.round, opensOn: next.opensOn };
}

/** Is this a round whose decisions are told together (一斉受付), rather than taken and told as they come? */
export function isTogether(period: Pick<RoundPeriod, 'noticesOn' | 'closesOn'>): boolean {
  return period.noticesOn !== null || period.closesOn !== null;
}

export const MILESTONES = ['opened', 'closed', 'released'] as const;
export type MilestoneKind = (typeof MILESTONES)[number];

/** Something that a round does at an instant. `key` changes with the date, so that a moved date comes up again. */
export interface Milestone {
  key: string;
  procedure: string;
  kind: MilestoneKind;
  on: LocalDate;
  at: Instant;
}

/** A round's dates for one procedure. */
export interface RoundDates {
  procedure: string;
  opensOn: LocalDate | null;
  closesOn: LocalDate | null;
  noticesOn: LocalDate | null;
}

/**
 * What a round does, in order: opens at the beginning of its first day, closes at the end of its last, is released on the day of
 * its notices at the hour at which decisions are told; Asia/Tokyo.
 * @param releaseTime `HH:MM`
 */
export function milestonesOf(dates: readonly RoundDates[], releaseTime: string): readonly Milestone[] {
  const all = dates.flatMap(({ procedure, opensOn, closesOn, noticesOn }) => {
    const one = (kind: MilestoneKind, on: LocalDate | null, at: (day: LocalDate) => Instant) =>
      on === null ? [] : [{ key: `${procedure}/${kind}/${on}`, procedure, kind, on, at: at(on) }];
    return [
      ...one('opened', opensOn, (day) => tokyoInstant(day)),
      ...one('closed', closesOn, endOfDay),
      ...one('released', noticesOn, (day) => tokyoInstant(day, releaseTime)),
    ];
  });
  return all.toSorted((a, b) => compare(a.at, b.at) || compare(a.key, b.key));
}

export const PHASES = ['upcoming', 'open', 'deciding', 'released'] as const;
/** Where a round stands on a day: before it opens, taking applications, closed and being decided, told. */
export type Phase = (typeof PHASES)[number];

/** A round's phase by its dates at an instant. @param releaseTime `HH:MM` */
export function phaseOf(dates: Omit<RoundDates, 'procedure'>, now: Instant, releaseTime: string): Phase {
  const today = tokyoDate(now);
  if (dates.noticesOn !== null && tokyoInstant(dates.noticesOn, releaseTime) <= now) return 'released';
  if (dates.closesOn !== null && dates.closesOn < today) return 'deciding';
  return dates.opensOn !== null && dates.opensOn > today ? 'upcoming' : 'open';
}

/** What is wrong with dates that the ward wants to set, in words at the field; empty where nothing is. */
export function datesProblems({
  opensOn,
  closesOn,
  noticesOn,
}: Omit<RoundDates, 'procedure'>): Readonly<Partial<Record<'closesOn' | 'noticesOn', string>>> {
  return {
    ...(opensOn !== null &&
      closesOn !== null &&
      closesOn < opensOn && { closesOn: '受付の終わりは、受付の始まり以後の日にしてください。' }),
    ...(closesOn !== null &&
      noticesOn !== null &&
      noticesOn <= closesOn && { noticesOn: '通知日は、受付の終わりより後の日にしてください。' }),
  };
}
