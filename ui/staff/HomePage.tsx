import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Navigate } from 'react-router';
import type { ListResponse, PlacesResponse, QueuesResponse } from '../../api/contract/index.ts';
import { fiscalYearOf } from '../../domain/calendar/dates.ts';
import { seesAll } from '../../domain/people/actor.ts';
import { QUEUE_LABELS, STAGE_LABELS } from '../../domain/texts/application.ts';
import {
  DataTable,
  LoadError,
  Loading,
  Main,
  NotificationBanner,
  PageTitle,
  StatCard,
  StatGrid,
  TextLink,
} from '../components/index.ts';
import {
  api,
  dateInTokyo,
  formatCount,
  formatDate,
  formatShortDate,
  useDocumentTitle,
} from '../lib/index.ts';
import { useAccount } from './layout/session.tsx';
import { applicationColumns } from './list/columns.tsx';
import { listPath, NO_FILTERS, toQuery } from './list/filters.ts';
import type { ListFilters } from './list/filters.ts';

/** The first page: what waits, one's own work, what is due soon. Who only looks at one place gets the list of it. */
export function Component() {
  const account = useAccount();
  useDocumentTitle('ホーム');
  if (!seesAll(account.role)) return <Navigate to="/applications" replace />;
  return (
    <Main wide>
      <PageTitle caption={formatDate(dateInTokyo(new Date()), { weekday: true, era: true })}>
        ホーム
      </PageTitle>
      {account.role === 'ward' && <FreePlaces />}
      <Queues />
      <div className="mt-10 grid gap-10 min-[1800px]:grid-cols-2">
        <Part
          title="自分の担当"
          filters={{ assignee: 'me', sort: 'deadline' }}
          empty="担当している申請はありません。"
        />
        <Part
          title="期限が近い申請"
          filters={{ queue: 'awaitingApplicant', sort: 'deadline' }}
          empty="期限のある申請はありません。"
        />
      </div>
    </Main>
  );
}

/** A place of extended use has fallen free for somebody who waits: the ward is told where it begins its day. */
function FreePlaces() {
  const now = fiscalYearOf(dateInTokyo(new Date()));
  const years = useQueries({
    queries: [now, now + 1].map((fiscalYear) => ({
      queryKey: ['places', fiscalYear],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<PlacesResponse>('staff/places', { query: { fiscalYear }, signal }),
      staleTime: 60_000,
    })),
  });
  return years.map(({ data }) => {
    const free = data?.bops.filter((bop) => bop.movingUp > 0) ?? [];
    if (!data || free.length === 0) return null;
    const count = free.reduce((sum, bop) => sum + bop.movingUp, 0);
    return (
      <NotificationBanner
        key={data.fiscalYear}
        tone="warning"
        title={`延長利用の枠が空き、待機から繰り上げられる申請が${formatCount(count)}件あります（${String(data.fiscalYear)}年度）`}
        className="mb-6"
      >
        <p>
          <TextLink to={`/places?fiscalYear=${String(data.fiscalYear)}`}>
            {free
              .slice(0, 3)
              .map((bop) => bop.name)
              .join('、')}
            {free.length > 3 && ` ほか${formatCount(free.length - 3)}か所`}
          </TextLink>
        </p>
      </NotificationBanner>
    );
  });
}

function Queues() {
  const query = useQuery({
    queryKey: ['queues'],
    queryFn: ({ signal }) => api.get<QueuesResponse>('staff/queues', { signal }),
  });
  if (query.isPending) return <Loading />;
  if (query.isError) return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  const { queues, stages, total } = query.data;
  return (
    <>
      <Section title="作業ごとの件数">
        <StatGrid>
          {queues.map((one) => (
            <StatCard
              key={one.queue}
              label={QUEUE_LABELS[one.queue]}
              value={formatCount(one.count)}
              unit="件"
              to={listPath({ queue: one.queue })}
              tone={one.overdue > 0 ? 'danger' : 'neutral'}
              note={<QueueNote {...one} />}
            />
          ))}
        </StatGrid>
      </Section>
      <Section title={`状態ごとの件数（全${formatCount(total)}件）`}>
        <ul className="flex flex-wrap gap-x-6 gap-y-1">
          {stages.map(({ stage, count }) => (
            <li key={stage}>
              <TextLink to={listPath({ stage })}>{STAGE_LABELS[stage]}</TextLink>{' '}
              <b className="tabular-nums">{formatCount(count)}</b>件
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

type QueueCount = QueuesResponse['queues'][number];

function QueueNote({ mine, overdue, oldestReceivedAt }: QueueCount) {
  const parts = [
    mine > 0 && `自分の担当 ${formatCount(mine)}件`,
    overdue > 0 && `期限超過 ${formatCount(overdue)}件`,
    oldestReceivedAt !== null && `最も古い受付 ${formatShortDate(dateInTokyo(oldestReceivedAt), new Date())}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : parts.join('・');
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-8">
      <h2 className="text-std-20B-150 mb-3">{title}</h2>
      {children}
    </section>
  );
}

const SHOWN = 8;
const HOME_COLUMNS: readonly string[] = ['receiptNumber', 'child', 'bop', 'stage', 'tasks', 'deadline'];

function Part({ title, filters, empty }: { title: string; filters: Partial<ListFilters>; empty: string }) {
  const account = useAccount();
  const wanted = toQuery({ ...NO_FILTERS, ...filters }, SHOWN);
  const query = useQuery({
    queryKey: ['list', wanted],
    queryFn: ({ signal }) => api.get<ListResponse>('staff/applications', { query: wanted, signal }),
  });
  const columns = applicationColumns(account.id)
    .filter((column) => HOME_COLUMNS.includes(column.id))
    .map((column) => ({ ...column, sortable: false }));
  return (
    <section className="text-dns-16N-130 min-w-0">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-3">
        <h2 className="text-std-20B-150">
          {title}
          {query.data && <span className="text-std-16N-170 ml-2">{formatCount(query.data.total)}件</span>}
        </h2>
        <TextLink to={listPath(filters)}>すべて見る</TextLink>
      </div>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          caption={title}
          columns={columns}
          rows={query.data?.rows ?? []}
          rowKey={(row) => row.id}
          loading={query.isPending}
          empty={<p className="text-solid-gray-700">{empty}</p>}
          dense
        />
      )}
    </section>
  );
}
