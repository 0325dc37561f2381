import type { Refusal, RefusalCode } from '../application/actions.ts';
import { refusalOf } from '../application/decide.ts';
import type { ApplicationState } from '../application/state.ts';
import type { Instant, LocalDate } from '../calendar/dates.ts';
import type { Actor } from '../people/actor.ts';

/** What a bulk decision (まとめて決定) does to one application. */
export const PLANS = ['approve', 'refuse', 'waitlist'] as const;
export type Plan = (typeof PLANS)[number];

/** `preview`: put together, nothing has been decided. The others once the ward has confirmed it. */
export const BULK_STATUSES = ['preview', 'running', 'paused', 'stopping', 'stopped', 'done'] as const;
export type BulkStatus = (typeof BULK_STATUSES)[number];

/**
 * Why an application of the list is not decided with the others: the ward ticked it off; a reviewer found that a
 * requirement is not met, or that all are, against the plan; no start is known; or the rule that refuses it.
 */
export type Exclusion = 'byWard' | 'requirementNotMet' | 'requirementsMet' | 'noStartDate' | RefusalCode;

/** What became of an application: decided, changed since the preview and left out, refused by the rules. */
export const ITEM_RESULTS = ['decided', 'changed', 'refused'] as const;
export type ItemResult = (typeof ITEM_RESULTS)[number];

/** What people can do to a bulk decision that runs. */
export const BULK_COMMANDS = ['pause', 'resume', 'stop'] as const;
export type BulkCommand = (typeof BULK_COMMANDS)[number];

/** The status after a command, or undefined where it can no longer be given. Giving it again changes nothing. */
export function statusAfter(status: BulkStatus, command: BulkCommand): BulkStatus | undefined {
  if (status === 'preview' || status === 'done' || status === 'stopped') return undefined;
  if (command === 'stop') return 'stopping';
  if (status === 'stopping') return undefined;
  return command === 'pause' ? 'paused' : 'running';
}

/** One application's part of a bulk decision, as its action is made of it. */
export interface PlannedItem {
  plan: Plan;
  /** The newest event that the ward saw. */
  seq: number;
  effectiveFrom: LocalDate | null;
  rank: number | null;
  reasonCode?: string;
  /** Reference of the text that the family is told. */
  reason?: string;
}

/** The action that an item stands for; it is refused where the application has moved on since the preview. */
export function actionOf(item: PlannedItem) {
  const { plan, seq: expectedSeq, effectiveFrom, rank, reasonCode, reason } = item;
  if (plan === 'waitlist') return { type: 'waitlist', rank: rank ?? 1, expectedSeq } as const;
  return plan === 'approve'
    ? ({
        type: 'decide',
        outcome: 'approved',
        ...(effectiveFrom === null ? {} : { effectiveFrom }),
        expectedSeq,
      } as const)
    : ({
        type: 'decide',
        outcome: 'refused',
        ...(reasonCode === undefined ? {} : { reasonCode }),
        ...(reason === undefined ? {} : { reason }),
        expectedSeq,
      } as const);
}

/**
 * Why an application cannot be decided as planned, by the same rules that its workflow will ask; null where it can. What the
 * reviewers found is looked at besides: where they disagree with the plan, a person decides on the application by itself.
 */
export function exclusionOf(
  state: ApplicationState,
  ward: Actor,
  item: PlannedItem,
  now: Instant,
): Exclusion | null {
  const action = actionOf({ ...item, reason: item.plan === 'refuse' ? (item.reason ?? 'preview') : '' });
  const refusal: Refusal | null = refusalOf(state, ward, action as never, { now });
  if (refusal) return refusal.code === 'effectiveDateMissing' ? 'noStartDate' : refusal.code;
  const notMet = state.cycle.first?.findings.some(({ result }) => result === 'notMet') ?? false;
  if (item.plan === 'refuse') return notMet ? null : 'requirementsMet';
  return notMet ? 'requirementNotMet' : null;
}

/** Conditions and plan of a bulk decision, in codes. */
export interface BulkCriteria {
  procedure: string;
  fiscalYear: number;
  round?: string;
  bopCodes?: readonly string[];
  plan: 'approve' | 'refuse' | 'places';
  /** `asked`: from when each family asked for it. */
  effective?: { kind: 'date'; date: LocalDate } | { kind: 'asked' } | undefined;
  reasonCode?: string;
}

/** How far a bulk decision has come. */
export interface BulkCounts {
  /** What was to be decided: without what was left out. */
  planned: number;
  excluded: number;
  decided: number;
  changed: number;
  refused: number;
  open: number;
}
