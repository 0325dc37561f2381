import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { NoticesResponse, StaffNoticeRow } from '../../../api/contract/index.ts';
import { seesAll } from '../../../domain/people/actor.ts';
import {
  Button,
  ButtonGroup,
  DataTable,
  EmptyState,
  LinkButton,
  LoadError,
  Main,
  NotificationBanner,
  PageTitle,
  Pagination,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatCount, formatDate, useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { Filters } from './Filters.tsx';
import { filtersOf, searchOf, toQuery } from './filters.ts';
import { deliveryLabel, standingOf } from './labels.ts';
import { NewRunDialog } from './NewRunDialog.tsx';

const PAGE_SIZE = 50;

/** All notices inside one's place; from here they go into print files (Q22). */
export function Component() {
  const account = useAccount();
  const [search, setSearch] = useSearchParams();
  const [making, setMaking] = useState(false);
  const filters = filtersOf(search);
  const page = Math.max(1, Number(search.get('page') ?? '1') || 1);
  const query = useQuery({
    queryKey: ['notices', search.toString()],
    queryFn: ({ signal }) =>
      api.get<NoticesResponse>('staff/notices', { query: toQuery(filters, page), signal }),
    placeholderData: (before) => before,
  });
  useDocumentTitle('通知書');
  const office = seesAll(account.role);
  const total = query.data?.total ?? 0;
  return (
    <Main wide>
      <PageTitle
        lead={<p>決定ごとに1件作られます。申請者には、公開日から画面で表示されます。</p>}
        {...(office
          ? {
              actions: (
                <ButtonGroup>
                  <Button onClick={() => setMaking(true)} disabled={total === 0}>
                    印刷ファイルを作る
                  </Button>
                  <LinkButton to="/notices/runs" variant="outline">
                    発送の一覧
                  </LinkButton>
                  {account.role !== 'operator' && (
                    <LinkButton to="/notices/templates" variant="outline">
                      文面
                    </LinkButton>
                  )}
                </ButtonGroup>
              ),
            }
          : {})}
      >
        通知書
      </PageTitle>
      <Filters filters={filters} onChange={(changed) => setSearch(searchOf({ ...filters, ...changed }))} />
      {query.data?.notice === 'kintoneAway' && (
        <NotificationBanner tone="info" title="児童の氏名を一時的に表示できません" className="mb-4">
          <p>しばらくしてから、もう一度開いてください。</p>
        </NotificationBanner>
      )}
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <p className="mb-2" role="status">
            {query.data ? `${formatCount(total)}件` : ''}
          </p>
          <DataTable
            caption="通知書の一覧"
            columns={COLUMNS}
            rows={query.data?.rows ?? []}
            rowKey={(row) => row.id}
            loading={query.isPending}
            dense
            empty={
              <EmptyState title="当てはまる通知書はありません">
                <p>条件を変えると、ほかの通知書が表示されます。</p>
              </EmptyState>
            }
          />
          {total > PAGE_SIZE && (
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              onPage={(next) => setSearch(searchOf(filters, next))}
            />
          )}
        </>
      )}
      {making && <NewRunDialog filters={filters} onClose={() => setMaking(false)} />}
    </Main>
  );
}

const COLUMNS: readonly Column<StaffNoticeRow>[] = [
  {
    id: 'reference',
    header: '照会番号',
    primary: true,
    nowrap: true,
    cell: (row) => <TextLink to={`/notices/${row.id}`}>{row.reference}</TextLink>,
  },
  { id: 'kind', header: '種類', cell: (row) => row.label },
  { id: 'child', header: '児童', cell: (row) => row.childName ?? '（表示できません）' },
  { id: 'bop', header: '新BOP', cell: (row) => row.bop.name },
  {
    id: 'receipt',
    header: '受付番号',
    nowrap: true,
    cell: (row) => <TextLink to={`/applications/${row.applicationId}`}>{row.receiptNumber}</TextLink>,
  },
  { id: 'date', header: '日付', nowrap: true, cell: (row) => formatDate(row.issuedOn) },
  {
    id: 'state',
    header: '状態',
    cell: (row) => {
      const { label, tone } = standingOf(row);
      return (
        <span className="inline-flex flex-wrap gap-2">
          <StatusTag tone={tone}>{label}</StatusTag>
          {row.missingCharacters > 0 && <StatusTag tone="danger">外字あり</StatusTag>}
        </span>
      );
    },
  },
  { id: 'delivery', header: '届け方', cell: (row) => deliveryLabel(row.delivery) },
  { id: 'run', header: '発送', nowrap: true, cell: (row) => row.run ?? '―' },
];
