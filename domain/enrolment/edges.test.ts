import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/dates.ts';
import { EXTENDED_USE } from '../procedures/extended-use/index.ts';
import { exampleOf } from '../procedures/examples/index.ts';
import { WITHDRAWAL_DATE_CHANGE } from '../procedures/withdrawal-date-change.ts';
import { decidedEffect } from './decided.ts';
import type { EnrolmentEffect, EnrolmentEntry } from './effects.ts';
import { monthlyFees } from './fees.ts';
import { foldEnrolment } from './fold.ts';
import { checkNeed } from './needs.ts';
import { continuesNextYear, DEFAULT_YEAR_CHANGE } from './year-change.ts';

const ADMIT: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-04-01' };
const withdraw = (lastDay: string): EnrolmentEffect => ({ kind: 'withdraw', lastDay });
const reduce = (from: string, to: string): EnrolmentEffect => ({
  kind: 'reduceFee',
  reason: 'taxExempt',
  from,
  to,
});

/** Decided one after the other, a day apart. */
function fold(...effects: readonly EnrolmentEffect[]) {
  return foldEnrolment(
    2027,
    effects.map((effect, index) => ({
      applicationId: `application-${index}`,
      receiptNumber: `A27-00000${index}-0`,
      decidedAt: `${addDays('2027-01-10', index)}T03:00:00.000Z`,
      effect,
    })),
  );
}
const noEffects = (...effects: readonly EnrolmentEffect[]) =>
  fold(...effects).history.map(({ noEffect }) => noEffect);
const entry = (applicationId: string, receiptNumber: string, effect: EnrolmentEffect): EnrolmentEntry => ({
  applicationId,
  receiptNumber,
  decidedAt: '2027-01-20T03:00:00.000Z',
  effect,
});

describe('decisions of one instant', () => {
  it('stand in the history so that what has to be there first comes first', () => {
    const effects: readonly EnrolmentEffect[] = [
      { kind: 'changeWithdrawal', lastDay: '2027-10-31' },
      withdraw('2027-08-31'),
      reduce('2027-04', '2027-05'),
      { kind: 'declineExtended', from: '2027-06' },
      { kind: 'extend', mode: 'monthly', from: '2027-04', to: '2028-03' },
      { kind: 'moveSchool', bop: '5', from: '2027-05-01' },
      ADMIT,
    ];
    const { history } = foldEnrolment(
      2027,
      effects.map((effect, index) => entry(`id-${index}`, `A27-00000${index}-0`, effect)),
    );
    expect(history.map((line) => line.entry.effect.kind)).toEqual([
      'admit',
      'moveSchool',
      'extend',
      'declineExtended',
      'reduceFee',
      'withdraw',
      'changeWithdrawal',
    ]);
    expect(history.map(({ noEffect }) => noEffect)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'replaced',
      undefined,
    ]);
  });

  it('about the same thing go by their receipt numbers', () => {
    const move = (bop: string): EnrolmentEffect => ({ kind: 'moveSchool', bop, from: '2027-09-01' });
    const { admission } = foldEnrolment(2027, [
      entry('z', 'A27-000001-0', ADMIT),
      entry('a', 'I27-000002-0', move('7')),
      entry('b', 'I27-000001-0', move('5')),
    ]);
    expect(admission.map(({ bop }) => bop)).toEqual(['2', '7']);
  });
});

describe('a decision that came before what it is about', () => {
  it('a withdrawal decided before the admission does not undo it', () => {
    expect(fold(withdraw('2027-03-20'), ADMIT).admission).toMatchObject([{ from: '2027-04-01' }]);
    expect(noEffects(withdraw('2027-03-20'), ADMIT)).toEqual(['notAdmitted', undefined]);
  });

  it('a move decided before the admission, for a day before it, does not say where the child begins', () => {
    const move: EnrolmentEffect = { kind: 'moveSchool', bop: '5', from: '2027-03-20' };
    expect(fold(move, ADMIT).admission.map(({ bop }) => bop)).toEqual(['2']);
    expect(noEffects(move, ADMIT)).toEqual(['notAdmitted', undefined]);
  });
});

describe('a decision that reaches beyond', () => {
  it('a new last day after the year changes nothing: the one before it stands', () => {
    const late: EnrolmentEffect = { kind: 'changeWithdrawal', lastDay: '2028-05-01' };
    const enrolment = fold(ADMIT, withdraw('2027-08-31'), late);
    expect(enrolment.withdrawal?.lastDay).toBe('2027-08-31');
    expect(enrolment.history.map(({ noEffect }) => noEffect)).toEqual([undefined, undefined, 'outsideYear']);
  });

  it('a reduction has its effect where any of its months is new, and none where all are granted', () => {
    expect(noEffects(ADMIT, reduce('2027-04', '2027-06'), reduce('2027-06', '2027-08'))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(noEffects(ADMIT, reduce('2027-04', '2027-08'), reduce('2027-05', '2027-06'))).toEqual([
      undefined,
      undefined,
      'alreadyGranted',
    ]);
  });

  it('days of use below zero cost nothing, and give nothing back', () => {
    const daily: EnrolmentEffect = { kind: 'extend', mode: 'daily', from: '2027-04', to: '2028-03' };
    const [, may] = monthlyFees(fold(ADMIT, daily), undefined, { '2027-05': -3 });
    expect(may).toMatchObject({ extended: 0, total: 5000 });
  });

  it('the last month and the last day count in', () => {
    const extended: EnrolmentEffect = { kind: 'extend', mode: 'monthly', from: '2027-04', to: '2027-09' };
    const decline = (today: string) =>
      checkNeed({ kind: 'extendedUse' }, { today, enrolment: fold(ADMIT, extended), open: [] }).kind;
    expect([decline('2027-09-30'), decline('2027-10-01')]).toEqual(['ok', 'refused']);
    // Who leaves with the year may apply again within it: leaving is a decision of the family's.
    const leaving = fold(ADMIT, withdraw('2028-03-31'));
    const again = checkNeed(
      { kind: 'none', unlessAdmitted: true },
      { today: '2027-12-01', enrolment: leaving, open: [] },
    );
    expect(again).toEqual({ kind: 'ok' });
  });

  it('coming back on the last day of the membership before is no coming back', () => {
    const back = (from: string): EnrolmentEffect => ({ kind: 'admit', bop: '5', from });
    expect(noEffects(ADMIT, withdraw('2027-07-31'), back('2027-07-31'))).toEqual([
      undefined,
      undefined,
      'alreadyAdmitted',
    ]);
    expect(fold(ADMIT, withdraw('2027-07-31'), back('2027-08-01')).admission).toHaveLength(2);
  });

  it('the last grade of the ward’s rule still goes on into the next year', () => {
    const policy = { ...DEFAULT_YEAR_CHANGE, admission: 'continues' } as const;
    const grade = (birthDate: string) => continuesNextYear(fold(ADMIT), birthDate, policy).continues.length;
    expect([grade('2019-06-15'), grade('2018-06-15')]).toEqual([1, 0]);
  });
});

describe('the day that the ward decides', () => {
  const { answers } = exampleOf('extendedUse', '日ぎめ');
  const approved = (effectiveFrom?: string) =>
    decidedEffect(EXTENDED_USE, answers, {
      outcome: 'approved',
      ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    });

  it('is the first month of extended use that moves up, never after its last', () => {
    expect(approved()).toMatchObject({ from: '2027-06', to: '2027-09' });
    expect(approved('2027-08-01')).toMatchObject({ from: '2027-08', to: '2027-09' });
    expect(approved('2027-11-01')).toMatchObject({ from: '2027-11', to: '2027-11' });
  });

  it('moves a last day, where there is one', () => {
    const { roles } = WITHDRAWAL_DATE_CHANGE;
    const dated = { ...WITHDRAWAL_DATE_CHANGE, roles: { ...roles, startDate: 'new_withdrawal_date' } };
    const of = (example: string) =>
      decidedEffect(dated, exampleOf('withdrawalDateChange', example).answers, {
        outcome: 'approved',
        effectiveFrom: '2027-11-30',
      });
    expect(of('遅くする')).toMatchObject({ lastDay: '2027-11-30' });
    expect(of('退会をやめる')).toMatchObject({ lastDay: null });
  });
});
