import { gradeIn, type LocalDate } from '../calendar/dates.ts';
import type { EnrolmentEffect, ReductionReason } from './effects.ts';
import { admissionOn, extendedUseIn, reductionsIn, type Enrolment } from './enrolment.ts';
import { addMonths, monthOf, yearEnd, yearStart } from './months.ts';

/** What ends with the fiscal year and what goes on. The ward's data. */
export interface YearChangePolicy {
  admission: 'applyAgain' | 'continues';
  extendedUse: 'applyAgain' | 'continues';
  /** Reasons whose reduction goes on; all others end. */
  reductionsThatContinue: readonly ReductionReason[];
  /** A child above this grade applies again even where admission goes on. */
  lastGrade: number;
}

/** Setagaya: admission is for a fiscal year, so that everyone applies again (public); extended use and reductions likewise. */
export const DEFAULT_YEAR_CHANGE: YearChangePolicy = {
  admission: 'applyAgain',
  extendedUse: 'applyAgain',
  reductionsThatContinue: [],
  lastGrade: 3,
};

export interface YearChange {
  fiscalYear: number;
  /** What the next year begins with, without an application. */
  continues: readonly EnrolmentEffect[];
  /** Codes of the procedures that the family files again, if it wants to go on as it is now. */
  applyAgain: readonly ('admission' | 'extendedUse' | 'feeReduction')[];
}

/**
 * What of an enrolment goes on into the next fiscal year, and what has to be applied for again. Nothing of either where the
 * child is no longer a member on 31 March, or leaves primary school.
 */
export function continuesNextYear(
  enrolment: Enrolment,
  birthDate: LocalDate,
  policy: YearChangePolicy = DEFAULT_YEAR_CHANGE,
): YearChange {
  const fiscalYear = enrolment.fiscalYear + 1;
  const grade = gradeIn(birthDate, fiscalYear);
  const last = admissionOn(enrolment, yearEnd(enrolment.fiscalYear));
  // A withdrawal on 31 March is one: the family wants to end with the year.
  if (!last || enrolment.withdrawal || grade > 6) return { fiscalYear, continues: [], applyAgain: [] };

  const month = monthOf(last.to);
  const mode = extendedUseIn(enrolment, month);
  const reasons = reductionsIn(enrolment, month);
  const [from, to] = [monthOf(yearStart(fiscalYear)), addMonths(monthOf(yearStart(fiscalYear)), 11)];
  const admitted = policy.admission === 'continues' && grade <= policy.lastGrade;
  const extended = admitted && policy.extendedUse === 'continues';
  const going = admitted ? reasons.filter((reason) => policy.reductionsThatContinue.includes(reason)) : [];
  return {
    fiscalYear,
    continues: [
      ...(admitted ? [{ kind: 'admit', bop: last.bop, from: yearStart(fiscalYear) } as const] : []),
      ...(extended && mode ? [{ kind: 'extend', mode, from, to } as const] : []),
      ...going.map((reason) => ({ kind: 'reduceFee', reason, from, to }) as const),
    ],
    applyAgain: [
      ...(admitted ? [] : (['admission'] as const)),
      ...(mode && !extended ? (['extendedUse'] as const) : []),
      ...(reasons.length > going.length ? (['feeReduction'] as const) : []),
    ],
  };
}
