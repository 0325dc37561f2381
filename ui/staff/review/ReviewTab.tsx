import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { Button, EmptyState, LoadError, Loading, NotificationBanner } from '../../components/index.ts';
import { useOpened } from '../application/context.tsx';
import { DecisionPanel, DecisionView } from './DecisionPanel.tsx';
import type { ReviewDraft } from './draft.ts';
import { EntryCheck } from './EntryCheck.tsx';
import { FindingLine } from './FindingLine.tsx';
import { FirstReview } from './FirstReview.tsx';
import type { DraftKind } from './model.ts';
import { toFindings } from './model.ts';
import { ReviewHistory } from './ReviewHistory.tsx';
import { SecondReview } from './SecondReview.tsx';

const FORMS: Readonly<Record<DraftKind, (props: { draft: ReviewDraft }) => React.ReactNode>> = {
  firstReview: FirstReview,
  secondReview: SecondReview,
};

/** What this person can do for the review now, and every review so far. */
export function ReviewTab({ draft }: { draft: ReviewDraft }) {
  const { application, offers } = useOpened();
  const Form = draft.kind === undefined ? undefined : FORMS[draft.kind];
  const nothing =
    application.stage !== 'entryCheck' &&
    !Form &&
    !offers('decide') &&
    !application.decision &&
    application.reviews.length === 0;
  return (
    <div className="flex flex-col gap-8">
      <Lost draft={draft} />
      {application.stage === 'entryCheck' && <EntryCheck />}
      {application.decision && <DecisionView />}
      {offers('decide') && <DecisionPanel />}
      {Form && draft.loading && <Loading label="審査の下書きを読み込んでいます" />}
      {Form && draft.error !== undefined && <LoadError error={draft.error} onRetry={draft.reload} />}
      {Form && !draft.loading && draft.error === undefined && <Form draft={draft} />}
      {nothing && (
        <EmptyState title="審査の記録はまだありません">
          <p>審査が行われると、判定と審査した人がここに表示されます。</p>
        </EmptyState>
      )}
      <ReviewHistory />
    </div>
  );
}

/** What one had filled in when somebody else moved the application on: to read and to copy, never thrown away silently. */
function Lost({ draft }: { draft: ReviewDraft }) {
  const { application } = useOpened();
  const { lost } = draft;
  if (!lost) return null;
  const judged = toFindings(lost.findings);
  return (
    <NotificationBanner
      tone="warning"
      title={`入力中に、状態が「${STAGE_LABELS[application.stage]}」に変わりました`}
      announce
      actions={
        <Button variant="outline" size="sm" onClick={draft.forgetLost}>
          入力した内容を片付ける
        </Button>
      }
    >
      <p>
        ほかの人が先に進めたため、入力していた審査は登録されていません。何があったかは「経過」で確認できます。入力した内容は次のとおりです。
      </p>
      <ul className="flex flex-col">
        {judged.map((finding) => (
          <li key={finding.criterionId} className="border-t border-solid-gray-300 py-2">
            <FindingLine
              finding={{
                criterionId: finding.criterionId,
                result: finding.result,
                reasonCode: finding.reasonCode ?? null,
                targets: finding.targets ?? [],
                applicantNote: finding.applicantNote ?? null,
                internalNote: finding.internalNote ?? null,
              }}
            />
          </li>
        ))}
      </ul>
    </NotificationBanner>
  );
}
