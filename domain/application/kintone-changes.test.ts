import { describe, expect, it } from 'vitest';
import { CHIBA, LEADER, Run, staffActor, SYSTEM, WARD } from '../../testing/domain.ts';
import type { Action } from './actions.ts';
import { offeredActions } from './decide.ts';
import { replay } from './evolve.ts';
import { queuesOf, tasksOf } from './tasks.ts';

const report = (kind: 'answers' | 'deleted' | 'system', changeId = 'change-1'): Action => ({
  type: 'reportKintoneChange',
  changeId,
  kind,
  fields: ['child_given_name', 'child_grade'],
});
const settle = (choice: 'accept' | 'restore', changeId = 'change-1'): Action => ({
  type: 'settleKintoneChange',
  changeId,
  choice,
});
const tasks = (run: Run) => tasksOf(run.state).map(({ kind }) => kind);

describe('what people change in kintone itself', () => {
  it('is a question, and no review goes on until it is answered', () => {
    const run = new Run().reviewed().do(SYSTEM, report('answers'));
    expect(run.state.stage).toBe('awaitingDecision');
    expect(tasks(run)).toContain('settleKintoneChange');
    expect(queuesOf(run.state)).toContain('checkEntry');
    expect(offeredActions(run.state, WARD)).not.toContain('decide');
    expect(run.refusal(WARD, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' })).toBe(
      'changedInKintone',
    );
    expect(offeredActions(run.state, CHIBA)).toContain('settleKintoneChange');
  });

  it('accepted after a review, it is reviewed again', () => {
    const run = new Run().reviewed().do(SYSTEM, report('answers')).do(LEADER, settle('accept'));
    expect(run.state).toMatchObject({ stage: 'firstReview', dataVersion: 2, kintoneChanges: [] });
    expect(run.state.cycle.number).toBe(2);
    expect(replay(run.events)).toStrictEqual(run.state);
  });

  it('accepted during the first review, the review goes on with it', () => {
    const run = new Run().do(SYSTEM, report('answers')).do(WARD, settle('accept'));
    expect(run.state).toMatchObject({ stage: 'firstReview', dataVersion: 2, cycle: { number: 1 } });
  });

  it('put back, everything is as it was', () => {
    const run = new Run().reviewed().do(SYSTEM, report('answers')).do(CHIBA, settle('restore'));
    expect(run.state).toMatchObject({ stage: 'awaitingDecision', dataVersion: 1, cycle: { number: 1 } });
    expect(tasks(run)).not.toContain('settleKintoneChange');
  });

  it.each(['system', 'deleted'] as const)('%s is put right by itself: told, and nobody asked', (kind) => {
    const run = new Run().do(SYSTEM, report(kind));
    expect(tasks(run)).not.toContain('settleKintoneChange');
    expect(run.events.at(-1)).toMatchObject({ type: 'changedInKintone', kind });
    expect(run.refusal(LEADER, settle('restore'))).toBe('noSuchItem');
  });

  it('is told once, is the system’s to tell and not a hall’s to judge', () => {
    const run = new Run().do(SYSTEM, report('answers'));
    const { seq } = run.state;
    expect(run.do(SYSTEM, report('answers')).state.seq).toBe(seq);
    expect(run.refusal(LEADER, report('answers', 'change-2'))).toBe('notYourRole');
    expect(run.refusal(staffActor('hall', 'hall'), settle('restore'))).toBe('notYourRole');
    expect(run.refusal(LEADER, settle('restore', 'other'))).toBe('noSuchItem');
    run.do(LEADER, settle('restore'));
    expect(run.do(SYSTEM, report('answers')).state.kintoneChanges).toEqual([]);
  });
});
