import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/dates.ts';
import { EXAMPLES } from '../procedures/examples/index.ts';
import { procedureOf } from '../procedures/registry.ts';
import { decidedEffect } from './decided.ts';
import type { EnrolmentEffect, EnrolmentEntry } from './effects.ts';
import type { Enrolment } from './enrolment.ts';
import { monthlyFees } from './fees.ts';
import { foldEnrolment } from './fold.ts';
import { addMonths, monthOf, monthsOfYear } from './months.ts';

const YEAR = 2027;

/** Entries whose decisions come in this order, on days of their own or, where `apart` is 0, in one instant. */
function decided(effects: readonly EnrolmentEffect[], apart = 1): EnrolmentEntry[] {
  return effects.map((effect, index) => ({
    applicationId: `application-${effect.kind}-${'reason' in effect ? effect.reason : ''}-${index}`,
    receiptNumber: `A27-${String(index).padStart(6, '0')}-0`,
    decidedAt: `${addDays('2027-01-10', index * apart)}T03:00:00.000Z`,
    effect,
  }));
}
/** What families and halls see of it: periods, without who decided what when. */
function seen({ admission, extendedUse, reductions, withdrawal, ...rest }: Enrolment) {
  return {
    admission: admission.map(({ bop, from, to }) => ({ bop, from, to })),
    extendedUse,
    reductions,
    lastDay: withdrawal?.lastDay ?? null,
    fees: monthlyFees({ admission, extendedUse, reductions, withdrawal, ...rest }).map(({ total }) => total),
  };
}

const offset = (min: number, max: number) => fc.integer({ min, max });

/** A whole year of one child: begins, moves, leaves, with extended use and reductions for every reason; all about different things. */
const differentThings: fc.Arbitrary<readonly EnrolmentEffect[]> = fc
  .record({
    begin: offset(0, 120),
    move: offset(1, 60),
    leave: offset(1, 150),
    mode: fc.constantFrom('monthly' as const, 'daily' as const),
    months: fc.tuple(offset(0, 11), offset(0, 11)),
    reductions: fc.uniqueArray(
      fc.record({
        reason: fc.constantFrom('publicAssistance', 'taxExempt', 'schoolExpense', 'longAbsence'),
        months: fc.tuple(offset(0, 11), offset(0, 11)),
      }),
      { maxLength: 5 },
    ),
    kinds: fc.subarray(['moveSchool', 'withdraw', 'extend', 'reduceFee'] as const),
  })
  .map(({ begin, move, leave, mode, months, reductions, kinds }) => {
    const month = (at: number) => addMonths('2027-04', at);
    const first = addDays('2027-04-01', begin);
    const moved = addDays(first, move);
    const all: EnrolmentEffect[] = [
      { kind: 'moveSchool', bop: '5', from: moved },
      { kind: 'withdraw', lastDay: addDays(moved, leave) },
      { kind: 'extend', mode, from: month(Math.min(...months)), to: month(Math.max(...months)) },
      ...reductions.map((one): EnrolmentEffect => ({
        kind: 'reduceFee',
        reason: one.reason,
        from: month(Math.min(...one.months)),
        to: month(Math.max(...one.months)),
      })),
    ];
    const admit: EnrolmentEffect = { kind: 'admit', bop: '2', from: first };
    return [admit, ...all.filter(({ kind }) => (kinds as readonly string[]).includes(kind))];
  });

describe('decisions in random orders', () => {
  it('about different things end the same, whichever was decided first, also in one instant', () => {
    const shuffled = differentThings.chain((effects) =>
      fc.tuple(
        fc.constant(effects),
        fc.shuffledSubarray([...effects], { minLength: effects.length }),
        fc.constantFrom(0, 1),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([effects, other, apart]) => {
        const one = seen(foldEnrolment(YEAR, decided(effects)));
        expect(seen(foldEnrolment(YEAR, decided(other, apart)))).toEqual(one);
        // And it is what the forms asked for: begins on its day, ends on the last.
        const [admit] = effects;
        const leave = effects.find(({ kind }) => kind === 'withdraw');
        expect(one.admission[0]?.from).toBe(admit?.kind === 'admit' ? admit.from : '');
        expect(one.admission.at(-1)?.to).toBe(leave?.kind === 'withdraw' ? leave.lastDay : '2028-03-31');
      }),
      { numRuns: 400 },
    );
  });

  const BY_PROCEDURE = EXAMPLES.map(({ procedure, answers, name }) => ({
    name: `${procedure} ${name}`,
    effect: decidedEffect(procedureOf(procedure)!, answers, {
      outcome: 'approved',
      ...(procedure === 'admission' ? { effectiveFrom: '2027-04-01' } : {}),
    }),
    refused: decidedEffect(procedureOf(procedure)!, answers, { outcome: 'refused' }),
  }));

  it('of every procedure in each of its ways: an approval has its effect, a refusal none', () => {
    expect(BY_PROCEDURE.filter(({ refused }) => refused !== undefined)).toEqual([]);
    const without = BY_PROCEDURE.filter(({ effect }) => effect === undefined).map(
      ({ name }) => name.split(' ')[0],
    );
    expect([...new Set(without)]).toEqual(['certificate', 'cancellation']);
    const kinds = new Set(BY_PROCEDURE.flatMap(({ effect }) => effect?.kind ?? []));
    expect([...kinds].sort()).toEqual([
      'admit',
      'changeWithdrawal',
      'declineExtended',
      'extend',
      'reduceFee',
      'withdraw',
    ]);
  });

  it('of every procedure, in any order and number: never two open periods, never a fee below zero, all in the year', () => {
    const effects = BY_PROCEDURE.flatMap(({ effect }) => effect ?? []);
    const course = fc.tuple(
      fc.array(fc.constantFrom(...effects), { maxLength: 20 }),
      fc.constantFrom(0, 1),
      fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 }),
    );
    fc.assert(
      fc.property(course, ([list, apart, noise]) => {
        const entries = decided(list, apart);
        const enrolment = foldEnrolment(YEAR, entries);
        const arrived = entries.map((entry, at) => [noise[at]!, entry] as const).sort(([a], [b]) => a - b);
        expect(foldEnrolment(YEAR, [...arrived.map(([, entry]) => entry), ...entries])).toEqual(enrolment);
        for (const [index, { from, to }] of enrolment.admission.entries()) {
          expect('2027-04-01' <= from && from <= to && to <= '2028-03-31').toBe(true);
          expect(enrolment.admission.slice(index + 1).every((later) => later.from > to)).toBe(true);
        }
        for (const month of monthsOfYear(YEAR)) {
          const open = (periods: readonly { from: string; to: string }[]) =>
            periods.filter(({ from, to }) => from <= month && month <= to).length;
          expect(open(enrolment.extendedUse)).toBeLessThanOrEqual(1);
          const reasons = new Set(enrolment.reductions.map(({ reason }) => reason));
          for (const reason of reasons)
            expect(open(enrolment.reductions.filter((one) => one.reason === reason))).toBeLessThanOrEqual(1);
          const member = enrolment.admission.some(
            ({ from, to }) => monthOf(from) <= month && month <= monthOf(to),
          );
          if (!member) expect(open(enrolment.extendedUse) + open(enrolment.reductions)).toBe(0);
        }
        for (const { total, totalAtMost, base, reduced } of monthlyFees(enrolment)) {
          expect(total).toBeGreaterThanOrEqual(0);
          expect(totalAtMost).toBeLessThanOrEqual(6000);
          expect(reduced === 0 || base > 0).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('about the same thing: the later decision counts, whatever came before it', () => {
    const last = fc.constantFrom('2027-06-30', '2027-10-15', '2028-01-31', null);
    fc.assert(
      fc.property(fc.array(last, { minLength: 1, maxLength: 6 }), (days) => {
        const changes = days.map((lastDay): EnrolmentEffect => ({ kind: 'changeWithdrawal', lastDay }));
        const enrolment = foldEnrolment(
          YEAR,
          decided([
            { kind: 'admit', bop: '2', from: '2027-04-01' },
            { kind: 'withdraw', lastDay: '2027-08-31' },
            ...changes,
          ]),
        );
        // Who stays has no withdrawal any more: what comes after that changes none.
        const stays = days.indexOf(null);
        expect(enrolment.withdrawal?.lastDay ?? null).toBe(stays >= 0 ? null : days.at(-1));
        expect(enrolment.admission.at(-1)?.to).toBe(stays >= 0 ? '2028-03-31' : days.at(-1));
      }),
    );
  });
});
