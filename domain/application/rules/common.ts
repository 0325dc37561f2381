import type { Instant } from '../../calendar/dates.ts';
import type { Actor } from '../../people/actor.ts';
import type { ActionOf, ActionType, ContactInput, Refusal, RefusalCode } from '../actions.ts';
import type { EventBody } from '../events.ts';
import { isEnded, type ApplicationState, type Stage } from '../state.ts';

/** What a decision may depend on besides state, actor and action. */
export interface RuleContext {
  now: Instant;
}

/**
 * One kind of action. `may` looks at state and actor alone and so also tells the screens what to offer; `check` looks at
 * what was filled in; `events` says what then has happened. `events` is only called when neither has refused.
 */
export interface Rule<T extends ActionType> {
  may(state: ApplicationState, actor: Actor): Refusal | null;
  check?(state: ApplicationState, actor: Actor, action: ActionOf<T>, context: RuleContext): Refusal | null;
  events(
    state: ApplicationState,
    actor: Actor,
    action: ActionOf<T>,
    context: RuleContext,
  ): readonly EventBody[];
}

/** A refusal with this code. */
export function refuse(code: RefusalCode, at?: string): Refusal {
  return at === undefined ? { code } : { code, at };
}

/** The first refusal among several checks, made in order; null if none refuses. */
export function firstOf(...checks: readonly (() => Refusal | null)[]): Refusal | null {
  for (const check of checks) {
    const refusal = check();
    if (refusal) return refusal;
  }
  return null;
}

/** Refuses once the application has been decided or cancelled. */
export function notEnded(state: ApplicationState): Refusal | null {
  return isEnded(state) ? refuse('ended') : null;
}

/** Refuses outside the given stages. */
export function inStage(state: ApplicationState, ...stages: readonly Stage[]): Refusal | null {
  return stages.includes(state.stage) ? null : refuse(isEnded(state) ? 'ended' : 'wrongStage');
}

/** Refuses everyone but staff of these roles. Halls and 新BOPs only look (別紙1), so they are in no list. */
export function byRole(actor: Actor, ...roles: readonly ('operator' | 'leader' | 'ward')[]): Refusal | null {
  const allowed = actor.kind === 'staff' && (roles as readonly string[]).includes(actor.role);
  return allowed ? null : refuse('notYourRole');
}

/** Refuses everyone but the person who filed the application (Q11). */
export function byApplicant(state: ApplicationState, actor: Actor): Refusal | null {
  if (actor.kind !== 'applicant') return refuse('notYourRole');
  return state.applicantId === actor.id ? null : refuse('notYourApplication');
}

/** Refuses people: the clock and the machine only. */
export function bySystem(actor: Actor): Refusal | null {
  return actor.kind === 'system' ? null : refuse('notYourRole');
}

/** A contact that an action comes from says what was said (Q21). */
export function contactFilled(contact: ContactInput): Refusal | null {
  return contact.content ? null : refuse('reasonMissing', 'contact');
}

/** The id of the person who acts. */
export function idOf(actor: Actor): string {
  return actor.kind === 'system' ? 'system' : actor.id;
}
