import type { ExtendedMode, Month } from '../enrolment/effects.ts';
import type { Enrolment } from '../enrolment/enrolment.ts';
import { feesIn, monthlyFees, type FeeTable, type Fees } from '../enrolment/fees.ts';
import { monthsBetween } from '../enrolment/months.ts';
import { bopOf } from '../facilities/facilities.ts';
import type { Answers } from '../procedures/definition.ts';
import { officialDate, officialMonth } from './official-dates.ts';

/** The child's enrolment as the register has it when the notice is made, and what it costs. */
export interface EnrolledFacts {
  enrolment: Enrolment;
  fees: Fees;
}

const yen = (amount: number) => `${String(amount).replace(/\B(?=(\d{3})+$)/gu, ',')}円`;

/** A fee from a month on, and what it becomes later in the same time: `月額 5,000円（令和9年10月からは月額 5,500円）`. */
function overTime(fees: Fees, { from, to }: Span, words: (table: FeeTable) => string): string {
  let last = words(feesIn(fees, from));
  const [first, later] = [last, [] as string[]];
  for (const month of monthsBetween(from, to).slice(1)) {
    const now = words(feesIn(fees, month));
    if (now !== last) later.push(`${officialMonth(month)}からは${now}`);
    last = now;
  }
  return later.length === 0 ? first : `${first}（${later.join('、')}）`;
}

/** `月額 5,000円`, for the months of a use. */
export function monthlyFeeText(fees: Fees, months: Span): string {
  return overTime(fees, months, (table) => `月額 ${yen(table.monthly)}`);
}

/** What extended use costs, by its mode, for the months of a use. */
export function extendedFeeText(fees: Fees, mode: ExtendedMode | undefined, months: Span): string {
  if (mode === 'monthly') return overTime(fees, months, (table) => `月額 ${yen(table.extendedMonthly)}`);
  if (mode === 'daily') {
    return overTime(
      fees,
      months,
      (table) => `1日 ${yen(table.extendedDaily)}（月額 ${yen(table.extendedDailyCap)}まで）`,
    );
  }
  return '';
}

/** Months, both counted. */
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
