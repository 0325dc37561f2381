import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { StaffActionType, StaffApplication } from '../../../api/contract/index.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { BackLink, LoadError, Loading, Main, NotificationBanner } from '../../components/index.ts';
import { api, useDocumentTitle } from '../../lib/index.ts';
import { lastList } from '../list/remember.ts';
import { ActionForm } from './ActionForm.tsx';
import { useAct } from './act.ts';
import { OpenedContext } from './context.tsx';
import type { Opened } from './context.tsx';
import { ApplicationHead } from './Head.tsx';
import { OthersNotice } from './OthersNotice.tsx';
import { isKnownAction, isTab, PLACES } from './places.ts';
import type { TabId } from './places.ts';
import { Workspace } from './Workspace.tsx';

/** One application: what to do next, its documents beside its answers and the review, all that was done. */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['application', id],
    queryFn: ({ signal }) => api.get<StaffApplication>(`staff/applications/${id}`, { signal }),
  });
  if (query.isPending) return <Loading />;
  if (!query.data) {
    return (
      <Main>
        <BackLink to={lastList()}>一覧へ戻る</BackLink>
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      </Main>
    );
  }
  return (
    <OpenedApplication
      key={id}
      application={query.data}
      stale={query.isError}
      onReload={() => void query.refetch()}
    />
  );
}

/** The view to begin with: where the first main thing to do stands, otherwise the answers. */
function firstTab(application: StaffApplication): TabId {
  const main = application.actions.find(
    ({ type, offered }) => offered && isKnownAction(type) && PLACES[type].look === 'main',
  );
  return main && isKnownAction(main.type) ? PLACES[main.type].tab : 'answers';
}

interface OpenForm {
  readonly type: StaffActionType;
  readonly about: string | undefined;
}

function OpenedApplication({
  application,
  stale,
  onReload,
}: {
  application: StaffApplication;
  stale: boolean;
  onReload: () => void;
}) {
  const act = useAct(application.id);
  const [search, setSearch] = useSearchParams();
  const [initialTab] = useState(() => firstTab(application));
  const [shownDocument, setShownDocument] = useState<string>();
  const [form, setForm] = useState<OpenForm>();
  const asked = search.get('tab');
  const tab = isTab(asked) ? asked : initialTab;

  const goTo = useCallback(
    (next: TabId) => {
      setSearch(
        (before) => {
          before.set('tab', next);
          return before;
        },
        { replace: true },
      );
    },
    [setSearch],
  );
  const opened = useMemo<Opened>(() => {
    const actionOf = (type: StaffActionType) => application.actions.find((action) => action.type === type);
    return {
      application,
      procedure: procedureOf(application.procedure),
      act,
      actionOf,
      offers: (type) => actionOf(type)?.offered === true,
      showDocument: setShownDocument,
      shownDocument,
      openForm: (type, about) => setForm({ type, about }),
      goTo,
    };
  }, [application, act, shownDocument, goTo]);
  useDocumentTitle(`${application.receiptNumber} ${application.childName ?? ''}`.trim());

  return (
    <OpenedContext value={opened}>
      <Main wide>
        <ApplicationHead tab={tab} />
        {stale && (
          <NotificationBanner
            tone="warning"
            title="最新の状態を読み込めませんでした"
            announce
            className="mb-4"
          >
            <p>
              表示は最後に読み込んだときのものです。
              <button type="button" className="link" onClick={onReload}>
                読み込み直す
              </button>
            </p>
          </NotificationBanner>
        )}
        {application.notice === 'kintoneAway' && (
          <NotificationBanner
            tone="warning"
            title="申請内容を一時的に読み込めません"
            announce
            className="mb-4"
          >
            <p>kintoneに接続できないため、氏名や回答を表示していません。つながり次第、自動で表示します。</p>
          </NotificationBanner>
        )}
        <OthersNotice />
        <Workspace tab={tab} onTab={goTo} />
        {form && (
          <ActionForm
            key={`${form.type}-${form.about ?? ''}`}
            type={form.type}
            about={form.about}
            onClose={() => setForm(undefined)}
          />
        )}
      </Main>
    </OpenedContext>
  );
}
