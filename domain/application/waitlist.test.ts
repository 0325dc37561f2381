import { describe, expect, it } from 'vitest';
import { approve, NOTICES_ON } from '../../testing/application-release.ts';
import { inRoundExtendedUse, reviewedExtendedUse, wait } from '../../testing/application-waitlist.ts';
import { contact, GUARDIAN, LEADER, SYSTEM, WARD, type Run } from '../../testing/domain.ts';
import { nextWake } from './deadlines.ts';
import { effectsOf } from './effects.ts';
import { queuesOf, tasksOf } from './tasks.ts';
import { applicantStatus, applicantTimeline, applicantView } from './timeline.ts';

const DUE = '2027-01-29T00:00:00.000Z';
const templates = (run: Run) =>
  effectsOf(run.state, run.events).flatMap((e) => (e.kind === 'mail' ? [e.template] : []));

describe('extended use without a free place (待機)', () => {
  it('waits, the family is told at once, and the decision stays open', () => {
    const run = reviewedExtendedUse().do(WARD, wait);
    expect(run.state).toMatchObject({ stage: 'awaitingDecision', waitlist: { rank: 3, toldAt: run.now } });
    expect(templates(run)).toEqual(['received', 'waitlisted']);
    expect(applicantStatus(run.state).code).toBe('waitlisted');
    expect(tasksOf(run.state)).toEqual([]);
    expect(queuesOf(run.state)).toEqual(['waiting']);
    run.do(WARD, approve);
    expect(run.state.stage).toBe('approved');
    expect(templates(run)).toEqual(['received', 'waitlisted', 'decided']);
  });

  it('in a round, is told on the day of the round, and nothing is to be seen before', () => {
    const before = inRoundExtendedUse();
    const run = inRoundExtendedUse().do(WARD, wait);
    expect(templates(run)).toEqual(['received']);
    const { seq: _a, decisiveSeq: _c, ...seen } = applicantView(run.state);
    const { seq: _b, decisiveSeq: _d, ...was } = before.state;
    expect(seen).toStrictEqual(was);
    expect(applicantStatus(run.state)).toEqual(applicantStatus(before.state));
    expect(applicantTimeline(run.events)).toEqual(applicantTimeline(before.events));
    expect(nextWake(run.state, run.now)).toEqual({ at: DUE, action: { type: 'tellWaitlisted' } });
    expect(run.refusal(SYSTEM, { type: 'tellWaitlisted' })).toBe('releaseNotDue');
    run.at(DUE).do(SYSTEM, { type: 'tellWaitlisted' });
    expect(templates(run)).toEqual(['received', 'waitlisted']);
    expect(nextWake(run.state, run.now)).toBeUndefined();
    expect(applicantTimeline(run.events).at(-1)).toMatchObject({ type: 'waitlistTold', by: 'ward' });
    expect(run.refusal(SYSTEM, { type: 'tellWaitlisted' })).toBe('wrongStage');
  });

  it('follows a new day of the round', () => {
    const run = inRoundExtendedUse().do(WARD, wait);
    const { calendar, deadlines } = run.state.settings;
    run.do(SYSTEM, { type: 'changeSettings', calendar, deadlines, noticesOn: '2027-02-05' });
    expect(nextWake(run.state, run.now)?.at).toBe('2027-02-05T00:00:00.000Z');
    expect(NOTICES_ON).not.toBe('2027-02-05');
  });

  it('moves up before the day: only the approval is told', () => {
    const run = inRoundExtendedUse().do(WARD, wait).do(WARD, approve);
    expect(nextWake(run.state, run.now)?.action.type).toBe('release');
    run.at(DUE).do(SYSTEM, { type: 'release' });
    expect(templates(run)).toEqual(['received', 'decided']);
  });

  it('moves up in a later round of telling: until then the family sees that it waits', () => {
    const run = inRoundExtendedUse().do(WARD, wait).at(DUE).do(SYSTEM, { type: 'tellWaitlisted' });
    run.do(WARD, approve);
    expect(run.state.stage).toBe('approved');
    expect(templates(run)).toEqual(['received', 'waitlisted', 'decided']);
  });

  it('can be cancelled by the family while it waits', () => {
    const run = reviewedExtendedUse().do(WARD, wait).do(GUARDIAN, { type: 'cancel' });
    expect(run.state.stage).toBe('cancelled');
    expect(tasksOf(run.state)).toEqual([]);
  });

  it('without a mail address is a call to make, until it is on record', () => {
    const run = reviewedExtendedUse({ hasMail: false }).do(WARD, wait);
    expect(tasksOf(run.state)).toEqual([{ kind: 'tellWaitlisted' }]);
    run.do(LEADER, { type: 'recordContact', contact: contact() });
    expect(tasksOf(run.state)).toEqual([{ kind: 'confirmContacts', count: 1 }]);
  });

  it('is refused to others, and where the application has moved on since the ward saw it', () => {
    const run = reviewedExtendedUse();
    expect(run.refusal(LEADER, wait)).toBe('notYourRole');
    const { seq } = run.state;
    expect(run.refusal(WARD, { type: 'waitlist', rank: 1, expectedSeq: seq - 1 })).toBe('changedSince');
    expect(run.refusal(WARD, { type: 'waitlist', rank: 1, expectedSeq: seq })).toBeUndefined();
  });
});
