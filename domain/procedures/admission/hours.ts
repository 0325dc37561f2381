import type { Answers, CriteriaParameters } from '../definition.ts';
import type { GuardianNumber } from '../shared/guardian.ts';
import { MEASURED_REASONS } from './measure.ts';

/** A guardian's week as the criteria count it. */
export interface Measure {
  days: number;
  /** Daytime hours a week, with breaks and commuting where the ward's criteria count them. */
  hours: number;
  /** When the day ends, `HH:MM`; after the way home where commuting counts. At most 23:59. */
  endsAt: string;
  /** How `hours` was counted, in Japanese. */
  basis: string;
}

function later(time: string, minutes: number): string {
  const total = Math.min(Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) + minutes, 24 * 60 - 1);
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

/**
 * Counts a guardian's days and hours by the ward's parameters (domain.md: whether breaks and commuting count differs
 * between wards). Undefined where the reason is not measured or the answers are not complete.
 */
export function measureOf(
  n: GuardianNumber,
  answers: Answers,
  { breaksCount, commuteCounts }: CriteriaParameters,
): Measure | undefined {
  const g = `guardian${n}`;
  const days = answers[`${g}_days_per_week`];
  const hours = answers[`${g}_hours_per_week`];
  const end = answers[`${g}_end_time`];
  const breaks = answers[`${g}_break_minutes`];
  const commute = answers[`${g}_commute_minutes`];
  if (!(MEASURED_REASONS as readonly unknown[]).includes(answers[`${g}_reason`])) return undefined;
  if (typeof days !== 'number' || typeof hours !== 'number' || typeof end !== 'string') return undefined;
  const breakMinutes = breaksCount && typeof breaks === 'number' ? breaks : 0;
  const commuteMinutes = commuteCounts && typeof commute === 'number' ? commute : 0;
  const counted = hours + (days * (breakMinutes + 2 * commuteMinutes)) / 60;
  return {
    days,
    hours: Math.round(counted * 100) / 100,
    endsAt: later(end, commuteMinutes),
    basis: `休憩を${breaksCount ? '含む' : '除く'}・通勤を${commuteCounts ? '含む' : '除く'}`,
  };
}
