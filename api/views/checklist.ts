import type { ApplicationEvent } from '../../domain/application/events.ts';
import type { Finding } from '../../domain/application/state.ts';
import { holds } from '../../domain/procedures/condition.ts';
import type { Answers, Criterion, IntakeHint } from '../../domain/procedures/definition.ts';
import type { z } from 'zod';
import type { ChecklistItem, FindingView, HintView, ReviewView } from '../contract/staff.ts';
import type { People } from './people.ts';

/** What people wrote, by reference; null where it is not at hand. */
export type TextOf = (ref: string | undefined) => string | null;

/** The checklist: the criteria in force at receipt, with what applies to the answers as they are now (Q10, Q16). */
export function checklistOf(
  criteria: readonly Criterion[],
  answers: Answers | null,
  hints: readonly IntakeHint[],
): ChecklistItem[] {
  return criteria.map((criterion) => ({
    criterionId: criterion.id,
    title: criterion.title,
    guidance: criterion.guidance,
    required: criterion.required,
    applies: !criterion.appliesWhen || answers === null || holds(criterion.appliesWhen, answers),
    fields: [...criterion.fields],
    documents: [...criterion.documents],
    reasons: criterion.reasons.map(({ code, label, applicantText }) => ({ code, label, applicantText })),
    hints: hints.filter((hint) => hint.criterionId === criterion.id).map((hint) => hint.forReviewer),
  }));
}

/** What the machine saw at intake (Q15). */
export function hintViews(hints: readonly IntakeHint[]): z.output<typeof HintView>[] {
  return hints.map((hint) => ({
    code: hint.code,
    severity: hint.severity,
    criterionId: hint.criterionId ?? null,
    field: hint.field ?? null,
    document: hint.document ?? null,
    text: hint.forReviewer,
  }));
}

function findingView(finding: Finding, textOf: TextOf): FindingView {
  return {
    criterionId: finding.criterionId,
    result: finding.result,
    reasonCode: finding.reasonCode ?? null,
    targets: [...(finding.targets ?? [])],
    applicantNote: textOf(finding.applicantNote),
    internalNote: textOf(finding.internalNote),
  };
}

const KINDS = {
  firstReviewCompleted: { kind: 'first', outcome: 'completed' },
  secondReviewAgreed: { kind: 'second', outcome: 'agreed' },
  returnedToFirst: { kind: 'second', outcome: 'returned' },
} as const;

/** Every review, oldest first, each with the pass it belongs to (Q10, Q17). */
export function reviewViews(
  events: readonly ApplicationEvent[],
  people: People,
  textOf: TextOf,
): ReviewView[] {
  const reviews: ReviewView[] = [];
  let cycle = 1;
  for (const event of events) {
    if (event.type === 'reviewReopened') cycle += 1;
    if (!(event.type in KINDS) || !('findings' in event)) continue;
    reviews.push({
      cycle,
      ...KINDS[event.type],
      by: people.actor(event.by),
      at: event.at,
      findings: event.findings.map((finding) => findingView(finding, textOf)),
      reason: event.type === 'returnedToFirst' ? textOf(event.reason) : null,
    });
  }
  return reviews;
}
