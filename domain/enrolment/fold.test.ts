import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/dates.ts';
import type { EnrolmentEffect, EnrolmentEntry } from './effects.ts';
import { admissionOn, daysAdmitted, extendedUseIn, reductionsIn, type Enrolment } from './enrolment.ts';
import { monthlyFees, type FeeTable } from './fees.ts';
import { foldEnrolment } from './fold.ts';
import { addMonths, monthsOfYear } from './months.ts';

const YEAR = 2027;

/** Entries decided one after the other, a day apart, in the order they stand in. */
function decided(...effects: readonly EnrolmentEffect[]): EnrolmentEntry[] {
  return effects.map((effect, index) => ({
    applicationId: `application-${index}`,
    receiptNumber: `A27-${String(index).padStart(6, '0')}-0`,
    decidedAt: `${addDays('2027-01-10', index)}T03:00:00.000Z`,
    effect,
  }));
}
const fold = (...effects: readonly EnrolmentEffect[]) => foldEnrolment(YEAR, decided(...effects));
const noEffects = (enrolment: Enrolment) => enrolment.history.map(({ noEffect }) => noEffect);
const periods = (enrolment: Enrolment) =>
  enrolment.admission.map(({ bop, from, to }) => `${bop} ${from} ${to}`);

const ADMIT: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-04-01' };
const EXTEND: EnrolmentEffect = { kind: 'extend', mode: 'monthly', from: '2027-04', to: '2028-03' };
const withdraw = (lastDay: string): EnrolmentEffect => ({ kind: 'withdraw', lastDay });
const change = (lastDay: string | null): EnrolmentEffect => ({ kind: 'changeWithdrawal', lastDay });

describe('admission', () => {
  it('lasts to the end of the fiscal year', () => {
    const enrolment = fold(ADMIT);
    expect(periods(enrolment)).toEqual(['2 2027-04-01 2028-03-31']);
    expect(enrolment.withdrawal).toBeNull();
    expect(admissionOn(enrolment, '2028-03-31')?.bop).toBe('2');
    expect(admissionOn(enrolment, '2028-04-01')).toBeUndefined();
    expect(periods(fold())).toEqual([]);
  });

  it('is not granted twice, and keeps to its year', () => {
    const twice = fold(ADMIT, { kind: 'admit', bop: '3', from: '2027-06-01' });
    expect(periods(twice)).toEqual(['2 2027-04-01 2028-03-31']);
    expect(noEffects(twice)).toEqual([undefined, 'alreadyAdmitted']);
    expect(noEffects(fold({ kind: 'admit', bop: '2', from: '2028-04-01' }))).toEqual(['outsideYear']);
    expect(periods(fold({ kind: 'admit', bop: '2', from: '2027-03-15' }))).toEqual([
      '2 2027-04-01 2028-03-31',
    ]);
  });

  it('moves with the child to another school', () => {
    const moved = fold(ADMIT, { kind: 'moveSchool', bop: '5', from: '2027-09-01' });
    expect(periods(moved)).toEqual(['2 2027-04-01 2027-08-31', '5 2027-09-01 2028-03-31']);
    expect(noEffects(moved)).toEqual([undefined, undefined]);
  });

  it('begins at the new school where the move comes before it, or on its first day', () => {
    for (const from of ['2027-03-20', '2027-04-01']) {
      expect(periods(fold(ADMIT, { kind: 'moveSchool', bop: '5', from }))).toEqual([
        '5 2027-04-01 2028-03-31',
      ]);
    }
  });

  it('follows the later of two decisions about a move on one day, and knows a move to the same school', () => {
    const twice = fold(
      ADMIT,
      { kind: 'moveSchool', bop: '5', from: '2027-09-01' },
      { kind: 'moveSchool', bop: '7', from: '2027-09-01' },
      { kind: 'moveSchool', bop: '7', from: '2027-10-01' },
    );
    expect(periods(twice)).toEqual(['2 2027-04-01 2027-08-31', '7 2027-09-01 2028-03-31']);
    expect(noEffects(twice)).toEqual([undefined, 'replaced', undefined, 'nothingChanged']);
  });

  it('does not move a child that is no member', () => {
    expect(noEffects(fold({ kind: 'moveSchool', bop: '5', from: '2027-09-01' }))).toEqual(['notAdmitted']);
    const gone = fold(ADMIT, withdraw('2027-07-31'), { kind: 'moveSchool', bop: '5', from: '2027-09-01' });
    expect(noEffects(gone)).toEqual([undefined, undefined, 'notAdmitted']);
  });
});

describe('withdrawal', () => {
  it('ends the membership with its last day, inside a month too', () => {
    const enrolment = fold(ADMIT, EXTEND, withdraw('2027-07-12'));
    expect(periods(enrolment)).toEqual(['2 2027-04-01 2027-07-12']);
    expect(enrolment.withdrawal).toMatchObject({ lastDay: '2027-07-12', applicationId: 'application-2' });
    expect(daysAdmitted(enrolment, '2027-07')).toBe(12);
    expect(enrolment.extendedUse).toEqual([{ mode: 'monthly', from: '2027-04', to: '2027-07' }]);
  });

  it.each([
    ['earlier', '2027-06-30', '2 2027-04-01 2027-06-30'],
    ['later', '2027-12-28', '2 2027-04-01 2027-12-28'],
    ['not at all', null, '2 2027-04-01 2028-03-31'],
  ])('can be changed: %s', (_how, lastDay, period) => {
    const enrolment = fold(ADMIT, EXTEND, withdraw('2027-07-12'), change(lastDay));
    expect(periods(enrolment)).toEqual([period]);
    expect(enrolment.withdrawal?.lastDay ?? null).toBe(lastDay);
    expect(noEffects(enrolment)).toEqual([undefined, undefined, 'replaced', undefined]);
    expect(enrolment.extendedUse.at(-1)?.to).toBe(lastDay?.slice(0, 7) ?? '2028-03');
  });

  it('can be changed more than once, and again after staying', () => {
    const enrolment = fold(
      ADMIT,
      withdraw('2027-07-12'),
      change('2027-08-31'),
      change(null),
      withdraw('2027-11-30'),
      change('2027-10-31'),
    );
    expect(periods(enrolment)).toEqual(['2 2027-04-01 2027-10-31']);
    expect(enrolment.withdrawal?.applicationId).toBe('application-5');
  });

  it('needs something to change, and a membership to end', () => {
    expect(noEffects(fold(ADMIT, change('2027-08-31')))).toEqual([undefined, 'noWithdrawal']);
    expect(noEffects(fold(withdraw('2027-08-31')))).toEqual(['notAdmitted']);
    expect(noEffects(fold(ADMIT, withdraw('2028-05-01')))).toEqual([undefined, 'outsideYear']);
    expect(noEffects(fold(ADMIT, withdraw('2027-08-31'), change('2027-08-31')))).toEqual([
      undefined,
      undefined,
      'nothingChanged',
    ]);
  });

  it('before the first day undoes the admission; another may follow', () => {
    const undone = fold(ADMIT, EXTEND, withdraw('2027-03-20'));
    expect(periods(undone)).toEqual([]);
    expect(noEffects(undone)).toEqual(['neverBegan', 'notAdmitted', undefined]);
    expect(periods(fold(ADMIT, withdraw('2027-03-20'), ADMIT))).toEqual(['2 2027-04-01 2028-03-31']);
  });

  it('before coming back undoes the coming back only', () => {
    const back: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-10-01' };
    for (const lastDay of ['2027-09-30', '2027-08-20']) {
      const enrolment = fold(ADMIT, withdraw('2027-07-31'), back, withdraw(lastDay));
      expect(periods(enrolment)).toEqual(['2 2027-04-01 2027-07-31']);
      expect(noEffects(enrolment)).toEqual([undefined, undefined, 'neverBegan', undefined]);
    }
  });

  it('again, later, moves the day; a withdrawal that was undone counts again no more', () => {
    const later = fold(ADMIT, withdraw('2027-07-31'), withdraw('2027-08-31'));
    expect(periods(later)).toEqual(['2 2027-04-01 2027-08-31']);
    expect(noEffects(later)).toEqual([undefined, 'replaced', undefined]);
    const afterAll = fold(ADMIT, withdraw('2027-03-20'), change(null));
    expect(periods(afterAll)).toEqual(['2 2027-04-01 2028-03-31']);
  });

  it('lets the child come back, whose extended use has to be applied for again', () => {
    const back: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-10-01' };
    const enrolment = fold(ADMIT, EXTEND, withdraw('2027-07-31'), back);
    expect(periods(enrolment)).toEqual(['2 2027-04-01 2027-07-31', '2 2027-10-01 2028-03-31']);
    expect(enrolment.withdrawal).toBeNull();
    expect(enrolment.extendedUse).toEqual([{ mode: 'monthly', from: '2027-04', to: '2027-07' }]);
    const again = fold(ADMIT, EXTEND, withdraw('2027-07-31'), back, {
      ...EXTEND,
      from: '2027-10',
    });
    expect(again.extendedUse.at(-1)).toEqual({ mode: 'monthly', from: '2027-10', to: '2028-03' });
  });
});

describe('extended use and reductions', () => {
  it('come into force with an admission that is decided later', () => {
    const late = decided(EXTEND, ADMIT);
    expect(foldEnrolment(YEAR, late).extendedUse).toHaveLength(1);
    expect(foldEnrolment(YEAR, late.slice(0, 1)).history[0]?.noEffect).toBe('notAdmitted');
  });

  it('end when declined, and can be applied for again', () => {
    const enrolment = fold(
      ADMIT,
      EXTEND,
      { kind: 'declineExtended', from: '2027-09' },
      { kind: 'extend', mode: 'daily', from: '2028-01', to: '2028-03' },
    );
    expect(enrolment.extendedUse).toEqual([
      { mode: 'monthly', from: '2027-04', to: '2027-08' },
      { mode: 'daily', from: '2028-01', to: '2028-03' },
    ]);
    expect(noEffects(fold(ADMIT, { kind: 'declineExtended', from: '2027-09' }))).toEqual([
      undefined,
      'noExtendedUse',
    ]);
    expect(noEffects(fold(ADMIT, EXTEND, EXTEND))).toEqual([undefined, undefined, 'alreadyGranted']);
  });

  it('changes the mode with a later decision', () => {
    const enrolment = fold(ADMIT, EXTEND, { kind: 'extend', mode: 'daily', from: '2027-10', to: '2028-03' });
    expect(extendedUseIn(enrolment, '2027-09')).toBe('monthly');
    expect(extendedUseIn(enrolment, '2027-10')).toBe('daily');
    expect(noEffects(fold(ADMIT, EXTEND, { ...EXTEND, mode: 'daily' }))).toEqual([
      undefined,
      'replaced',
      undefined,
    ]);
  });

  it('joins reductions of one reason, and keeps those of several apart', () => {
    const enrolment = fold(
      ADMIT,
      { kind: 'reduceFee', reason: 'taxExempt', from: '2027-04', to: '2027-08' },
      { kind: 'reduceFee', reason: 'taxExempt', from: '2027-07', to: '2027-12' },
      { kind: 'reduceFee', reason: 'longAbsence', from: '2027-06', to: '2027-06' },
      withdraw('2027-11-05'),
    );
    expect(enrolment.reductions).toEqual([
      { reason: 'taxExempt', from: '2027-04', to: '2027-11' },
      { reason: 'longAbsence', from: '2027-06', to: '2027-06' },
    ]);
    expect(reductionsIn(enrolment, '2027-06')).toEqual(['taxExempt', 'longAbsence']);
  });

  it('keep to the fiscal year', () => {
    expect(
      fold(ADMIT, { kind: 'reduceFee', reason: 'taxExempt', from: '2026-01', to: '2029-01' }).reductions,
    ).toEqual([{ reason: 'taxExempt', from: '2027-04', to: '2028-03' }]);
    expect(noEffects(fold(ADMIT, { kind: 'extend', mode: 'daily', from: '2028-04', to: '2028-06' }))).toEqual(
      [undefined, 'outsideYear'],
    );
  });
});

const day = fc.integer({ min: -20, max: 380 }).map((offset) => addDays('2027-04-01', offset));
const month = fc.integer({ min: -2, max: 13 }).map((offset) => addMonths('2027-04', offset));
const bop = fc.constantFrom('2', '5', '7');
const effect: fc.Arbitrary<EnrolmentEffect> = fc.oneof(
  fc.record({ kind: fc.constant('admit' as const), bop, from: day }),
  fc.record({ kind: fc.constant('moveSchool' as const), bop, from: day }),
  fc.record({
    kind: fc.constant('extend' as const),
    mode: fc.constantFrom('monthly' as const, 'daily' as const),
    from: month,
    to: month,
  }),
  fc.record({ kind: fc.constant('declineExtended' as const), from: month }),
  fc.record({ kind: fc.constant('withdraw' as const), lastDay: day }),
  fc.record({ kind: fc.constant('changeWithdrawal' as const), lastDay: fc.option(day) }),
  fc.record({
    kind: fc.constant('reduceFee' as const),
    reason: fc.constantFrom('publicAssistance', 'taxExempt', 'schoolExpense', 'longAbsence'),
    from: month,
    to: month,
  }),
);
/** Any decisions, some in the same instant, one application each. */
const history: fc.Arbitrary<EnrolmentEntry[]> = fc
  .array(fc.record({ effect, on: fc.integer({ min: 0, max: 6 }) }), { maxLength: 12 })
  .map((list) =>
    list.map(({ effect: one, on }, index) => ({
      applicationId: `application-${index}`,
      receiptNumber: `A27-${String(index).padStart(6, '0')}-0`,
      decidedAt: `${addDays('2027-01-10', on)}T03:00:00.000Z`,
      effect: one,
    })),
  );
const shuffled = history.chain((entries) =>
  fc.record({
    entries: fc.constant(entries),
    other: fc.shuffledSubarray([...entries, ...entries.slice(0, 3)], {
      minLength: entries.length + Math.min(entries.length, 3),
    }),
  }),
);
const anyTable: fc.Arbitrary<FeeTable> = fc.record({
  monthly: fc.nat(9000),
  extendedMonthly: fc.nat(3000),
  extendedDaily: fc.nat(500),
  extendedDailyCap: fc.nat(2000),
  partMonth: fc.constantFrom('full' as const, 'halfWhenJoining' as const, 'halfUpTo15Days' as const),
  reductions: fc.record({
    publicAssistance: fc.record({ monthly: fc.nat(150), extended: fc.nat(150) }),
    taxExempt: fc.record({ monthly: fc.nat(150), extended: fc.nat(150) }),
    schoolExpense: fc.record({ monthly: fc.nat(150), extended: fc.nat(150) }),
    longAbsence: fc.record({ monthly: fc.nat(150), extended: fc.nat(150) }),
  }),
});

describe('whatever is decided, in whatever order it arrives', () => {
  it('the end is the same, also where an entry comes twice', () => {
    fc.assert(
      fc.property(shuffled, ({ entries, other }) => {
        expect(foldEnrolment(YEAR, other)).toEqual(foldEnrolment(YEAR, entries));
      }),
      { numRuns: 500 },
    );
  });

  it('no two periods of one kind are open at once, none is empty, all lie in the year', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const { admission, extendedUse, reductions } = foldEnrolment(YEAR, entries);
        for (const [index, { from, to }] of admission.entries()) {
          expect(from <= to && from >= '2027-04-01' && to <= '2028-03-31').toBe(true);
          const next = admission[index + 1];
          if (next) expect(next.from > to).toBe(true);
        }
        const months = monthsOfYear(YEAR);
        for (const period of [...extendedUse, ...reductions]) {
          expect(period.from <= period.to).toBe(true);
          expect(months.includes(period.from) && months.includes(period.to)).toBe(true);
        }
        for (const one of months) {
          const open = (list: readonly { from: string; to: string }[]) =>
            list.filter(({ from, to }) => from <= one && one <= to).length;
          expect(open(extendedUse)).toBeLessThanOrEqual(1);
          for (const { reason } of reductions)
            expect(open(reductions.filter((r) => r.reason === reason))).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('extended use and reductions lie within membership', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const enrolment = foldEnrolment(YEAR, entries);
        for (const one of monthsOfYear(YEAR)) {
          if (daysAdmitted(enrolment, one) > 0) continue;
          expect(extendedUseIn(enrolment, one)).toBeUndefined();
          expect(reductionsIn(enrolment, one)).toEqual([]);
        }
      }),
    );
  });

  it('every application is in the history once, and the withdrawal ends the last period', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const enrolment = foldEnrolment(YEAR, entries);
        expect(enrolment.history.map(({ entry }) => entry.applicationId).toSorted()).toEqual(
          entries.map(({ applicationId }) => applicationId).toSorted(),
        );
        if (enrolment.withdrawal) expect(enrolment.withdrawal.lastDay).toBe(enrolment.admission.at(-1)?.to);
        else if (enrolment.admission.length > 0) expect(enrolment.admission.at(-1)?.to).toBe('2028-03-31');
      }),
      { numRuns: 500 },
    );
  });

  it('decisions about different things may be decided in any order', () => {
    const sets = fc.shuffledSubarray<EnrolmentEffect>(
      [
        ADMIT,
        EXTEND,
        { kind: 'reduceFee', reason: 'taxExempt', from: '2027-04', to: '2028-03' },
        { kind: 'moveSchool', bop: '5', from: '2027-09-01' },
        withdraw('2027-12-15'),
      ],
      { minLength: 5 },
    );
    fc.assert(
      fc.property(sets, (effects) => {
        const { admission, extendedUse, reductions, withdrawal } = fold(...effects);
        expect(admission.map(({ bop: at, from, to }) => [at, from, to])).toEqual([
          ['2', '2027-04-01', '2027-08-31'],
          ['5', '2027-09-01', '2027-12-15'],
        ]);
        expect(extendedUse).toEqual([{ mode: 'monthly', from: '2027-04', to: '2027-12' }]);
        expect(reductions).toEqual([{ reason: 'taxExempt', from: '2027-04', to: '2027-12' }]);
        expect(withdrawal?.lastDay).toBe('2027-12-15');
      }),
    );
  });

  it('no fee is below zero or above what the table says, whatever the table', () => {
    fc.assert(
      fc.property(
        history,
        anyTable,
        fc.dictionary(fc.constantFrom(...monthsOfYear(YEAR)), fc.integer({ min: -3, max: 40 })),
        (entries, table, daysOfUse) => {
          const enrolment = foldEnrolment(YEAR, entries);
          const fees = monthlyFees(enrolment, table, daysOfUse);
          expect(fees.map(({ month: one }) => one)).toEqual(monthsOfYear(YEAR));
          for (const fee of fees) {
            expect(fee.total).toBeGreaterThanOrEqual(0);
            expect(fee.totalAtMost).toBeGreaterThanOrEqual(fee.total);
            expect(fee.total).toBe(fee.base + fee.extended - fee.reduced);
            expect(fee.extended).toBeLessThanOrEqual(Math.max(table.extendedMonthly, table.extendedDailyCap));
            if (daysAdmitted(enrolment, fee.month) === 0)
              expect(fee).toMatchObject({ base: 0, totalAtMost: 0 });
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
