import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Action, RefusalCode } from '../domain/application/actions.ts';
import type { ReceivedFacts } from '../domain/application/events.ts';
import type {
  ApplicationState,
  RelatedApplication,
  RelatedRole,
  Stage,
} from '../domain/application/state.ts';
import type { Actor } from '../domain/people/actor.ts';

/** Name under which the application's workflow is registered. */
export const APPLICATION_WORKFLOW = 'application';

/** Notes and contacts after an application's end; see `afterwards.ts`. */
export const AFTERWARDS_WORKFLOW = 'afterwards';

/** The id under which the records after an application's end are taken. */
export function afterwardsWorkflowId(applicationId: string): string {
  return `afterwards:${applicationId}`;
}

/** What starts an application (design 5). The rest is in the store under `applicationId`. */
export type ApplicationInput = ReceivedFacts;

/** An action by a person. `actor` comes from the API's session, never from a request's body. */
export interface ActInput {
  actor: Actor;
  action: Action;
}

/** What a person is told of an accepted action, after it has been written to the projection. */
export interface ActResult {
  seq: number;
  stage: Stage;
}

/** The answer to a submission: this application, or the one that already holds the lock (Q08). */
export interface SubmitResult {
  applicationId: string;
  receiptNumber: string;
  stage: Stage;
}

/**
 * Sent with the start. Where the workflow already runs, the second submission of the same child, procedure and period gets
 * the first one's ids back.
 */
export const submitUpdate = defineUpdate<SubmitResult, [{ applicationId: string }]>('submit');

/** Approve, return, answer, … : refused with an ApplicationFailure of type `Refused` whose first detail is a `Refusal`. */
export const actUpdate = defineUpdate<ActResult, [ActInput]>('act');

/** A mail came back or was refused by the server for good. */
export const mailFailedSignal = defineSignal<[{ mailId: string; template: string }]>('mailFailed');

/** The ward changed its calendar or its deadlines: read them again and re-arm. */
export const settingsChangedSignal = defineSignal('settingsChanged');

/**
 * The application that this one depends on has come further. `to` is the application that is meant: another one may hold the
 * workflow's id by now.
 */
export const relatedSignal = defineSignal<[RelatedNews]>('related');
export interface RelatedNews {
  to: string;
  role: RelatedRole;
  related: RelatedApplication;
}

/** The state as the workflow holds it: for supervisors, tests and the rebuild of the projection. */
export const stateQuery = defineQuery<ApplicationState | undefined>('state');

/** `type` of the ApplicationFailure that refuses an action; its details are `[Refusal]`. */
export const REFUSED = 'Refused';
export type { RefusalCode };
