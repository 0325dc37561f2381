import { describe, expect, it } from 'vitest';
import { inRound, NOTICES_ON, waiting } from '../../testing/application-release.ts';
import { inRoundExtendedUse } from '../../testing/application-waitlist.ts';
import { LEADER, Run, WARD } from '../../testing/domain.ts';
import { exclusionInWords, resultInWords } from '../texts/rounds.ts';
import {
  actionOf,
  BULK_COMMANDS,
  BULK_STATUSES,
  exclusionOf,
  statusAfter,
  type BulkStatus,
  type PlannedItem,
} from './bulk.ts';

const planned = (run: Run, over: Partial<PlannedItem> = {}): PlannedItem => ({
  plan: 'approve',
  seq: run.state.seq,
  effectiveFrom: '2027-04-01',
  rank: null,
  ...over,
});
const refused = { plan: 'refuse', effectiveFrom: null, reasonCode: 'requirement_not_met' } as const;

describe('what a bulk decision leaves out', () => {
  it('nothing where the reviewers found what the plan says', () => {
    const good = inRound();
    const bad = new Run().reviewed({ guardian: 'notMet' });
    expect(exclusionOf(good.state, WARD, planned(good), good.now)).toBeNull();
    expect(exclusionOf(bad.state, WARD, planned(bad, refused), bad.now)).toBeNull();
  });

  it('what the reviewers saw otherwise: a person looks at it', () => {
    const good = inRound();
    const bad = new Run().reviewed({ guardian: 'notMet' });
    expect(exclusionOf(bad.state, WARD, planned(bad), bad.now)).toBe('requirementNotMet');
    expect(exclusionOf(good.state, WARD, planned(good, refused), good.now)).toBe('requirementsMet');
  });

  it('what the application itself would refuse, by its own rules', () => {
    const run = inRound();
    const of = (one: Run, over: Partial<PlannedItem> = {}, who = WARD) =>
      exclusionOf(one.state, who, planned(one, over), one.now);
    expect(of(run, { seq: 1 })).toBe('changedSince');
    expect(of(run, { effectiveFrom: null })).toBe('noStartDate');
    expect(of(run, {}, LEADER)).toBe('notYourRole');
    expect(of(waiting())).toBe('waitsForAdmission');
    expect(of(run, { plan: 'waitlist', rank: 1 })).toBe('noWaitingList');
    expect(of(inRoundExtendedUse(), { plan: 'waitlist', rank: 1 })).toBeNull();
    for (const code of ['byWard', 'noStartDate', 'waitsForAdmission', 'requirementsMet'] as const) {
      expect(exclusionInWords(code)).toMatch(/。$/);
    }
  });

  it('decides by the same action that the application takes', () => {
    const run = inRound();
    run.do(WARD, actionOf(planned(run)));
    expect(run.state).toMatchObject({ stage: 'awaitingRelease', decision: { releaseOn: NOTICES_ON } });
    const list = inRoundExtendedUse();
    list.do(WARD, actionOf(planned(list, { plan: 'waitlist', rank: 4 })));
    expect(list.state.waitlist).toMatchObject({ rank: 4 });
    const no = new Run().reviewed({ guardian: 'notMet' });
    no.do(WARD, actionOf(planned(no, { ...refused, reason: 'text-1' })));
    expect(no.state.decision).toMatchObject({ outcome: 'refused', reason: 'text-1' });
  });

  it('says what became of each in words', () => {
    expect(resultInWords('approve', 'decided', null)).toBe('承認を決定しました');
    expect(resultInWords('waitlist', 'decided', null)).toBe('待機にしました');
    expect(resultInWords('approve', 'changed', 'cancelled')).toContain('今の状態：取り下げ');
    expect(resultInWords('approve', 'refused', 'waitsForAdmission')).toContain('決定できませんでした。');
  });
});

describe('pause, resume, stop', () => {
  const after: Readonly<Record<BulkStatus, readonly (BulkStatus | undefined)[]>> = {
    preview: [undefined, undefined, undefined],
    running: ['paused', 'running', 'stopping'],
    paused: ['paused', 'running', 'stopping'],
    stopping: [undefined, undefined, 'stopping'],
    stopped: [undefined, undefined, undefined],
    done: [undefined, undefined, undefined],
  };
  it.each(BULK_STATUSES)('while it is %s', (status) => {
    expect(BULK_COMMANDS.map((command) => statusAfter(status, command))).toEqual(after[status]);
  });
});
