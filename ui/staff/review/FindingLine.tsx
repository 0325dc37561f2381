import type { FindingResult } from '../../../domain/application/state.ts';
import { FINDING_LABELS } from '../../../domain/texts/application.ts';
import { StatusTag } from '../../components/index.ts';
import type { StatusTone } from '../../components/index.ts';
import { targetKey, targetLabel, useOpened } from '../application/context.tsx';
import type { FindingView } from './model.ts';

export const RESULT_TONES: Readonly<Record<FindingResult, StatusTone>> = {
  met: 'success',
  deficient: 'warning',
  notApplicable: 'neutral',
  inDoubt: 'info',
  notMet: 'danger',
};

export function ResultTag({ result }: { result: FindingResult }) {
  return <StatusTag tone={RESULT_TONES[result]}>{FINDING_LABELS[result]}</StatusTag>;
}

/** A finding in full: what was judged, why, about what, and both notes. */
export function FindingLine({ finding, hideTitle = false }: { finding: FindingView; hideTitle?: boolean }) {
  const { application } = useOpened();
  const item = application.checklist.find((one) => one.criterionId === finding.criterionId);
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ResultTag result={finding.result} />
        {!hideTitle && <span>{item?.title ?? finding.criterionId}</span>}
      </p>
      <FindingDetails finding={finding} />
    </div>
  );
}

/** Reason, places and notes of a finding. */
export function FindingDetails({ finding }: { finding: FindingView }) {
  const { application, procedure } = useOpened();
  const item = application.checklist.find((one) => one.criterionId === finding.criterionId);
  const reason = item?.reasons.find((one) => one.code === finding.reasonCode);
  const facts: readonly (readonly [string, string | null])[] = [
    ['理由', reason?.label ?? finding.reasonCode],
    [
      '対象',
      finding.targets.length === 0
        ? null
        : finding.targets.map((target) => targetLabel(procedure, target)).join('、'),
    ],
    ['申請者への説明', finding.applicantNote],
    ['内部メモ', finding.internalNote],
  ];
  const shown = facts.filter(([, value]) => value !== null && value !== '');
  if (shown.length === 0) return null;
  return (
    <dl
      className="text-dns-16N-130 flex flex-col gap-1"
      data-targets={finding.targets.map(targetKey).join(' ')}
    >
      {shown.map(([term, value]) => (
        <div key={term} className="grid grid-cols-[7.5rem_1fr] gap-x-2">
          <dt className="text-solid-gray-700">{term}</dt>
          <dd className="whitespace-pre-wrap">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
