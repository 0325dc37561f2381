import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDay } from '../../testing/domain.ts';
import { addDays } from './dates.ts';
import { defaultCalendar, HOLIDAYS_KNOWN_UNTIL_YEAR, nationalHolidays } from './holidays.ts';
import { addWorkingDays, isInYearEnd, isWorkingDay, onOrAfter, workingDaysBetween } from './working-days.ts';

const CALENDAR = defaultCalendar(2025, 2029);
const few = fc.integer({ min: 1, max: 40 });

describe('working days (Q26)', () => {
  it('closes from 29 December to 3 January, whatever the weekday', () => {
    const open = (day: string) => isWorkingDay(day, CALENDAR);
    // 2026-12-28 is a Monday, 2027-01-04 too.
    expect(open('2026-12-28')).toBe(true);
    for (let day = '2026-12-29'; day <= '2027-01-03'; day = addDays(day, 1)) expect(open(day)).toBe(false);
    expect(open('2027-01-04')).toBe(true);
    expect(addWorkingDays('2026-12-28', 1, CALENDAR)).toBe('2027-01-04');
    expect(addWorkingDays('2027-01-04', -1, CALENDAR)).toBe('2026-12-28');
    expect(workingDaysBetween('2026-12-28', '2027-01-04', CALENDAR)).toBe(1);
  });

  it('knows a closing within one year as well', () => {
    const summer = { from: '08-10', to: '08-15' };
    expect(['08-09', '08-10', '08-15', '08-16'].map((d) => isInYearEnd(`2027-${d}`, summer))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('steps over Golden Week 2027', () => {
    const days = [1, 2, 3, 4].map((count) => addWorkingDays('2027-04-28', count, CALENDAR));
    expect(days).toEqual(['2027-04-30', '2027-05-06', '2027-05-07', '2027-05-10']);
    expect(workingDaysBetween('2027-04-28', '2027-05-05', CALENDAR)).toBe(1);
    expect(onOrAfter('2027-05-01', CALENDAR)).toBe('2027-05-06');
  });

  it("keeps the ward's own closing days", () => {
    const calendar = { ...CALENDAR, closedDates: [...CALENDAR.closedDates, '2027-04-30'] };
    expect(addWorkingDays('2027-04-28', 1, calendar)).toBe('2027-05-06');
  });

  it('does not count the day itself, and gives it back for 0', () => {
    expect(addWorkingDays('2027-05-01', 0, CALENDAR)).toBe('2027-05-01');
    expect(workingDaysBetween('2027-04-28', '2027-04-28', CALENDAR)).toBe(0);
    expect(workingDaysBetween('2027-05-10', '2027-04-28', CALENDAR)).toBe(0);
  });

  it('ends on a working day, so many working days away: the two functions are inverse', () => {
    fc.assert(
      fc.property(anyDay, few, (day, count) => {
        const later = addWorkingDays(day, count, CALENDAR);
        expect(isWorkingDay(later, CALENDAR)).toBe(true);
        expect(workingDaysBetween(day, later, CALENDAR)).toBe(count);
        const earlier = addWorkingDays(day, -count, CALENDAR);
        expect(isWorkingDay(earlier, CALENDAR)).toBe(true);
        expect(workingDaysBetween(addDays(earlier, -1), addDays(day, -1), CALENDAR)).toBe(count);
      }),
    );
  });

  it('goes back where it came from, between working days', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -40, max: 40 }), (day, count) => {
        const from = onOrAfter(day, CALENDAR);
        expect(addWorkingDays(addWorkingDays(from, count, CALENDAR), -count, CALENDAR)).toBe(from);
      }),
    );
  });

  it('adds up', () => {
    fc.assert(
      fc.property(anyDay, few, few, (day, a, b) => {
        const middle = addWorkingDays(day, a, CALENDAR);
        expect(addWorkingDays(middle, b, CALENDAR)).toBe(addWorkingDays(day, a + b, CALENDAR));
      }),
    );
  });

  it('moves on to the next working day only where a day is none', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const open = onOrAfter(day, CALENDAR);
        expect(isWorkingDay(open, CALENDAR)).toBe(true);
        expect(workingDaysBetween(addDays(day, -1), open, CALENDAR)).toBe(1);
      }),
    );
  });
});

describe('the default calendar', () => {
  const names = new Map(nationalHolidays(2026, 2028).map(({ date, name }) => [date, name]));

  it.each([
    ['2026-09-22', '休日'],
    ['2027-01-01', '元日'],
    ['2027-01-11', '成人の日'],
    ['2027-03-22', '振替'],
    ['2027-04-29', '昭和の日'],
    ['2027-05-03', '憲法記念日'],
    ['2027-05-04', 'みどりの日'],
    ['2027-05-05', 'こどもの日'],
  ])('has %s, %s', (date, name) => {
    expect(names.get(date)).toContain(name);
    expect(isWorkingDay(date, CALENDAR)).toBe(false);
  });

  it('has each year whole, in order, and nothing beyond', () => {
    for (const year of [2026, 2027, 2028]) {
      const days = nationalHolidays(year, year).map(({ date }) => date);
      expect(days.length).toBeGreaterThanOrEqual(16);
      expect(days.every((day) => day.startsWith(`${year}-`))).toBe(true);
      expect([...new Set(days)].sort()).toEqual(days);
    }
    const calendar = defaultCalendar(2026, 2028);
    expect(calendar).toMatchObject({ yearEnd: { from: '12-29', to: '01-03' }, knownUntil: '2028-12-31' });
    expect(calendar.closedDates).toEqual([...names.keys()]);
  });

  it('refuses years that nobody knows yet', () => {
    expect(() => defaultCalendar(2027, 2026)).toThrow(RangeError);
    expect(() => defaultCalendar(2027, HOLIDAYS_KNOWN_UNTIL_YEAR + 1)).toThrow(RangeError);
    expect(HOLIDAYS_KNOWN_UNTIL_YEAR).toBeGreaterThan(2030);
  });
});
