import { useState } from 'react';
import type { FindingResult } from '../../../domain/application/state.ts';
import { FINDING_LABELS } from '../../../domain/texts/application.ts';
import {
  Button,
  ConfirmDialog,
  ErrorSummary,
  focusField,
  NotificationBanner,
  useToast,
} from '../../components/index.ts';
import { formatDateTime } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';
import { useOpened } from '../application/context.tsx';
import { CriterionForm } from './CriterionForm.tsx';
import type { ReviewDraft } from './draft.ts';
import { FindingLine } from './FindingLine.tsx';
import { MailPreviewButton } from './MailPreview.tsx';
import { asInput, carriedOver, countResults, incompleteOf, NO_FINDING, partId, toFindings } from './model.ts';
import type { Incomplete } from './model.ts';
import { ReviewFoot } from './ReviewFoot.tsx';

const NONE: readonly Incomplete[] = [];

/** The checklist of the first review (Q16): the criteria in force when the application was received. */
export function FirstReview({ draft }: { draft: ReviewDraft }) {
  const { application, act, actionOf } = useOpened();
  const toast = useToast();
  const [tries, setTries] = useState(0);
  const [confirming, setConfirming] = useState(false);
  const { checklist } = application;
  const { findings } = draft;
  const incomplete = incompleteOf(checklist, findings);
  const shown = tries > 0 ? incomplete : [];
  const earlier = application.reviews.findLast((review) => review.kind === 'first');
  const action = actionOf('completeFirstReview');
  const judged = Object.values(findings).filter((finding) => finding.result !== '').length;
  const carry = earlier ? carriedOver(findings, earlier.findings) : findings;
  const canCarry = checklist.some(
    ({ criterionId }) => carry[criterionId]?.result !== findings[criterionId]?.result,
  );

  const complete = () => {
    if (incomplete.length > 0) setTries(tries + 1);
    else setConfirming(true);
  };
  const nextOpen = checklist.find((item) => (findings[item.criterionId] ?? NO_FINDING).result === '');

  return (
    <section aria-labelledby="first-review-title" className="**:scroll-mb-36">
      <h2 id="first-review-title" className="text-std-20B-150">
        一次審査
      </h2>
      <p className="text-dns-16N-130 mb-4 text-solid-gray-700">
        受付時に有効だった審査基準（版：{application.criteriaVersion}）で審査します。
      </p>
      <Returned />
      {earlier && canCarry && (
        <div className="mb-4">
          <Button
            variant="outline"
            size="sm"
            onClick={() => {
              draft.replace(carry);
              toast.show('未判定の項目に、前回の判定を入れました。変更された内容を確認してください。');
            }}
          >
            未判定の項目に前回の判定を入れる
          </Button>
        </div>
      )}
      <ErrorSummary
        title="審査を完了できません"
        errors={shown.map(({ fieldId, message }) => ({ fieldId, message }))}
        focusKey={tries}
      />
      <ol className="flex flex-col gap-4">
        {checklist.map((item, index) => (
          <CriterionForm
            key={item.criterionId}
            item={item}
            number={index + 1}
            finding={findings[item.criterionId] ?? NO_FINDING}
            earlier={earlier?.findings.find((one) => one.criterionId === item.criterionId)}
            problems={shown.length === 0 ? NONE : shown.filter((one) => one.criterionId === item.criterionId)}
            onChange={draft.change}
          />
        ))}
      </ol>
      <ReviewFoot save={draft.save} judged={judged} total={checklist.length} refusal={action?.refusal?.text}>
        {nextOpen && (
          <Button variant="text" size="sm" onClick={() => focusField(partId(nextOpen.criterionId, 'result'))}>
            次の未判定へ
          </Button>
        )}
        <MailPreviewButton findings={toFindings(findings)} />
        <Button size="sm" disabled={action?.offered !== true} onClick={complete}>
          {action?.label ?? '一次審査を完了する'}
        </Button>
      </ReviewFoot>
      <ConfirmDialog
        open={confirming}
        title="一次審査を完了しますか"
        confirmLabel="完了する"
        onClose={() => setConfirming(false)}
        onConfirm={async () => {
          await draft.sending(() => act({ type: 'completeFirstReview', findings: toFindings(findings) }));
          toast.show('一次審査を完了しました', { tone: 'success' });
        }}
      >
        <WhatFollows findings={toFindings(findings)} />
      </ConfirmDialog>
    </section>
  );
}

/** What completing leads to, with the figures. */
export function WhatFollows({ findings }: { findings: readonly { readonly result: FindingResult }[] }) {
  const counts = countResults(findings);
  const deficient = counts.get('deficient') ?? 0;
  return (
    <>
      <ul className="flex flex-wrap gap-x-6">
        {[...counts].map(([result, count]) => (
          <li key={result}>
            {FINDING_LABELS[result]} <b>{count}</b>件
          </li>
        ))}
      </ul>
      <p>完了すると、二次審査に進みます。二次審査は、別の人が行います。</p>
      {deficient > 0 && (
        <p>二次審査で同意されると、不備{deficient}件の対応を申請者にお願いします（まだ送られません）。</p>
      )}
    </>
  );
}

/** The second reviewer sent it back: why, and where they disagree. */
function Returned() {
  const { application } = useOpened();
  const last = application.reviews.at(-1);
  if (last?.outcome !== 'returned') return null;
  const disagreed = last.findings.filter((finding) => asInput(finding).result === 'deficient');
  return (
    <NotificationBanner tone="warning" title="二次審査から差し戻されました" className="mb-4">
      <p>
        {formatDateTime(last.at)}　{personName(last.by)}
      </p>
      <p className="whitespace-pre-wrap">{last.reason}</p>
      {disagreed.length > 0 && (
        <ul>
          {disagreed.map((finding) => (
            <li key={finding.criterionId} className="border-t border-solid-gray-300 py-2">
              <Disagreement criterionId={finding.criterionId} note={finding.internalNote} />
            </li>
          ))}
        </ul>
      )}
    </NotificationBanner>
  );
}

function Disagreement({ criterionId, note }: { criterionId: string; note: string | null }) {
  const { application } = useOpened();
  const first = application.reviews
    .findLast((review) => review.kind === 'first')
    ?.findings.find((finding) => finding.criterionId === criterionId);
  return (
    <>
      {first && <FindingLine finding={first} />}
      <p>
        <b>二次審査の意見：</b>
        <span className="whitespace-pre-wrap">{note ?? '同意しない'}</span>
      </p>
    </>
  );
}
