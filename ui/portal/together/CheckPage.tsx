import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import type {
  BatchProblem,
  BatchRequest,
  BatchResponse,
  CheckDraftRequest,
  CheckDraftResponse,
} from '../../../api/contract/index.ts';
import {
  BackLink,
  Button,
  Checkbox,
  ErrorSummary,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import type { I18n } from '../../i18n/index.tsx';
import { api, ApiProblem, useDocumentTitle } from '../../lib/index.ts';
import { AnswersList, wrongAt } from '../form/AnswerView.tsx';
import { DocumentRows } from '../form/DocumentRows.tsx';
import { Duplicate } from '../form/Duplicate.tsx';
import { Hints } from '../form/Hints.tsx';
import type { Hint } from '../form/Hints.tsx';
import { NeedNotice } from '../form/NeedNotice.tsx';
import { CONFIRM_STEP, DOCUMENTS_STEP, sectionOfField } from '../form/steps.ts';
import { contentId } from '../shared/ids.ts';
import { problemText } from '../shared/problems.ts';
import { common } from '../texts/common.ts';
import { form } from '../texts/form.ts';
import { together as m } from '../texts/together.ts';
import { byChild, filesOf, openCount, sharedSections, useBatch, type Filing } from './batch.ts';

type Trouble = BatchProblem['problems'][number];
const FROM = `?from=${CONFIRM_STEP}`;
const anchorOf = (filing: Filing) => `filing-${filing.draft.id}`;

/** All that is filed in one go, to look over: what is the family's once, then child by child; and the button that files it. */
export function Component() {
  const { batchId = '' } = useParams();
  const { language } = useI18n();
  const batch = useBatch(batchId, language);
  // What has just been filed is no draft any more: this page waits for the next one then.
  const [sending, setSending] = useState(false);
  if (batch.error !== undefined) return <LoadError error={batch.error} onRetry={batch.retry} />;
  if (batch.pending) return <Loading />;
  const complete = batch.filings.length > 0 && batch.filings.every((filing) => openCount(filing) === 0);
  if (!complete) return sending ? <Loading /> : <Navigate to={`/together/${batchId}`} replace />;
  return <Check batchId={batchId} filings={batch.filings} onSending={setSending} />;
}

function Check({
  batchId,
  filings,
  onSending,
}: {
  batchId: string;
  filings: readonly Filing[];
  onSending: (sending: boolean) => void;
}) {
  const i18n = useI18n();
  const { t, s, language } = i18n;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [read, setRead] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failures, setFailures] = useState(0);
  const [trouble, setTrouble] = useState<readonly { message: string; fieldId?: string }[]>([]);
  const [refused, setRefused] = useState<ReadonlyMap<string, Trouble>>(new Map());
  const checks = useQueries({
    queries: filings.map((filing) => ({
      queryKey: ['batch-check', filing.draft.id, filing.draft.updatedAt],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.post<CheckDraftResponse>(`drafts/${filing.draft.id}/check`, checkBody(filing), { signal }),
      gcTime: 0,
      retry: 1,
    })),
  });
  useDocumentTitle(s(m.checkTitle), { hasErrors: trouble.length > 0, errorWord: s(common.errorWord) });
  const hintsOf = (index: number): readonly Hint[] => checks[index]?.data?.hints ?? [];
  const anyHints = filings.some((_, index) => hintsOf(index).length > 0);
  /** Filings that cannot go as they stand: there is one already, or the child's enrolment does not allow it. */
  const stopped = filings.flatMap((filing, index) => {
    const check = checks[index]?.data;
    const why = check?.existing ? form.duplicateTitle : check?.need?.message;
    return why ? [{ message: `${nameOf(filing, s)}${s(why)}`, fieldId: anchorOf(filing) }] : [];
  });
  const shared = sharedSections(filings);
  const fail = (found: typeof trouble) => {
    setTrouble(found);
    setFailures((count) => count + 1);
  };
  const submit = async () => {
    if (busy) return;
    if (stopped.length > 0) {
      fail(stopped);
      return;
    }
    if (anyHints && !read) {
      fail([{ message: s(form.hintsUnread), fieldId: 'hints-read' }]);
      return;
    }
    setBusy(true);
    onSending(true);
    setTrouble([]);
    setRefused(new Map());
    const ids = new Map<string, Filing>();
    try {
      const applications: BatchRequest['applications'] = [];
      for (const [index, filing] of filings.entries()) {
        const content = contentOf(filing);
        const submissionId = await contentId(filing.draft.id, content);
        ids.set(submissionId, filing);
        const acknowledgedHints = [...new Set(hintsOf(index).map((hint) => hint.code))];
        applications.push({ ...content, submissionId, draftId: filing.draft.id, acknowledgedHints });
      }
      const body: BatchRequest = { batchId, applications, locale: language };
      const answer = await api.post<BatchResponse>('applications/batch', body, { timeout: 120_000 });
      await navigate(`/together/${batchId}/received`, { state: answer, replace: true });
      void queryClient.invalidateQueries({ queryKey: ['drafts'] });
      void queryClient.invalidateQueries({ queryKey: ['applications'] });
    } catch (error) {
      setBusy(false);
      onSending(false);
      refuse(error, ids);
    }
  };
  const refuse = (error: unknown, ids: ReadonlyMap<string, Filing>) => {
    if (!(error instanceof ApiProblem) || error.code !== 'batchRefused') {
      fail([{ message: problemText(error, i18n) }]);
      return;
    }
    const problems = (error.body as unknown as BatchProblem).problems;
    const found = new Map<string, Trouble>();
    for (const one of problems) {
      const filing = ids.get(one.submissionId);
      if (filing) found.set(filing.draft.id, one);
    }
    setRefused(found);
    if (problems.some((one) => one.code === 'hintsUnread')) {
      // Something new since the page was opened: show it, and ask again.
      setRead(false);
      for (const one of checks) void one.refetch();
    }
    fail(
      problems.map((one) => {
        const filing = ids.get(one.submissionId);
        const name = filing ? nameOf(filing, s) : '';
        return { message: `${name}${s(one.message)}`, ...(filing ? { fieldId: anchorOf(filing) } : {}) };
      }),
    );
  };
  return (
    <>
      <BackLink to={`/together/${batchId}`} />
      <ErrorSummary errors={trouble} focusKey={failures} />
      <PageTitle lead={<p>{t(m.checkLead, { count: filings.length })}</p>}>{t(m.checkTitle)}</PageTitle>
      <div className="flex max-w-4xl flex-col gap-10">
        {shared.size > 0 && <Shared filings={filings} shared={shared} />}
        {byChild(filings, (filing) => filing.draft.childName).map(({ name, items }) => (
          <section key={name} className="flex flex-col gap-6">
            <h2 className="text-std-24B-150 border-b-4 border-blue-900 pb-1">{name}</h2>
            {items.map((filing) => (
              <One
                key={filing.draft.id}
                filing={filing}
                shared={shared}
                check={checks[filings.indexOf(filing)]?.data}
                trouble={refused.get(filing.draft.id)}
              />
            ))}
          </section>
        ))}
        {checks.some((one) => one.isPending) && <Loading label={t(form.checking)} />}
        {checks
          .filter((one) => one.isError)
          .slice(0, 1)
          .map((one) => (
            <LoadError
              key="check"
              error={one.error}
              onRetry={() => checks.forEach((c) => void c.refetch())}
            />
          ))}
        <div className="measure flex flex-col gap-4">
          {anyHints && (
            <Checkbox
              id="hints-read"
              label={t(form.hintsRead)}
              required
              boxed
              value={read}
              onChange={setRead}
              error={
                trouble.some((one) => one.fieldId === 'hints-read') && !read ? t(form.hintsUnread) : undefined
              }
            />
          )}
          <Button
            size="lg"
            busy={busy}
            disabled={checks.some((one) => one.isPending)}
            onClick={() => void submit()}
            className="w-full sm:w-auto sm:self-start"
          >
            {t(m.submit, { count: filings.length })}
          </Button>
          <p className="text-dns-16N-130 text-solid-gray-700">{t(m.allOrNone)}</p>
        </div>
      </div>
    </>
  );
}

/** What the family's own pages say, once for all. */
function Shared({ filings, shared }: { filings: readonly Filing[]; shared: ReadonlySet<string> }) {
  const { t } = useI18n();
  const done = new Set<string>();
  return (
    <section>
      <h2 className="text-std-24B-150 mb-4 border-b-4 border-blue-900 pb-1">{t(m.shared)}</h2>
      {filings.map((filing) => {
        const own = filing.definition.sections.filter(
          (section) => shared.has(section.id) && !done.has(section.id),
        );
        for (const section of own) done.add(section.id);
        const ids = new Set(own.map((section) => section.id));
        return (
          <AnswersList
            key={filing.draft.id}
            definition={filing.definition}
            answers={filing.answers}
            taken={filing.draft.taken.filter((part) => part.from.kind === 'application')}
            only={(section) => ids.has(section.id)}
            headingLevel={3}
            changeTo={(section, field) => `/drafts/${filing.draft.id}/${section}${FROM}#f-${field}`}
          />
        );
      })}
    </section>
  );
}

function One({
  filing,
  shared,
  check,
  trouble,
}: {
  filing: Filing;
  shared: ReadonlySet<string>;
  check: CheckDraftResponse | undefined;
  trouble: Trouble | undefined;
}) {
  const { t } = useI18n();
  const { draft, definition, answers } = filing;
  const base = `/drafts/${draft.id}`;
  const existing = trouble?.existing ?? check?.existing ?? undefined;
  const need = existing ? undefined : (check?.need ?? undefined);
  const changeAnswer = (field: string) => {
    const section = sectionOfField(definition, field);
    return section && `${base}/${section.id}${FROM}#f-${field}`;
  };
  const toOf = (hint: Hint) => {
    if (hint.document !== null) return `${base}/${DOCUMENTS_STEP}${FROM}#f-${hint.document}`;
    return hint.field === null ? undefined : changeAnswer(hint.field);
  };
  return (
    <article id={anchorOf(filing)} tabIndex={-1}>
      <h3 className="text-std-22B-150 mb-4">{t(definition.name)}</h3>
      {existing ? (
        <Duplicate existing={existing} />
      ) : (
        trouble &&
        !need && (
          <NotificationBanner tone="error" title={t(trouble.message)} className="mb-6">
            {trouble.errors.length > 0 && (
              <ul className="list-disc pl-5">
                {trouble.errors.map((one) => (
                  <li key={one.path}>{t(one.message)}</li>
                ))}
              </ul>
            )}
          </NotificationBanner>
        )
      )}
      {need && <NeedNotice need={need} changeTo={changeAnswer} />}
      <AnswersList
        definition={definition}
        answers={answers}
        {...(need ? { wrong: wrongAt(need.fields, t(form.needTitle)) } : {})}
        taken={draft.taken.filter((part) => part.from.kind === 'application')}
        only={(section) => !shared.has(section.id)}
        headingLevel={4}
        changeTo={(section, field) => `${base}/${section}${FROM}#f-${field}`}
      />
      <DocumentRows
        definition={definition}
        answers={answers}
        files={draft.files}
        headingLevel={4}
        changeTo={(type) => `${base}/${DOCUMENTS_STEP}${FROM}#f-${type}`}
      />
      {check && <Hints hints={check.hints} toOf={toOf} />}
    </article>
  );
}

function contentOf(filing: Filing) {
  return {
    procedure: filing.definition.code,
    answers: filing.answers as BatchRequest['applications'][number]['answers'],
    files: filesOf(filing).map((file) => ({ documentType: file.documentType, fileId: file.id })),
  };
}

function checkBody(filing: Filing): CheckDraftRequest {
  return { ...contentOf(filing), together: true };
}

/** Child and procedure, before what is said of them. */
function nameOf({ draft, definition }: Filing, s: I18n['s']): string {
  return s(m.oneOf, { child: draft.childName, procedure: s(definition.name) });
}
