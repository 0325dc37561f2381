import { useMemo } from 'react';
import type { StaffApplication } from '../../../api/contract/index.ts';
import { missingDocuments } from '../../../domain/procedures/documents.ts';
import { Disclosure, StatusTag } from '../../components/index.ts';
import { AnswerText } from '../answers/AnswersView.tsx';
import { changesOf } from '../answers/changes.ts';
import { formatAnswer } from '../answers/format.ts';
import { documentLabel, fieldIn, useOpened } from '../application/context.tsx';
import { cx, formatDateTime } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';
import type { ChecklistItem } from './model.ts';

/** What a criterion is judged by: its guidance, the answers and documents that belong to it, hints, the ward's words. */
export function Material({ item }: { item: ChecklistItem }) {
  return (
    <div className="flex flex-col gap-2">
      <Disclosure summary="審査の手引き">
        <p className="whitespace-pre-wrap">{item.guidance}</p>
      </Disclosure>
      <Answered item={item} />
      <Documents item={item} />
      {item.hints.map((hint) => (
        <p key={hint} className="text-dns-16N-130">
          <StatusTag tone="info">受付時の点検</StatusTag> {hint}
        </p>
      ))}
      <Instructions criterionId={item.criterionId} />
    </div>
  );
}

function Answered({ item }: { item: ChecklistItem }) {
  const { application, procedure } = useOpened();
  const changes = useMemo(() => changesOf(application.versions), [application.versions]);
  const { answers } = application;
  if (!answers) return null;
  const asked = item.fields.flatMap((code) => {
    const field = fieldIn(procedure, code);
    const has = field && (formatAnswer(field, answers[code]) !== '' || changes.has(code));
    return has ? [field] : [];
  });
  if (asked.length === 0) return null;
  return (
    <dl className="text-dns-16N-130 grid gap-x-4 rounded-8 bg-solid-gray-50 px-3 py-2 sm:grid-cols-[fit-content(45%)_minmax(0,1fr)]">
      {asked.map((field) => {
        const change = changes.get(field.code)?.[0];
        const whole = field.kind === 'table' && 'sm:col-span-2';
        return (
          <div key={field.code} className="contents">
            <dt className={cx('py-0.5 text-solid-gray-700', whole)}>{field.label.ja}</dt>
            <dd className={cx('min-w-0 py-0.5', whole)}>
              <AnswerText field={field} value={answers[field.code]} />
              {change && (
                <span className="ml-2">
                  <StatusTag tone="info">変更あり</StatusTag> 変更前：
                  {formatAnswer(field, change.before) || '入力なし'}
                </span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Documents({ item }: { item: ChecklistItem }) {
  const { application, procedure } = useOpened();
  const { answers, documents } = application;
  const files = documents.filter((file) => item.documents.includes(file.documentType));
  const attached = documents.map((file) => file.documentType);
  const missing = procedure && answers ? missingDocuments(procedure, answers, attached) : [];
  return (
    <>
      <Missing
        labels={missing.filter(({ type }) => item.documents.includes(type)).map(({ label }) => label.ja)}
      />
      {files.length > 0 && <FileButtons files={files} />}
    </>
  );
}

/** What these answers need and nobody has handed in. That a document nobody needs is not there is no news. */
function Missing({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <p className="text-dns-16N-130 flex flex-wrap items-center gap-2">
      <StatusTag tone="warning">書類なし</StatusTag>
      {labels.join('、')}
    </p>
  );
}

function FileButtons({ files }: { files: StaffApplication['documents'] }) {
  const { procedure, showDocument, shownDocument } = useOpened();
  return (
    <ul className="flex flex-wrap gap-2" aria-label="この項目の書類">
      {files.map((file) => (
        <li key={file.id}>
          <button
            type="button"
            aria-pressed={shownDocument === file.id}
            onClick={() => showDocument(file.id)}
            className="text-dns-16N-130 min-h-11 rounded-8 border border-blue-900 bg-white px-3 text-left text-blue-1000 underline hover:bg-blue-50 aria-pressed:bg-blue-100 aria-pressed:font-bold"
          >
            {documentLabel(procedure, file.documentType)}
            {(file.version ?? 1) > 1 && `（第${file.version}版で追加）`}
            <span className="sr-only">（{file.name}）を表示</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Instructions({ criterionId }: { criterionId: string }) {
  const { application } = useOpened();
  const own = application.escalations.filter(
    (one) => one.criterionId === criterionId && one.withdrawnAt === null,
  );
  if (own.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {own.map((one) => (
        <li key={one.id} className="text-dns-16N-130 rounded-8 border border-cyan-900 bg-cyan-50 px-3 py-2">
          <p className="text-solid-gray-800">
            <b>区への照会</b>（{formatDateTime(one.askedAt)} {personName(one.askedBy)}）：
            <span className="whitespace-pre-wrap">{one.question}</span>
          </p>
          {one.answeredBy && one.answeredAt !== null ? (
            <p className="mt-1">
              <b>区の指示</b>（{formatDateTime(one.answeredAt)} {personName(one.answeredBy)}）：
              <span className="whitespace-pre-wrap">{one.instruction}</span>
            </p>
          ) : (
            <p className="mt-1">区の回答を待っています。</p>
          )}
        </li>
      ))}
    </ul>
  );
}
