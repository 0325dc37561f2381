import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { replay } from '../../domain/application/evolve.ts';
import { isNews } from '../../domain/application/rules/related.ts';
import type { DeliveryParts, IntakeResult } from '../../domain/application/ports.ts';
import { isEnded, type ApplicationState, type RelatedApplication } from '../../domain/application/state.ts';
import { cancellationTarget } from '../../domain/enrolment/decided.ts';
import { checkNeed } from '../../domain/enrolment/needs.ts';
import type { Answers, IntakeHint, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { applicationById, type Application } from '../../store/applications.ts';
import { childKeyOf, siblingsOf, type ChildApplication } from '../../store/children.ts';
import { eventsOf } from '../../store/events.ts';
import { needView } from '../../store/needs.ts';
import type { ActInput, ActResult, REFUSED, RelatedNews } from '../../workflows/messages.ts';
import type { ActivityDeps } from '../deps.ts';

/** The type of the failure that refuses an action. */
const REFUSED_TYPE: typeof REFUSED = 'Refused';

/** Temporal, as an activity asks it: the worker's own client. */
export type TemporalOfActivity = () => Client;

/** How an application stands, for those that depend on it. */
function asRelated(state: ApplicationState): RelatedApplication {
  const { applicationId, receiptNumber, procedure, stage, decision, seq } = state;
  const outcome = stage === 'cancelled' ? 'cancelled' : (decision?.outcome ?? 'undecided');
  const releaseOn = stage === 'awaitingRelease' ? decision?.releaseOn : undefined;
  const common: RelatedApplication = {
    applicationId,
    receiptNumber,
    procedure,
    outcome,
    ended: isEnded(state),
    seq,
  };
  return releaseOn === undefined ? common : { ...common, releaseOn };
}

async function relatedById(db: ActivityDeps['db'], applicationId: string): Promise<RelatedApplication> {
  const events = await eventsOf(db, applicationId);
  if (events.length > 0) return asRelated(replay(events));
  // Filed, but its workflow has not begun.
  const row = await applicationById(db, applicationId, 'all');
  if (!row) throw ApplicationFailure.nonRetryable(`no application ${applicationId}`, 'NoApplication');
  const { receiptNumber, procedure } = row;
  return { applicationId, receiptNumber, procedure, outcome: 'undecided', ended: false, seq: 0 };
}

/**
 * What a new application depends on (domain.md, "Effects between applications"): the admission that it waits for, or what it is
 * to cancel. What it needs and no longer finds (things have changed since the form was checked, or it came on paper) is told to
 * the reviewer.
 */
export async function relatedAtIntake(
  { db }: Pick<ActivityDeps, 'db'>,
  application: Application,
  definition: ProcedureDefinition,
  answers: Answers,
  today: string,
): Promise<{ related: NonNullable<IntakeResult['related']>; hints: readonly IntakeHint[] }> {
  const childKey = await childKeyOf(db, application.id);
  if (childKey === undefined) return { related: [], hints: [] };
  const view = await needView(db, {
    childKey,
    fiscalYear: application.fiscalYear,
    today,
    cancels: cancellationTarget(definition, answers),
    except: application.id,
  });
  const answer = checkNeed(definition.needs, view);
  if (answer.kind === 'refused') {
    const hint: IntakeHint = {
      code: 'enrolment_need',
      severity: 'warning',
      forReviewer: `在籍・ほかの申請との関係を確認してください：${answer.message.ja}`,
    };
    return { related: [], hints: [hint] };
  }
  const waiting = answer.kind === 'waitsFor' ? [answer.applicationId] : [];
  const targets = answer.kind === 'ok' ? (answer.targets ?? []) : [];
  return {
    related: [
      ...(await Promise.all(
        waiting.map(async (id) => ({ role: 'waitsFor' as const, related: await relatedById(db, id) })),
      )),
      ...(await Promise.all(
        targets.map(async (one) => ({
          role: 'cancels' as const,
          related: await relatedById(db, one.applicationId),
        })),
      )),
    ],
    hints: [],
  };
}

/** May an application of this procedure wait for an admission? */
function mayWait(procedure: string): boolean {
  const needs = procedureOf(procedure)?.needs;
  return needs?.kind === 'admitted' && needs.orUnderWay;
}

/** Whom of the child's other open applications this one concerns, and as what. */
async function concerned(
  db: ActivityDeps['db'],
  told: RelatedApplication,
  other: ChildApplication,
): Promise<'waitsFor' | 'cancels' | undefined> {
  const events = await eventsOf(db, other.id);
  const state = events.length > 0 ? replay(events) : undefined;
  if (state && isEnded(state)) return undefined;
  if (told.procedure === 'admission' && mayWait(other.procedure)) {
    // Where its first step is still on its way, it is told in any case: telling it twice is telling it once.
    if (!state) return 'waitsFor';
    return state.waitsFor && isNews(state.waitsFor, told) ? 'waitsFor' : undefined;
  }
  const target = state?.cancels?.find(({ applicationId }) => applicationId === told.applicationId);
  return target && isNews(target, told) ? 'cancels' : undefined;
}

/**
 * Tells the child's other applications that depend on this one how it stands now. An application that has not begun looks for
 * itself at its intake; what has ended meanwhile need not know.
 */
export function createTellRelated(
  { db }: Pick<ActivityDeps, 'db'>,
  temporal: TemporalOfActivity,
): DeliveryParts['tellRelated'] {
  return async ({ applicationId, seq, events }) => {
    const others = (await siblingsOf(db, applicationId)).filter(
      ({ stage, startedAt }) =>
        startedAt !== null && stage !== 'approved' && stage !== 'refused' && stage !== 'cancelled',
    );
    if (others.length === 0) return;
    const related = asRelated(replay(events ?? (await eventsOf(db, applicationId, seq))));
    for (const other of others) {
      const role = await concerned(db, related, other);
      if (!role) continue;
      try {
        await temporal()
          .workflow.getHandle(other.workflowId)
          .signal<[RelatedNews]>('related', { to: other.id, role, related });
      } catch (error) {
        // Ended since: nothing waits any more.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    }
  };
}

/** The refusal of an action by the other application's workflow. */
function isRefusal(error: unknown): boolean {
  const cause = (error as { cause?: unknown }).cause;
  return cause instanceof ApplicationFailure && cause.type === REFUSED_TYPE;
}

/**
 * Ends what an approved cancellation asks to end, through the other application's own workflow and rules, once.
 * @returns those that had been decided in the same moment
 */
export function createCancelRelated(
  { db }: Pick<ActivityDeps, 'db'>,
  temporal: TemporalOfActivity,
): DeliveryParts['cancelRelated'] {
  return async ({ applicationId, seq, events }) => {
    const state = replay(events ?? (await eventsOf(db, applicationId, seq)));
    const tooLate: string[] = [];
    for (const target of state.cancels ?? []) {
      const { applicationId: targetId } = target;
      const before = await applicationById(db, targetId, 'all');
      if (!before || before.stage === 'cancelled') continue;
      if (before.stage === 'approved' || before.stage === 'refused') {
        tooLate.push(targetId);
        continue;
      }
      try {
        await temporal()
          .workflow.getHandle(before.workflowId)
          .executeUpdate<ActResult, [ActInput]>('act', {
            updateId: `cancel:${applicationId}:${targetId}`,
            args: [
              {
                actor: { kind: 'system' },
                action: {
                  type: 'cancelOnRequest',
                  targetId,
                  applicationId,
                  receiptNumber: state.receiptNumber,
                },
              },
            ],
          });
      } catch (error) {
        if (!isRefusal(error) && !(error instanceof WorkflowNotFoundError)) throw error;
        const { stage } = (await applicationById(db, targetId, 'all')) ?? before;
        if (stage === 'cancelled') continue;
        // Not begun yet, or its last step is still on its way to the projection.
        if (stage !== 'approved' && stage !== 'refused') {
          throw ApplicationFailure.retryable(`${target.receiptNumber} cannot be cancelled yet`, 'NotYet');
        }
        tooLate.push(targetId);
      }
    }
    return { cancelledTooLate: tooLate };
  };
}
