import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { ListResponse } from '../../../api/contract/index.ts';
import { QUEUE_LABELS } from '../../../domain/texts/application.ts';
import {
  Button,
  DataTable,
  EmptyState,
  LinkButton,
  LoadError,
  Main,
  NotificationBanner,
  PageTitle,
  Pagination,
  useToast,
} from '../../components/index.ts';
import type { Sort } from '../../components/index.ts';
import { api, formatCount, problemMessage, useDocumentTitle } from '../../lib/index.ts';
import { actorOf, useAccount } from '../layout/session.tsx';
import { useKeys, useShortcuts } from '../layout/shortcuts.tsx';
import { newBulkPath } from '../rounds/looks.ts';
import { applicationColumns } from './columns.tsx';
import { Filters } from './Filters.tsx';
import { NO_FILTERS, readFilters, SORTS, toQuery, writeFilters } from './filters.ts';
import type { ListFilters, SortCode } from './filters.ts';
import { takeNext } from './next.ts';
import { placeOptions } from './places.ts';
import { rememberList } from './remember.ts';

function sortOf(code: SortCode): Sort {
  return code.startsWith('-')
    ? { column: code.slice(1), direction: 'desc' }
    : { column: code, direction: 'asc' };
}

function codeOf({ column, direction }: Sort): SortCode {
  const code = direction === 'desc' ? `-${column}` : column;
  return SORTS.find((one) => one === code) ?? NO_FILTERS.sort;
}

/** The list of applications: conditions in the address, the keyboard through the rows, the next one by one press. */
export function Component() {
  const account = useAccount();
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => readFilters(search), [search]);
  const query = useQuery({
    queryKey: ['list', toQuery(filters)],
    queryFn: ({ signal }) => api.get<ListResponse>('staff/applications', { query: toQuery(filters), signal }),
    placeholderData: keepPreviousData,
  });
  const places = useMemo(() => {
    const actor = actorOf(account);
    return actor ? placeOptions(actor) : [];
  }, [account]);
  const columns = useMemo(() => applicationColumns(account.id), [account.id]);
  const table = useRef<HTMLDivElement>(null);
  const title = filters.queue === '' ? '申請一覧' : QUEUE_LABELS[filters.queue];
  useDocumentTitle(title);

  useEffect(() => rememberList(`/applications?${writeFilters(filters).toString()}`), [filters]);
  const change = (changed: Partial<ListFilters>) =>
    setSearch(writeFilters({ ...filters, page: 1, ...changed }), { replace: true });

  useKeys({ j: () => moveRow(table.current, 1), k: () => moveRow(table.current, -1) });

  const { data } = query;
  return (
    <Main wide>
      <PageTitle actions={<ListActions filters={filters} />}>
        {title}
        {data && (
          <span className="text-std-18N-160 ml-3 text-solid-gray-700">{formatCount(data.total)}件</span>
        )}
      </PageTitle>
      <Filters filters={filters} places={places} onChange={change} />
      {data?.notice === 'kintoneAway' && (
        <NotificationBanner tone="warning" title="氏名を一時的に読み込めません" className="mb-4" announce>
          <p>kintoneに接続できないため、氏名を表示していません。審査や記録は続けられます。</p>
        </NotificationBanner>
      )}
      {query.isError && !data ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div ref={table} className="text-dns-14N-130 lg:text-dns-16N-130">
          <DataTable
            caption={title}
            columns={columns}
            rows={data?.rows ?? []}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.receiptNumber}
            sort={sortOf(filters.sort)}
            onSortChange={(sort) => change({ sort: codeOf(sort) })}
            loading={query.isPending}
            dense
            empty={
              <EmptyState title="条件に合う申請はありません">
                <p>条件を変えるか、「条件をすべて外す」を押してください。</p>
              </EmptyState>
            }
          />
          {data && data.total > 0 && (
            <Pagination
              page={data.page}
              pageSize={data.pageSize}
              total={data.total}
              onPage={(page) => {
                change({ page });
                window.scrollTo({ top: 0 });
              }}
            />
          )}
        </div>
      )}
    </Main>
  );
}

/** Moves the focus from row to row: each row is entered by its link, so that Enter opens it. */
function moveRow(table: HTMLElement | null, by: 1 | -1): void {
  const links = Array.from(table?.querySelectorAll<HTMLAnchorElement>('tbody [role="rowheader"] a') ?? []);
  const now = links.findIndex((link) => link === document.activeElement);
  const next = now === -1 ? (by === 1 ? 0 : links.length - 1) : now + by;
  links[next]?.focus();
  links[next]?.closest('tr')?.scrollIntoView({ block: 'nearest' });
}

function ListActions({ filters }: { filters: ListFilters }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const toast = useToast();
  const { enabled, showHelp } = useShortcuts();
  const ward = useAccount().role === 'ward';
  const [busy, setBusy] = useState(false);
  const next = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const row = await takeNext(filters);
      if (row) await navigate(`/applications/${row.id}`);
      else toast.show('この条件で、担当者のいない申請はありません。', { tone: 'info' });
    } catch (error) {
      toast.show(problemMessage(error), { tone: 'error' });
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: ['list'] });
    }
  };
  useKeys({ n: () => void next() });
  const deciding = filters.queue === 'decision' || filters.stage === 'awaitingDecision';
  const [kind, code] = filters.place.split(':');
  return (
    <>
      {ward && deciding && (
        <LinkButton
          variant="outline"
          size="sm"
          to={newBulkPath(kind === 'bop' && code !== undefined ? { bop: code } : {})}
        >
          まとめて決定する
        </LinkButton>
      )}
      <Button variant="text" size="sm" onClick={showHelp}>
        キーボードの操作{enabled ? '（?）' : ''}
      </Button>
      <Button busy={busy} onClick={() => void next()}>
        次の1件を開く
      </Button>
    </>
  );
}
