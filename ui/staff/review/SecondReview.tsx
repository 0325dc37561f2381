import { useState } from 'react';
import {
  Button,
  ConfirmDialog,
  ErrorSummary,
  RadioGroup,
  TextArea,
  useToast,
} from '../../components/index.ts';
import type { SummaryItem } from '../../lib/form.ts';
import { cx, formatDateTime } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';
import { personName } from '../lib/people.ts';
import type { ReviewDraft } from './draft.ts';
import { FindingLine } from './FindingLine.tsx';
import { MailPreviewButton } from './MailPreview.tsx';
import { Material } from './Material.tsx';
import { asInput, asksForDeficiency, NO_FINDING, partId, toFindings } from './model.ts';
import type { ChecklistItem, Finding, Findings, FindingView } from './model.ts';
import { ReviewFoot } from './ReviewFoot.tsx';

/** In a second review `met` says "agrees with the first", `deficient` "does not" (domain/application/actions.ts). */
const AGREES = 'met';
const DISAGREES = 'deficient';
const OPINIONS = [
  { value: AGREES, label: '同意する' },
  { value: DISAGREES, label: '同意しない' },
] as const;
type Opinion = (typeof OPINIONS)[number]['value'];

function opinionOf({ result }: Finding): Opinion | '' {
  return OPINIONS.find(({ value }) => value === result)?.value ?? '';
}

/** An opinion with its note, without the parts that only a first review has. */
function opinionsOf(findings: Findings) {
  return toFindings(findings).map(({ criterionId, result, internalNote }) => ({
    criterionId,
    result,
    ...(internalNote === undefined ? {} : { internalNote }),
  }));
}

type Ask = 'agreeAll' | 'agree' | 'return';

/** The second review (Q17): what the first reviewer found, criterion by criterion, and whether one agrees. */
export function SecondReview({ draft }: { draft: ReviewDraft }) {
  const { application, act, actionOf } = useOpened();
  const toast = useToast();
  const [tries, setTries] = useState(0);
  const [errors, setErrors] = useState<readonly SummaryItem[]>([]);
  const [ask, setAsk] = useState<Ask>();
  const first = application.reviews.findLast((review) => review.kind === 'first');
  const { checklist } = application;
  // "Not applicable" is a proposal to the first reviewer only: here nothing is judged until a person says so.
  const findings: Findings = Object.fromEntries(
    checklist.map(({ criterionId }) => {
      const own = draft.findings[criterionId] ?? NO_FINDING;
      return [criterionId, opinionOf(own) === '' ? { ...own, result: '' as const } : own];
    }),
  );
  const open = checklist.filter(({ criterionId }) => findings[criterionId]?.result === '');
  const disagreed = checklist.filter(({ criterionId }) => findings[criterionId]?.result === DISAGREES);
  const agree = actionOf('agreeSecondReview');
  const back = actionOf('returnToFirst');

  const fail = (found: readonly SummaryItem[]) => {
    setErrors(found);
    setTries(tries + 1);
  };
  const tryAgree = () => {
    const found = [
      ...open.map(({ criterionId, title }) => ({
        fieldId: partId(criterionId, 'result'),
        message: `「${title}」：同意するかどうかを選んでください。`,
      })),
      ...disagreed.map(({ criterionId, title }) => ({
        fieldId: partId(criterionId, 'result'),
        message: `「${title}」：同意しない項目があるときは、一次審査へ差し戻してください。`,
      })),
    ];
    if (found.length > 0) fail(found);
    else setAsk('agree');
  };
  const tryReturn = () => {
    if (disagreed.length > 0) {
      setErrors([]);
      setAsk('return');
      return;
    }
    fail([
      {
        ...(checklist[0] ? { fieldId: partId(checklist[0].criterionId, 'result') } : {}),
        message: '差し戻すときは、同意しない項目を選び、理由を書いてください。',
      },
    ]);
  };

  return (
    <section aria-labelledby="second-review-title" className="**:scroll-mb-36">
      <h2 id="second-review-title" className="text-std-20B-150">
        二次審査
      </h2>
      {first && (
        <p className="text-dns-16N-130 mb-4 text-solid-gray-700">
          一次審査：{personName(first.by)}（{formatDateTime(first.at)}
          ）。判定ごとに、同意するかどうかを選んでください。
        </p>
      )}
      <ErrorSummary title="審査を完了できません" errors={errors} focusKey={tries} />
      <ol className="flex flex-col gap-4">
        {checklist.map((item, index) => (
          <OpinionForm
            key={item.criterionId}
            item={item}
            number={index + 1}
            first={first?.findings.find((one) => one.criterionId === item.criterionId)}
            finding={findings[item.criterionId] ?? NO_FINDING}
            onChange={(changed) => {
              setErrors(errors.filter((one) => one.fieldId !== partId(item.criterionId, 'result')));
              draft.change(item.criterionId, changed);
            }}
          />
        ))}
      </ol>
      <ReviewFoot
        save={draft.save}
        judged={checklist.length - open.length}
        total={checklist.length}
        refusal={agree?.refusal?.text}
      >
        {open.length > 1 && (
          <Button variant="text" size="sm" onClick={() => setAsk('agreeAll')}>
            残り{open.length}項目に同意する
          </Button>
        )}
        {first && <MailPreviewButton findings={first.findings.map(asInput)} />}
        <Button variant="outline" size="sm" disabled={back?.offered !== true} onClick={tryReturn}>
          {back?.label ?? '一次審査へ差し戻す'}
        </Button>
        <Button size="sm" disabled={agree?.offered !== true} onClick={tryAgree}>
          {agree?.label ?? '二次審査で同意する'}
        </Button>
      </ReviewFoot>
      <ConfirmDialog
        open={ask === 'agreeAll'}
        title={`残り${open.length}項目のすべてに同意しますか`}
        confirmLabel="書類を確認したので、同意する"
        onClose={() => setAsk(undefined)}
        onConfirm={() =>
          draft.replace({
            ...findings,
            ...Object.fromEntries(
              open.map(({ criterionId }) => [
                criterionId,
                { ...(findings[criterionId] ?? NO_FINDING), result: AGREES },
              ]),
            ),
          })
        }
      >
        <p>
          それぞれの回答と書類を自分で確認しましたか。二次審査は、一次審査の見落としを防ぐためのものです。
        </p>
        <ul className="list-disc pl-5">
          {open.map(({ criterionId, title }) => (
            <li key={criterionId}>{title}</li>
          ))}
        </ul>
      </ConfirmDialog>
      <ConfirmDialog
        open={ask === 'agree'}
        title="二次審査を完了しますか"
        confirmLabel="同意して完了する"
        onClose={() => setAsk(undefined)}
        onConfirm={async () => {
          await draft.sending(() => act({ type: 'agreeSecondReview', findings: opinionsOf(findings) }));
          toast.show('二次審査を完了しました', { tone: 'success' });
        }}
      >
        <WhatFollows first={first?.findings ?? []} />
      </ConfirmDialog>
      <ConfirmDialog
        open={ask === 'return'}
        title="一次審査へ差し戻しますか"
        confirmLabel="差し戻す"
        reason={{
          label: '差し戻す理由',
          hint: '一次審査をした人が読みます。',
          required: true,
          missing: '差し戻す理由を入力してください。',
          maxCharacters: 2000,
        }}
        onClose={() => setAsk(undefined)}
        onConfirm={async ({ reason }) => {
          await draft.sending(() => act({ type: 'returnToFirst', findings: opinionsOf(findings), reason }));
          toast.show('一次審査へ差し戻しました', { tone: 'success' });
        }}
      >
        <p>同意しない項目：{disagreed.map(({ title }) => title).join('、')}</p>
      </ConfirmDialog>
    </section>
  );
}

function WhatFollows({ first }: { first: readonly FindingView[] }) {
  const deficient = first.filter(({ result }) => asksForDeficiency(result)).length;
  return deficient > 0 ? (
    <>
      <p>完了すると、申請者に不備{deficient}件の対応をお願いします。</p>
      <div>
        <MailPreviewButton findings={first.map(asInput)} label="送る文面を確認する" />
      </div>
    </>
  ) : (
    <p>完了すると、区の決定に進みます。</p>
  );
}

function OpinionForm({
  item,
  number,
  first,
  finding,
  onChange,
}: {
  item: ChecklistItem;
  number: number;
  first: FindingView | undefined;
  finding: Finding;
  onChange: (changed: Partial<Finding>) => void;
}) {
  const { criterionId } = item;
  return (
    <li
      className={cx(
        'flex flex-col gap-3 rounded-12 border bg-white p-4',
        finding.result === DISAGREES ? 'border-2 border-orange-800' : 'border-solid-gray-420',
      )}
    >
      <h3 className="text-std-17B-170">
        {number}. {item.title}
      </h3>
      <Material item={item} />
      <div className="rounded-8 border border-solid-gray-420 px-3 py-2">
        <p className="text-dns-14B-130 mb-1">一次審査の判定</p>
        {first ? <FindingLine finding={first} hideTitle /> : <p>判定がありません。</p>}
      </div>
      <RadioGroup
        id={partId(criterionId, 'result')}
        label={<span className="sr-only">{item.title}：一次審査の判定に</span>}
        hideMark
        inline
        value={opinionOf(finding)}
        options={OPINIONS}
        onChange={(result) => onChange({ result })}
      />
      {finding.result === DISAGREES && (
        <TextArea
          id={partId(criterionId, 'note')}
          label="意見"
          hint="どこが違うかを、一次審査をした人に伝えてください。"
          labelSize="sm"
          rows={2}
          maxCharacters={1000}
          value={finding.internalNote}
          onChange={(internalNote) => onChange({ internalNote })}
        />
      )}
    </li>
  );
}
