import type { Month } from '../enrolment/effects.ts';
import type { Enrolment } from '../enrolment/enrolment.ts';
import { monthlyFees, type FeeTable } from '../enrolment/fees.ts';
import { bopOf } from '../facilities/facilities.ts';
import type { Answers } from '../procedures/definition.ts';
import { officialDate, officialMonth } from './official-dates.ts';

/** The child's enrolment as the register has it when the notice is made, and what it costs. */
export interface EnrolledFacts {
  enrolment: Enrolment;
  fees: FeeTable;
}

const yen = (amount: number) => `${String(amount).replace(/\B(?=(\d{3})+$)/gu, ',')}円`;

/** `月額 5,000円`. */
export function monthlyFeeText(fees: FeeTable): string {
  return `月額 ${yen(fees.monthly)}`;
}

/** What extended use costs, by its mode. */
export function extendedFeeText(fees: FeeTable, mode: 'monthly' | 'daily' | undefined): string {
  if (mode === 'monthly') return `月額 ${yen(fees.extendedMonthly)}`;
  if (mode === 'daily') return `1日 ${yen(fees.extendedDaily)}（月額 ${yen(fees.extendedDailyCap)}まで）`;
  return '';
}

interface Span {
  from: Month;
  to: Month;
}

/** The months that a certificate is asked for; undefined where the whole year's membership is certified. */
function spanOf(answers: Answers): Span | undefined {
  const { certificate_kind: kind, certificate_from: from, certificate_to: to } = answers;
  if (kind !== 'period' && kind !== 'fees') return undefined;
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined;
}

/** The days of membership, a line for each 新BOP, within the months that are to be certified. */
function periodsText({ admission }: Enrolment, span: Span | undefined): string {
  return admission
    .filter(({ from, to }) => !span || (from.slice(0, 7) <= span.to && to.slice(0, 7) >= span.from))
    .map(
      ({ bop, from, to }) => `${officialDate(from)}から${officialDate(to)}まで　${bopOf(bop)?.name ?? bop}`,
    )
    .join('\n');
}

/**
 * What a certificate certifies, from the register and not from what was answered: days of membership, and for a certificate of
 * fees each month's fee with its sum. Empty where the child is not a member.
 */
export function enrolledValues(
  facts: EnrolledFacts | undefined,
  answers: Answers,
): { enrolledPeriods: string; monthlyFees: string; feesTotal: string } {
  if (!facts) return { enrolledPeriods: '', monthlyFees: '', feesTotal: '' };
  const span = spanOf(answers);
  const enrolledPeriods = periodsText(facts.enrolment, span);
  if (answers['certificate_kind'] !== 'fees' || !span) {
    return { enrolledPeriods, monthlyFees: '', feesTotal: '' };
  }
  const months = monthlyFees(facts.enrolment, facts.fees).filter(
    ({ month }) => span.from <= month && month <= span.to,
  );
  const amount = ({ total, totalAtMost }: { total: number; totalAtMost: number }) =>
    total === totalAtMost ? yen(total) : `${yen(total)}から${yen(totalAtMost)}まで（利用日数による）`;
  const sum = {
    total: months.reduce((all, one) => all + one.total, 0),
    totalAtMost: months.reduce((all, one) => all + one.totalAtMost, 0),
  };
  return {
    enrolledPeriods,
    monthlyFees: months.map((one) => `${officialMonth(one.month)}　${amount(one)}`).join('\n'),
    feesTotal: amount(sum),
  };
}
