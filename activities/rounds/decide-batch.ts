import { createHash } from 'node:crypto';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Refusal } from '../../domain/application/actions.ts';
import { decisiveAfter } from '../../domain/application/decisive.ts';
import type { ApplicationEvent } from '../../domain/application/events.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { actionOf, type ItemResult } from '../../domain/rounds/bulk.ts';
import type { RoundActivities } from '../../domain/rounds/ports.ts';
import { monthOf } from '../../domain/enrolment/months.ts';
import { applicationById, type Application } from '../../store/applications.ts';
import { EXTENDED_USE, releasePlace, reservePlace } from '../../store/places.ts';
import { knownClaims } from '../../store/rounds.ts';
import {
  announceTopic,
  bulkById,
  bulkCounts,
  bulkReason,
  openItems,
  recordResult,
  type BulkDecision,
  type BulkItem,
} from '../../store/bulk-decisions.ts';
import { eventsOf } from '../../store/events.ts';
import { addTexts, discardTexts } from '../../store/texts.ts';
import type { ActInput, ActResult } from '../../workflows/messages.ts';
import type { RoundDeps } from './deps.ts';
import { inParallel } from './parallel.ts';

/** Decisions at one time. Temporal answers no faster with more (research: all plateau at 20), and people work beside it. */
const AT_ONCE = 8;
/** Longer than any application takes for an action; then it is tried again with the same id. */
const ANSWER_MS = 15_000;
/** Names of `actUpdate` and `REFUSED` in workflows/messages.ts. */
const ACT = 'act';
const REFUSED = 'Refused';

interface Outcome {
  result: ItemResult;
  code?: string | undefined;
}

/** The id of an item's Update: the same in every attempt, so that the application decides once. */
function updateId(bulkId: string): string {
  return `bulk:${bulkId}`;
}

/** The id of the text that a family is told, made of the bulk decision's and the application's. */
function reasonId(bulkId: string, applicationId: string): string {
  const hex = createHash('sha256').update(`${bulkId}/${applicationId}/reason`).digest('hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

const GRPC_NOT_FOUND: number = 5;

function isNotFound(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && cause.code === GRPC_NOT_FOUND;
}

/** The refusal that an Update failed with; undefined for every other failure. */
function refusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== REFUSED) return undefined;
  return cause.details?.[0] as Refusal | undefined;
}

/** Did this person do just this as the next thing that counts after what they had seen? Then an earlier attempt's answer was lost. */
function isDoneBy(event: ApplicationEvent | undefined, item: BulkItem, personId: string): boolean {
  if (!event || event.by.kind !== 'staff' || event.by.id !== personId) return false;
  if (item.plan === 'waitlist') return (event.type as string) === 'waitlisted';
  if (event.type !== 'decided') return false;
  return event.outcome === (item.plan === 'approve' ? 'approved' : 'refused');
}

/**
 * Decides the next applications of a bulk decision. A worker may die after an application has decided and before that is
 * recorded: the next attempt sends the same Update id and gets the same answer, or finds the decision in the events.
 */
export function createDecideBatch(deps: RoundDeps): RoundActivities['decideBatch'] {
  const { db, keyring, client } = deps;

  const send = (workflowId: string, input: ActInput, bulkId: string): Promise<ActResult> =>
    client.withDeadline(Date.now() + ANSWER_MS, () =>
      client.workflow
        .getHandle(workflowId)
        .executeUpdate<ActResult, [ActInput]>(ACT, { args: [input], updateId: updateId(bulkId) }),
    );

  /** The answer of an earlier attempt, where the application has ended since. */
  const earlier = async (workflowId: string, bulkId: string): Promise<boolean> => {
    try {
      await client.withDeadline(Date.now() + ANSWER_MS, () =>
        client.workflow.getHandle(workflowId).getUpdateHandle<ActResult>(updateId(bulkId)).result(),
      );
      return true;
    } catch (error) {
      if (isNotFound(error) || refusalIn(error)) return false;
      throw error;
    }
  };

  /** A place may have been given by itself since the preview; never more than there are. */
  const keepPlace = async (application: Application, item: BulkItem): Promise<boolean> => {
    const { id: applicationId, procedure, stage, fiscalYear, bopCode } = application;
    if (procedure !== EXTENDED_USE || item.plan !== 'approve' || stage !== 'awaitingDecision') return true;
    const claim = (await knownClaims(db, [application])).get(applicationId);
    // Another version than at the preview: its own Update says that it has changed.
    if (!claim) return true;
    const from = item.effectiveFrom === null ? claim.from : monthOf(item.effectiveFrom);
    const full = await reservePlace(db, { applicationId, fiscalYear, bopCode, claim, from });
    return full.length === 0;
  };

  const decideOne = async (
    bulk: BulkDecision & { confirmedBy: string },
    item: BulkItem,
    reason: string | undefined,
  ): Promise<Outcome> => {
    const { applicationId } = item;
    const application = await applicationById(db, applicationId, 'all');
    if (!application) return { result: 'changed' };
    if (!(await keepPlace(application, item))) return { result: 'refused', code: 'noPlace' };
    const since = async () => {
      const events = await eventsOf(db, applicationId);
      const next = decisiveAfter(events, item.seq);
      return { done: isDoneBy(next, item, bulk.confirmedBy), moved: next !== undefined };
    };
    const ref = reasonId(bulk.id, applicationId);
    const told = item.plan === 'refuse' && reason !== undefined;
    if (told) {
      const text = { id: ref, applicationId, kind: 'reason', authorId: bulk.confirmedBy } as const;
      await addTexts(db, keyring, [{ ...text, content: reason }]);
    }
    const actor: Actor = { kind: 'staff', id: bulk.confirmedBy, role: 'ward' };
    const { reasonCode } = bulk.criteria;
    const action = actionOf({
      ...item,
      ...(reasonCode === undefined ? {} : { reasonCode }),
      ...(told ? { reason: ref } : {}),
    });
    try {
      await send(application.workflowId, { actor, action }, bulk.id);
      return { result: 'decided' };
    } catch (error) {
      const refusal = refusalIn(error);
      if (!refusal && !isNotFound(error)) throw error;
      const then = await since();
      if ((!refusal && (await earlier(application.workflowId, bulk.id))) || then.done) {
        return { result: 'decided' };
      }
      if (told) await discardTexts(db, applicationId, [ref]);
      if (refusal && refusal.code !== 'changedSince' && !then.moved) {
        return { result: 'refused', code: refusal.code };
      }
      return { result: 'changed', code: (await applicationById(db, applicationId, 'all'))?.stage };
    }
  };

  return async ({ bulkId, size }) => {
    const bulk = await bulkById(db, bulkId);
    const by = bulk?.confirmedBy;
    if (!bulk || by === null || by === undefined) {
      throw ApplicationFailure.nonRetryable(`bulk decision ${bulkId} is not confirmed`, 'NotConfirmed');
    }
    const reason = await bulkReason(db, keyring, bulkId);
    const items = await openItems(db, bulkId, size);
    try {
      await inParallel(items, AT_ONCE, async (item) => {
        const outcome = await decideOne({ ...bulk, confirmedBy: by }, item, reason);
        await recordResult(db, bulkId, item.applicationId, outcome);
        if (bulk.criteria.procedure === EXTENDED_USE) await releasePlace(db, item.applicationId);
      });
    } finally {
      await announceTopic(db, 'bulk', bulkId);
    }
    return { left: (await bulkCounts(db, [bulkId])).get(bulkId)?.open ?? 0 };
  };
}
