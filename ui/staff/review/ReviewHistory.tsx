import type { StaffApplication } from '../../../api/contract/index.ts';
import {
  FINDING_LABELS,
  OPINION_LABELS,
  REVIEW_LABELS,
  REVIEW_OUTCOME_LABELS,
} from '../../../domain/texts/application.ts';
import { Disclosure, StatusTag } from '../../components/index.ts';
import { formatDateTime } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';
import { personName } from '../lib/people.ts';
import { FindingLine } from './FindingLine.tsx';
import { countResults } from './model.ts';

type Review = StaffApplication['reviews'][number];

const OUTCOME_TONES = { completed: 'success', agreed: 'success', returned: 'warning' } as const;

/** Every review so far, newest first: who judged what, when (Q10). */
export function ReviewHistory() {
  const { application } = useOpened();
  if (application.reviews.length === 0) return null;
  return (
    <section aria-labelledby="review-history-title">
      <h2 id="review-history-title" className="text-std-18B-160 mb-2">
        これまでの審査
      </h2>
      <ol className="flex flex-col">
        {application.reviews.toReversed().map((review) => (
          <li key={`${review.at}-${review.kind}`} className="border-t border-solid-gray-300 py-2">
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <b>
                {REVIEW_LABELS[review.kind]}（{review.cycle}巡目）
              </b>
              <StatusTag tone={OUTCOME_TONES[review.outcome]}>
                {REVIEW_OUTCOME_LABELS[review.outcome]}
              </StatusTag>
              <span>
                {formatDateTime(review.at)}　{personName(review.by)}
              </span>
            </p>
            {review.reason !== null && <p className="whitespace-pre-wrap">理由：{review.reason}</p>}
            <ReviewFindings review={review} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function ReviewFindings({ review }: { review: Review }) {
  const { application } = useOpened();
  if (review.findings.length === 0) return null;
  if (review.kind === 'second') {
    return (
      <Disclosure summary="項目ごとの意見">
        <ul>
          {review.findings.map((finding) => (
            <li key={finding.criterionId} className="border-b border-solid-gray-200 py-1">
              {application.checklist.find((item) => item.criterionId === finding.criterionId)?.title}：
              {OPINION_LABELS[finding.result] ?? FINDING_LABELS[finding.result]}
              {finding.internalNote !== null && (
                <span className="block whitespace-pre-wrap">{finding.internalNote}</span>
              )}
            </li>
          ))}
        </ul>
      </Disclosure>
    );
  }
  const summary = [...countResults(review.findings)]
    .map(([result, count]) => `${FINDING_LABELS[result]} ${count}`)
    .join('・');
  return (
    <Disclosure summary={`項目ごとの判定（${summary}）`}>
      <ul className="flex flex-col">
        {review.findings.map((finding) => (
          <li key={finding.criterionId} className="border-b border-solid-gray-200 py-2">
            <FindingLine finding={finding} />
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
