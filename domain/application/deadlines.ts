import { endOfDay, tokyoDate, tokyoInstant, type Instant, type LocalDate } from '../calendar/dates.ts';
import {
  addWorkingDays,
  isWorkingDay,
  onOrAfter,
  workingDaysBetween,
  type WorkCalendar,
} from '../calendar/working-days.ts';
import type { ApplicationSettings } from './settings.ts';
import type { ApplicationState, ReminderKind, RequestMethod } from './state.ts';

/**
 * The deadline of a new deficiency request: so many working days after the day it was made, in Asia/Tokyo (Q20, Q26).
 * A letter's days count from its posting; until it is posted they count from the request.
 */
export function requestDeadline(
  method: RequestMethod,
  from: Instant,
  settings: ApplicationSettings,
): LocalDate {
  const days = method === 'letter' ? settings.deadlines.letterDays : settings.deadlines.requestDays;
  return addWorkingDays(tokyoDate(from), days, settings.calendar);
}

/** The deadline that a chaser proposes. */
export function chaserDeadline(from: Instant, settings: ApplicationSettings): LocalDate {
  return addWorkingDays(tokyoDate(from), settings.deadlines.chaserDays, settings.calendar);
}

/** What the clock has to do next for an application, and when. */
export type Wake = {
  at: Instant;
  action:
    | { type: 'remind'; kind: ReminderKind }
    | { type: 'passDeadline' }
    | { type: 'release' }
    | { type: 'tellWaitlisted' };
};

/**
 * When a decision that waits for the day of its round is told: at the hour at which the ward has families reminded, so that
 * nobody gets mail at night. For days that lie behind, an instant that lies behind.
 */
export function releaseInstant(releaseOn: LocalDate, { deadlines }: ApplicationSettings): Instant {
  return tokyoInstant(releaseOn, deadlines.reminderTime);
}

/**
 * The day on which the decision is told together with others': its round's, or that of the admission that it depends on where
 * that is later, for one would tell of the other. Undefined where it is told as soon as it is made.
 */
export function releaseOnOf({ settings, waitsFor }: ApplicationState): LocalDate | undefined {
  const admission = waitsFor && !waitsFor.ended ? waitsFor.releaseOn : undefined;
  const own = settings.noticesOn;
  if (own === undefined || admission === undefined) return own ?? admission;
  return own > admission ? own : admission;
}

/** The day on which a decision made now would be told together with others'; undefined where it is told at once. */
export function releaseDay(state: ApplicationState, now: Instant): LocalDate | undefined {
  const day = releaseOnOf(state);
  return day !== undefined && releaseInstant(day, state.settings) > now ? day : undefined;
}

/** When a family is told that they wait for a place: with the decisions of their round, otherwise at once. */
export function waitlistDue(settings: ApplicationSettings, listedAt: Instant): Instant {
  return releaseInstant(settings.noticesOn ?? tokyoDate(listedAt), settings);
}

/**
 * The next thing that a timer does for the open deficiency request: a reminder so many working days before the deadline,
 * one on the day itself, then the deadline's end (Q20). A reminder whose time has gone by is left out, so that a request
 * made or extended late does not fire several at once; the deadline's end is never left out. For a decision that waits for
 * the day of its round: that day. Undefined while nothing is open, or after the deadline has passed.
 */
export function nextWake(state: ApplicationState, now: Instant): Wake | undefined {
  const { request, settings, decision } = state;
  if (state.stage === 'awaitingRelease' && decision?.releaseOn !== undefined) {
    return { at: releaseInstant(decision.releaseOn, settings), action: { type: 'release' } };
  }
  if (state.stage === 'awaitingDecision' && state.waitlist && state.waitlist.toldAt === undefined) {
    return { at: waitlistDue(settings, state.waitlist.at), action: { type: 'tellWaitlisted' } };
  }
  if (state.stage !== 'awaitingApplicant' || !request || request.overdue) return undefined;
  const { deadlines, calendar } = settings;
  const before = addWorkingDays(request.deadline, -deadlines.reminderDaysBefore, calendar);
  const reminders: readonly Wake[] = [
    { at: tokyoInstant(before, deadlines.reminderTime), action: { type: 'remind', kind: 'before' } },
    { at: tokyoInstant(request.deadline, deadlines.reminderTime), action: { type: 'remind', kind: 'onDay' } },
  ];
  const due = reminders.find(
    (wake) => wake.at > now && wake.action.type === 'remind' && !request.reminders.includes(wake.action.kind),
  );
  return due ?? { at: endOfDay(request.deadline), action: { type: 'passDeadline' } };
}

/**
 * The deadline that an open request has after the ward changed its calendar. A day that a family has been told is never brought
 * forward. Where the office closes on days that were open, the family gets as many working days as it had left, and a deadline
 * never falls on a closed day. A request whose day has passed stays as it is.
 * @param deadline the day that the family has been told
 * @param today the day of the change, in Asia/Tokyo
 */
export function deadlineUnder(
  deadline: LocalDate,
  { before, after, today }: { before: WorkCalendar; after: WorkCalendar; today: LocalDate },
): LocalDate {
  if (deadline < today) return deadline;
  const left = workingDaysBetween(today, deadline, before);
  const same = addWorkingDays(today, left, after);
  return onOrAfter(same > deadline ? same : deadline, after);
}

/**
 * What {@link deadlineUnder} was before it counted the days between; for histories that began under it: moved on to the next working day if its day
 * has become a closed one, unchanged otherwise (a deadline once told to a family is never brought forward).
 */
export function rearmedDeadline(deadline: LocalDate, settings: ApplicationSettings): LocalDate {
  return isWorkingDay(deadline, settings.calendar) ? deadline : onOrAfter(deadline, settings.calendar);
}
