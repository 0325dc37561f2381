import { FINDING_LABELS } from '../../../domain/texts/application.ts';
import { formatDateTime } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';
import { personName } from '../lib/people.ts';
import { FindingLine, ResultTag } from './FindingLine.tsx';
import { countResults } from './model.ts';
import type { FindingView } from './model.ts';

/** Results that say nothing further: they are only counted. */
const PLAIN: readonly FindingView['result'][] = ['met', 'notApplicable'];

/** What both reviews found, for who decides: the figures, and in full what is not simply fulfilled. */
export function WhatWasFound() {
  const { application } = useOpened();
  const first = application.reviews.findLast((review) => review.kind === 'first');
  const second = application.reviews.findLast((review) => review.kind === 'second');
  if (!first) return <p>審査の記録がありません。</p>;
  const notable = first.findings.filter(
    (finding) => !PLAIN.includes(finding.result) || finding.internalNote !== null,
  );
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-wrap gap-x-5 gap-y-2" aria-label="審査の結果">
        {[...countResults(first.findings)].map(([result, count]) => (
          <li key={result} className="flex items-center gap-2">
            <ResultTag result={result} />
            <span>
              <span className="sr-only">{FINDING_LABELS[result]} </span>
              {count}件
            </span>
          </li>
        ))}
      </ul>
      <p className="text-dns-16N-130 text-solid-gray-700">
        一次審査 {personName(first.by)}（{formatDateTime(first.at)}）
        {second && `／二次審査 ${personName(second.by)}（${formatDateTime(second.at)}）`}
      </p>
      {notable.length > 0 && (
        <ul className="flex flex-col">
          {notable.map((finding) => (
            <li key={finding.criterionId} className="border-t border-solid-gray-300 py-2">
              <FindingLine finding={finding} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
