import type { Stage } from '../../../domain/application/state.ts';
import type { StatusTone } from '../../components/index.ts';
import { daysUntil } from '../../lib/index.ts';

/** Colours of the stages. The word always stands with it. */
export const STAGE_TONES: Readonly<Record<Stage, StatusTone>> = {
  entryCheck: 'info',
  firstReview: 'info',
  secondReview: 'progress',
  awaitingApplicant: 'warning',
  awaitingDecision: 'progress',
  awaitingRelease: 'progress',
  approved: 'success',
  refused: 'danger',
  cancelled: 'neutral',
};

/** Calendar days before a deadline from which it is marked. */
const NEAR = 3;

export interface DeadlineLook {
  readonly tone: StatusTone | undefined;
  /** 「期限超過」, 「今日まで」, 「あと2日」. */
  readonly mark: string | undefined;
}

/** How a deadline is marked. Whether it has passed is the server's word (`overdue`), not this clock's. */
export function deadlineLook(deadline: string, overdue: boolean, now: Date): DeadlineLook {
  if (overdue) return { tone: 'danger', mark: '期限超過' };
  const days = daysUntil(deadline, now);
  if (days < 0) return { tone: 'danger', mark: '期限の日を過ぎました' };
  if (days === 0) return { tone: 'warning', mark: '今日まで' };
  if (days <= NEAR) return { tone: 'warning', mark: `あと${days}日` };
  return { tone: undefined, mark: undefined };
}
