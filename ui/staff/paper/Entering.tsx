import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CheckPaperResponse, PaperEntryView } from '../../../api/contract/index.ts';
import type { PaperWay } from '../../../domain/intake/paper.ts';
import type { AnswerValue } from '../../../domain/procedures/definition.ts';
import { askedFields, cleanAnswers, fieldOf } from '../../../domain/procedures/fields.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { CertificateProposals } from '../../certificate/Proposals.tsx';
import {
  Button,
  ConfirmDialog,
  DateField,
  DescriptionList,
  Disclosure,
  ErrorSummary,
  LinkButton,
  NotificationBanner,
  RadioGroup,
  SideBySide,
} from '../../components/index.ts';
import { api, ApiProblem, formatTime } from '../../lib/index.ts';
import { formatAnswer } from '../answers/format.ts';
import type { SaveState } from '../review/saver.ts';
import { controlId, EntryForm, type Problem } from './EntryForm.tsx';
import { Found } from './Found.tsx';
import { WAY_OPTIONS } from './labels.ts';
import { PaperSaving, type Typed } from './saving.ts';
import { Scans } from './Scans.tsx';

interface EnteringProps {
  readonly entry: PaperEntryView;
  /** Loads the entry again, for what is typed here cannot be kept any more. */
  readonly onReload: () => void;
  readonly onChange: (entry: PaperEntryView) => void;
}

interface Refusal {
  readonly errors: readonly { fieldId?: string; message: string }[];
  readonly problems: readonly Problem[];
}

/** Documents that may come in Excel's form. */
const CERTIFICATES = ['employment_certificate_1', 'employment_certificate_2'];

const NOTHING: Refusal = { errors: [], problems: [] };

function words(save: SaveState): string {
  if (save.state === 'saved') return `保存しました（${formatTime(save.at)}）`;
  if (save.state === 'waiting') return '保存しています…';
  return save.state === 'failed' ? '保存できていません。自動でもう一度保存します。' : '';
}

/** The element that a path of the server's answer is about. */
function elementOf(path: string): string | undefined {
  if (path.startsWith('answers.')) return controlId(path.slice('answers.'.length));
  if (path.startsWith('documents.')) return `paper-${path.replace('.', '-')}`;
  return path === 'receivedOn' ? 'paper-received-on' : undefined;
}

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ApiProblem))
    return { errors: [{ message: '登録できませんでした。' }], problems: [] };
  if (error.errors.length === 0) return { errors: [{ message: error.message }], problems: [] };
  return {
    errors: error.errors.map(({ path, message }) => {
      const fieldId = elementOf(path);
      return fieldId === undefined ? { message } : { fieldId, message };
    }),
    problems: error.errors
      .filter(({ path }) => path.startsWith('answers.'))
      .map(({ path, message }) => ({
        path: path.slice('answers.'.length),
        code: '',
        message: { ja: message },
      })),
  };
}

/** Typing from the scan: kept as one types, looked at by the server, and made an application at the end (Q12, Q14). */
export function Entering({ entry, onReload, onChange }: EnteringProps) {
  const procedure = procedureOf(entry.procedure);
  const client = useQueryClient();
  const [typed, setTyped] = useState<Typed>({
    receivedOn: entry.receivedOn,
    arrivedBy: entry.arrivedBy,
    answers: entry.answers ?? {},
    files: entry.files,
  });
  const [save, setSave] = useState<SaveState>({ state: 'none' });
  const [found, setFound] = useState<CheckPaperResponse>();
  const [stopped, setStopped] = useState<ApiProblem>();
  const [refusal, setRefusal] = useState<Refusal>(NOTHING);
  const [tries, setTries] = useState(0);
  const [uploading, setUploading] = useState(false);
  const [asking, setAsking] = useState<'submit' | 'discard'>();
  const [saving] = useState(
    () => new PaperSaving(entry.id, entry.revision, { save: setSave, found: setFound, stopped: setStopped }),
  );
  useEffect(() => {
    const hide = () => {
      if (document.visibilityState === 'hidden') void saving.flush();
    };
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      void saving.flush();
    };
  }, [saving]);
  useEffect(() => {
    // What is there from an earlier day is looked at before anything is typed.
    void saving.check(typed).catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [saving]);

  const change = useCallback(
    (part: Partial<Typed> | ((before: Typed) => Partial<Typed>)) =>
      setTyped((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) })),
    [],
  );
  const [first] = useState(typed);
  useEffect(() => {
    if (typed !== first) saving.touch(typed);
  }, [typed, first, saving]);
  const answer = useCallback(
    (code: string, value: AnswerValue) => {
      change((before) => ({ answers: { ...before.answers, [code]: value } }));
      setRefusal((before) => ({
        ...before,
        problems: before.problems.filter(({ path }) => path !== code && !path.startsWith(`${code}.`)),
      }));
    },
    [change],
  );
  // Typed as it is, without what is not asked any more.
  const shown = useMemo(() => {
    if (!procedure) return {};
    const clean = cleanAnswers(procedure, typed.answers);
    return { ...clean, ...typed.answers };
  }, [procedure, typed.answers]);
  if (!procedure) return <p>この手続きは、この画面では入力できません。</p>;

  const problems: readonly Problem[] = [
    ...refusal.problems,
    // An empty field is no mistake yet while somebody is typing.
    ...(found?.problems.filter(({ path }) => isTyped(typed, path)) ?? []),
  ];
  const fail = (error: unknown) => {
    setRefusal(refusalOf(error));
    setTries((before) => before + 1);
  };
  return (
    <>
      {stopped && (
        <NotificationBanner
          tone="error"
          title={stopped.message}
          announce
          className="mb-4"
          actions={<Button onClick={onReload}>最新の内容を読み込む</Button>}
        >
          <p>この画面で最後に入力した内容は保存されていません。必要な内容を控えてから読み込んでください。</p>
        </NotificationBanner>
      )}
      <ErrorSummary title="登録できません" errors={refusal.errors} focusKey={tries} />
      <SideBySide
        left={
          <Scans
            paperId={entry.id}
            procedure={procedure}
            answers={shown}
            files={typed.files}
            onChange={(files) => change({ files })}
            onBusyChange={setUploading}
            error={
              refusal.errors.find(({ fieldId }) => fieldId?.startsWith('paper-documents') === true)?.message
            }
          />
        }
        right={
          <div className="flex flex-col gap-6">
            {found && <Found found={found} />}
            <StampFields typed={typed} onChange={change} />
            {CERTIFICATES.map((type) => (
              <CertificateProposals
                key={type}
                files={typed.files.filter((file) => file.documentType === type)}
                fields={askedFields(procedure, shown)}
                answers={shown}
                show={formatAnswer}
                onTake={answer}
                headingLevel={2}
              />
            ))}
            <EntryForm procedure={procedure} answers={shown} onChange={answer} problems={problems} />
            <div
              data-sticky-foot
              className="sticky bottom-0 z-10 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t-2 border-solid-gray-420 bg-white py-2"
            >
              <p role="status" className="text-dns-14N-130">
                {uploading ? '画像を送っています…' : words(save)}
              </p>
              <div className="flex flex-wrap gap-2">
                <LinkButton to="/paper" variant="text" size="sm">
                  あとで続ける
                </LinkButton>
                <Button variant="outline" size="sm" danger onClick={() => setAsking('discard')}>
                  入力を取りやめる
                </Button>
                <Button size="sm" disabled={uploading} onClick={() => setAsking('submit')}>
                  入力を終えて登録する
                </Button>
              </div>
            </div>
          </div>
        }
      />
      <ConfirmDialog
        open={asking === 'submit'}
        title="この内容で登録しますか"
        confirmLabel="登録する"
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          try {
            await saving.submit(typed);
            setRefusal(NOTHING);
            await client.resetQueries({ queryKey: ['paper'] });
          } catch (error) {
            fail(error);
          }
        }}
      >
        <Summary procedure={procedure} answers={shown} found={found} />
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'discard'}
        title="入力を取りやめますか"
        confirmLabel="取りやめる"
        danger
        reason={{ label: '理由', required: true, maxCharacters: 1000 }}
        onClose={() => setAsking(undefined)}
        onConfirm={async ({ reason }) => {
          await saving.flush();
          const path = `staff/paper-applications/${entry.id}/discard`;
          onChange(await api.post<PaperEntryView>(path, { reason }));
        }}
      >
        <p>入力した内容と画像は削除します。収受番号 {entry.serial} と理由は記録に残ります。</p>
      </ConfirmDialog>
    </>
  );
}

function isTyped({ answers }: Typed, path: string): boolean {
  const value = answers[path.split('.')[0] ?? ''];
  return value !== undefined && value !== null && value !== '';
}

/** Day and way of the stamp, where the clerk made a slip. */
function StampFields({ typed, onChange }: { typed: Typed; onChange: (part: Partial<Typed>) => void }) {
  return (
    <Disclosure summary="受領日・受け取り方を直す">
      <div className="flex flex-col gap-4">
        <DateField
          id="paper-received-on"
          label="受領日"
          labelSize="sm"
          hideMark
          hideYearHint
          value={typed.receivedOn}
          onChange={(receivedOn) => receivedOn !== '' && onChange({ receivedOn })}
        />
        <RadioGroup<PaperWay>
          id="paper-arrived-by"
          label="受け取り方"
          labelSize="sm"
          hideMark
          inline
          value={typed.arrivedBy}
          onChange={(arrivedBy) => onChange({ arrivedBy })}
          options={WAY_OPTIONS}
        />
      </div>
    </Disclosure>
  );
}

/** What cannot be changed after the receipt, to be looked at once more, and what is left open. */
function Summary({
  procedure,
  answers,
  found,
}: {
  procedure: NonNullable<ReturnType<typeof procedureOf>>;
  answers: Typed['answers'];
  found: CheckPaperResponse | undefined;
}) {
  const { roles } = procedure;
  const say = (...codes: string[]) =>
    codes
      .map((code) => {
        const field = fieldOf(procedure, code);
        return field ? formatAnswer(field, answers[code]) : '';
      })
      .join(' ')
      .trim();
  const open = found?.leftOpen.length ?? 0;
  return (
    <>
      <DescriptionList
        columns={2}
        items={[
          { term: '児童', description: say(roles.childFamilyName, roles.childGivenName) },
          { term: '生年月日', description: say(roles.childBirthDate) },
          { term: '年度', description: say(roles.fiscalYear) },
          { term: '新BOP', description: say(roles.bop) },
          { term: '受付', description: found?.round?.label },
        ]}
      />
      <p className="mt-3">年度と新BOPは、登録した後は変更できません。</p>
      {open > 0 && <p>空欄の項目が{open}件あります。紙に記入がなければ、このまま登録してください。</p>}
    </>
  );
}
