import type { StaffActionType, StaffApplication } from '../../../api/contract/index.ts';
import type { ItemStatus } from '../../../domain/application/state.ts';
import { ITEM_LABELS, METHOD_LABELS, REMINDER_LABELS } from '../../../domain/texts/application.ts';
import { Button, DescriptionList, EmptyState, StatusTag, TextLink } from '../../components/index.ts';
import type { StatusTone } from '../../components/index.ts';
import { apiUrl, formatDate, formatDateTime } from '../../lib/index.ts';
import { targetKey, targetLabel, useOpened } from '../application/context.tsx';
import { deadlineLook } from '../lib/looks.ts';
import { MailPreviewButton } from '../review/MailPreview.tsx';

type Request = NonNullable<StaffApplication['request']>;
type Item = Request['items'][number];

const TONES: Readonly<Record<ItemStatus, StatusTone>> = {
  open: 'warning',
  answered: 'success',
  waived: 'neutral',
  corrected: 'info',
};

/** Actions that handle the request as a whole, in the order in which they are offered here. */
const ACTIONS: readonly StaffActionType[] = [
  'confirmTold',
  'markLetterPosted',
  'chase',
  'extendDeadline',
  'proceedWithoutAnswer',
];

/** What the applicant was asked, by when, what came back, and what staff can do about it (Q18, Q20). */
export function RequestTab() {
  const { application } = useOpened();
  const { request } = application;
  return (
    <div className="flex flex-col gap-6">
      {request ? (
        <>
          <RequestView request={request} />
          <Letters />
          <Items request={request} />
        </>
      ) : (
        <>
          <EmptyState title="申請者に対応をお願いしている不備はありません" />
          <Letters />
        </>
      )}
    </div>
  );
}

function RequestView({ request }: { request: Request }) {
  const { offers, actionOf, openForm } = useOpened();
  const look = deadlineLook(request.deadline, request.overdue, new Date());
  const offered = ACTIONS.filter(offers);
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-std-20B-150">不備の依頼（{request.round}回目）</h2>
      <DescriptionList
        columns={3}
        items={[
          { term: '伝え方', description: METHOD_LABELS[request.method] },
          { term: '依頼した日時', description: formatDateTime(request.requestedAt) },
          {
            term: '回答の期限',
            description: (
              <span className="flex flex-wrap items-center gap-2">
                {formatDate(request.deadline, { weekday: true })}
                {look.mark !== undefined && <StatusTag tone={look.tone}>{look.mark}</StatusTag>}
              </span>
            ),
          },
          ...(request.overdue ? [] : [{ term: '残り', description: `${request.workingDaysLeft}営業日` }]),
          {
            term: 'お知らせ',
            description:
              request.reminders.length === 0
                ? 'まだ送っていません'
                : request.reminders.map((kind) => `${REMINDER_LABELS[kind]}に送信済み`).join('、'),
          },
          { term: '督促', description: `${request.chasers}回` },
          ...(request.postedOn === null
            ? []
            : [{ term: '発送した日', description: formatDate(request.postedOn, { weekday: true }) }]),
          ...(request.toldAt === null
            ? []
            : [{ term: '電話で伝えた日時', description: formatDateTime(request.toldAt) }]),
        ]}
      />
      <div className="flex flex-wrap gap-3">
        {offered.map((type) => (
          <Button key={type} variant="outline" size="sm" onClick={() => openForm(type)}>
            {actionOf(type)?.label}
          </Button>
        ))}
        <MailPreviewButton label="申請者に伝えた文面" />
      </div>
    </section>
  );
}

function Items({ request }: { request: Request }) {
  return (
    <section>
      <h2 className="text-std-18B-160 mb-2">不備の項目</h2>
      <ul className="flex flex-col gap-3">
        {request.items.map((item) => (
          <RequestItem key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function RequestItem({ item }: { item: Item }) {
  const { procedure, actionOf, openForm, application, showDocument } = useOpened();
  return (
    <li className="flex flex-col gap-2 rounded-12 border border-solid-gray-420 bg-white p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusTag tone={TONES[item.status]}>{ITEM_LABELS[item.status]}</StatusTag>
        <b>{item.title}</b>
        <span>{item.reasonLabel}</span>
      </p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {item.targets.map((target) => {
          const file =
            target.kind === 'document'
              ? application.documents.findLast((one) => one.documentType === target.type)
              : undefined;
          return (
            <li key={targetKey(target)}>
              {file ? (
                <button type="button" className="link min-h-8" onClick={() => showDocument(file.id)}>
                  {targetLabel(procedure, target)}
                </button>
              ) : (
                targetLabel(procedure, target)
              )}
            </li>
          );
        })}
      </ul>
      {item.applicantNote !== null && (
        <p className="whitespace-pre-wrap">申請者への説明：{item.applicantNote}</p>
      )}
      {item.offered.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {item.offered.map((type) => (
            <Button key={type} variant="outline" size="sm" onClick={() => openForm(type, item.id)}>
              {actionOf(type)?.label}
              <span className="sr-only">：{item.title}</span>
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

/** Deficiency letters to print and post. */
function Letters() {
  const { application } = useOpened();
  if (application.letters.length === 0) return null;
  return (
    <section>
      <h2 className="text-std-18B-160 mb-1">不備連絡文書</h2>
      <ul className="flex flex-col">
        {application.letters.map((letter) => (
          <li
            key={letter.letterId}
            className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-solid-gray-300 py-2"
          >
            <span>{formatDateTime(letter.createdAt)} 作成</span>
            <TextLink
              href={apiUrl(`staff/applications/${application.id}/letters/${letter.letterId}`)}
              newTab
              className="inline-flex min-h-11 items-center"
            >
              PDFを開いて印刷する
            </TextLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
