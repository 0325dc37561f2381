import type { LocalDate } from '../calendar/dates.ts';
import type { ExtendedMode, Month, ReductionReason } from './effects.ts';
import { admissionOn, daysAdmitted, extendedUseIn, reductionsIn, type Enrolment } from './enrolment.ts';
import { firstDayOf, monthsOfYear } from './months.ts';

/**
 * How a month in which the child is a member on some days only is charged; wards differ (forms.md, 4): in full, in full for
 * who is a member on its first day and by half for who joins later, or by half up to 15 days.
 */
export type PartMonthRule = 'full' | 'halfWhenJoining' | 'halfUpTo15Days';

/** Fees in yen. The ward's data: `DEFAULT_FEE_TABLE` is what is public. */
export interface FeeTable {
  monthly: number;
  extendedMonthly: number;
  /** Extended use by the day: for each day, and at most for a month. */
  extendedDaily: number;
  extendedDailyCap: number;
  partMonth: PartMonthRule;
  /** Per cent of each fee that a reason takes off. Of several reasons, for each fee the one that takes off most counts. */
  reductions: Readonly<Record<ReductionReason, { monthly: number; extended: number }>>;
}

/**
 * Public of Setagaya: 5,000, extended use 1,000, by the day 200 and at most 1,000, and that public assistance, tax exemption and
 * school-expense support cover both fees. Not public, so defaults of ours for the ward to replace: that part of a month counts
 * in full, and that a month of long absence costs nothing.
 */
export const DEFAULT_FEE_TABLE: FeeTable = {
  monthly: 5000,
  extendedMonthly: 1000,
  extendedDaily: 200,
  extendedDailyCap: 1000,
  partMonth: 'full',
  reductions: {
    publicAssistance: { monthly: 100, extended: 100 },
    taxExempt: { monthly: 100, extended: 100 },
    schoolExpense: { monthly: 100, extended: 100 },
    longAbsence: { monthly: 100, extended: 100 },
  },
};

/** The fees from a day on, which is the first of a month; null: from ever. */
export interface DatedFeeTable {
  from: LocalDate | null;
  table: FeeTable;
}

/** What the months cost: one table for all of them, or one after the other, in the order of their first days. */
export type Fees = FeeTable | readonly DatedFeeTable[];

/** Fees from the ward's editions, in the order in which they come into force. @throws Error without any */
export function datedFees(editions: readonly DatedFeeTable[]): Fees {
  const [first] = editions;
  if (!first) throw new Error('there are no fees');
  return editions.length === 1 ? first.table : editions;
}

/** The fees of a month: a change in the middle of a month would count from the next one. */
export function feesIn(fees: Fees, month: Month): FeeTable {
  if ('monthly' in fees) return fees;
  const day = firstDayOf(month);
  const found = fees.findLast(({ from }) => from === null || from <= day) ?? fees[0];
  return found?.table ?? DEFAULT_FEE_TABLE;
}

/** What a month costs, in yen. Shown, never collected. */
export interface MonthlyFee {
  month: Month;
  /** The 新BOP that the child belongs to at the end of it; undefined where not a member in this month. */
  bop?: string;
  /** Fee for membership, before reductions. */
  base: number;
  mode?: ExtendedMode;
  /** Fee for extended use, before reductions; by the day: for the days that are known. */
  extended: number;
  /** What extended use can come to at most, before reductions. */
  extendedAtMost: number;
  reductions: readonly ReductionReason[];
  /** What the reductions take off. */
  reduced: number;
  total: number;
  /** Where use by the day is not known yet, what the total can come to at most. */
  totalAtMost: number;
}

function baseOf(enrolment: Enrolment, month: Month, table: FeeTable): number {
  const days = daysAdmitted(enrolment, month);
  if (days === 0) return 0;
  const half =
    table.partMonth === 'halfUpTo15Days'
      ? days <= 15
      : table.partMonth === 'halfWhenJoining' && !admissionOn(enrolment, firstDayOf(month));
  return half ? Math.floor(table.monthly / 2) : table.monthly;
}

/** Between nothing and all: a table with 120 per cent in it must not make a fee negative. */
function takenOff(amount: number, percent: number): number {
  return Math.floor((amount * Math.min(Math.max(percent, 0), 100)) / 100);
}

function feeOf(enrolment: Enrolment, month: Month, table: FeeTable, days: number): MonthlyFee {
  const period = enrolment.admission.findLast(
    ({ from, to }) => from.slice(0, 7) <= month && to.slice(0, 7) >= month,
  );
  const base = baseOf(enrolment, month, table);
  const mode = extendedUseIn(enrolment, month);
  const daily = (count: number) => Math.min(count * table.extendedDaily, table.extendedDailyCap);
  const extended = mode === 'monthly' ? table.extendedMonthly : mode === 'daily' ? daily(days) : 0;
  const extendedAtMost = mode === 'daily' ? table.extendedDailyCap : extended;
  const reductions = period ? reductionsIn(enrolment, month) : [];
  const best = (fee: 'monthly' | 'extended') =>
    Math.max(0, ...reductions.map((reason) => table.reductions[reason][fee]));
  const [ofBase, ofExtended] = [takenOff(base, best('monthly')), takenOff(extended, best('extended'))];
  const ofMost = takenOff(extendedAtMost, best('extended'));
  return {
    month,
    ...(period ? { bop: period.bop } : {}),
    base,
    ...(mode ? { mode } : {}),
    extended,
    extendedAtMost,
    reductions,
    reduced: ofBase + ofExtended,
    total: base + extended - ofBase - ofExtended,
    totalAtMost: base + extendedAtMost - ofBase - ofMost,
  };
}

/**
 * The fee of each month of the fiscal year, April to March, that follows from an enrolment.
 * @param daysOfUse days of extended use by month, for who is registered by the day; none where not known
 */
export function monthlyFees(
  enrolment: Enrolment,
  fees: Fees = DEFAULT_FEE_TABLE,
  daysOfUse: Readonly<Record<Month, number>> = {},
): readonly MonthlyFee[] {
  return monthsOfYear(enrolment.fiscalYear).map((month) =>
    feeOf(enrolment, month, feesIn(fees, month), Math.max(0, daysOfUse[month] ?? 0)),
  );
}

/** What a year costs: without use by the day that is not known, and at most. */
export function yearlyFee(fees: readonly MonthlyFee[]): { total: number; totalAtMost: number } {
  return {
    total: fees.reduce((sum, fee) => sum + fee.total, 0),
    totalAtMost: fees.reduce((sum, fee) => sum + fee.totalAtMost, 0),
  };
}
