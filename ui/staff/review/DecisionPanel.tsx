import { useState } from 'react';
import type { PlaceOfApplication, StaffApplication } from '../../../api/contract/index.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import {
  Button,
  ConfirmDialog,
  DateField,
  DescriptionList,
  ErrorSummary,
  NotificationBanner,
  RadioGroup,
  Select,
  StatusTag,
  TextArea,
  TextLink,
  useToast,
} from '../../components/index.ts';
import { dateProblem, formatDate, formatDateTime, useForm } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';
import { personName } from '../lib/people.ts';
import { PlacePanel, usePlace } from './PlacePanel.tsx';
import { WhatWasFound } from './WhatWasFound.tsx';

type Outcome = 'approved' | 'refused';
const OUTCOMES = [
  { value: 'approved', label: '承認する' },
  { value: 'refused', label: '不承認にする' },
] as const;

interface Values {
  readonly outcome: Outcome | '';
  readonly effectiveFrom: string;
  readonly reasonCode: string;
  readonly reason: string;
}

function missingIn(
  values: Values,
  dated: boolean,
  place: PlaceOfApplication | undefined,
): Record<string, string> {
  if (values.outcome === '') return { outcome: '承認か不承認かを選んでください。' };
  if (values.outcome === 'approved') {
    if (place?.verdict === 'full' || place?.verdict === 'past') return { outcome: place.verdictText };
    return !dated || dateProblem(values.effectiveFrom) === undefined
      ? {}
      : { effectiveFrom: '利用開始日を正しく入力してください。' };
  }
  return {
    ...(values.reasonCode === '' && { reasonCode: '不承認の理由を選んでください。' }),
    ...(values.reason.trim() === '' && { reason: '申請者に伝える理由を入力してください。' }),
  };
}

/** The ward's decision (Q20): what both reviews found, approval from a day on, or refusal with its reason. */
export function DecisionPanel() {
  const { application, procedure, act, actionOf } = useOpened();
  const toast = useToast();
  const [confirming, setConfirming] = useState(false);
  const asked = application.answers?.[procedure?.roles.startDate ?? ''];
  const { effectiveDate: dated, releaseDay, related } = application;
  const place = usePlace(application);
  const outOfTurn = place.data?.verdict === 'outOfTurn';
  const form = useForm<Values>({
    idPrefix: 'decision',
    initial: {
      outcome: '',
      effectiveFrom: typeof asked === 'string' ? asked : '',
      reasonCode: '',
      reason: '',
    },
    validate: (entered) => missingIn(entered, dated, place.data),
    onSubmit: () => setConfirming(true),
  });
  const { values } = form;
  const back = actionOf('returnToReview');
  const { openForm } = useOpened();
  const send = async () => {
    const { outcome, effectiveFrom, reasonCode, reason } = values;
    if (outcome === '') return;
    await act({
      type: 'decide',
      outcome,
      expectedSeq: application.seq,
      ...(outcome === 'approved'
        ? { ...(dated ? { effectiveFrom } : {}), ...(outOfTurn ? { outOfTurn } : {}) }
        : { reasonCode, reason: reason.trim() }),
    });
    toast.show('決定を登録しました', { tone: 'success' });
  };
  return (
    <section aria-labelledby="decision-title" className="rounded-12 border-2 border-blue-900 bg-white p-4">
      <h2 id="decision-title" className="text-std-20B-150 mb-3">
        区の決定
      </h2>
      <WhatWasFound />
      {related.map((one) => (
        <RelatedNote key={one.applicationId} related={one} />
      ))}
      <PlacePanel query={place} />
      <form
        noValidate
        onSubmit={(event) => void form.submit(event)}
        className="mt-4 flex flex-col gap-5 border-t border-solid-gray-300 pt-4"
      >
        <ErrorSummary errors={form.summary} focusKey={form.failures} />
        <RadioGroup
          {...form.field('outcome')}
          label="決定"
          labelSize="sm"
          required
          inline
          options={OUTCOMES}
        />
        {values.outcome === 'approved' && dated && (
          <DateField
            {...form.field('effectiveFrom')}
            label="利用開始日"
            labelSize="sm"
            hint={
              typeof asked === 'string' ? `申請者の希望：${formatDate(asked, { weekday: true })}` : undefined
            }
            hideYearHint
            required
          />
        )}
        {values.outcome === 'refused' && (
          <>
            <Select
              {...form.field('reasonCode')}
              label="不承認の理由"
              labelSize="sm"
              required
              width="auto"
              options={application.refusalReasons.map(({ code, label }) => ({ value: code, label }))}
            />
            <TextArea
              {...form.field('reason')}
              label="申請者に伝える理由"
              labelSize="sm"
              hint="申請者がそのまま読みます。どの要件を、なぜ満たさないかを書いてください。"
              required
              maxCharacters={2000}
            />
          </>
        )}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" size="sm">
            内容を確認して決定する
          </Button>
          {back?.offered === true && (
            <Button variant="outline" size="sm" onClick={() => openForm('returnToReview')}>
              {back.label}
            </Button>
          )}
        </div>
      </form>
      <ConfirmDialog
        open={confirming}
        title={values.outcome === 'refused' ? '不承認にしますか' : '承認しますか'}
        confirmLabel={values.outcome === 'refused' ? '不承認にする' : '承認する'}
        danger={values.outcome === 'refused'}
        onClose={() => setConfirming(false)}
        onConfirm={send}
      >
        <DescriptionList
          items={[
            { term: '申請', description: `${application.receiptNumber}　${application.childName ?? ''}` },
            ...(values.outcome === 'refused'
              ? [
                  {
                    term: '理由',
                    description: `${
                      application.refusalReasons.find(({ code }) => code === values.reasonCode)?.label ?? ''
                    }\n${values.reason}`,
                  },
                ]
              : dated
                ? [
                    {
                      term: '利用開始日',
                      description: formatDate(values.effectiveFrom, { weekday: true, era: true }),
                    },
                  ]
                : []),
          ]}
        />
        {values.outcome === 'approved' && outOfTurn && (
          <NotificationBanner tone="warning" title="優先順位によらずに承認します">
            <p>{place.data?.verdictText}順位が上の申請が待機になることがあります。</p>
          </NotificationBanner>
        )}
        {releaseDay === null ? (
          <p>決定は申請者に伝えられ、取り消せません。</p>
        ) : (
          <p>
            決定は{formatDate(releaseDay, { weekday: true })}
            に申請者に伝えられます。その日までは申請者には決定前と同じ「区の決定待ち」と見え、区は理由を残して決定を取り消せます。
          </p>
        )}
      </ConfirmDialog>
    </section>
  );
}

const RELATED_NOTES = {
  waitsFor: {
    undecided:
      'このお子さんの入会申請がまだ決定していません。入会申請が決定するまで、この申請は決定できません。',
    approved: 'このお子さんの入会申請は承認されています。',
    refused: 'このお子さんの入会申請は不承認になりました。この申請を承認することはできません。',
    cancelled: 'このお子さんの入会申請は取り下げられました。この申請を承認することはできません。',
  },
  cancels: {
    undecided: '取り下げる申請は、まだ決定していません。承認すると、その申請は取り下げになります。',
    approved:
      '取り下げる申請は承認されました。通知後は取り下げられません。退会・延長辞退などの手続きを案内してください。',
    refused: '取り下げる申請は不承認になりました。通知後は取り下げられません。',
    cancelled: '取り下げる申請は、すでに取り下げられています。',
  },
} as const;

/** What another application of the child means for this decision. */
function RelatedNote({ related }: { related: StaffApplication['related'][number] }) {
  const { role, outcome, applicationId, receiptNumber } = related;
  const blocks = role === 'waitsFor' ? outcome !== 'approved' : related.ended;
  return (
    <NotificationBanner
      tone={blocks ? 'warning' : 'info'}
      title={role === 'waitsFor' ? '入会申請との関係' : '取り下げる申請'}
      className="mt-4"
    >
      <p>{RELATED_NOTES[role][outcome]}</p>
      <p>
        <TextLink to={`/applications/${applicationId}`}>受付番号 {receiptNumber}</TextLink>
      </p>
    </NotificationBanner>
  );
}

/** A decision that has been made. */
export function DecisionView() {
  const { application } = useOpened();
  const { decision } = application;
  if (!decision) return null;
  return (
    <section aria-labelledby="decided-title" className="rounded-12 border border-solid-gray-420 bg-white p-4">
      <h2 id="decided-title" className="text-std-20B-150 mb-3 flex flex-wrap items-center gap-3">
        区の決定
        <StatusTag tone={decision.outcome === 'approved' ? 'success' : 'danger'}>
          {STAGE_LABELS[decision.outcome]}
        </StatusTag>
        {decision.releasedAt === null && decision.releaseOn !== null && (
          <StatusTag tone="warning">
            通知前（{formatDate(decision.releaseOn, { weekday: true })}に通知）
          </StatusTag>
        )}
      </h2>
      <DescriptionList
        columns={2}
        items={[
          { term: '決定した人', description: personName(decision.by) },
          { term: '決定日時', description: formatDateTime(decision.at) },
          ...(decision.releaseOn === null || decision.releasedAt === null
            ? []
            : [{ term: '通知日時', description: formatDateTime(decision.releasedAt) }]),
          ...(decision.effectiveFrom === null
            ? []
            : [
                {
                  term: '利用開始日',
                  description: formatDate(decision.effectiveFrom, { era: true, weekday: true }),
                },
              ]),
          ...(decision.reasonLabel === null ? [] : [{ term: '理由', description: decision.reasonLabel }]),
          ...(decision.reason === null ? [] : [{ term: '申請者に伝えた理由', description: decision.reason }]),
        ]}
      />
    </section>
  );
}
