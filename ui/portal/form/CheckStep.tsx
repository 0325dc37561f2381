import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type {
  CheckDraftResponse,
  ExistingApplication,
  SubmitRequest,
  SubmitResponse,
} from '../../../api/contract/index.ts';
import { offeredDocuments, requiredDocuments } from '../../../domain/procedures/documents.ts';
import {
  Button,
  Checkbox,
  ErrorSummary,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  TextLink,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, ApiProblem, useDocumentTitle } from '../../lib/index.ts';
import { contentId } from '../shared/ids.ts';
import { problemText } from '../shared/problems.ts';
import { common } from '../texts/common.ts';
import { form as m } from '../texts/form.ts';
import { together as g } from '../texts/together.ts';
import { AnswersList, wrongAt } from './AnswerView.tsx';
import { useDraft } from './draft.tsx';
import { DocumentRows } from './DocumentRows.tsx';
import { Duplicate } from './Duplicate.tsx';
import { Hints } from './Hints.tsx';
import { NeedNotice } from './NeedNotice.tsx';
import { JoinOthers } from './JoinOthers.tsx';
import type { Hint } from './Hints.tsx';
import { StepFrame } from './StepFrame.tsx';
import { CONFIRM_STEP, DOCUMENTS_STEP, openSections, sectionOfField } from './steps.ts';

interface Trouble {
  readonly message: string;
  readonly fieldId?: string;
}

/** All answers to look over, what the intake check says, and the button that files the application. */
export function CheckStep() {
  const i18n = useI18n();
  const { t, s, language } = i18n;
  const draft = useDraft();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const base = `/drafts/${draft.id}`;
  const [read, setRead] = useState(false);
  const [trouble, setTrouble] = useState<readonly Trouble[]>([]);
  const [failures, setFailures] = useState(0);
  const [busy, setBusy] = useState(false);
  const [refusedBy, setRefusedBy] = useState<ExistingApplication>();

  const open = openSections(draft.definition, draft.typed, language, {
    today: draft.today,
    fiscalYears: draft.fiscalYears,
  });
  const required = requiredDocuments(draft.definition, draft.answers);
  const documents = offeredDocuments(draft.definition, draft.answers);
  const filesOf = (type: string) => draft.files.filter((file) => file.documentType === type);
  const blocking = required.filter((one) => !one.mayFollow && filesOf(one.type).length === 0);
  const complete = open.length === 0 && blocking.length === 0;

  const check = useQuery({
    queryKey: ['draft-check', draft.id, draft.answers, draft.files.map((file) => file.id)],
    queryFn: ({ signal }) => draft.check(undefined, signal),
    enabled: complete,
    gcTime: 0,
    retry: 1,
  });
  const hints = check.data?.hints ?? [];
  const existing = refusedBy ?? check.data?.existing ?? undefined;
  const need = check.data?.need ?? null;
  useDocumentTitle(`${s(m.confirm)}｜${s(draft.definition.name)}`, {
    hasErrors: trouble.length > 0,
    errorWord: s(common.errorWord),
  });

  const fail = (found: readonly Trouble[]) => {
    setTrouble(found);
    setFailures((count) => count + 1);
  };
  const submit = async () => {
    if (busy) return;
    if (!complete) {
      fail([{ message: s(m.stillMissing) }]);
      return;
    }
    if (existing) {
      fail([{ message: s(m.duplicateTitle), fieldId: 'existing' }]);
      return;
    }
    if (need) {
      fail([{ message: s(m.needFirst), fieldId: 'need' }]);
      return;
    }
    if (hints.length > 0 && !read) {
      fail([{ message: s(m.hintsUnread), fieldId: 'hints-read' }]);
      return;
    }
    setBusy(true);
    setTrouble([]);
    try {
      const content = {
        procedure: draft.definition.code,
        answers: draft.answers as SubmitRequest['answers'],
        files: documents.flatMap(({ type }) =>
          filesOf(type).map((file) => ({ documentType: type, fileId: file.id })),
        ),
      };
      const body: SubmitRequest = {
        ...content,
        submissionId: await contentId(draft.id, content),
        draftId: draft.id,
        acknowledgedHints: [...new Set(hints.map((hint) => hint.code))],
        locale: language,
      };
      const answer = await api.post<SubmitResponse>('applications', body, { timeout: 60_000 });
      draft.close();
      void queryClient.invalidateQueries({ queryKey: ['drafts'] });
      void queryClient.invalidateQueries({ queryKey: ['applications'] });
      await navigate(`/applications/${answer.applicationId}/received`, { state: answer, replace: true });
    } catch (error) {
      setBusy(false);
      refuse(error);
    }
  };
  const refuse = (error: unknown) => {
    if (!(error instanceof ApiProblem)) {
      fail([{ message: problemText(error, i18n) }]);
      return;
    }
    switch (error.code) {
      case 'duplicate':
        setRefusedBy(error.body['existing'] as ExistingApplication);
        window.scrollTo(0, 0);
        break;
      case 'closed':
        fail([{ message: error.detail ?? s(m.closedNow) }]);
        break;
      case 'fileGone':
        fail([{ message: s(m.filesGone) }]);
        break;
      case 'hintsUnread':
        // Something new since the page was opened: show it, and ask again.
        setRead(false);
        void check.refetch();
        fail([{ message: s(m.hintsUnread), fieldId: 'hints-read' }]);
        break;
      default:
        fail(
          error.errors.length === 0
            ? [{ message: problemText(error, i18n) }]
            : error.errors.map(({ message }) => ({ message })),
        );
    }
  };
  const changeAnswer = (field: string) => {
    const section = sectionOfField(draft.definition, field);
    return section && `${base}/${section.id}?from=${CONFIRM_STEP}#f-${field}`;
  };
  const toOf = (hint: Hint) => {
    if (hint.document !== null) return `${base}/${DOCUMENTS_STEP}?from=${CONFIRM_STEP}#f-${hint.document}`;
    return hint.field === null ? undefined : changeAnswer(hint.field);
  };

  return (
    <StepFrame step={CONFIRM_STEP}>
      <ErrorSummary errors={trouble} focusKey={failures} />
      <PageTitle lead={<p>{t(m.confirmLead)}</p>}>{t(m.confirm)}</PageTitle>
      {existing && (
        <div id="existing" tabIndex={-1}>
          <Duplicate existing={existing} />
        </div>
      )}
      {!existing && need && <NeedNotice id="need" need={need} changeTo={changeAnswer} />}
      {draft.taken.some((part) => part.fields.length > 0) && (
        <p className="measure mb-6">{t(g.takenCheck)}</p>
      )}
      {!complete && (
        <NotificationBanner tone="warning" title={t(m.incompleteTitle)} className="measure mb-8">
          <ul className="flex list-disc flex-col gap-2 pl-5">
            {open.map(({ section, count }) => (
              <li key={section.id}>
                <TextLink to={`${base}/${section.id}?from=${CONFIRM_STEP}`}>
                  {t(m.incompleteItem, { section: t(section.title), count })}
                </TextLink>
              </li>
            ))}
            {blocking.map((one) => (
              <li key={one.type}>
                <TextLink to={`${base}/${DOCUMENTS_STEP}?from=${CONFIRM_STEP}`}>
                  {t(m.documentMissing, { name: t(one.label) })}
                </TextLink>
              </li>
            ))}
          </ul>
        </NotificationBanner>
      )}
      <div className="max-w-4xl">
        <AnswersList
          definition={draft.definition}
          answers={draft.answers}
          taken={draft.taken}
          changeTo={(section, field) => `${base}/${section}?from=${CONFIRM_STEP}#f-${field}`}
          {...(need ? { wrong: wrongAt(need.fields, t(m.needTitle)) } : {})}
        />
        <DocumentRows
          definition={draft.definition}
          answers={draft.answers}
          files={draft.files}
          changeTo={(type) => `${base}/${DOCUMENTS_STEP}?from=${CONFIRM_STEP}#f-${type}`}
        />
      </div>
      {complete && check.isPending && <Loading label={t(m.checking)} />}
      {complete && check.isError && (
        <div className="mb-8">
          <LoadError error={check.error} onRetry={() => void check.refetch()} />
        </div>
      )}
      <Findings check={check.data} toOf={toOf}>
        <Checkbox
          id="hints-read"
          label={t(m.hintsRead)}
          required
          boxed
          value={read}
          onChange={setRead}
          error={trouble.some((one) => one.fieldId === 'hints-read') && !read ? t(m.hintsUnread) : undefined}
        />
      </Findings>
      <div className="measure flex flex-col gap-3">
        <Button
          size="lg"
          busy={busy}
          onClick={() => void submit()}
          className="w-full sm:w-auto sm:self-start"
        >
          {t(m.submit)}
        </Button>
        <p className="text-dns-16N-130 text-solid-gray-700">{t(m.submitHarmless)}</p>
      </div>
      <JoinOthers />
    </StepFrame>
  );
}

function Findings({
  check,
  toOf,
  children,
}: {
  check: CheckDraftResponse | undefined;
  toOf: (hint: Hint) => string | undefined;
  children: React.ReactNode;
}) {
  if (!check || check.hints.length === 0) return null;
  return (
    <Hints hints={check.hints} toOf={toOf}>
      {children}
    </Hints>
  );
}
