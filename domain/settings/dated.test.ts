import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDay } from '../../testing/domain.ts';
import {
  DATED_SETTINGS,
  editionOn,
  inOrderOfForce,
  nextAfter,
  standingOf,
  validFromProblem,
  type DatedEdition,
} from './dated.ts';

const anyEditions: fc.Arbitrary<readonly DatedEdition[]> = fc
  .array(anyDay, { maxLength: 8 })
  .map((days) => [null, ...days].map((validFrom, index) => ({ version: index + 1, validFrom })));

describe('settings from a day on', () => {
  const editions: readonly DatedEdition[] = [
    { version: 1, validFrom: null },
    { version: 2, validFrom: '2027-04-01' },
    // Found wrong for this year, after next year's had been set.
    { version: 3, validFrom: '2026-12-01' },
    { version: 4, validFrom: '2027-04-01' },
  ];

  it('hold from their day; what was set ahead stays when the time before it is corrected', () => {
    const on = (day: string) => editionOn(editions, day)?.version;
    expect(['2026-11-30', '2026-12-01', '2027-03-31', '2027-04-01'].map(on)).toEqual([1, 3, 3, 4]);
    const standings = (today: string) => editions.map((one) => standingOf(one, editions, today));
    expect(standings('2026-12-15')).toEqual(['past', 'replaced', 'inForce', 'coming']);
    expect(standings('2027-05-01')).toEqual(['past', 'replaced', 'past', 'inForce']);
    expect(nextAfter(editions[2]!, editions)).toBe('2027-04-01');
    expect(nextAfter(editions[3]!, editions)).toBeNull();
  });

  it('have exactly one edition in force on any day, and none that comes back', () => {
    fc.assert(
      fc.property(anyEditions, anyDay, anyDay, (all, a, b) => {
        const standings = all.map((one) => standingOf(one, all, a));
        expect(standings.filter((one) => one === 'inForce')).toHaveLength(1);
        expect(all[standings.indexOf('inForce')]).toEqual(editionOn(all, a));
        const [earlier, later] = a < b ? [a, b] : [b, a];
        const order = inOrderOfForce(all);
        expect(order.indexOf(editionOn(all, earlier)!)).toBeLessThanOrEqual(
          order.indexOf(editionOn(all, later)!),
        );
      }),
    );
  });

  it('begin where they can be told apart: fees with a month, the change of the year with a year', () => {
    const problems = (day: string) => DATED_SETTINGS.map((key) => validFromProblem(key, day) === undefined);
    expect(problems('2027-04-01')).toEqual([true, true, true]);
    expect(problems('2027-05-01')).toEqual([true, false, true]);
    expect(problems('2027-05-02')).toEqual([false, false, true]);
    expect(problems('2027-02-30')).toEqual([false, false, false]);
  });
});
