import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/dates.ts';
import type { EnrolmentEffect, EnrolmentEntry } from './effects.ts';
import { entryIdOf } from './effects.ts';
import { foldEnrolment } from './fold.ts';
import {
  carriedEntries,
  continuesNextYear,
  DEFAULT_YEAR_CHANGE,
  followingEntries,
  yearExclusion,
  type YearChangePolicy,
} from './year-change.ts';
import { planOf } from './year-run.ts';

const CHILD = '2020-06-15';
const GOES_ON: YearChangePolicy = {
  ...DEFAULT_YEAR_CHANGE,
  admission: 'continues',
  extendedUse: 'continues',
  reductionsThatContinue: ['taxExempt'],
};
const at = (day: number) => `${addDays('2027-04-01', day)}T01:00:00.000Z`;
const approval = (effect: EnrolmentEffect, index: number, day = index): EnrolmentEntry => ({
  applicationId: `application-${String(index)}`,
  receiptNumber: `A27-${String(index).padStart(6, '0')}-0`,
  decidedAt: at(day),
  effect,
});

const anyEffect: fc.Arbitrary<EnrolmentEffect> = fc.oneof(
  fc.record({
    kind: fc.constant('moveSchool' as const),
    bop: fc.constantFrom('2', '5', '7'),
    from: fc.integer({ min: 0, max: 364 }).map((days) => addDays('2027-04-01', days)),
  }),
  fc.record({
    kind: fc.constant('withdraw' as const),
    lastDay: fc.integer({ min: 0, max: 365 }).map((days) => addDays('2027-04-01', days)),
  }),
  fc.constant({ kind: 'changeWithdrawal', lastDay: null } as const),
  fc.constant({ kind: 'extend', mode: 'monthly', from: '2027-04', to: '2028-03' } as const),
  fc.constant({ kind: 'declineExtended', from: '2027-09' } as const),
  fc.constant({ kind: 'reduceFee', reason: 'taxExempt', from: '2027-04', to: '2028-03' } as const),
);
const first: EnrolmentEffect = { kind: 'admit', bop: '2', from: '2027-04-01' };

describe('the change of the year', () => {
  it('writes the next year of a child once, however often it is run', () => {
    fc.assert(
      fc.property(fc.array(anyEffect, { maxLength: 6 }), fc.integer({ min: 1, max: 4 }), (effects, runs) => {
        const entries = [first, ...effects].map((effect, index) => approval(effect, index));
        const ending = foldEnrolment(2027, entries);
        const change = continuesNextYear(ending, CHILD, GOES_ON);
        const written = Array.from({ length: runs }, (_, run) =>
          carriedEntries(
            { ...change, childKey: 'child' },
            { applicationId: 'application-0', at: at(300 + run), by: 'ward' },
          ),
        );
        expect(new Set(written.flat().map(entryIdOf)).size).toBe(change.continues.length);
        const next = foldEnrolment(2028, written.flat());
        expect(next.history.filter(({ noEffect }) => noEffect !== undefined)).toEqual([]);
        expect(next).toEqual(foldEnrolment(2028, written[0]!));
        // What goes on is all there, and nothing else.
        expect(next.admission.map(({ bop, from, to }) => ({ bop, from, to }))).toEqual(
          change.continues.flatMap((effect) =>
            effect.kind === 'admit' ? [{ bop: effect.bop, from: '2028-04-01', to: '2029-03-31' }] : [],
          ),
        );
        const again = yearExclusion({ enrolment: next, admissionOpen: false });
        expect(again).toBe(change.continues.length > 0 ? 'alreadyEnrolled' : undefined);
      }),
    );
  });

  it('lets what was carried over follow every later decision about the year that ends', () => {
    fc.assert(
      fc.property(
        fc.array(anyEffect, { maxLength: 4 }),
        fc.array(anyEffect, { minLength: 1, maxLength: 6 }),
        (before, after) => {
          const entries = [first, ...before].map((effect, index) => approval(effect, index));
          const change = continuesNextYear(foldEnrolment(2027, entries), CHILD, GOES_ON);
          fc.pre(change.continues.length > 0);
          const next = [
            ...carriedEntries(
              { ...change, childKey: 'child' },
              { applicationId: 'application-0', at: at(300), by: 'ward' },
            ),
          ];
          after.forEach((effect, index) => {
            const source = approval(effect, 100 + index, 301 + index);
            entries.push(source);
            const follow = () =>
              followingEntries(foldEnrolment(2027, entries), foldEnrolment(2028, next), source);
            next.push(...follow());
            // A process that dies in between does it again: there is nothing left to do.
            expect(follow()).toEqual([]);
          });
          const wanted = continuesNextYear(foldEnrolment(2027, entries), CHILD, GOES_ON);
          const is = foldEnrolment(2028, next);
          expect(is.admission.map(({ bop, from }) => ({ bop, from }))).toEqual(
            wanted.continues.flatMap((one) =>
              one.kind === 'admit' ? [{ bop: one.bop, from: '2028-04-01' }] : [],
            ),
          );
          // Extended use that was given up does not go on; what was newly granted is applied for.
          if (wanted.applyAgain.length === 0 && !wanted.continues.some(({ kind }) => kind === 'extend')) {
            expect(is.extendedUse).toEqual([]);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('leaves alone what an application has brought for the next year', () => {
    const ending = foldEnrolment(2027, [
      approval(first, 0),
      approval({ kind: 'withdraw', lastDay: '2028-03-31' }, 1),
    ]);
    const applied = foldEnrolment(2028, [approval({ kind: 'admit', bop: '5', from: '2028-04-01' }, 2)]);
    expect(followingEntries(ending, applied, approval(first, 3))).toEqual([]);
  });

  it('names everybody: who goes on, who applies again and why, who leaves and why, who is left out and why', () => {
    const member = foldEnrolment(2027, [
      approval(first, 0),
      approval({ kind: 'extend', mode: 'monthly', from: '2027-04', to: '2028-03' }, 1),
    ]);
    const change = (policy: YearChangePolicy, born = CHILD) => continuesNextYear(member, born, policy);
    expect(planOf(change(GOES_ON), undefined)).toEqual({ plan: 'continues', reason: null, again: [] });
    expect(planOf(change({ ...GOES_ON, extendedUse: 'applyAgain' }), undefined)).toEqual({
      plan: 'continues',
      reason: null,
      again: [{ procedure: 'extendedUse', why: 'eachYear' }],
    });
    expect(planOf(change(GOES_ON), 'applied')).toMatchObject({ plan: 'excluded', reason: 'applied' });
    expect(planOf(change(DEFAULT_YEAR_CHANGE), undefined)).toMatchObject({
      plan: 'applyAgain',
      again: [
        { procedure: 'admission', why: 'eachYear' },
        { procedure: 'extendedUse', why: 'eachYear' },
      ],
    });
    expect(planOf(change(GOES_ON, '2015-06-15'), undefined)).toMatchObject({
      plan: 'leaves',
      reason: 'graduates',
    });
    expect(planOf(undefined, undefined)).toMatchObject({ plan: 'excluded', reason: 'birthDateUnknown' });
  });
});
