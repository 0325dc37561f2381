import { describe, expect, it } from 'vitest';
import { answer, asked, first } from '../../testing/application-states.ts';
import { AOKI, GUARDIAN, Run, WARD } from '../../testing/domain.ts';
import type { Actor } from '../people/actor.ts';
import type { Action } from './actions.ts';

describe('a refusal', () => {
  it('points at the part that is wrong', () => {
    const refusal = (run: Run, actor: Actor, action: Action) => {
      const outcome = run.try(actor, action);
      return outcome.ok ? undefined : outcome.refusal.at;
    };
    expect(refusal(new Run(), AOKI, first({ identity: 'notApplicable' }))).toBe('identity');
    expect(refusal(asked(), GUARDIAN, answer(['1-documents', '9-x']))).toBe('9-x');
    expect(refusal(new Run().reviewed(), WARD, { type: 'decide', outcome: 'approved' })).toBe(
      'effectiveFrom',
    );
  });
});
