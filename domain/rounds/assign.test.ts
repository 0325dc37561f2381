import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDay } from '../../testing/domain.ts';
import { assignRound, datesProblems, isTogether, milestonesOf, phaseOf, type RoundPeriod } from './assign.ts';

const period = (
  round: string,
  opensOn: string | null,
  closesOn: string | null,
  noticesOn: string | null = null,
): RoundPeriod => ({ fiscalYear: 2027, round, opensOn, closesOn, noticesOn });

/** The contract's (Q23). */
const PERIODS = [
  period('first', '2026-11-02', '2026-12-15', '2027-01-31'),
  period('second', '2027-01-15', '2027-02-10', '2027-03-05'),
  period('anytime', '2027-02-11', null),
];
const on = (receivedOn: string, periods: readonly RoundPeriod[] = PERIODS) =>
  assignRound(periods, { fiscalYear: 2027, receivedOn });

describe('the round of an application (Q23)', () => {
  it.each([
    ['2026-11-02', 'first', false],
    ['2026-12-15', 'first', false],
    // By post, a day late: the next round.
    ['2026-12-16', 'second', true],
    ['2027-01-14', 'second', true],
    ['2027-01-15', 'second', false],
    ['2027-02-10', 'second', false],
    ['2027-02-11', 'anytime', false],
    ['2028-03-31', 'anytime', false],
  ])('received on %s: %s', (day, round, late) => {
    expect(on(day)).toEqual({ kind: 'round', round, late });
  });

  it('is none before the first opens, and says when it does', () => {
    expect(on('2026-11-01')).toEqual({ kind: 'early', round: 'first', opensOn: '2026-11-02' });
  });

  it('is none where the ward has set no dates for the year, or all are over', () => {
    expect(assignRound(PERIODS, { fiscalYear: 2030, receivedOn: '2026-11-05' })).toEqual({ kind: 'none' });
    expect(on('2027-03-01', PERIODS.slice(0, 2))).toEqual({ kind: 'none' });
  });

  it('goes to the one that closes first where two are open', () => {
    expect(on('2026-12-01', [period('anytime', null, null), ...PERIODS])).toMatchObject({ round: 'first' });
  });

  it('goes to the first by its code where two close on one day, whatever their order', () => {
    const both = [period('b', '2026-11-02', '2026-12-15'), period('a', '2026-11-02', '2026-12-15')];
    expect(on('2026-12-01', both)).toMatchObject({ round: 'a' });
    expect(on('2026-12-01', both.toReversed())).toMatchObject({ round: 'a' });
  });

  it('is told together where it has an end or a day of notices', () => {
    expect(isTogether(period('first', '2026-11-02', '2026-12-15'))).toBe(true);
    expect(isTogether(period('first', null, null, '2027-01-31'))).toBe(true);
    expect(isTogether(period('anytime', '2027-02-11', null))).toBe(false);
  });

  it('gives one answer, whatever the order of the dates, and only a round that is open or comes next', () => {
    const anyPeriods = fc.array(
      fc
        .tuple(fc.constantFrom('first', 'second', 'third', 'anytime'), fc.option(anyDay), fc.option(anyDay))
        .map(([round, opens, closes]) => period(round, opens, closes)),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(anyPeriods, anyDay, (periods, day) => {
        const found = on(day, periods);
        expect(on(day, periods.toReversed())).toEqual(found);
        if (found.kind !== 'round') return;
        const chosen = periods.filter((one) => one.round === found.round);
        const open = chosen.some((p) => (p.opensOn ?? day) <= day && day <= (p.closesOn ?? day));
        const coming = chosen.some((p) => p.opensOn !== null && p.opensOn > day);
        expect(found.late ? coming : open).toBe(true);
      }),
    );
  });
});

describe('what a round does when', () => {
  const dates = { opensOn: '2026-11-02', closesOn: '2026-12-15', noticesOn: '2027-01-31' };

  it('opens at midnight in Tokyo, closes at the end of its last day, tells at nine on the day of the notices', () => {
    expect(
      milestonesOf([{ procedure: 'admission', ...dates }], '09:00').map(({ key, at }) => [key, at]),
    ).toEqual([
      ['admission/opened/2026-11-02', '2026-11-01T15:00:00.000Z'],
      ['admission/closed/2026-12-15', '2026-12-15T15:00:00.000Z'],
      ['admission/released/2027-01-31', '2027-01-31T00:00:00.000Z'],
    ]);
  });

  it.each([
    ['2026-11-01T14:59:59.999Z', 'upcoming'],
    ['2026-11-01T15:00:00.000Z', 'open'],
    ['2026-12-15T14:59:59.999Z', 'open'],
    ['2026-12-15T15:00:00.000Z', 'deciding'],
    ['2027-01-30T23:59:59.999Z', 'deciding'],
    ['2027-01-31T00:00:00.000Z', 'released'],
  ])('at %s it is %s', (now, phase) => {
    expect(phaseOf(dates, now, '09:00')).toBe(phase);
  });

  it('takes only dates in their order', () => {
    expect(datesProblems(dates)).toEqual({});
    expect(datesProblems({ ...dates, closesOn: dates.opensOn })).toEqual({});
    expect(datesProblems({ ...dates, closesOn: '2026-11-01' })).toHaveProperty('closesOn');
    expect(datesProblems({ ...dates, noticesOn: '2026-12-15' })).toHaveProperty('noticesOn');
  });
});
