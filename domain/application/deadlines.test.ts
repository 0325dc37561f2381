import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findings, LEADER, Run, SETTINGS, staffActor, SYSTEM } from '../../testing/domain.ts';
import { addDays } from '../calendar/dates.ts';
import { addWorkingDays, isWorkingDay, onOrAfter, workingDaysBetween } from '../calendar/working-days.ts';
import { chaserDeadline, deadlineUnder, nextWake, rearmedDeadline, requestDeadline } from './deadlines.ts';
import type { ApplicationState } from './state.ts';

/** An application whose applicant was asked at this instant. */
function asked(at: string): Run {
  return new Run({ receivedAt: at }).reviewed({ documents: 'deficient' });
}

/** Everything that the timers do one after the other, as long as nobody answers. */
function wakes(run: Run): string[] {
  const seen: string[] = [];
  for (let wake = nextWake(run.state, run.now); wake; wake = nextWake(run.state, run.now)) {
    seen.push(`${wake.at} ${'kind' in wake.action ? wake.action.kind : 'passed'}`);
    run.at(wake.at).do(SYSTEM, wake.action);
  }
  return seen;
}

describe('deadlines of requests (Q20, Q26)', () => {
  it('steps over the closing at New Year, with its reminders', () => {
    // Thursday 17 December 2026; 18, 21–25, 28 December and 4, 5, 6 January are ten working days.
    const run = asked('2026-12-17T01:00:00.000Z');
    expect(run.state.request?.deadline).toBe('2027-01-06');
    expect(wakes(run)).toEqual([
      '2026-12-28T00:00:00.000Z before',
      '2027-01-06T00:00:00.000Z onDay',
      '2027-01-06T15:00:00.000Z passed',
    ]);
    expect(run.state.request?.overdue).toBe(true);
  });

  it('steps over Golden Week 2027, with its reminders', () => {
    // Thursday 22 April 2027; 23, 26–28, 30 April and 6, 7, 10–12 May are ten working days.
    const run = asked('2027-04-22T01:00:00.000Z');
    expect(run.state.request?.deadline).toBe('2027-05-12');
    expect(wakes(run)).toEqual([
      '2027-05-07T00:00:00.000Z before',
      '2027-05-12T00:00:00.000Z onDay',
      '2027-05-12T15:00:00.000Z passed',
    ]);
  });

  it('counts from the day in Tokyo, not in UTC', () => {
    expect(requestDeadline('mail', '2027-05-11T14:59:59.999Z', SETTINGS)).toBe('2027-05-25');
    expect(requestDeadline('mail', '2027-05-11T15:00:00.000Z', SETTINGS)).toBe('2027-05-26');
  });

  it('takes letters and chasers by their own number of days', () => {
    const settings = {
      ...SETTINGS,
      deadlines: { ...SETTINGS.deadlines, requestDays: 2, letterDays: 4, chaserDays: 6 },
    };
    const at = '2027-05-10T01:00:00.000Z';
    expect(requestDeadline('mail', at, settings)).toBe('2027-05-12');
    expect(requestDeadline('phone', at, settings)).toBe('2027-05-12');
    expect(requestDeadline('letter', at, settings)).toBe('2027-05-14');
    expect(chaserDeadline(at, settings)).toBe('2027-05-18');
  });
});

describe('the next wake', () => {
  const run = asked('2027-05-10T01:00:00.000Z');
  const { state } = run;
  const deadline = state.request?.deadline ?? '';

  it('leaves out a reminder whose time has gone by', () => {
    expect(deadline).toBe('2027-05-24');
    expect(nextWake(state, '2027-05-19T00:00:00.000Z')?.at).toBe('2027-05-24T00:00:00.000Z');
    expect(nextWake(state, '2027-05-18T23:59:59.999Z')?.at).toBe('2027-05-19T00:00:00.000Z');
  });

  it('never leaves out the end of the deadline, however late', () => {
    const wake = nextWake(state, '2027-08-01T00:00:00.000Z');
    expect(wake).toEqual({ at: '2027-05-24T15:00:00.000Z', action: { type: 'passDeadline' } });
  });

  it('is none before a request, after the deadline and after the end', () => {
    expect(nextWake(new Run().state, run.now)).toBeUndefined();
    const overdue = { ...state, request: { ...state.request, overdue: true } } as ApplicationState;
    expect(nextWake(overdue, run.now)).toBeUndefined();
    const ended = asked('2027-05-10T01:00:00.000Z').do(LEADER, { type: 'cancel', reason: 'text-1' });
    expect(nextWake(ended.state, ended.now)).toBeUndefined();
  });

  it('reminds anew for an extended deadline', () => {
    const extended = asked('2027-05-10T01:00:00.000Z');
    extended.at('2027-05-19T00:00:00.000Z').do(SYSTEM, { type: 'remind', kind: 'before' });
    extended.do(LEADER, { type: 'extendDeadline', deadline: '2027-06-01', reason: 'text-1' });
    expect(wakes(extended)).toEqual([
      '2027-05-27T00:00:00.000Z before',
      '2027-06-01T00:00:00.000Z onDay',
      '2027-06-01T15:00:00.000Z passed',
    ]);
  });

  it('counts the days of a letter from its posting, and never brings the deadline forward', () => {
    const letter = asked('2027-05-10T01:00:00.000Z');
    letter.do(
      { kind: 'applicant', id: 'guardian-1' },
      {
        type: 'answer',
        answerId: 'answer-1',
        itemIds: ['1-documents'],
        unchanged: false,
      },
    );
    letter.reviewed({ documents: 'deficient' });
    expect(letter.state.request).toMatchObject({ method: 'letter', deadline: '2027-05-24' });
    letter.at('2027-05-13T01:00:00.000Z');
    letter.do(staffActor('aoki'), { type: 'markLetterPosted', postedOn: '2027-05-12' });
    expect(letter.state.request?.deadline).toBe('2027-05-26');
  });
});

describe('a changed calendar', () => {
  it('moves a deadline on from a day that is closed now, and never forward', () => {
    const closed = (...days: string[]) => ({
      ...SETTINGS,
      calendar: { ...SETTINGS.calendar, closedDates: [...SETTINGS.calendar.closedDates, ...days] },
    });
    expect(rearmedDeadline('2027-05-24', SETTINGS)).toBe('2027-05-24');
    expect(rearmedDeadline('2027-05-24', closed('2027-05-24'))).toBe('2027-05-25');
    expect(rearmedDeadline('2027-04-28', closed('2027-04-28', '2027-04-30'))).toBe('2027-05-06');
    expect(rearmedDeadline('2027-05-24', closed('2027-05-18'))).toBe('2027-05-24');
  });

  it('moves the timers of an open request with it', () => {
    const run = asked('2027-05-10T01:00:00.000Z');
    const calendar = { ...SETTINGS.calendar, closedDates: ['2027-05-24'] };
    run.do(SYSTEM, { type: 'changeSettings', calendar, deadlines: SETTINGS.deadlines });
    expect(run.state.request?.deadline).toBe('2027-05-25');
    expect(wakes(run).at(-1)).toBe('2027-05-25T15:00:00.000Z passed');
    expect(addWorkingDays('2027-05-25', -3, calendar)).toBe('2027-05-19');
    expect(findings()).toHaveLength(3);
  });
});

describe('a deadline under a changed calendar (Q20)', () => {
  const base = SETTINGS.calendar;
  const days = fc.array(
    fc.integer({ min: 0, max: 60 }).map((count) => addDays('2027-05-01', count)),
    { maxLength: 12 },
  );

  it('is never brought forward, falls on a working day, and keeps the working days that were left', () => {
    fc.assert(
      fc.property(days, days, fc.integer({ min: 0, max: 30 }), (closed, reopened, ahead) => {
        const today = '2027-05-06';
        const before = { ...base, closedDates: [...base.closedDates, ...closed] };
        const told = onOrAfter(addDays(today, ahead), before);
        const after = {
          ...base,
          closedDates: [
            ...base.closedDates,
            ...closed.filter((day) => !reopened.includes(day)),
            ...reopened.slice(3),
          ],
        };
        const next = deadlineUnder(told, { before, after, today });
        expect(next >= told).toBe(true);
        expect(isWorkingDay(next, after)).toBe(true);
        const left = workingDaysBetween(today, told, before);
        expect(workingDaysBetween(today, next, after)).toBeGreaterThanOrEqual(left);
        // The same change told of twice moves it once.
        expect(deadlineUnder(next, { before: after, after, today })).toBe(next);
      }),
    );
  });

  it('moves by the days on which the office closes, not when it opens more, and not once it has passed', () => {
    const closed = (...dates: string[]) => ({ ...base, closedDates: [...base.closedDates, ...dates] });
    const under = (after: typeof base, today = '2027-05-10', told = '2027-05-24') =>
      deadlineUnder(told, { before: base, after, today });
    expect(under(closed('2027-05-18', '2027-05-19'))).toBe('2027-05-26');
    expect(under(closed('2027-05-24'))).toBe('2027-05-25');
    // A closed day that lies behind takes nothing away.
    expect(under(closed('2027-05-07'))).toBe('2027-05-24');
    expect(under({ ...base, closedDates: [] })).toBe('2027-05-24');
    expect(under(closed('2027-05-24'), '2027-05-25')).toBe('2027-05-24');
  });
});
