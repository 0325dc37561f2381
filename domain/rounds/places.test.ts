import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthsBetween, monthsOfYear } from '../enrolment/months.ts';
import { proposalInWords, rankInWords } from '../texts/rounds.ts';
import {
  DEFAULT_PLACE_RULES,
  PRIORITIES,
  countTaken,
  proposePlaces,
  rankClaims,
  type Claim,
  type PlaceRules,
  type Priority,
  judgePlace,
  placeAllows,
} from './places.ts';

const MONTHS = monthsOfYear(2027);

const anyClaims = fc
  .array(
    fc.record({
      receivedAt: fc.constantFrom(
        '2026-11-02T00:00:00.000Z',
        '2026-11-02T00:00:00.001Z',
        '2026-12-01T03:00:00.000Z',
      ),
      mode: fc.constantFrom('monthly' as const, 'daily' as const),
      span: fc.tuple(fc.nat(11), fc.nat(11)),
      grade: fc.integer({ min: 1, max: 6 }),
      waiting: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((list): Claim[] =>
    list.map(({ span, ...claim }, index) => ({
      ...claim,
      applicationId: `id-${index}`,
      receiptNumber: `B27-${String(index).padStart(6, '0')}-0`,
      from: MONTHS[Math.min(...span)]!,
      to: MONTHS[Math.max(...span)]!,
    })),
  );
const anyRules: fc.Arbitrary<PlaceRules> = fc.record({
  places: fc.integer({ min: 0, max: 8 }),
  priorities: fc.shuffledSubarray([...PRIORITIES]),
  dailyTakesPlace: fc.boolean(),
});
const anyTaken = fc
  .array(fc.nat(8), { minLength: 12, maxLength: 12 })
  .map((counts) => new Map(MONTHS.map((month, index) => [month, counts[index]!])));
const anyMonth = fc.constantFrom(...MONTHS);

const claim = (over: Partial<Claim> & { applicationId: string }): Claim => ({
  receiptNumber: `B27-${over.applicationId}`,
  receivedAt: '2026-11-10T01:05:00.000Z',
  mode: 'monthly',
  from: '2027-04',
  to: '2028-03',
  grade: 2,
  waiting: false,
  ...over,
});

describe('the order of places (extended use, 40 a 新BOP)', () => {
  it('is first-graders first, then every month before by the day, then receipt', () => {
    const ranked = rankClaims(
      [
        claim({ applicationId: 'late', receivedAt: '2026-11-20T00:00:00.000Z' }),
        claim({ applicationId: 'daily', mode: 'daily' }),
        claim({ applicationId: 'early' }),
        claim({
          applicationId: 'new-daily',
          grade: 1,
          mode: 'daily',
          receivedAt: '2026-12-14T00:00:00.000Z',
        }),
        claim({ applicationId: 'new', grade: 1, receivedAt: '2026-12-15T00:00:00.000Z' }),
      ],
      ['firstGrade', 'monthly'],
    );
    expect(ranked.map((one) => [one.rank, one.applicationId, one.settledBy])).toEqual([
      [1, 'new', null],
      [2, 'new-daily', 'monthly'],
      [3, 'early', 'firstGrade'],
      [4, 'late', 'receipt'],
      [5, 'daily', 'monthly'],
    ]);
  });

  it.each<[Priority, Partial<Claim>, Partial<Claim>]>([
    ['waiting', { waiting: true }, { waiting: false }],
    ['firstGrade', { grade: 1 }, { grade: 2 }],
    ['monthly', { mode: 'monthly' }, { mode: 'daily' }],
    ['lowerGrade', { grade: 2 }, { grade: 3 }],
    ['moreMonths', { from: '2027-04', to: '2027-09' }, { from: '2027-04', to: '2027-08' }],
    ['earlierStart', { from: '2027-05', to: '2027-08' }, { from: '2027-06', to: '2027-09' }],
  ])('by %s goes before receipt, where the ward has it so, and only there', (priority, ahead, behind) => {
    const claims = [
      claim({ applicationId: 'early', receivedAt: '2026-11-02T00:00:00.000Z', ...behind }),
      claim({ applicationId: 'late', receivedAt: '2026-12-02T00:00:00.000Z', ...ahead }),
    ];
    const order = (priorities: readonly Priority[]) =>
      rankClaims(claims, priorities).map((one) => [one.applicationId, one.settledBy]);
    expect(order([priority])).toEqual([
      ['late', null],
      ['early', priority],
    ]);
    expect(order([])).toEqual([
      ['early', null],
      ['late', 'receipt'],
    ]);
  });

  it('goes by the receipt number where two came in the same millisecond', () => {
    const claims = [
      claim({ applicationId: 'a', receiptNumber: 'B27-000002-0' }),
      claim({ applicationId: 'b', receiptNumber: 'B27-000001-0' }),
    ];
    expect(rankClaims(claims, []).map((one) => one.applicationId)).toEqual(['b', 'a']);
  });

  it('is the same in whatever order the claims come, total, and by the priorities', () => {
    fc.assert(
      fc.property(anyClaims, anyRules, fc.infiniteStream(fc.nat(1000)), (claims, { priorities }, noise) => {
        const shuffled = claims
          .map((one) => ({ one, at: noise.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const ranked = rankClaims(claims, priorities);
        expect(rankClaims(shuffled, priorities)).toEqual(ranked);
        expect(ranked.map((one) => one.rank)).toEqual(claims.map((_, index) => index + 1));
        expect(new Set(ranked.map((one) => one.applicationId)).size).toBe(claims.length);
        const [top] = priorities;
        if (top === 'firstGrade') {
          const grades = ranked.map((one) => one.grade === 1);
          expect(grades.lastIndexOf(true)).toBeLessThan(grades.includes(false) ? grades.indexOf(false) : 99);
        }
      }),
    );
  });

  it('explains every rank', () => {
    fc.assert(
      fc.property(anyClaims, anyRules, anyTaken, anyMonth, (claims, rules, taken, from) => {
        for (const one of proposePlaces({ claims, rules, taken, from })) {
          expect(one.settledBy === null).toBe(one.rank === 1);
          expect(rankInWords(one)).toMatch(one.rank === 1 ? /最も高い/ : /ためです。$/);
          expect(proposalInWords(one)).toMatch(one.offered ? /空きがあります/ : /待機の|過ぎています/);
        }
      }),
    );
  });
});

describe('giving places', () => {
  const takes = (rules: PlaceRules, mode: string) => rules.dailyTakesPlace || mode === 'monthly';

  it('gives no place twice: never more than there are in any month', () => {
    fc.assert(
      fc.property(anyClaims, anyRules, anyTaken, anyMonth, (claims, rules, taken, from) => {
        const offered = proposePlaces({ claims, rules, taken, from }).filter((one) => one.offered);
        for (const month of MONTHS) {
          const given = offered.filter((o) => takes(rules, o.mode) && o.months.includes(month)).length;
          if (given > 0) expect(given + taken.get(month)!).toBeLessThanOrEqual(rules.places);
        }
      }),
    );
  });

  it('leaves nobody waiting for months that are free', () => {
    fc.assert(
      fc.property(anyClaims, anyRules, anyTaken, anyMonth, (claims, rules, taken, from) => {
        const all = proposePlaces({ claims, rules, taken, from });
        for (const one of all.filter((o) => !o.offered && o.months.length > 0)) {
          const above = all.filter((o) => o.offered && o.rank < one.rank && takes(rules, o.mode));
          const full = one.months.filter(
            (m) => taken.get(m)! + above.filter((o) => o.months.includes(m)).length >= rules.places,
          );
          expect(one.full).toEqual(full);
          expect(full.length).toBeGreaterThan(0);
        }
        const waiting = all.filter((one) => !one.offered).map((one) => one.waitingRank);
        expect(waiting).toEqual(waiting.map((_, index) => index + 1));
      }),
    );
  });

  it('moves up: a place that falls free goes to the first who waits for these months', () => {
    const rules: PlaceRules = { places: 2, priorities: ['firstGrade'], dailyTakesPlace: true };
    const claims = [
      claim({ applicationId: 'a', receivedAt: '2026-11-02T00:00:00.000Z' }),
      claim({ applicationId: 'b', receivedAt: '2026-11-03T00:00:00.000Z' }),
    ];
    const full = countTaken([MONTHS, MONTHS]);
    const before = proposePlaces({ claims, rules, taken: full, from: '2027-04' });
    expect(before.map((one) => [one.applicationId, one.waitingRank])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    // One of the two leaves at the end of August.
    const freed = countTaken([MONTHS, monthsBetween('2027-04', '2027-08')]);
    const after = proposePlaces({ claims, rules, taken: freed, from: '2027-09' });
    expect(after.map((one) => [one.applicationId, one.offered, one.waitingRank])).toEqual([
      ['a', true, null],
      ['b', false, 1],
    ]);
  });

  it('never takes a rank away from who is above when somebody leaves', () => {
    fc.assert(
      fc.property(anyClaims, anyRules, anyTaken, anyMonth, (claims, rules, taken, from) => {
        const before = proposePlaces({ claims, rules, taken, from });
        const gone = before.find((one) => one.offered);
        if (!gone) return;
        const rest = claims.filter((one) => one.applicationId !== gone.applicationId);
        const after = proposePlaces({ claims: rest, rules, taken, from });
        for (const one of after) {
          const was = before.find((b) => b.applicationId === one.applicationId)!;
          expect(one.rank).toBe(was.rank > gone.rank ? was.rank - 1 : was.rank);
        }
        // Those above are not touched at all.
        for (const one of before.filter((b) => b.rank < gone.rank)) {
          expect(after.find((a) => a.applicationId === one.applicationId)!.offered).toBe(one.offered);
        }
      }),
    );
  });

  it('counts a child once a month, however often its months are listed', () => {
    const taken = countTaken([['2027-04', '2027-04', '2027-05'], ['2027-05']]);
    expect([...taken]).toEqual([
      ['2027-04', 1],
      ['2027-05', 2],
    ]);
  });

  it('lets one by itself through only where a place is left, and past the order only knowingly', () => {
    fc.assert(
      fc.property(anyClaims, anyRules, anyTaken, anyMonth, (claims, rules, taken, from) => {
        const all = proposePlaces({ claims, rules, taken, from });
        for (const one of all) {
          const verdict = judgePlace(all, one.applicationId, { rules, taken, from })!;
          const full = takes(rules, one.mode) ? one.months.filter((m) => taken.get(m)! >= rules.places) : [];
          if (one.months.length === 0) expect(verdict).toEqual({ kind: 'past' });
          else if (full.length > 0) expect(verdict).toEqual({ kind: 'full', months: full });
          else expect(verdict).toEqual({ kind: one.offered ? 'free' : 'outOfTurn' });
          expect(placeAllows(verdict, false) === undefined).toBe(verdict.kind === 'free');
          const left = verdict.kind === 'free' || verdict.kind === 'outOfTurn';
          expect(placeAllows(verdict, true) === undefined).toBe(left);
        }
        expect(judgePlace(all, 'nobody', { rules, taken, from })).toBeUndefined();
      }),
    );
  });

  it('has the defaults of the contract', () => {
    expect(DEFAULT_PLACE_RULES).toMatchObject({ places: 40 });
    const claims = Array.from({ length: 45 }, (_, index) =>
      claim({ applicationId: String(index).padStart(2, '0'), grade: index < 3 ? 3 : 1 }),
    );
    const all = proposePlaces({ claims, rules: DEFAULT_PLACE_RULES, taken: new Map(), from: '2027-04' });
    expect(all.filter((one) => one.offered)).toHaveLength(40);
    expect(all.filter((one) => !one.offered).map((one) => one.grade)).toEqual([1, 1, 3, 3, 3]);
  });
});
