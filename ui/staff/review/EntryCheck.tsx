import { useQuery } from '@tanstack/react-query';
import { memo, useCallback, useEffect, useMemo, useState } from 'react';
import type {
  ReviewDraftRequest,
  ReviewDraftResponse,
  StaffApplication,
} from '../../../api/contract/index.ts';
import type { AnswerValue, Field, ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { visibleFields, visibleSections } from '../../../domain/procedures/fields.ts';
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorSummary,
  focusField,
  LoadError,
  Loading,
  TextField,
  useToast,
} from '../../components/index.ts';
import { api, cx } from '../../lib/index.ts';
import { AnswerText } from '../answers/AnswersView.tsx';
import { useOpened } from '../application/context.tsx';
import { EntryReturned } from './EntryReturned.tsx';
import {
  differencesOf,
  fieldsToCheck,
  marksFrom,
  NO_MARK,
  openFields,
  stillGood,
  toStoredMarks,
} from './entry-marks.ts';
import type { Mark, Marks } from './entry-marks.ts';
import { ReviewFoot } from './ReviewFoot.tsx';
import { Saver, type SaveState } from './saver.ts';

/** The check of a paper application's entry against its scan, by somebody who did not enter it (Q14). */
export function EntryCheck() {
  const { application, procedure, offers, actionOf } = useOpened();
  const path = `staff/applications/${application.id}/review-draft`;
  const mayCheck = offers('confirmEntry');
  const query = useQuery({
    queryKey: ['review-draft', application.id, 'entryCheck'],
    enabled: mayCheck,
    queryFn: ({ signal }) => api.get<ReviewDraftResponse>(path, { query: { stage: 'entryCheck' }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (!mayCheck) {
    const refusal = actionOf('confirmEntry')?.refusal;
    return (
      <section aria-labelledby="entry-check-title" className="flex flex-col gap-3">
        <h2 id="entry-check-title" className="text-std-20B-150">
          入力確認（照合）
        </h2>
        <EntryReturned />
        <p>入力した人とは別の人が、申請書の画像と入力内容を照合します。</p>
        {refusal?.code === 'enteredByYou' && <p className="text-solid-gray-700">{refusal.text}</p>}
      </section>
    );
  }
  if (query.isPending) return <Loading label="照合の下書きを読み込んでいます" />;
  if (query.isError) return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  if (!procedure || !application.answers) {
    return (
      <EmptyState title="申請内容を読み込めません">
        <p>つながり次第、自動で表示します。</p>
      </EmptyState>
    );
  }
  return <CheckForm key={application.id} procedure={procedure} draft={query.data.draft} path={path} />;
}

interface Edited {
  readonly version: number;
  readonly at: string;
  readonly marks: Marks;
}

/** Marks, kept on the server a moment after each change; a correction by somebody else takes away what it changed. */
function useMarks(application: StaffApplication, draft: ReviewDraftResponse['draft'], path: string) {
  const [edited, setEdited] = useState<Edited>(() => ({
    version: application.dataVersion,
    at: draft?.updatedAt ?? new Date().toISOString(),
    marks: marksFrom(draft, application.versions),
  }));
  const [save, setSave] = useState<SaveState>(
    draft ? { state: 'saved', at: draft.updatedAt } : { state: 'none' },
  );
  const [saver] = useState(() => new Saver<ReviewDraftRequest>((body) => api.put(path, body), setSave));
  const [touched, setTouched] = useState(false);
  if (edited.version !== application.dataVersion) {
    setEdited({
      ...edited,
      version: application.dataVersion,
      marks: stillGood(edited.marks, application.versions, edited.at),
    });
  }
  useEffect(() => {
    if (touched) saver.touch({ stage: 'entryCheck', findings: toStoredMarks(edited.marks) });
  }, [touched, edited.marks, saver]);
  useEffect(() => () => void saver.flush(), [saver]);
  const mark = useCallback((marks: Marks) => {
    setTouched(true);
    setEdited((before) => ({
      ...before,
      at: new Date().toISOString(),
      marks: { ...before.marks, ...marks },
    }));
  }, []);
  return { marks: edited.marks, mark, save, saver };
}

function CheckForm({
  procedure,
  draft,
  path,
}: {
  procedure: ProcedureDefinition;
  draft: ReviewDraftResponse['draft'];
  path: string;
}) {
  const { application, act, actionOf } = useOpened();
  const toast = useToast();
  const { marks, mark, save, saver } = useMarks(application, draft, path);
  const [tries, setTries] = useState(0);
  const [asking, setAsking] = useState<'confirm' | 'return'>();
  const answers = useMemo(() => application.answers ?? {}, [application.answers]);
  const fields = useMemo(() => fieldsToCheck(procedure, answers), [procedure, answers]);
  const open = openFields(marks, fields);
  const differences = differencesOf(marks, fields);
  const [next] = open;
  const change = useCallback((code: string, changed: Mark) => mark({ [code]: changed }), [mark]);
  const send = async (what: () => Promise<unknown>, words: string) => {
    await saver.stop();
    await what();
    toast.show(words, { tone: 'success' });
  };
  return (
    <section aria-labelledby="entry-check-title" className="**:scroll-mb-36">
      <h2 id="entry-check-title" className="text-std-20B-150">
        入力確認（照合）
      </h2>
      <p className="text-dns-16N-130 mb-4 text-solid-gray-700">
        申請書の画像と、入力された内容を1項目ずつ比べてください。紙が空欄で入力も空欄の項目は「一致」です。
      </p>
      <EntryReturned />
      <ErrorSummary
        title="入力を確認済みにできません"
        errors={
          tries === 0
            ? []
            : open.slice(0, 10).map((field) => ({
                fieldId: markId(field.code),
                message: `「${field.label.ja}」：照合していません。`,
              }))
        }
        focusKey={tries}
      />
      <div className="flex flex-col gap-6">
        {visibleSections(procedure, answers).map((section) => {
          const own = visibleFields(section, answers);
          const left = openFields(marks, own);
          return (
            <section key={section.id} aria-labelledby={`entry-check-${section.id}`}>
              <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
                <h3 id={`entry-check-${section.id}`} className="text-std-18B-160">
                  {section.title.ja}
                </h3>
                {left.length > 0 && (
                  <Button
                    variant="outline"
                    size="sm"
                    onClick={() =>
                      mark(Object.fromEntries(left.map(({ code }) => [code, { result: 'same', note: '' }])))
                    }
                  >
                    残り{left.length}項目を「一致」にする
                    <span className="sr-only">：{section.title.ja}</span>
                  </Button>
                )}
              </div>
              <ul className="border-t border-solid-gray-420">
                {own.map((field) => (
                  <FieldCheck
                    key={field.code}
                    field={field}
                    value={answers[field.code]}
                    mark={marks[field.code] ?? NO_MARK}
                    onChange={change}
                  />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <ReviewFoot
        save={save}
        judged={fields.length - open.length}
        total={fields.length}
        refusal={
          differences.length > 0
            ? `違いが${differences.length}件あります。入力した人に差し戻すか、「入力を訂正する」で直してください。`
            : undefined
        }
      >
        {next && (
          <Button variant="text" size="sm" onClick={() => focusField(markId(next.code))}>
            次の未照合へ
          </Button>
        )}
        <Button
          variant="outline"
          size="sm"
          disabled={differences.length === 0}
          onClick={() => setAsking('return')}
        >
          {actionOf('returnEntry')?.label ?? '差し戻す'}
        </Button>
        <Button
          size="sm"
          disabled={differences.length > 0}
          onClick={() => (open.length > 0 ? setTries(tries + 1) : setAsking('confirm'))}
        >
          {actionOf('confirmEntry')?.label ?? '入力を確認済みにする'}
        </Button>
      </ReviewFoot>
      <ConfirmDialog
        open={asking === 'confirm'}
        title="入力を確認済みにしますか"
        confirmLabel="確認済みにする"
        onClose={() => setAsking(undefined)}
        onConfirm={() => send(() => act({ type: 'confirmEntry' }), '入力を確認済みにしました')}
      >
        <p>{fields.length}項目すべてを照合し、違いはありませんでした。一次審査に進みます。</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'return'}
        title="入力した人に差し戻しますか"
        confirmLabel="差し戻す"
        onClose={() => setAsking(undefined)}
        onConfirm={() => send(() => act({ type: 'returnEntry', differences }), '入力した人に差し戻しました')}
      >
        <ul className="list-disc pl-5">
          {differences.map(({ field, note }) => (
            <li key={field}>
              {fields.find((one) => one.code === field)?.label.ja ?? field}
              {note !== undefined && `：${note}`}
            </li>
          ))}
        </ul>
        <p className="mt-2">訂正されたら、もう一度照合してください。照合済みの項目はそのまま残ります。</p>
      </ConfirmDialog>
    </section>
  );
}

function markId(code: string): string {
  return `entry-mark-${code}`;
}

interface FieldCheckProps {
  readonly field: Field;
  readonly value: AnswerValue | undefined;
  readonly mark: Mark;
  readonly onChange: (code: string, mark: Mark) => void;
}

/** One field: its entry, and whether the scan says the same. */
const FieldCheck = memo(function FieldCheck({ field, value, mark, onChange }: FieldCheckProps) {
  const { code } = field;
  return (
    <li
      className={cx(
        'border-b border-solid-gray-300 py-2',
        mark.result === 'different' && 'border-l-4 border-l-orange-800 bg-orange-50 pl-2',
      )}
    >
      <fieldset className="flex min-w-0 flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <legend className="sr-only">{field.label.ja}の照合</legend>
        <div className={cx('min-w-0', field.kind === 'table' ? 'basis-full' : 'flex-1 basis-48')}>
          <p className="text-dns-14N-130 text-solid-gray-700">{field.label.ja}</p>
          <AnswerText field={field} value={value} />
        </div>
        <div className="flex gap-4">
          <MarkRadio field={field} mark={mark} result="same" label="一致" onChange={onChange} />
          <MarkRadio field={field} mark={mark} result="different" label="違う" onChange={onChange} />
        </div>
      </fieldset>
      {mark.result === 'different' && (
        <TextField
          id={`${markId(code)}-note`}
          label="画像に書かれている内容"
          labelSize="sm"
          hideMark
          maxLength={500}
          value={mark.note}
          onChange={(note) => onChange(code, { ...mark, note })}
        />
      )}
    </li>
  );
});

function MarkRadio({
  field,
  mark,
  result,
  label,
  onChange,
}: Omit<FieldCheckProps, 'value'> & { result: 'same' | 'different'; label: string }) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-2">
      <input
        type="radio"
        id={result === 'same' ? markId(field.code) : `${markId(field.code)}-different`}
        name={markId(field.code)}
        checked={mark.result === result}
        onChange={() => onChange(field.code, { ...mark, result })}
        className="size-5 accent-blue-900"
      />
      {label}
    </label>
  );
}
