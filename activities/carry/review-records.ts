import type { ApplicationEvent, EventOf } from '../../domain/application/events.ts';
import { replay } from '../../domain/application/evolve.ts';
import type { Finding } from '../../domain/application/state.ts';
import { FINDING_LABELS } from '../../domain/texts/application.ts';
import { REVIEW_OUTCOME_LABELS, REVIEW_STEP_LABELS } from '../../kintone/apps/common.ts';
import type { GatewayWrite } from '../../kintone/gateway/index.ts';
import { belongs, nameOfActor, targetsInWords, type CarryContext } from './context.ts';

type ReviewEvent = EventOf<'firstReviewCompleted' | 'secondReviewAgreed' | 'returnedToFirst'>;

const KINDS = {
  firstReviewCompleted: { step: 'first', outcome: 'completed' },
  secondReviewAgreed: { step: 'second', outcome: 'agreed' },
  returnedToFirst: { step: 'second', outcome: 'returned' },
} as const;

function isReview(event: ApplicationEvent): event is ReviewEvent {
  return event.type in KINDS;
}

function findingRow(context: CarryContext, finding: Finding) {
  const criterion = context.criteria.find((c) => c.id === finding.criterionId);
  const reason = criterion?.reasons.find((r) => r.code === finding.reasonCode);
  const values = {
    criterion_id: finding.criterionId,
    criterion_title: criterion?.title ?? '',
    result: FINDING_LABELS[finding.result],
    reason_label: reason?.label ?? finding.reasonCode ?? '',
    targets: targetsInWords(context, finding.targets ?? []),
    applicant_note: context.textOf(finding.applicantNote),
    internal_note: context.textOf(finding.internalNote),
  };
  return { value: Object.fromEntries(Object.entries(values).map(([code, value]) => [code, { value }])) };
}

/** A record for each review: who judged what, when and how (Q10, Q16, Q17). */
export function reviewWrites(context: CarryContext, history: readonly ApplicationEvent[]): GatewayWrite[] {
  return context.fresh.filter(isReview).map((event) => {
    const { step, outcome } = KINDS[event.type];
    const cycle = replay(history.filter((e) => e.seq <= event.seq)).cycle.number;
    const reason = event.type === 'returnedToFirst' ? context.textOf(event.reason) : '';
    return {
      app: 'reviews',
      key: `${context.state.applicationId}-${event.seq}`,
      record: {
        ...belongs(context),
        step: { value: REVIEW_STEP_LABELS[step] },
        cycle: { value: cycle },
        outcome: { value: REVIEW_OUTCOME_LABELS[outcome] },
        reviewer: { value: nameOfActor(context, event.by) },
        reviewed_at: { value: event.at },
        reason: { value: reason },
        findings: { value: event.findings.map((finding) => findingRow(context, finding)) },
      },
    };
  });
}
