import type { LocalDate } from '../calendar/dates.ts';
import type { WorkCalendar } from '../calendar/working-days.ts';

/** How long the applicant has, and when the system reminds them; working days, times in Asia/Tokyo. The ward's data (Q20). */
export interface DeadlinePolicy {
  /** Answer to a deficiency request by mail or phone. */
  requestDays: number;
  /** Answer to a posted deficiency letter, counted from the posting. */
  letterDays: number;
  /** The new deadline proposed when a chaser goes out. */
  chaserDays: number;
  /** The first reminder, so many working days before the deadline; a second goes out on the day itself. */
  reminderDaysBefore: number;
  /** When reminders go out, `HH:MM`. */
  reminderTime: string;
}

/** A review criterion as the state machine needs it; wording and help stay outside the workflow. */
export interface CriterionRef {
  id: string;
  /** False where a criterion may always be answered "not applicable". */
  required: boolean;
}

/** What the ward had in force when an application was received: it is judged by this (domain.md, "Defaults"). */
export interface ApplicationSettings {
  calendar: WorkCalendar;
  deadlines: DeadlinePolicy;
  criteriaVersion: string;
  criteria: readonly CriterionRef[];
  /** The day on which the decisions of the application's round are told together (Q23); absent for all year round. */
  noticesOn?: LocalDate;
  /** False where an approval has no day of its own (certificates, cancellations); needed where absent. */
  effectiveDate?: boolean;
}

/** Defaults to be replaced by the ward's own. */
export const DEFAULT_DEADLINES: DeadlinePolicy = {
  requestDays: 10,
  letterDays: 10,
  chaserDays: 5,
  reminderDaysBefore: 3,
  reminderTime: '09:00',
};
