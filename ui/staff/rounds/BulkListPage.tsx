import { useQuery } from '@tanstack/react-query';
import type { BulkListResponse, BulkRow } from '../../../api/contract/index.ts';
import { BULK_STATUS_LABELS } from '../../../domain/texts/rounds.ts';
import {
  DataTable,
  EmptyState,
  LinkButton,
  LoadError,
  PageTitle,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatCount, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { personName } from '../lib/people.ts';
import { BULK_TONES } from './looks.ts';
import { RoundsFrame } from './RoundsFrame.tsx';

const COLUMNS: readonly Column<BulkRow>[] = [
  {
    id: 'title',
    header: '内容',
    primary: true,
    cell: (row) => <TextLink to={`/bulk-decisions/${row.id}`}>{row.title}</TextLink>,
  },
  {
    id: 'status',
    header: '状況',
    cell: (row) => <StatusTag tone={BULK_TONES[row.status]}>{BULK_STATUS_LABELS[row.status]}</StatusTag>,
  },
  { id: 'planned', header: '対象', align: 'right', cell: (row) => formatCount(row.counts.planned) },
  { id: 'decided', header: '決定', align: 'right', cell: (row) => formatCount(row.counts.decided) },
  {
    id: 'left',
    header: '除外・決定できず',
    align: 'right',
    cell: (row) => formatCount(row.counts.changed + row.counts.refused),
  },
  {
    id: 'by',
    header: '確定した人',
    cell: (row) => (row.confirmedBy === null ? '－' : personName(row.confirmedBy)),
  },
  {
    id: 'at',
    header: '日時',
    nowrap: true,
    cell: (row) => formatDateTime(row.confirmedAt ?? row.createdAt),
  },
];

/** Every bulk decision, the newest first, and the beginning of a new one. */
export function Component() {
  useDocumentTitle('まとめて決定');
  const ward = useAccount().role === 'ward';
  const query = useQuery({
    queryKey: ['bulk', 'all'],
    queryFn: ({ signal }) => api.get<BulkListResponse>('staff/bulk-decisions', { signal }),
  });
  return (
    <RoundsFrame>
      <PageTitle
        lead="区決定待ちの申請を、下見で確認してからまとめて決定します。確認した後に変わった申請は、決定せずにお知らせします。"
        {...(ward ? { actions: <LinkButton to="/bulk-decisions/new">新しく始める</LinkButton> } : {})}
      >
        まとめて決定
      </PageTitle>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          caption="まとめて決定の一覧"
          columns={COLUMNS}
          rows={query.data?.rows ?? []}
          rowKey={(row) => row.id}
          loading={query.isPending}
          empty={<EmptyState title="まだありません" />}
        />
      )}
    </RoundsFrame>
  );
}
