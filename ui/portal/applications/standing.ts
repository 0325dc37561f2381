import type { MyApplicationRow } from '../../../api/contract/index.ts';
import type { StatusTone } from '../../components/index.ts';
import { daysUntil } from '../../lib/index.ts';

export const PHASES = ['received', 'review', 'decision', 'result'] as const;
export type Phase = (typeof PHASES)[number];

/** Where an application is on its way, as the applicant sees it: in review once somebody has begun. */
export function phaseOf({ stage, status }: Pick<MyApplicationRow, 'stage' | 'status'>): Phase {
  if (status.code === 'received') return 'received';
  switch (stage) {
    case 'entryCheck':
      return 'received';
    case 'firstReview':
    case 'secondReview':
    case 'awaitingApplicant':
      return 'review';
    case 'awaitingDecision':
    case 'awaitingRelease':
      return 'decision';
    case 'approved':
    case 'refused':
    case 'cancelled':
      return 'result';
  }
}

export function toneOf(stage: MyApplicationRow['stage']): StatusTone {
  switch (stage) {
    case 'awaitingApplicant':
      return 'warning';
    case 'approved':
      return 'success';
    case 'refused':
      return 'danger';
    case 'cancelled':
      return 'neutral';
    default:
      return 'progress';
  }
}

/** A deadline is near in its last three days. */
export const NEAR_DAYS = 3;

export type Urgency = 'calm' | 'near' | 'overdue';

/** How pressing a deadline is on the Tokyo day of `now`. */
export function urgencyOf(deadline: string, now: Date): { urgency: Urgency; days: number } {
  const days = daysUntil(deadline, now);
  return { days, urgency: days < 0 ? 'overdue' : days <= NEAR_DAYS ? 'near' : 'calm' };
}
