import { describe, expect, it } from 'vitest';
import { gradeIn } from '../calendar/dates.ts';
import type { EnrolmentEffect, ReductionReason } from './effects.ts';
import { DEFAULT_FEE_TABLE, monthlyFees, yearlyFee, type FeeTable } from './fees.ts';
import { foldEnrolment } from './fold.ts';
import { continuesNextYear, DEFAULT_YEAR_CHANGE, type YearChangePolicy } from './year-change.ts';

const ADMIT: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-04-01' };
const extend = (mode: 'monthly' | 'daily', from = '2027-04', to = '2028-03'): EnrolmentEffect => ({
  kind: 'extend',
  mode,
  from,
  to,
});
const reduce = (reason: ReductionReason, from = '2027-04', to = '2028-03'): EnrolmentEffect => ({
  kind: 'reduceFee',
  reason,
  from,
  to,
});

function enrolment(...effects: readonly EnrolmentEffect[]) {
  return foldEnrolment(
    2027,
    effects.map((effect, index) => ({
      applicationId: `application-${index}`,
      receiptNumber: `A27-00000${index}-0`,
      decidedAt: `2027-01-1${index}T03:00:00.000Z`,
      effect,
    })),
  );
}
const totals = (effects: readonly EnrolmentEffect[], table: FeeTable = DEFAULT_FEE_TABLE) =>
  monthlyFees(enrolment(...effects), table).map(({ total }) => total);

describe('the fee of a month', () => {
  it('is 5,000, with extended use 6,000, and nothing where not a member', () => {
    expect(totals([ADMIT])).toEqual(Array(12).fill(5000));
    expect(totals([ADMIT, extend('monthly', '2027-06', '2027-07')])).toEqual([
      5000,
      5000,
      6000,
      6000,
      ...(Array(8).fill(5000) as number[]),
    ]);
    expect(totals([])).toEqual(Array(12).fill(0));
    expect(yearlyFee(monthlyFees(enrolment(ADMIT)))).toEqual({ total: 60_000, totalAtMost: 60_000 });
  });

  it.each([
    [0, 5000],
    [3, 5600],
    [5, 6000],
    [20, 6000],
  ])('for %i days of extended use by the day is %i', (days, total) => {
    const fees = monthlyFees(enrolment(ADMIT, extend('daily')), DEFAULT_FEE_TABLE, { '2027-05': days });
    expect(fees[1]).toMatchObject({ month: '2027-05', mode: 'daily', total, totalAtMost: 6000 });
    expect(fees[2]).toMatchObject({ total: 5000, totalAtMost: 6000 });
  });

  it.each(['publicAssistance', 'taxExempt', 'schoolExpense', 'longAbsence'] as const)(
    'is nothing with %s by default, extended use included',
    (reason) => {
      const fees = monthlyFees(enrolment(ADMIT, extend('monthly'), reduce(reason, '2027-06', '2027-06')));
      expect(fees.map(({ total }) => total).slice(1, 4)).toEqual([6000, 0, 6000]);
      expect(fees[2]).toMatchObject({ reductions: [reason], base: 5000, extended: 1000, reduced: 6000 });
    },
  );

  it("follows the ward's own table: each fee by the reason that takes off most, never below zero", () => {
    const reductions = {
      ...DEFAULT_FEE_TABLE.reductions,
      taxExempt: { monthly: 50, extended: 0 },
      schoolExpense: { monthly: 20, extended: 150 },
    };
    const effects = [ADMIT, extend('monthly'), reduce('taxExempt'), reduce('schoolExpense')];
    expect(totals(effects, { ...DEFAULT_FEE_TABLE, reductions })[0]).toBe(2500);
    const odd = { ...reductions, taxExempt: { monthly: -30, extended: -30 } };
    expect(totals([ADMIT, reduce('taxExempt')], { ...DEFAULT_FEE_TABLE, reductions: odd })[0]).toBe(5000);
  });

  it('of the month of withdrawal counts in full, half up to 15 days, as the ward has it', () => {
    const leave = (lastDay: string): EnrolmentEffect => ({ kind: 'withdraw', lastDay });
    const half: FeeTable = { ...DEFAULT_FEE_TABLE, partMonth: 'halfUpTo15Days' };
    expect(totals([ADMIT, leave('2027-05-10')]).slice(0, 3)).toEqual([5000, 5000, 0]);
    expect(totals([ADMIT, leave('2027-05-15')], half).slice(0, 3)).toEqual([5000, 2500, 0]);
    expect(totals([ADMIT, leave('2027-05-16')], half).slice(0, 3)).toEqual([5000, 5000, 0]);
  });

  it('of the month of joining counts by half, where the ward has it so; a move costs nothing', () => {
    const table: FeeTable = { ...DEFAULT_FEE_TABLE, partMonth: 'halfWhenJoining' };
    const late: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-06-20' };
    expect(totals([late], table).slice(1, 4)).toEqual([0, 2500, 5000]);
    const moved = monthlyFees(enrolment(ADMIT, { kind: 'moveSchool', bop: '5', from: '2027-06-20' }), table);
    expect(moved.map(({ bop, total }) => [bop, total]).slice(1, 4)).toEqual([
      ['2', 5000],
      ['5', 5000],
      ['5', 5000],
    ]);
  });
});

describe('the year change', () => {
  const child = '2020-06-15';
  const full = [ADMIT, extend('monthly'), reduce('taxExempt'), reduce('longAbsence', '2027-06', '2027-06')];

  it('ends everything by default: who is a member applies again, for what they have in March', () => {
    expect(continuesNextYear(enrolment(...full), child)).toEqual({
      fiscalYear: 2028,
      continues: [],
      applyAgain: [
        { procedure: 'admission', why: 'eachYear' },
        { procedure: 'extendedUse', why: 'eachYear' },
        { procedure: 'feeReduction', why: 'eachYear' },
      ],
    });
    expect(continuesNextYear(enrolment(ADMIT), child).applyAgain).toEqual([
      { procedure: 'admission', why: 'eachYear' },
    ]);
  });

  it('asks nothing of who has left, leaves with the year, or goes to junior high school', () => {
    const nothing = { fiscalYear: 2028, continues: [], applyAgain: [] };
    expect(continuesNextYear(enrolment(), child)).toEqual({ ...nothing, leaves: 'notMember' });
    for (const lastDay of ['2027-10-31', '2028-03-31']) {
      expect(continuesNextYear(enrolment(ADMIT, { kind: 'withdraw', lastDay }), child)).toEqual({
        ...nothing,
        leaves: 'withdrawn',
      });
    }
    const sixth = '2015-06-15';
    expect(gradeIn(sixth, 2028)).toBe(7);
    expect(continuesNextYear(enrolment(ADMIT), sixth)).toEqual({ ...nothing, leaves: 'graduates' });
  });

  it('carries over what the ward lets go on, up to the last grade', () => {
    const policy: YearChangePolicy = {
      ...DEFAULT_YEAR_CHANGE,
      admission: 'continues',
      extendedUse: 'continues',
      reductionsThatContinue: ['taxExempt'],
    };
    const moved: EnrolmentEffect = { kind: 'moveSchool', bop: '5', from: '2027-09-01' };
    expect(continuesNextYear(enrolment(...full, moved), child, policy)).toEqual({
      fiscalYear: 2028,
      continues: [
        { kind: 'admit', bop: '5', from: '2028-04-01' },
        { kind: 'extend', mode: 'monthly', from: '2028-04', to: '2029-03' },
        { kind: 'reduceFee', reason: 'taxExempt', from: '2028-04', to: '2029-03' },
      ],
      applyAgain: [],
    });
    const third = '2018-06-15';
    expect(continuesNextYear(enrolment(...full), third, policy)).toMatchObject({
      continues: [],
      applyAgain: [
        { procedure: 'admission', why: 'aboveLastGrade' },
        { procedure: 'extendedUse', why: 'withAdmission' },
        { procedure: 'feeReduction', why: 'withAdmission' },
      ],
    });
  });
});
