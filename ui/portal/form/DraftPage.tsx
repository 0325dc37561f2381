import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { Outlet, useParams } from 'react-router';
import type { Draft } from '../../../api/contract/index.ts';
import { fiscalYearsOn } from '../../../domain/procedures/fields.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { LinkButton, LoadError, Loading, PageTitle } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, ApiProblem, dateInTokyo, useDocumentTitle } from '../../lib/index.ts';
import { LeaveGuard } from '../shared/LeaveGuard.tsx';
import { useProcedures } from '../shared/queries.ts';
import { common } from '../texts/common.ts';
import { form as m } from '../texts/form.ts';
import { DraftProvider, useDraft } from './draft.tsx';

/** Loads a draft and keeps it over its steps. */
export function Component() {
  const { draftId = '' } = useParams();
  const procedures = useProcedures();
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    queryKey: ['draft', draftId],
    queryFn: ({ signal }) => api.get<Draft>(`drafts/${draftId}`, { signal }),
    // What is typed here is newer than what the server has: never load over it.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  if (error instanceof ApiProblem && (error.isNotFound || error.status === 400)) return <Gone />;
  if (!data && error) return <LoadError error={error} onRetry={() => void refetch()} />;
  if (!data || !isFetchedAfterMount || procedures.isPending) return <Loading />;
  const definition = procedureOf(data.procedure);
  if (!definition) return <Gone />;
  const today = procedures.data?.today ?? dateInTokyo(new Date());
  const open = procedures.data?.procedures
    .find((one) => one.code === definition.code)
    ?.periods.filter((period) => period.open)
    .map((period) => period.fiscalYear);
  const fiscalYears = open && open.length > 0 ? [...new Set(open)] : fiscalYearsOn(today);
  return (
    <DraftProvider key={draftId} draft={data} definition={definition} today={today} fiscalYears={fiscalYears}>
      <Outlet />
      <Guard />
    </DraftProvider>
  );
}

function Gone() {
  const { t, s } = useI18n();
  useDocumentTitle(s(m.draftGoneTitle));
  return (
    <>
      <PageTitle lead={<p>{t(m.draftGoneBody)}</p>}>{t(m.draftGoneTitle)}</PageTitle>
      <LinkButton to="/applications">{t(common.toList)}</LinkButton>
    </>
  );
}

/** Leaving saves by itself; only while the server cannot be reached is there something to lose. */
function Guard() {
  const draft = useDraft();
  const failed = draft.saveState.kind === 'failed';
  const { unsaved } = draft;
  const when = useCallback(() => failed && unsaved(), [failed, unsaved]);
  return <LeaveGuard when={when} prefix={`/drafts/${draft.id}`} title={m.leaveTitle} body={m.leaveBody} />;
}
