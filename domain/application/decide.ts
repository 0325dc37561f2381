import { refOf, type Actor } from '../people/actor.ts';
import type { Action, ActionOf, ActionType, Refusal } from './actions.ts';
import type { ApplicationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import * as assignment from './rules/assignment.ts';
import type { Rule, RuleContext } from './rules/common.ts';
import * as decision from './rules/decision.ts';
import * as deficiency from './rules/deficiency.ts';
import * as kintone from './rules/kintone.ts';
import * as escalation from './rules/escalation.ts';
import * as records from './rules/records.ts';
import * as related from './rules/related.ts';
import * as review from './rules/review.ts';
import * as waiting from './rules/waitlist.ts';
import type { ApplicationState } from './state.ts';

/** Every action there is, with its rule: the one choke point (design 2). */
const RULES: { readonly [T in ActionType]: Rule<T> } = {
  confirmEntry: review.confirmEntry,
  correctEntry: review.correctEntry,
  returnEntry: review.returnEntry,
  claim: assignment.claim,
  assign: assignment.assign,
  unassign: assignment.unassign,
  completeFirstReview: review.completeFirstReview,
  agreeSecondReview: review.agreeSecondReview,
  returnToFirst: review.returnToFirst,
  escalate: escalation.escalate,
  instruct: escalation.instruct,
  withdrawEscalation: escalation.withdrawEscalation,
  answer: deficiency.answer,
  confirmTold: deficiency.confirmTold,
  markLetterPosted: deficiency.markLetterPosted,
  extendDeadline: deficiency.extendDeadline,
  chase: deficiency.chase,
  waiveItem: deficiency.waiveItem,
  correctMinor: deficiency.correctMinor,
  proceedWithoutAnswer: deficiency.proceedWithoutAnswer,
  decide: decision.decide,
  reviseDecision: decision.reviseDecision,
  waitlist: waiting.waitlist,
  returnToReview: decision.returnToReview,
  cancel: decision.cancel,
  addNote: records.addNote,
  recordContact: records.recordContact,
  confirmContact: records.confirmContact,
  followUpMail: records.followUpMail,
  settleKintoneChange: kintone.settleKintoneChange,
  reportKintoneChange: kintone.reportKintoneChange,
  remind: deficiency.remind,
  passDeadline: deficiency.passDeadline,
  reportMailFailure: records.reportMailFailure,
  reportIntakeCheck: records.reportIntakeCheck,
  release: decision.release,
  tellWaitlisted: waiting.tellWaitlisted,
  reportRelated: related.reportRelated,
  cancelOnRequest: related.cancelOnRequest,
  reportCancelledTooLate: related.reportCancelledTooLate,
  changeSettings: records.changeSettings,
};

/** Every action type, in the order of the table. */
export const ACTION_TYPES = Object.keys(RULES) as readonly ActionType[];

function ruleOf<T extends ActionType>(type: T): Rule<T> {
  return RULES[type];
}

/**
 * May this person do this now? Null if so, otherwise why not. Reads only, so it serves Temporal's Update validators.
 * @param context.now the instant of the decision
 */
export function refusalOf<T extends ActionType>(
  state: ApplicationState,
  actor: Actor,
  action: ActionOf<T>,
  context: RuleContext,
): Refusal | null {
  const rule = ruleOf(action.type);
  return (
    rule.may(state, actor) ??
    kintone.openInKintone(state, action.type) ??
    rule.check?.(state, actor, action, context) ??
    null
  );
}

export type Outcome =
  | { ok: true; events: readonly ApplicationEvent[]; state: ApplicationState }
  | { ok: false; refusal: Refusal };

/**
 * Decides an action: the events that follow and the state after them, or the refusal (Q09, Q16–Q21).
 * @param context.now the instant of the decision; it becomes the events' time
 */
export function decideAction(
  state: ApplicationState,
  actor: Actor,
  action: Action,
  context: RuleContext,
): Outcome {
  const refusal = refusalOf(state, actor, action, context);
  if (refusal) return { ok: false, refusal };
  const bodies = ruleOf(action.type).events(state, actor, action, context);
  const by = refOf(actor);
  const events = bodies.map((body, index) => ({ ...body, seq: state.seq + index + 1, at: context.now, by }));
  return { ok: true, events, state: events.reduce<ApplicationState>(evolve, state) };
}

/** The actions that may be offered to this person now: what API and screens show (design 2). */
export function offeredActions(state: ApplicationState, actor: Actor): readonly ActionType[] {
  return ACTION_TYPES.filter((type) => whyNotOffered(state, actor, type) === null);
}

/** Why an action is not offered, for a screen that explains it; null if it is. */
export function whyNotOffered(state: ApplicationState, actor: Actor, type: ActionType): Refusal | null {
  return ruleOf(type).may(state, actor) ?? kintone.openInKintone(state, type);
}
