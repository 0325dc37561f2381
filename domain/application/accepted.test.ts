import { describe, expect, it } from 'vitest';
import { agree, answer, asked, first, second } from '../../testing/application-states.ts';
import { AOKI, BABA, GUARDIAN, Run, SETTINGS, SYSTEM, WARD } from '../../testing/domain.ts';

describe('what goes through', () => {
  it('lets a criterion that may not apply be left out', () => {
    expect(new Run().try(AOKI, first({ documents: 'notApplicable' })).ok).toBe(true);
    expect(SETTINGS.criteria.find(({ id }) => id === 'documents')?.required).toBe(false);
  });

  it('lets both agree that a requirement is not met, for the ward to decide', () => {
    const run = second({ guardian: 'notMet' }).do(BABA, agree({ guardian: 'notMet' }));
    expect(run.state.stage).toBe('awaitingDecision');
    run.do(WARD, { type: 'decide', outcome: 'refused', reasonCode: 'requirement_not_met', reason: 'text-1' });
    expect(run.state.stage).toBe('refused');
  });

  it('takes an answer after the deadline, in part and then whole', () => {
    const run = asked().at('2026-12-31T00:00:00.000Z').do(SYSTEM, { type: 'passDeadline' });
    run.do(GUARDIAN, answer(['1-guardian']));
    expect(run.state).toMatchObject({ stage: 'awaitingApplicant', request: { overdue: true } });
    run.do(GUARDIAN, { type: 'answer', answerId: 'answer-2', itemIds: ['1-documents'], unchanged: false });
    expect(run.state).toMatchObject({ stage: 'firstReview', cycle: { number: 2 }, dataVersion: 3 });
  });

  it('counts an item that is named twice in one answer once', () => {
    const run = asked().do(GUARDIAN, answer(['1-guardian', '1-guardian']));
    expect(run.events.at(-1)).toMatchObject({ type: 'answered', itemIds: ['1-guardian'] });
  });

  it('lets everybody do the second review again after an answer but who corrected', () => {
    const run = new Run().reviewed({ documents: 'deficient' }).do(GUARDIAN, answer(['1-documents']));
    expect(run.do(BABA, first()).refusal(AOKI, agree())).toBeUndefined();
  });
});
