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

describe('what people change in the other apps', () => {
  const report = (
    app: 'documents' | 'reviews' | 'contacts' | 'enrolments',
    more: Partial<Extract<Action, { type: 'reportKintoneChange' }>> = {},
  ): Action => ({
    type: 'reportKintoneChange',
    changeId: 'change-1',
    kind: 'record',
    fields: ['content'],
    record: { app, key: 'record-1' },
    ...more,
  });

  it.each(['documents', 'reviews'] as const)(
    '%s hold up a review, and open it again where accepted',
    (app) => {
      const run = new Run().reviewed().do(SYSTEM, report(app));
      expect(offeredActions(run.state, WARD)).not.toContain('decide');
      run.do(LEADER, settle('accept'));
      // What the family filed is what it was.
      expect(run.state).toMatchObject({ stage: 'firstReview', dataVersion: 1, cycle: { number: 2 } });
      expect(run.events.at(-2)).toMatchObject({ record: { app, key: 'record-1' }, fields: ['content'] });
      const other = new Run().reviewed().do(SYSTEM, report(app)).do(LEADER, settle('restore'));
      expect(other.state).toMatchObject({ stage: 'awaitingDecision', cycle: { number: 1 } });
    },
  );

  it('a contact record is a question that no review waits for', () => {
    const run = new Run().reviewed().do(SYSTEM, report('contacts'));
    expect(tasks(run)).toContain('settleKintoneChange');
    expect(offeredActions(run.state, WARD)).toContain('decide');
    run.do(LEADER, settle('accept'));
    expect(run.state).toMatchObject({ stage: 'awaitingDecision', dataVersion: 1, kintoneChanges: [] });
  });

  it('what the system works out is put right by itself; what cannot be is a question where it is gone', () => {
    const folded = new Run().reviewed().do(SYSTEM, report('enrolments', { kind: 'system' }));
    expect(tasks(folded)).not.toContain('settleKintoneChange');
    const gone = new Run().do(SYSTEM, report('reviews', { kind: 'deleted', fields: [] }));
    expect(tasks(gone)).not.toContain('settleKintoneChange');
    const lost = new Run()
      .reviewed()
      .do(SYSTEM, report('documents', { kind: 'deleted', fields: [], restorable: false }));
    expect(lost.refusal(WARD, { type: 'decide', outcome: 'approved', effectiveFrom: '2027-04-01' })).toBe(
      'changedInKintone',
    );
    expect(lost.refusal(LEADER, settle('restore'))).toBe('cannotRestore');
    expect(lost.do(LEADER, settle('accept')).state.stage).toBe('firstReview');
    expect(replay(lost.events)).toStrictEqual(lost.state);
  });
});
