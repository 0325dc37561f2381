import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import type { SaveDraftRequest } from '../../../api/contract/index.ts';
import {
  BackLink,
  Button,
  LinkButton,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  TaskList,
  useToast,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, useDocumentTitle } from '../../lib/index.ts';
import { newId } from '../shared/ids.ts';
import { problemText } from '../shared/problems.ts';
import { useProcedures } from '../shared/queries.ts';
import { form } from '../texts/form.ts';
import { together as m } from '../texts/together.ts';
import { openCount, useBatch, type Filing } from './batch.ts';

/** Several applications in one go: what is in it, how far each is, what to add. Without an id it begins a new one. */
export function Component() {
  const { batchId } = useParams();
  const [fresh] = useState(newId);
  return batchId === undefined ? (
    <Navigate to={`/together/${fresh}`} replace />
  ) : (
    <Hub key={batchId} batchId={batchId} />
  );
}

function Hub({ batchId }: { batchId: string }) {
  const { t, s, language } = useI18n();
  const navigate = useNavigate();
  const { filings, pending, error, retry } = useBatch(batchId, language);
  const [tried, setTried] = useState(false);
  useDocumentTitle(s(m.title));
  const complete = filings.length > 0 && filings.every((filing) => openCount(filing) === 0);
  const toCheck = () => {
    if (complete) void navigate(`/together/${batchId}/check`);
    else setTried(true);
  };
  return (
    <div className="flex max-w-4xl flex-col gap-10">
      <div>
        <BackLink to="/applications" />
        <PageTitle lead={<p>{t(m.lead)}</p>}>{t(m.title)}</PageTitle>
        <h2 className="text-std-22B-150 mb-3">{t(m.inHere)}</h2>
        {pending && <Loading />}
        {error !== undefined && <LoadError error={error} onRetry={retry} />}
        {!pending && filings.length === 0 && error === undefined && <p>{t(m.nothing)}</p>}
        {filings.length > 0 && <Filings filings={filings} />}
      </div>
      {filings.length > 0 && (
        <div className="flex flex-col gap-4">
          {tried && !complete && (
            <NotificationBanner tone="error" announce title={t(m.notComplete)} className="measure" />
          )}
          <Button size="lg" onClick={toCheck} className="w-full sm:w-auto sm:self-start">
            {t(m.toCheck)}
          </Button>
        </div>
      )}
      <Add batchId={batchId} />
    </div>
  );
}

function Filings({ filings }: { filings: readonly Filing[] }) {
  const { t } = useI18n();
  return (
    <>
      <TaskList
        items={filings.map((filing) => {
          const { draft, definition } = filing;
          const left = openCount(filing);
          const step = left === 0 ? (definition.sections[0]?.id ?? '') : nextStep(filing);
          return {
            id: draft.id,
            label: (
              <>
                {draft.childName === '' ? t(form.noNameYet) : draft.childName}・{t(definition.name)}
              </>
            ),
            to: `/drafts/${draft.id}/${step}`,
            ...(left > 0 ? { hint: t(m.openCount, { count: left }) } : {}),
            status:
              left === 0
                ? { label: t(m.complete), tone: 'success' as const }
                : { label: t(m.incomplete), tone: 'warning' as const },
          };
        })}
      />
      <ul className="mt-2 flex flex-wrap gap-x-4">
        {filings.map((filing) => (
          <li key={filing.draft.id}>
            <TakeOut filing={filing} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where there is something to do. */
function nextStep({ open, draft }: Filing): string {
  return open[0]?.section.id ?? (draft.step === 'confirm' ? 'documents' : draft.step);
}

/** The application stays as a draft of its own. */
function TakeOut({ filing: { draft, definition } }: { filing: Filing }) {
  const i18n = useI18n();
  const { t, s } = i18n;
  const toast = useToast();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const takeOut = async () => {
    setBusy(true);
    try {
      const body: SaveDraftRequest = {
        procedure: draft.procedure,
        answers: draft.answers,
        files: draft.files.map((file) => ({ documentType: file.documentType, fileId: file.id })),
        step: draft.step,
        taken: draft.taken,
      };
      await api.put(`drafts/${draft.id}`, body);
      toast.show(t(m.takenOut), { tone: 'success' });
      await queryClient.invalidateQueries({ queryKey: ['drafts'] });
    } catch (error) {
      toast.show(problemText(error, i18n), { tone: 'error' });
      setBusy(false);
    }
  };
  const name = draft.childName === '' ? s(form.noNameYet) : draft.childName;
  return (
    <Button variant="text" size="sm" busy={busy} onClick={() => void takeOut()}>
      {t(m.takeOut)}（{name}・{t(definition.name)}）
    </Button>
  );
}

function Add({ batchId }: { batchId: string }) {
  const { t } = useI18n();
  const { data, error, isPending, refetch } = useProcedures();
  return (
    <section>
      <h2 className="text-std-22B-150 mb-2">{t(m.addTitle)}</h2>
      <p className="mb-4">{t(m.addBody)}</p>
      {isPending && <Loading />}
      {!data && error && <LoadError error={error} onRetry={() => void refetch()} />}
      <ul className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
        {data?.procedures
          .filter((procedure) => procedure.open)
          .map((procedure) => (
            <li key={procedure.code}>
              <LinkButton
                to={`/apply/${procedure.code}?batch=${batchId}`}
                variant="outline"
                className="w-full sm:w-auto"
              >
                {t(procedure.name)}
              </LinkButton>
            </li>
          ))}
      </ul>
    </section>
  );
}
