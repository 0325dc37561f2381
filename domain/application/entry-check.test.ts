import { describe, expect, it } from 'vitest';
import { paper } from '../../testing/application-states.ts';
import { AOKI, BABA, CHIBA, Run } from '../../testing/domain.ts';
import type { Action } from './actions.ts';
import { tasksOf } from './tasks.ts';

const back: Action = { type: 'returnEntry', differences: [{ field: 'child_birth_date', note: 'text-1' }] };
const correct: Action = { type: 'correctEntry', correctionId: 'c-1' };

describe('the entry of a paper application (Q14)', () => {
  it('goes back to who entered it, and the same checker checks it again', () => {
    const run = paper().do(BABA, back);
    expect(run.state).toMatchObject({ stage: 'entryCheck', entryReturned: { by: 'baba' } });
    expect(tasksOf(run.state)).toEqual([{ kind: 'correctEntry' }]);
    run.do(AOKI, correct);
    expect(run.state.entryReturned).toBeUndefined();
    expect(tasksOf(run.state)).toEqual([{ kind: 'checkEntry' }]);
    expect(run.do(BABA, { type: 'confirmEntry' }).state.stage).toBe('firstReview');
  });

  it('is not returned by who entered it', () => {
    expect(paper().refusal(AOKI, back)).toBe('enteredByYou');
  });

  it('can be confirmed after a return, where a second look shows that it was right', () => {
    const run = paper().do(BABA, back).do(BABA, { type: 'confirmEntry' });
    expect(run.state).toMatchObject({ stage: 'firstReview' });
    expect(run.state.entryReturned).toBeUndefined();
  });

  it('is checked by nobody whose hand was in it, where several entered it', () => {
    const run = new Run({
      channel: 'paper',
      enteredBy: 'baba',
      enterers: ['aoki', 'baba'],
      applicantId: null,
      hasMail: false,
    });
    for (const person of [AOKI, BABA]) {
      expect(run.refusal(person, { type: 'confirmEntry' })).toBe('enteredByYou');
    }
    expect(run.do(CHIBA, { type: 'confirmEntry' }).state.stage).toBe('firstReview');
  });
});
