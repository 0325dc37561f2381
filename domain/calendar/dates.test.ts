import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDay } from '../../testing/domain.ts';
import {
  addDays,
  ageOn,
  dayOfWeek,
  daysBetween,
  endOfDay,
  fiscalYearOf,
  gradeIn,
  isLocalDate,
  tokyoDate,
  tokyoInstant,
} from './dates.ts';

describe('days in Tokyo', () => {
  it.each([
    ['2026-12-31T14:59:59.999Z', '2026-12-31'],
    ['2026-12-31T15:00:00.000Z', '2027-01-01'],
    ['2027-01-01T14:59:59.999Z', '2027-01-01'],
  ])('%s falls on %s: midnight is at 15:00 UTC', (instant, day) => {
    expect(tokyoDate(instant)).toBe(day);
  });

  it('ends a day at its midnight, and not before', () => {
    const end = endOfDay('2027-02-28');
    expect(end).toBe('2027-02-28T15:00:00.000Z');
    expect(tokyoDate(end)).toBe('2027-03-01');
    expect(tokyoDate(new Date(Date.parse(end) - 1).toISOString())).toBe('2027-02-28');
  });

  it('finds the day of every time of day again', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(23), fc.nat(59), (day, hours, minutes) => {
        const time = `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        const instant = tokyoInstant(day, time);
        expect(tokyoDate(instant)).toBe(day);
        expect(instant >= tokyoInstant(day) && instant < endOfDay(day)).toBe(true);
      }),
    );
  });

  it('counts days both ways, over leap days too', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, count) => {
        const other = addDays(day, count);
        expect(daysBetween(day, other)).toBe(count);
        expect(addDays(other, -count)).toBe(day);
        expect((((dayOfWeek(day) + count) % 7) + 7) % 7).toBe(dayOfWeek(other));
      }),
    );
  });

  it.each([
    '2027-02-29',
    '2027-13-01',
    '2027-00-10',
    '2027-4-1',
    '2027/04/01',
    '',
    '2027-04-31',
    20270401,
    null,
  ])('knows that %j is no day', (text) => {
    expect(isLocalDate(text)).toBe(false);
  });

  it('knows real days', () => {
    expect(isLocalDate('2028-02-29')).toBe(true);
    fc.assert(fc.property(anyDay, (day) => isLocalDate(day)));
  });
});

describe('school years', () => {
  it('begins the fiscal year on 1 April', () => {
    expect(fiscalYearOf('2027-03-31')).toBe(2026);
    expect(fiscalYearOf('2027-04-01')).toBe(2027);
    expect(fiscalYearOf('2027-12-31')).toBe(2027);
    expect(fiscalYearOf('2028-01-01')).toBe(2027);
  });

  it('completes a year of age at the end of the day before the birthday (年齢計算ニ関スル法律)', () => {
    expect(ageOn('2020-04-02', '2027-03-31')).toBe(6);
    expect(ageOn('2020-04-02', '2027-04-01')).toBe(7);
    expect(ageOn('2020-02-29', '2027-02-27')).toBe(6);
    expect(ageOn('2020-02-29', '2027-02-28')).toBe(7);
    expect(ageOn('2020-02-29', '2028-02-28')).toBe(8);
    expect(ageOn('2020-01-01', '2026-12-30')).toBe(6);
    expect(ageOn('2020-01-01', '2026-12-31')).toBe(7);
  });

  it.each([
    ['2020-04-01', 2],
    ['2020-04-02', 1],
    ['2021-04-01', 1],
    ['2021-04-02', 0],
    ['2015-04-02', 6],
    ['2015-04-01', 7],
  ])('puts a child born on %s into grade %i in 2027 (学校教育法17条)', (birthDate, grade) => {
    expect(gradeIn(birthDate, 2027)).toBe(grade);
  });

  it('changes the grade between 1 and 2 April only, and by one a year', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 2020, max: 2040 }), (birthDate, year) => {
        const [today, tomorrow] = [gradeIn(birthDate, year), gradeIn(addDays(birthDate, 1), year)];
        expect(today - tomorrow).toBe(birthDate.endsWith('-04-01') ? 1 : 0);
        expect(gradeIn(birthDate, year + 1)).toBe(today + 1);
      }),
      { examples: [['2020-04-01', 2027]] },
    );
  });
});
