import { memo, useState } from 'react';
import { FINDING_RESULTS } from '../../../domain/application/state.ts';
import { FINDING_LABELS } from '../../../domain/texts/application.ts';
import {
  Button,
  CheckboxGroup,
  Disclosure,
  FieldError,
  RadioGroup,
  Select,
  TextArea,
  useToast,
} from '../../components/index.ts';
import { cx, problemMessage } from '../../lib/index.ts';
import { documentLabel, fieldLabel, useOpened } from '../application/context.tsx';
import { FindingLine } from './FindingLine.tsx';
import { Material } from './Material.tsx';
import { asksForDeficiency, partId } from './model.ts';
import type { ChecklistItem, Finding, FindingView, Incomplete } from './model.ts';

const RESULT_OPTIONS = FINDING_RESULTS.map((value) => ({ value, label: FINDING_LABELS[value] }));

interface CriterionFormProps {
  readonly item: ChecklistItem;
  readonly number: number;
  readonly finding: Finding;
  /** What an earlier review found here. */
  readonly earlier: FindingView | undefined;
  /** What is missing here, once completing has been tried. */
  readonly problems: readonly Incomplete[];
  readonly onChange: (criterionId: string, changed: Partial<Finding>) => void;
}

/** One criterion of the first review: what it is judged by, the judgement, and what follows from it. */
export const CriterionForm = memo(function CriterionForm(props: CriterionFormProps) {
  const { item, number, finding, earlier, problems, onChange } = props;
  const { criterionId } = item;
  const problemOf = (part: Incomplete['part']) =>
    problems.find((one) => one.part === part)?.message.replace(/^「[^」]*」：/u, '');
  const change = (changed: Partial<Finding>) => onChange(criterionId, changed);
  return (
    <li
      id={`criterion-${criterionId}`}
      className={cx(
        'flex flex-col gap-3 rounded-12 border bg-white p-4',
        problems.length > 0 ? 'border-2 border-red-800' : 'border-solid-gray-420',
      )}
    >
      <h3 className="text-std-17B-170">
        {number}. {item.title}
        {!item.applies && (
          <span className="text-std-16N-170 ml-2 text-solid-gray-700">
            （この申請には当てはまらない見込み）
          </span>
        )}
      </h3>
      <Material item={item} />
      {earlier && (
        <Disclosure summary="前回の判定">
          <FindingLine finding={earlier} hideTitle />
        </Disclosure>
      )}
      <RadioGroup
        id={partId(criterionId, 'result')}
        label={<span className="sr-only">{item.title}の判定</span>}
        hideMark
        inline
        value={finding.result}
        options={RESULT_OPTIONS}
        error={problemOf('result')}
        onChange={(result) => change({ result, ...onlyTarget(item, finding, result) })}
      />
      {asksForDeficiency(finding.result) && (
        <DeficiencyPart item={item} finding={finding} problemOf={problemOf} onChange={change} />
      )}
      {finding.result === 'inDoubt' && (
        <DoubtPart item={item} finding={finding} problem={problemOf('question')} onChange={change} />
      )}
      {finding.result !== '' && finding.result !== 'inDoubt' && (
        <InternalNote criterionId={criterionId} finding={finding} onChange={change} />
      )}
    </li>
  );
});

/** Where only one thing can be put right, it is chosen already. */
function onlyTarget(item: ChecklistItem, finding: Finding, result: Finding['result']): Partial<Finding> {
  const [only, ...others] = targetOptions(item);
  const propose = asksForDeficiency(result) && finding.targets.length === 0 && others.length === 0;
  return propose && only !== undefined ? { targets: [only] } : {};
}

function targetOptions(item: ChecklistItem): readonly string[] {
  return [...item.documents.map((type) => `document:${type}`), ...item.fields.map((code) => `field:${code}`)];
}

interface PartProps {
  readonly item: ChecklistItem;
  readonly finding: Finding;
  readonly onChange: (changed: Partial<Finding>) => void;
}

function DeficiencyPart({
  item,
  finding,
  problemOf,
  onChange,
}: PartProps & { problemOf: (part: Incomplete['part']) => string | undefined }) {
  const { procedure } = useOpened();
  const { criterionId } = item;
  const reason = item.reasons.find((one) => one.code === finding.reasonCode);
  const labelOf = (key: string) =>
    key.startsWith('document:')
      ? `書類：${documentLabel(procedure, key.slice('document:'.length))}`
      : fieldLabel(procedure, key.slice('field:'.length));
  return (
    <div className="flex flex-col gap-4 border-l-4 border-orange-700 pl-4">
      <Select
        id={partId(criterionId, 'reason')}
        label="不備の理由"
        labelSize="sm"
        required
        width="auto"
        value={finding.reasonCode}
        options={item.reasons.map(({ code, label }) => ({ value: code, label }))}
        error={problemOf('reason')}
        onChange={(reasonCode) => onChange({ reasonCode })}
      />
      <CheckboxGroup
        id={partId(criterionId, 'targets')}
        label="申請者に直してもらう項目・書類"
        hint="ここで選んだものだけを、申請者が直せます。"
        labelSize="sm"
        required
        inline
        value={finding.targets}
        options={targetOptions(item).map((value) => ({ value, label: labelOf(value) }))}
        error={problemOf('targets')}
        onChange={(targets) => onChange({ targets })}
      />
      <TextArea
        id={`${partId(criterionId, 'note')}-applicant`}
        label="申請者への説明"
        hint="決まった文に加えて伝えることがあれば、書いてください。申請者がそのまま読みます。"
        labelSize="sm"
        rows={3}
        maxCharacters={1000}
        value={finding.applicantNote}
        onChange={(applicantNote) => onChange({ applicantNote })}
      />
      <div className="rounded-8 border border-dashed border-solid-gray-536 bg-solid-gray-50 p-3">
        <p className="text-dns-14B-130 mb-1">申請者が読む文面</p>
        {reason === undefined ? (
          <p className="text-solid-gray-700">不備の理由を選ぶと表示されます。</p>
        ) : (
          <>
            {finding.targets.length > 0 && (
              <p className="font-bold">{finding.targets.map(labelOf).join('、')}</p>
            )}
            <p>{reason.applicantText.ja}</p>
            {finding.applicantNote.trim() !== '' && (
              <p className="whitespace-pre-wrap">{finding.applicantNote.trim()}</p>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function DoubtPart({ item, finding, problem, onChange }: PartProps & { problem: string | undefined }) {
  const { act, actionOf } = useOpened();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const action = actionOf('escalate');
  const id = partId(item.criterionId, 'question');
  const ask = async () => {
    const question = finding.question.trim();
    if (question === '') {
      setFailure('区に確認したいことを書いてください。');
      document.getElementById(id)?.focus();
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      await act({ type: 'escalate', criterionId: item.criterionId, question });
      onChange({ question: '' });
      toast.show('区に照会しました。回答が届くと、この項目に表示されます。', { tone: 'success' });
    } catch (error) {
      setFailure(problemMessage(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-3 border-l-4 border-blue-900 pl-4">
      <TextArea
        id={id}
        label="区への照会"
        hint="何を、どの書類や回答から迷っているかを書いてください。区の指示を受けてから判定します。"
        labelSize="sm"
        rows={3}
        maxCharacters={2000}
        value={finding.question}
        error={failure ?? problem}
        onChange={(question) => {
          setFailure(undefined);
          onChange({ question });
        }}
      />
      {action?.offered === true ? (
        <div>
          <Button variant="outline" size="sm" busy={busy} onClick={() => void ask()}>
            {action.label}
          </Button>
        </div>
      ) : (
        action?.refusal && <FieldError>{action.refusal.text}</FieldError>
      )}
    </div>
  );
}

function InternalNote({
  criterionId,
  finding,
  onChange,
}: {
  criterionId: string;
  finding: Finding;
  onChange: (changed: Partial<Finding>) => void;
}) {
  return (
    <Disclosure summary="内部メモ（申請者には見えません）" open={finding.internalNote !== ''}>
      <TextArea
        id={`${partId(criterionId, 'note')}-internal`}
        label="内部メモ"
        hint="二次審査をする人と区に伝えること（判断の根拠など）"
        labelSize="sm"
        hideMark
        rows={2}
        maxCharacters={1000}
        value={finding.internalNote}
        onChange={(internalNote) => onChange({ internalNote })}
      />
    </Disclosure>
  );
}
