import { describe, expect, it } from 'vitest';
import { approve, inRound, relate } from '../../testing/application-release.ts';
import { AOKI, contact, LEADER, SETTINGS, SYSTEM, WARD } from '../../testing/domain.ts';
import type { Run } from '../../testing/domain.ts';
import { decisiveAfter, decisiveSeqOf } from './decisive.ts';

/** What happens between the look of the ward and its decision. */
const MEANWHILE: readonly (readonly [string, (run: Run) => unknown, boolean])[] = [
  ['a colleague leaves a note', (run) => run.do(AOKI, { type: 'addNote', note: 'text-1' }), false],
  [
    'the family is told something',
    (run) =>
      run.do(LEADER, { type: 'recordContact', contact: { ...contact(), direction: 'toApplicant' as const } }),
    false,
  ],
  [
    'the day of the round moves',
    (run) =>
      run.do(SYSTEM, {
        type: 'changeSettings',
        calendar: SETTINGS.calendar,
        deadlines: SETTINGS.deadlines,
        noticesOn: '2027-02-05',
      }),
    false,
  ],
  [
    'the family says something',
    (run) =>
      run.do(LEADER, {
        type: 'recordContact',
        contact: { ...contact(), direction: 'fromApplicant' as const },
      }),
    true,
  ],
  ['what it depends on comes further', (run) => run.do(SYSTEM, relate('waitsFor')), true],
];

describe('what a decision rests on', () => {
  it.each(MEANWHILE)('%s', (_what, happen, decisive) => {
    const run = inRound();
    const seen = run.state.seq;
    happen(run);
    expect(run.state.seq).toBeGreaterThan(seen);
    expect(decisiveSeqOf(run.state) > seen).toBe(decisive);
    expect(decisiveAfter(run.events, seen) !== undefined).toBe(decisive);
    expect(run.refusal(WARD, { ...approve, expectedSeq: seen })).toBe(decisive ? 'changedSince' : undefined);
  });

  it('is a decision itself, and one that was taken back', () => {
    const run = inRound();
    const seen = run.state.seq;
    run.do(WARD, approve).do(WARD, { type: 'reviseDecision', reason: 'text-1' });
    expect(run.refusal(WARD, { ...approve, expectedSeq: seen })).toBe('changedSince');
  });

  it('counts every event of a state of before it was counted', () => {
    const { decisiveSeq: _none, ...before } = inRound().state;
    expect(decisiveSeqOf(before)).toBe(before.seq);
  });
});
