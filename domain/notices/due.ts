import type { ApplicationEvent } from '../application/events.ts';
import { evolve } from '../application/evolve.ts';
import type { ApplicationState } from '../application/state.ts';
import { tokyoDate, type LocalDate } from '../calendar/dates.ts';
import { noticeKindOf, type NoticeKind } from './kinds.ts';

/** A notice that an application's events call for, with how it stands. */
export interface DueNotice {
  /** One for one decision: making it twice is making it once. */
  noticeId: string;
  kind: NoticeKind;
  /** The event that it is made of: the decision, or a new day for it. */
  seq: number;
  /** The date on it: the day of the round where the decision waits for it, never one that has gone by when it is made. */
  issuedOn: LocalDate;
  /** When the applicant may read it; undefined while the release day lies ahead. */
  releasedAt?: string;
  /** Set where another one took its place, or none: it is kept and marked. */
  voidedAt?: string;
  /** `revised`: the decision was taken back. `redated`: its day was moved, and the next notice says the same with the new date. */
  voidReason?: VoidReason;
}

export const VOID_REASONS = ['revised', 'redated'] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

/** What makes a decision this one and no other; undefined where none stands. */
function decisionOf({ stage, decision }: ApplicationState): string | undefined {
  if (!decision || stage === 'cancelled') return undefined;
  return `${decision.outcome} ${decision.decidedAt} ${decision.decidedBy}`;
}

/**
 * The notices of an application, oldest decision first (Q22). Read from the states that the events lead through, not from
 * events' names: a decision stands as long as the state has it, and is told as soon as the stage says so. Where the day of the
 * round is moved before it, the notice with the old date is void, and one with a number of its own takes its place.
 */
export function noticesDue(events: readonly ApplicationEvent[]): readonly DueNotice[] {
  const notices: DueNotice[] = [];
  let state: ApplicationState | undefined;
  let standing: { decision: string; on: LocalDate | undefined } | undefined;
  let open: DueNotice | undefined;
  for (const event of events) {
    state = evolve(state, event);
    const decision = decisionOf(state);
    const on = state.decision?.releaseOn;
    if (decision !== standing?.decision || (decision !== undefined && on !== standing?.on)) {
      if (open) {
        open.voidedAt = event.at;
        open.voidReason = decision === standing?.decision ? 'redated' : 'revised';
      }
      open = undefined;
      const kind = decision && state.decision && noticeKindOf(state.procedure, state.decision.outcome);
      if (kind) {
        const made = tokyoDate(event.at);
        const issuedOn = on !== undefined && on > made ? on : made;
        open = { noticeId: `${state.applicationId}-${event.seq}`, kind, seq: event.seq, issuedOn };
        notices.push(open);
      }
      standing = decision === undefined ? undefined : { decision, on };
    }
    const told = state.stage === 'approved' || state.stage === 'refused';
    if (open && told) open.releasedAt ??= event.at;
  }
  return notices;
}
