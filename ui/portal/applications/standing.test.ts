import { describe, expect, it } from 'vitest';
import { STAGES } from '../../../domain/application/state.ts';
import { PHASES, phaseOf, toneOf, urgencyOf } from './standing.ts';

const words = { ja: '状況' };
const statusOf = (code: string) => ({ code, label: words, explanation: words, next: null });

describe('how an application stands', () => {
  it('every stage has a phase and a tone', () => {
    for (const stage of STAGES) {
      expect(PHASES).toContain(phaseOf({ stage, status: statusOf('underReview') }));
      expect(toneOf(stage)).toBeTruthy();
    }
  });

  it('nobody is told of a review that has not begun', () => {
    expect(phaseOf({ stage: 'firstReview', status: statusOf('received') })).toBe('received');
    expect(phaseOf({ stage: 'firstReview', status: statusOf('underReview') })).toBe('review');
  });

  it('a deadline is near from three days before and overdue from the day after, by Tokyo days', () => {
    const on = (instant: string) => urgencyOf('2026-12-10', new Date(instant));
    expect(on('2026-12-06T05:00:00Z')).toEqual({ days: 4, urgency: 'calm' });
    // 00:30 on the 7th in Tokyo.
    expect(on('2026-12-06T15:30:00Z')).toEqual({ days: 3, urgency: 'near' });
    expect(on('2026-12-10T14:59:00Z')).toEqual({ days: 0, urgency: 'near' });
    expect(on('2026-12-10T15:00:00Z')).toEqual({ days: -1, urgency: 'overdue' });
  });
});
