import { useQuery } from '@tanstack/react-query';
import type { RunRow, RunsResponse } from '../../../api/contract/index.ts';
import {
  BackLink,
  DataTable,
  EmptyState,
  LoadError,
  Loading,
  Main,
  PageTitle,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatCount, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { runName } from './labels.ts';

/** Every print file that was made, the newest first. */
export function Component() {
  const query = useQuery({
    queryKey: ['notice-runs'],
    queryFn: ({ signal }) => api.get<RunsResponse>('staff/notice-runs', { signal }),
  });
  useDocumentTitle('発送の一覧');
  if (query.isPending) return <Loading />;
  return (
    <Main wide>
      <BackLink to="/notices">通知書</BackLink>
      <PageTitle>発送の一覧</PageTitle>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          caption="発送の一覧"
          columns={COLUMNS}
          rows={query.data.runs}
          rowKey={(run) => run.id}
          rowLabel={runName}
          dense
          empty={
            <EmptyState title="まだ印刷ファイルはありません">
              <p>通知書の一覧で条件を選び、「印刷ファイルを作る」を押してください。</p>
            </EmptyState>
          }
        />
      )}
    </Main>
  );
}

const COLUMNS: readonly Column<RunRow>[] = [
  {
    id: 'number',
    header: '番号',
    primary: true,
    nowrap: true,
    cell: (run) => <TextLink to={`/notices/runs/${run.id}`}>{runName(run)}</TextLink>,
  },
  { id: 'what', header: '内容', cell: (run) => run.what },
  {
    id: 'count',
    header: '封筒・通知書',
    align: 'right',
    nowrap: true,
    cell: (run) => `${formatCount(run.envelopes)}通・${formatCount(run.notices)}件`,
  },
  {
    id: 'printed',
    header: '印刷',
    cell: (run) =>
      run.printedAt === null ? <StatusTag tone="warning">未印刷</StatusTag> : formatDateTime(run.printedAt),
  },
  {
    id: 'checked',
    header: '封入の確認',
    cell: (run) =>
      run.counted >= run.notices - run.voided ? (
        <StatusTag tone="success">すべて確認済み</StatusTag>
      ) : (
        `${formatCount(run.counted)}／${formatCount(run.notices)}件`
      ),
  },
  {
    id: 'made',
    header: '作成',
    cell: (run) => `${formatDateTime(run.madeAt)} ${run.madeBy.name ?? ''}`,
  },
];
