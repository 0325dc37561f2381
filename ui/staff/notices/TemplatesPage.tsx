import { useQuery } from '@tanstack/react-query';
import type { TemplatesResponse } from '../../../api/contract/index.ts';
import {
  BackLink,
  DataTable,
  LoadError,
  Loading,
  Main,
  PageTitle,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';

/** The ward's texts of all kinds of notices. */
export function Component() {
  const query = useQuery({
    queryKey: ['notice-templates'],
    queryFn: ({ signal }) => api.get<TemplatesResponse>('staff/notice-templates', { signal }),
  });
  useDocumentTitle('通知書の文面');
  if (query.isPending) return <Loading />;
  return (
    <Main wide>
      <BackLink to="/notices">通知書</BackLink>
      <PageTitle lead={<p>文面は区が定めます。変更は、これから決定する申請の通知書から使われます。</p>}>
        通知書の文面
      </PageTitle>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          caption="通知書の文面"
          columns={COLUMNS}
          rows={query.data.templates}
          rowKey={(row) => row.kind}
          dense
        />
      )}
    </Main>
  );
}

const COLUMNS: readonly Column<TemplatesResponse['templates'][number]>[] = [
  {
    id: 'kind',
    header: '種類',
    primary: true,
    cell: (row) => <TextLink to={`/notices/templates/${row.kind}`}>{row.label}</TextLink>,
  },
  {
    id: 'version',
    header: '版',
    cell: (row) =>
      row.isDefault ? (
        <StatusTag tone="warning">既定の文面（区の定めに置き換えてください）</StatusTag>
      ) : (
        `第${row.version}版`
      ),
  },
  {
    id: 'changed',
    header: '変更',
    cell: (row) =>
      row.changedBy === null ? '―' : `${formatDateTime(row.changedAt)} ${personName(row.changedBy)}`,
  },
  { id: 'note', header: '変更の理由', cell: (row) => row.note },
];
