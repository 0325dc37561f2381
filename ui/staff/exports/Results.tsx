import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExportDetailResponse, ExportRecordsResponse } from '../../../api/contract/index.ts';
import { DataTable, LoadError, Pagination, Select, StatusTag, TextLink } from '../../components/index.ts';
import type { Column, StatusTone } from '../../components/index.ts';
import { api, formatCount, formatDateTime } from '../../lib/index.ts';

type Row = ExportRecordsResponse['rows'][number];

const RESULTS: Readonly<Record<Row['result'], { label: string; tone: StatusTone }>> = {
  none: { label: '回答なし', tone: 'neutral' },
  accepted: { label: '受入', tone: 'success' },
  rejected: { label: '却下', tone: 'danger' },
};

const COLUMNS: readonly Column<Row>[] = [
  { id: 'line', header: '行', align: 'right', nowrap: true, cell: (row) => String(row.line) },
  {
    id: 'receipt',
    header: '受付番号',
    primary: true,
    nowrap: true,
    cell: (row) => <TextLink to={`/applications/${row.applicationId}`}>{row.receiptNumber}</TextLink>,
  },
  {
    id: 'result',
    header: '結果',
    cell: (row) => <StatusTag tone={RESULTS[row.result].tone}>{RESULTS[row.result].label}</StatusTag>,
  },
  { id: 'reason', header: '理由', cell: (row) => row.reason ?? '' },
  {
    id: 'handled',
    header: '処理',
    cell: (row) =>
      row.handledAt === null
        ? row.result === 'rejected'
          ? '未処理'
          : ''
        : `${formatDateTime(row.handledAt)} ${row.handledBy?.name ?? ''}`,
  },
];

/** What was in the file, record by record, with the ward's answers. */
export function Results({ detail }: { detail: ExportDetailResponse }) {
  const { run, results, answerFiles } = detail;
  const [result, setResult] = useState('');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['export', run.id, 'records', result, page],
    queryFn: ({ signal }) =>
      api.get<ExportRecordsResponse>(`staff/exports/${run.id}/records`, { query: { result, page }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-labelledby="results-title">
      <h2 id="results-title" className="text-std-20B-160 mb-2">
        出力した記録と結果
      </h2>
      <p className="mb-3">
        受入 {formatCount(results.accepted)}件、却下 {formatCount(results.rejected)}件（未処理{' '}
        {formatCount(results.toHandle)}件）、回答なし {formatCount(results.none)}件
      </p>
      {answerFiles.length > 0 && (
        <ul className="mb-3 list-disc pl-6">
          {answerFiles.map((file) => (
            <li key={file.id}>
              {formatDateTime(file.importedAt)} {file.importedBy.name}：受入 {formatCount(file.accepted)}
              件、却下 {formatCount(file.rejected)}件、取り込めない行 {formatCount(file.faults)}行
            </li>
          ))}
        </ul>
      )}
      <Select
        id="result-filter"
        name="result"
        label="結果で絞り込む"
        labelSize="sm"
        hideMark
        className="mb-3"
        placeholder={null}
        value={result}
        onChange={(value) => {
          setResult(value);
          setPage(1);
        }}
        options={[
          { value: '', label: 'すべて' },
          ...Object.entries(RESULTS).map(([value, { label }]) => ({ value, label })),
        ]}
      />
      {query.isError && !query.data ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          caption="出力した記録と結果"
          columns={COLUMNS}
          rows={query.data?.rows ?? []}
          rowKey={(row) => String(row.line)}
          rowLabel={(row) => row.receiptNumber}
          loading={query.isPending}
          dense
          empty={<p>条件に合う記録はありません。</p>}
        />
      )}
      {query.data && query.data.total > query.data.pageSize && (
        <Pagination page={page} pageSize={query.data.pageSize} total={query.data.total} onPage={setPage} />
      )}
    </section>
  );
}
