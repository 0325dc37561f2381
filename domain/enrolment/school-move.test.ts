import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/dates.ts';
import type { EnrolmentEffect, EnrolmentEntry } from './effects.ts';
import { admissionOn, bopsConcerned, bopShownOn, isAdmittedIn } from './enrolment.ts';
import { monthlyFees } from './fees.ts';
import { foldEnrolment } from './fold.ts';
import { firstDayOf, lastDayOf, monthsOfYear } from './months.ts';
import { mayGoOverPlaces, monthsOverPlaces, moveProblem, withMove } from './school-move.ts';

const entry = (effect: EnrolmentEffect, index: number, record = false): EnrolmentEntry => ({
  applicationId: record ? 'application-0' : `application-${String(index)}`,
  receiptNumber: record ? '' : `A27-${String(index)}`,
  decidedAt: `${addDays('2027-03-01', index)}T01:00:00.000Z`,
  effect,
  ...(record ? { record: { id: `move-${String(index)}`, source: 'schoolMove' as const, by: 'leader' } } : {}),
});
const member = (...effects: EnrolmentEffect[]) =>
  foldEnrolment(
    2027,
    effects.map((effect, index) => entry(effect, index)),
  );
const admit: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-05-10' };
const day = fc.integer({ min: 0, max: 365 }).map((days) => addDays('2027-04-01', days));

describe('a change of school', () => {
  it('changes the 新BOP from its day on and nothing else: days, extended use, reductions, fees', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ from: day, bop: fc.constantFrom('2', '5', '7') }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.boolean(),
        (moves, leaves) => {
          const before = member(
            admit,
            { kind: 'extend', mode: 'monthly', from: '2027-06', to: '2028-03' },
            { kind: 'reduceFee', reason: 'schoolExpense', from: '2027-07', to: '2027-12' },
            ...(leaves ? [{ kind: 'withdraw', lastDay: '2027-12-20' } as const] : []),
          );
          let now = before;
          moves.forEach((move, index) => {
            if (moveProblem(now, move)) return;
            now = withMove(now, entry({ kind: 'moveSchool', ...move }, 10 + index, true));
            expect(admissionOn(now, move.from)?.bop).toBe(move.bop);
          });
          expect(now.extendedUse).toEqual(before.extendedUse);
          expect(now.reductions).toEqual(before.reductions);
          expect(now.withdrawal).toEqual(before.withdrawal);
          const member1 = (month: string) => isAdmittedIn(now, month);
          expect(monthsOfYear(2027).map(member1)).toEqual(
            monthsOfYear(2027).map((m) => isAdmittedIn(before, m)),
          );
          expect([now.admission[0]?.from, now.admission.at(-1)?.to]).toEqual([
            before.admission[0]?.from,
            before.admission.at(-1)?.to,
          ]);
          expect(monthlyFees(now).map(({ total }) => total)).toEqual(
            monthlyFees(before).map(({ total }) => total),
          );
        },
      ),
    );
  });

  it('says at its field what cannot be recorded', () => {
    const enrolment = member(admit, { kind: 'withdraw', lastDay: '2027-12-20' });
    const code = (bop: string, from: string) => moveProblem(enrolment, { bop, from })?.code;
    expect(code('5', '2027-09-01')).toBeUndefined();
    expect(code('99', '2027-09-01')).toBe('unknownBop');
    expect(code('2', '2027-09-01')).toBe('sameBop');
    expect(code('5', '2028-04-01')).toBe('outsideYear');
    expect([code('5', '2027-05-09'), code('5', '2027-12-21')]).toEqual(['notMember', 'notMember']);
  });

  it('is taken back by recording the former 新BOP from the same day', () => {
    const moved = withMove(
      member(admit),
      entry({ kind: 'moveSchool', bop: '5', from: '2027-09-01' }, 10, true),
    );
    const back = withMove(moved, entry({ kind: 'moveSchool', bop: '2', from: '2027-09-01' }, 11, true));
    expect(back.admission.map(({ bop, from, to }) => [bop, from, to])).toEqual([
      ['2', '2027-05-10', '2028-03-31'],
    ]);
    expect(back.history.map(({ noEffect }) => noEffect)).toEqual([undefined, 'replaced', 'nothingChanged']);
  });

  it('lets the new 新BOP look ahead and the old one until its last day (Q03)', () => {
    const moved = withMove(
      member(admit),
      entry({ kind: 'moveSchool', bop: '5', from: '2027-09-01' }, 10, true),
    );
    expect([bopsConcerned(moved, '2027-08-31'), bopsConcerned(moved, '2027-09-01')]).toEqual([
      ['2', '5'],
      ['5'],
    ]);
    const shown = (on: string) => bopShownOn(moved, on);
    expect(['2027-04-10', '2027-08-31', '2027-09-01', '2028-05-01'].map(shown)).toEqual(['2', '2', '5', '5']);
    const left = member(admit, { kind: 'withdraw', lastDay: '2027-07-31' });
    expect([bopsConcerned(left, '2028-01-01'), shown('2027-01-01')]).toEqual([['2'], '2']);
  });

  it('keeps extended use, and says in which months the new 新BOP has no place left', () => {
    const before = member(admit, { kind: 'extend', mode: 'monthly', from: '2027-06', to: '2027-11' });
    const after = withMove(before, entry({ kind: 'moveSchool', bop: '5', from: '2027-09-15' }, 10, true));
    const full = new Map([
      ['2027-08', 40],
      ['2027-09', 40],
      ['2027-10', 39],
      ['2027-11', 41],
    ]);
    const ask = (from: string, places = 40) =>
      monthsOverPlaces({ before, after, bop: '5' }, { places, dailyTakesPlace: true, taken: full, from });
    expect(ask('2027-04')).toEqual(['2027-09', '2027-11']);
    expect(ask('2027-10')).toEqual(['2027-11']);
    expect(ask('2027-04', 50)).toEqual([]);
    expect([mayGoOverPlaces('ward'), mayGoOverPlaces('leader')]).toEqual([true, false]);
    expect(after.extendedUse).toEqual(before.extendedUse);
    expect(lastDayOf('2027-09') > firstDayOf('2027-09')).toBe(true);
  });
});
