import { addDays, type LocalDate } from '../calendar/dates.ts';
import type { EnrolmentEntry, ExtendedMode, Month, ReductionReason } from './effects.ts';
import { firstDayOf, lastDayOf } from './months.ts';

/** Days (both included) on which the child belongs to one 新BOP. A change of school begins a new one. */
export interface AdmissionPeriod {
  bop: string;
  from: LocalDate;
  to: LocalDate;
  /** The admission or change of school that began it. */
  applicationId: string;
}

/** Months (both included) of extended use (延長利用) in one mode. */
export interface ExtendedPeriod {
  mode: ExtendedMode;
  from: Month;
  to: Month;
}

/** Months (both included) of a reduced fee (減免) for one reason. */
export interface ReductionPeriod {
  reason: ReductionReason;
  from: Month;
  to: Month;
}

/** Why an approval changed nothing, or no longer does. */
export const NO_EFFECT_REASONS = [
  'alreadyAdmitted',
  'outsideYear',
  'notAdmitted',
  'neverBegan',
  'replaced',
  'noWithdrawal',
  'noExtendedUse',
  'alreadyGranted',
  'nothingChanged',
] as const;
export type NoEffectReason = (typeof NO_EFFECT_REASONS)[number];

/** What one entry does to the enrolment as it is now known. */
export interface HistoryLine {
  entry: EnrolmentEntry;
  /** Undefined where it has its effect. */
  noEffect?: NoEffectReason;
}

/** A child's enrolment (在籍) of one fiscal year. */
export interface Enrolment {
  fiscalYear: number;
  /** In the order of time; no two overlap. Empty: not admitted. */
  admission: readonly AdmissionPeriod[];
  extendedUse: readonly ExtendedPeriod[];
  reductions: readonly ReductionPeriod[];
  /** The withdrawal that ends the last of the periods, if one does. */
  withdrawal: { lastDay: LocalDate; applicationId: string; receiptNumber: string } | null;
  /** Every entry in the order of the decisions. */
  history: readonly HistoryLine[];
}

/** The period that a day falls in: which 新BOP, from when to when. Undefined where the child is not admitted on it. */
export function admissionOn(enrolment: Enrolment, day: LocalDate): AdmissionPeriod | undefined {
  return enrolment.admission.find(({ from, to }) => from <= day && day <= to);
}

/**
 * The 新BOPs that have to do with the child on a day or after it: where it is a member, and where it will be. Who was left for
 * another 新BOP has no more to do with it (別紙1, Q03); of a child that has left altogether, the last one.
 */
export function bopsConcerned({ admission }: Enrolment, day: LocalDate): readonly string[] {
  const last = admission.at(-1);
  const still = admission.filter((period) => period.to >= day || period === last);
  return [...new Set(still.map(({ bop }) => bop))];
}

/** Where the child is to be looked for on a day: its 新BOP, else the next one, else the last. */
export function bopShownOn(enrolment: Enrolment, day: LocalDate): string | undefined {
  const { admission } = enrolment;
  return (admissionOn(enrolment, day) ?? admission.find(({ from }) => from > day) ?? admission.at(-1))?.bop;
}

/** On how many days of a month is the child a member (closed days are counted too)? */
export function daysAdmitted(enrolment: Enrolment, month: Month): number {
  let days = 0;
  for (let day = firstDayOf(month); day <= lastDayOf(month); day = addDays(day, 1)) {
    if (admissionOn(enrolment, day)) days += 1;
  }
  return days;
}

/** Is the child a member on any day of a month? */
export function isAdmittedIn(enrolment: Enrolment, month: Month): boolean {
  return enrolment.admission.some(({ from, to }) => from <= lastDayOf(month) && to >= firstDayOf(month));
}

/** How extended use is registered in a month; undefined where it is not. */
export function extendedUseIn(enrolment: Enrolment, month: Month): ExtendedMode | undefined {
  return enrolment.extendedUse.find(({ from, to }) => from <= month && month <= to)?.mode;
}

/** For what reasons the fee of a month is reduced, in the order of `ReductionReason`. */
export function reductionsIn(enrolment: Enrolment, month: Month): readonly ReductionReason[] {
  return enrolment.reductions
    .filter(({ from, to }) => from <= month && month <= to)
    .map(({ reason }) => reason);
}

/** The application whose admission took effect last: its form has the child's data, also in a year that was carried over. */
export function admittedBy({ history }: Enrolment): string | undefined {
  return history.findLast((line) => line.entry.effect.kind === 'admit' && line.noEffect === undefined)?.entry
    .applicationId;
}
