import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useEffect } from 'react';
import { Outlet } from 'react-router';
import type { AnswerDraftResponse } from '../../../api/contract/index.ts';
import { fiscalYearsOn } from '../../../domain/procedures/fields.ts';
import {
  BackLink,
  Button,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, dateInTokyo, useDocumentTitle } from '../../lib/index.ts';
import { LeaveGuard } from '../shared/LeaveGuard.tsx';
import { useMyApplication, useProcedures } from '../shared/queries.ts';
import { answer as m, applications } from '../texts/applications.ts';
import { common } from '../texts/common.ts';
import { AnswerProvider, useAnswer } from './answer-state.tsx';
import { Loaded } from './Loaded.tsx';
import type { LoadedApplication } from './Loaded.tsx';

/** Answering what the office has asked for (Q18, Q20): holds what is entered over the pages below. */
export function Component() {
  return <Loaded>{(loaded) => <Answering key={loaded.application.id} {...loaded} />}</Loaded>;
}

function Answering(loaded: LoadedApplication) {
  const procedures = useProcedures();
  const { application } = loaded;
  const today = procedures.data?.today ?? dateInTokyo(new Date());
  const fiscalYears = [...new Set([...fiscalYearsOn(today), application.fiscalYear])].sort();
  const kept = useQuery({
    queryKey: ['answer-draft', application.id],
    queryFn: ({ signal }) =>
      api.get<AnswerDraftResponse>(`my/applications/${application.id}/answer-draft`, { signal }),
    // What is entered here is newer than what the server has: never load over it.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  if (!application.answers) return <Away id={application.id} />;
  if (!kept.data && kept.error) return <LoadError error={kept.error} onRetry={() => void kept.refetch()} />;
  if (!kept.data || !kept.isFetchedAfterMount) return <Loading />;
  return (
    <AnswerProvider
      {...loaded}
      before={application.answers}
      today={today}
      fiscalYears={fiscalYears}
      kept={kept.data.draft}
    >
      <Outlet />
      <Guard />
    </AnswerProvider>
  );
}

/** Without what was sent before nobody can correct it. */
function Away({ id }: { id: string }) {
  const { t, s } = useI18n();
  const { refetch, isFetching } = useMyApplication(id);
  useDocumentTitle(s(m.title));
  return (
    <div className="measure">
      <BackLink to={`/applications/${id}`}>{t(applications.toApplication)}</BackLink>
      <PageTitle>{t(m.title)}</PageTitle>
      <NotificationBanner
        tone="info"
        title={t(common.kintoneAway)}
        actions={
          <Button variant="outline" busy={isFetching} onClick={() => void refetch()}>
            {t(m.tryAgain)}
          </Button>
        }
      >
        <p>{t(common.kintoneAwayBody)}</p>
      </NotificationBanner>
    </div>
  );
}

/** Leaving with answers that were not sent is asked about: people take what they entered for sent. */
function Guard() {
  const { application, ready } = useAnswer();
  const waiting = useRef(false);
  useEffect(() => {
    waiting.current = ready.length > 0;
  }, [ready]);
  const when = useCallback(() => waiting.current, []);
  return (
    <LeaveGuard
      when={when}
      prefix={`/applications/${application.id}/answer`}
      title={m.unsentTitle}
      body={m.unsentBody}
    />
  );
}
