import {
  ApplicationFailure,
  condition,
  log,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Action, Refusal } from '../../domain/application/actions.ts';
import { decideAction, refusalOf } from '../../domain/application/decide.ts';
import type { ApplicationEvent } from '../../domain/application/events.ts';
import { evolve } from '../../domain/application/evolve.ts';
import { summaryOf } from '../../domain/application/summary.ts';
import { isEnded, type ApplicationState, type Stage } from '../../domain/application/state.ts';
import { endOfDay } from '../../domain/calendar/dates.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { REFUSALS_IN_WORDS, currentDetails } from '../../domain/texts/supervisor.ts';
import { REFUSED, type ActResult } from '../messages.ts';
import { searchAttributes } from '../search-attributes.ts';
import { deliver, project } from './activities.ts';
import { now } from './clock.ts';

/** How long a record that is refused for good waits before it is tried again, unless something changes first. */
const RETRY_REFUSED = '30 minutes';

/** What a run hands to the next. */
export interface Resume {
  state: ApplicationState;
  deliveredSeq: number;
}

function refusedFailure(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.create({
    message: REFUSALS_IN_WORDS[refusal.code],
    type: REFUSED,
    nonRetryable: true,
    details: [refusal],
  });
}

/**
 * One running application: its state, and what is still on its way out. The domain decides; this class applies the events
 * and sees to it that each of them reaches the projection, kintone, the mail and the printer exactly once.
 */
export class ApplicationProcess {
  #state: ApplicationState | undefined;
  #deliveredSeq = 0;
  /** How far the projection has come: mails, letters and records are made from what it holds. */
  #projectedSeq = 0;
  #projecting: Promise<void> = Promise.resolve();
  #shown: { stage: Stage; deadline: string | undefined } | undefined;

  /** Takes up an application where an earlier run left it. */
  resume({ state, deliveredSeq }: Resume): void {
    this.#state = state;
    this.#deliveredSeq = deliveredSeq;
    this.#projectedSeq = state.seq;
    this.#shown = { stage: state.stage, deadline: state.request?.deadline };
  }

  /** Undefined only until the settings in force have been read. */
  get stateOrNone(): ApplicationState | undefined {
    return this.#state;
  }

  get state(): ApplicationState {
    if (!this.#state) throw new Error('the application has not been received yet');
    return this.#state;
  }

  get ended(): boolean {
    return this.#state !== undefined && isEnded(this.#state);
  }

  /** Nothing is on its way out any more. */
  get settled(): boolean {
    return this.#state !== undefined && this.#deliveredSeq >= this.#state.seq;
  }

  get deliveredSeq(): number {
    return this.#deliveredSeq;
  }

  /** For Update validators: only reads, and throws the refusal. Before receipt the handler asks again. */
  assertAllowed(actor: Actor, action: Action): void {
    if (!this.#state) return;
    const refusal = refusalOf(this.#state, actor, action as never, { now: now() });
    if (refusal) throw refusedFailure(refusal);
  }

  /**
   * Decides and applies an action; resolves once the projection has it, so that the person sees what they did.
   * @throws ApplicationFailure of type `Refused`
   */
  async act(actor: Actor, action: Action): Promise<ActResult> {
    await condition(() => this.#state !== undefined);
    const outcome = decideAction(this.state, actor, action, { now: now() });
    if (!outcome.ok) throw refusedFailure(outcome.refusal);
    await this.#take(outcome.events);
    return { seq: this.state.seq, stage: this.state.stage };
  }

  /** An action of the clock or the machine. What has become pointless in the meantime is let go. */
  async actAsSystem(action: Action): Promise<void> {
    const outcome = decideAction(this.state, { kind: 'system' }, action, { now: now() });
    if (outcome.ok) await this.#take(outcome.events);
    else log.info('not applied', { action: action.type, refusal: outcome.refusal.code });
  }

  /** The first events, which no state comes before. */
  async receive(events: readonly ApplicationEvent[]): Promise<void> {
    await this.#take(events);
  }

  /** State first, in one go, so that whoever comes next decides on it; then the projection, in order. */
  async #take(events: readonly ApplicationEvent[]): Promise<void> {
    if (events.length === 0) return;
    this.#state = events.reduce<ApplicationState | undefined>(evolve, this.#state);
    const state = this.state;
    this.#show(state);
    const before = this.#projecting;
    this.#projecting = (async () => {
      await before;
      await project({ applicationId: state.applicationId, events, summary: summaryOf(state) });
      this.#projectedSeq = state.seq;
    })();
    await this.#projecting;
  }

  /**
   * Sees to mails, letters and kintone until `stop`: one delivery at a time, each taking all that has come by then. What is
   * refused for good waits for the next change, and is tried again now and then: never lost, never given up.
   */
  async keepDelivering(stop: () => boolean): Promise<void> {
    for (;;) {
      await condition(() => stop() || this.#projectedSeq > this.#deliveredSeq);
      if (stop()) return;
      const { applicationId } = this.state;
      const seen = this.#projectedSeq;
      try {
        const { seq, failedMails, cancelledTooLate = [] } = await deliver({ applicationId });
        this.#deliveredSeq = Math.max(seq, this.#deliveredSeq);
        for (const mail of failedMails) await this.actAsSystem({ type: 'reportMailFailure', ...mail });
        for (const target of cancelledTooLate) {
          await this.actAsSystem({ type: 'reportCancelledTooLate', applicationId: target });
        }
      } catch (error) {
        log.error('not delivered', { applicationId, seq: seen, error: String(error) });
        await condition(() => stop() || this.#projectedSeq > seen, RETRY_REFUSED);
      }
    }
  }

  /** What supervisors see in Temporal's web UI: written only when it changes, for each change is a history event. */
  #show(state: ApplicationState): void {
    setCurrentDetails(currentDetails(state));
    const deadline = state.stage === 'awaitingApplicant' ? state.request?.deadline : undefined;
    if (this.#shown && this.#shown.stage === state.stage && this.#shown.deadline === deadline) return;
    const first = this.#shown === undefined;
    const hadDeadline = this.#shown?.deadline !== undefined;
    this.#shown = { stage: state.stage, deadline };
    // The start itself carries the first stage.
    if (first && state.stage === 'firstReview') return;
    upsertSearchAttributes([
      { key: searchAttributes.stage, value: state.stage },
      ...(deadline || hadDeadline
        ? [{ key: searchAttributes.deadline, value: deadline ? new Date(endOfDay(deadline)) : null }]
        : []),
    ]);
  }
}
