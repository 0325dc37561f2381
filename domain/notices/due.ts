import type { ApplicationEvent } from '../application/events.ts';
import { evolve } from '../application/evolve.ts';
import type { ApplicationState } from '../application/state.ts';
import { noticeKindOf, type NoticeKind } from './kinds.ts';

/** A notice that an application's events call for, with how it stands. */
export interface DueNotice {
  /** One for one decision: making it twice is making it once. */
  noticeId: string;
  kind: NoticeKind;
  /** The event of the decision. */
  seq: number;
  /** When the applicant may read it; undefined while the release day lies ahead. */
  releasedAt?: string;
  /** Set where the decision was taken back: the notice is kept and marked. */
  voidedAt?: string;
}

/** What makes a decision this one and no other; undefined where none stands. */
function decisionOf({ stage, decision }: ApplicationState): string | undefined {
  if (!decision || stage === 'cancelled') return undefined;
  return `${decision.outcome} ${decision.decidedAt} ${decision.decidedBy}`;
}

/**
 * The notices of an application, oldest decision first (Q22). Read from the states that the events lead through, not from
 * events' names: a decision stands as long as the state has it, and is told as soon as the stage says so.
 */
export function noticesDue(events: readonly ApplicationEvent[]): readonly DueNotice[] {
  const notices: DueNotice[] = [];
  let state: ApplicationState | undefined;
  let standing: string | undefined;
  let open: DueNotice | undefined;
  for (const event of events) {
    state = evolve(state, event);
    const decision = decisionOf(state);
    if (decision !== standing) {
      if (open) open.voidedAt = event.at;
      open = undefined;
      const kind = decision && state.decision && noticeKindOf(state.procedure, state.decision.outcome);
      if (kind) {
        open = { noticeId: `${state.applicationId}-${event.seq}`, kind, seq: event.seq };
        notices.push(open);
      }
      standing = decision;
    }
    const told = state.stage === 'approved' || state.stage === 'refused';
    if (open && told) open.releasedAt ??= event.at;
  }
  return notices;
}
