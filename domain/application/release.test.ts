import { describe, expect, it } from 'vitest';
import {
  approve,
  cancelling,
  held,
  inRound,
  NOTICES_ON,
  refuse,
  relate,
  ROUND_SETTINGS,
  waiting,
} from '../../testing/application-release.ts';
import { contact, GUARDIAN, LEADER, Run, SYSTEM, WARD } from '../../testing/domain.ts';
import { nextWake } from './deadlines.ts';
import { offeredActions } from './decide.ts';
import { effectsOf } from './effects.ts';
import { queuesOf, tasksOf } from './tasks.ts';
import { applicantStatus, applicantTimeline, applicantView, timelineEntry } from './timeline.ts';

const DUE = '2027-01-29T00:00:00.000Z';
const templates = (run: Run) =>
  effectsOf(run.state, run.events).flatMap((e) => (e.kind === 'mail' ? [e.template] : []));

describe('a decision that is told on the day of its round (Q23)', () => {
  it.each([
    ['approved', approve],
    ['refused', refuse],
  ] as const)('%s: waits, and is told on the day, at the hour of mails', (outcome, action) => {
    const run = held(action);
    expect(run.state).toMatchObject({
      stage: 'awaitingRelease',
      decision: { outcome, releaseOn: NOTICES_ON },
    });
    expect(queuesOf(run.state)).toEqual(['awaitingRelease']);
    expect(nextWake(run.state, run.now)).toEqual({ at: DUE, action: { type: 'release' } });
    expect(templates(run)).toEqual(['received']);
    run.at(DUE).do(SYSTEM, { type: 'release' });
    expect(run.state).toMatchObject({ stage: outcome, decision: { releasedAt: DUE } });
    expect(templates(run)).toEqual(['received', 'decided']);
    expect(nextWake(run.state, run.now)).toBeUndefined();
  });

  it.each([
    ['approved', approve],
    ['refused', refuse],
  ])('%s: the applicant sees what they saw before, to the letter', (_outcome, action) => {
    const before = inRound();
    const run = held(action);
    expect(applicantStatus(run.state)).toEqual(applicantStatus(before.state));
    expect(applicantTimeline(run.events)).toEqual(applicantTimeline(before.events));
    const { seq: _a, decisiveSeq: _c, ...seen } = applicantView(run.state);
    const { seq: _b, decisiveSeq: _d, ...was } = before.state;
    expect(seen).toStrictEqual(was);
    expect(offeredActions(applicantView(run.state), GUARDIAN)).toEqual(
      offeredActions(before.state, GUARDIAN),
    );
    run.at(DUE).do(SYSTEM, { type: 'release' });
    expect(applicantTimeline(run.events).at(-1)).toMatchObject({ type: 'released', by: 'ward', at: DUE });
  });

  it('is told at once on the day itself, after it, and where the round has no day', () => {
    for (const run of [inRound().at(DUE), inRound().at('2027-03-01T00:00:00.000Z'), new Run().reviewed()]) {
      run.do(WARD, approve);
      expect(run.state).toMatchObject({ stage: 'approved', decision: { releasedAt: run.now } });
      expect(run.state.decision).not.toHaveProperty('releaseOn');
      expect(templates(run)).toEqual(['received', 'decided']);
    }
  });

  it('can be taken back by the ward with a reason, without anybody being told', () => {
    const run = held();
    expect(run.refusal(LEADER, { type: 'reviseDecision', reason: 'text-1' })).toBe('notYourRole');
    expect(run.refusal(WARD, { type: 'reviseDecision', reason: '' })).toBe('reasonMissing');
    run.do(WARD, { type: 'reviseDecision', reason: 'text-1' });
    expect(run.state.stage).toBe('awaitingDecision');
    expect(run.state).not.toHaveProperty('decision');
    run.do(WARD, refuse).at(DUE).do(SYSTEM, { type: 'release' });
    expect(run.state.stage).toBe('refused');
    expect(templates(run)).toEqual(['received', 'decided']);
    expect(applicantTimeline(run.events).filter(({ type }) => type === 'released')).toHaveLength(1);
    expect(run.refusal(WARD, { type: 'reviseDecision', reason: 'text-1' })).toBe('ended');
  });

  it('follows a new day of the round, also one that lies behind, and keeps its day where none is known', () => {
    const { calendar, deadlines } = ROUND_SETTINGS;
    const run = held().do(SYSTEM, { type: 'changeSettings', calendar, deadlines, noticesOn: '2027-02-05' });
    expect(nextWake(run.state, run.now)?.at).toBe('2027-02-05T00:00:00.000Z');
    run.do(SYSTEM, { type: 'changeSettings', calendar, deadlines });
    expect(nextWake(run.state, run.now)?.at).toBe('2027-02-05T00:00:00.000Z');
    run.do(SYSTEM, { type: 'changeSettings', calendar, deadlines, noticesOn: '2026-11-01' });
    expect(run.do(SYSTEM, { type: 'release' }).state.stage).toBe('approved');
  });

  it('may be cancelled by the family, who cannot know of it', () => {
    const run = held().do(GUARDIAN, { type: 'cancel' });
    expect(run.state.stage).toBe('cancelled');
    expect(templates(run)).toEqual(['received', 'cancelled']);
    expect(nextWake(run.state, run.now)).toBeUndefined();
    expect(run.at(DUE).refusal(SYSTEM, { type: 'release' })).toBe('ended');
  });

  it('has to be told by phone where there is no address, and only then', () => {
    const run = new Run({ settings: ROUND_SETTINGS, hasMail: false }).reviewed().do(WARD, approve);
    run.do(LEADER, { type: 'recordContact', contact: contact() });
    expect(tasksOf(run.state).map(({ kind }) => kind)).toEqual(['confirmContacts']);
    run.at(DUE).do(SYSTEM, { type: 'release' });
    expect(tasksOf(run.state).map(({ kind }) => kind)).toContain('tellDecision');
  });

  it('is decided only on what the decider saw', () => {
    const run = inRound();
    expect(run.do(WARD, { ...approve, expectedSeq: run.state.seq }).state.stage).toBe('awaitingRelease');
  });
});

describe('an application that waits for the admission (domain.md, effects)', () => {
  const kinds = (run: Run) => tasksOf(run.state).map(({ kind }) => kind);

  it('goes through review, then waits, then can be decided', () => {
    const run = waiting();
    expect(queuesOf(run.state)).toEqual(['waiting']);
    run.do(SYSTEM, relate('waitsFor', { outcome: 'approved', seq: 5 }));
    expect(kinds(run)).toEqual(['decide']);
    expect(run.do(WARD, approve).state.stage).toBe('approved');
  });

  it('gives the ward a task where the admission failed, and refuses nothing by itself', () => {
    const run = waiting().do(SYSTEM, relate('waitsFor', { outcome: 'refused', seq: 5 }));
    expect(run.state.stage).toBe('awaitingDecision');
    expect(kinds(run)).toEqual(['decide', 'admissionFailed']);
    expect(run.do(WARD, refuse).state.stage).toBe('refused');
    expect(kinds(run)).toEqual([]);
  });

  it('takes the same news once, nothing that is older, and a new admission in place of one that failed', () => {
    const run = waiting().do(SYSTEM, relate('waitsFor', { outcome: 'approved', seq: 5 }));
    const { length } = run.events;
    run.do(SYSTEM, relate('waitsFor', { outcome: 'approved', seq: 5 }));
    run.do(SYSTEM, relate('waitsFor', { outcome: 'undecided', seq: 4 }));
    run.do(SYSTEM, relate('waitsFor', { applicationId: 'another', outcome: 'refused', seq: 50 }));
    expect(run.events).toHaveLength(length);
    run.do(SYSTEM, relate('waitsFor', { outcome: 'undecided', seq: 6 }));
    expect(run.refusal(WARD, approve)).toBe('waitsForAdmission');
    run.do(SYSTEM, relate('waitsFor', { outcome: 'refused', seq: 7 }));
    run.do(SYSTEM, relate('waitsFor', { applicationId: 'another', outcome: 'approved', seq: 2 }));
    expect(run.do(WARD, approve).state.stage).toBe('approved');
  });

  it('is told no sooner than the admission, whose decision it would give away', () => {
    const run = waiting();
    run.do(SYSTEM, relate('waitsFor', { outcome: 'approved', releaseOn: NOTICES_ON, seq: 5 }));
    run.do(WARD, approve);
    expect(run.state).toMatchObject({ stage: 'awaitingRelease', decision: { releaseOn: NOTICES_ON } });
    expect(templates(run)).toEqual(['received']);
    run.do(SYSTEM, relate('waitsFor', { outcome: 'approved', releaseOn: '2027-02-10', seq: 6 }));
    expect(nextWake(run.state, run.now)?.at).toBe('2027-02-10T00:00:00.000Z');
    run.do(SYSTEM, relate('waitsFor', { outcome: 'approved', ended: true, seq: 7 }));
    expect(run.at('2027-02-10T00:00:00.000Z').do(SYSTEM, { type: 'release' }).state.stage).toBe('approved');
  });

  it('tells staff, and the family nothing of the other decision', () => {
    const run = waiting();
    const seen = applicantTimeline(run.events);
    run.do(SYSTEM, relate('waitsFor', { outcome: 'approved', seq: 5 }));
    expect(applicantTimeline(run.events)).toEqual(seen);
    const line = timelineEntry(run.events.at(-1)!, { person: () => undefined });
    expect(line.text).toBe('入会が承認され、この申請を決定できるようになりました（入会申請 A27-000009-0）');
  });
});

describe('a cancellation of another application (取り下げ)', () => {
  it('ends the other one on the applicant’s behalf, by the system only', () => {
    const run = new Run().reviewed();
    const action = {
      type: 'cancelOnRequest',
      targetId: 'application-1',
      applicationId: 'x',
      receiptNumber: 'H27-000001-0',
    } as const;
    expect(run.refusal(SYSTEM, { ...action, targetId: 'a later one' })).toBe('nothingToCancel');
    expect(run.refusal(WARD, action)).toBe('notYourRole');
    expect(run.refusal(GUARDIAN, action)).toBe('notYourRole');
    expect(run.do(SYSTEM, action).state.stage).toBe('cancelled');
    expect(templates(run)).toEqual(['received', 'cancelled']);
    expect(run.refusal(SYSTEM, action)).toBe('ended');
  });

  it('is a task where the other was decided, before and after its own decision', () => {
    const tooLate = { type: 'reportCancelledTooLate', applicationId: 'application-0' } as const;
    const run = cancelling().do(SYSTEM, relate('cancels', { outcome: 'approved', ended: true, seq: 8 }));
    expect(tasksOf(run.state).map(({ kind }) => kind)).toEqual(['decide', 'cancelledTooLate']);
    expect(run.do(WARD, refuse).state.stage).toBe('refused');
    expect(tasksOf(run.state)).toEqual([]);
    const late = cancelling().do(WARD, approve).do(SYSTEM, tooLate);
    expect(tasksOf(late.state)).toEqual([{ kind: 'cancelledTooLate', receiptNumber: 'A27-000009-0' }]);
    expect(late.do(SYSTEM, tooLate).events.at(-2)?.type).toBe('decided');
    late.at('2026-12-01T00:00:00.000Z').do(LEADER, { type: 'recordContact', contact: contact() });
    expect(tasksOf(late.state).map(({ kind }) => kind)).toEqual(['confirmContacts']);
  });

  it('goes through while the other’s decision is not told yet: the family cannot know of it', () => {
    const run = cancelling().do(SYSTEM, relate('cancels', { outcome: 'approved', ended: false, seq: 8 }));
    expect(run.do(WARD, approve).state.stage).toBe('approved');
  });

  it('needs no day of its own where the procedure has none', () => {
    const settings = { ...ROUND_SETTINGS, effectiveDate: false };
    const run = new Run({ settings }).reviewed().do(WARD, { type: 'decide', outcome: 'approved' });
    expect(run.state.stage).toBe('awaitingRelease');
  });
});
