import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { ChildApplicationView, EnrolmentResponse, FeeView } from '../../../api/contract/index.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { EXTENDED_MODE_LABELS, REDUCTION_LABELS } from '../../../domain/texts/enrolment.ts';
import {
  BackLink,
  DataTable,
  DescriptionList,
  EmptyState,
  LoadError,
  Loading,
  PageTitle,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import {
  api,
  formatDate,
  formatDateTime,
  formatMonth,
  formatYen,
  useDocumentTitle,
} from '../../lib/index.ts';
import { STAGE_TONES } from '../lib/looks.ts';
import { personName } from '../lib/people.ts';
import { EnrolmentFrame, feeText, modeText, monthSpan, reductionText } from './parts.tsx';
import { SchoolMove } from './SchoolMove.tsx';

type HistoryLine = EnrolmentResponse['history'][number];

const FEES: readonly Column<FeeView>[] = [
  { id: 'month', header: '月', primary: true, nowrap: true, cell: (fee) => formatMonth(fee.month) },
  { id: 'bop', header: '新BOP（月末）', cell: (fee) => fee.bop?.name ?? '在籍なし' },
  { id: 'base', header: '利用料', align: 'right', nowrap: true, cell: (fee) => formatYen(fee.base) },
  { id: 'mode', header: '延長利用', nowrap: true, cell: (fee) => modeText(fee.mode) },
  { id: 'extended', header: '延長料', align: 'right', nowrap: true, cell: (fee) => formatYen(fee.extended) },
  { id: 'reductions', header: '減免', cell: (fee) => reductionText(fee.reductions) },
  {
    id: 'reduced',
    header: '減免額',
    align: 'right',
    nowrap: true,
    cell: (fee) => (fee.reduced === 0 ? '―' : `−${formatYen(fee.reduced)}`),
  },
  { id: 'total', header: '合計', align: 'right', nowrap: true, cell: feeText },
];

const HISTORY: readonly Column<HistoryLine>[] = [
  { id: 'text', header: '決定の内容', primary: true, cell: (line) => line.text },
  { id: 'decided', header: '決定日時', nowrap: true, cell: (line) => formatDateTime(line.decidedAt) },
  {
    id: 'receipt',
    header: '申請・記録',
    cell: (line) =>
      line.record !== null ? (
        <span className="inline-flex flex-col">
          {line.record.label}
          <span className="text-dns-14N-130 text-solid-gray-700">
            {line.record.by === null ? '自動' : personName(line.record.by)}
            {line.record.note !== '' && `　${line.record.note}`}
          </span>
        </span>
      ) : line.applicationId === null ? (
        line.receiptNumber
      ) : (
        <TextLink to={`/applications/${line.applicationId}`}>{line.receiptNumber}</TextLink>
      ),
  },
  {
    id: 'effect',
    header: '反映',
    cell: (line) => (line.noEffect === null ? <StatusTag tone="success">反映済み</StatusTag> : line.noEffect),
  },
];

/** The child's applications, as a list with links. */
export const APPLICATION_COLUMNS: readonly Column<ChildApplicationView>[] = [
  {
    id: 'receipt',
    header: '受付番号',
    primary: true,
    nowrap: true,
    cell: (row) => <TextLink to={`/applications/${row.id}`}>{row.receiptNumber}</TextLink>,
  },
  { id: 'procedure', header: '手続き', cell: (row) => row.procedureName },
  { id: 'year', header: '年度', nowrap: true, cell: (row) => `${String(row.fiscalYear)}年度` },
  { id: 'received', header: '受付', nowrap: true, cell: (row) => formatDateTime(row.receivedAt) },
  {
    id: 'stage',
    header: '状態',
    cell: (row) => <StatusTag tone={STAGE_TONES[row.stage]}>{STAGE_LABELS[row.stage]}</StatusTag>,
  },
];

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-10 min-w-0">
      <h2 className="text-std-20B-150 mb-3">{title}</h2>
      {children}
    </section>
  );
}

/** A child's year: where, from when to when, with what, at what fee, and by which decisions. */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['enrolment', id],
    queryFn: ({ signal }) =>
      api.get<EnrolmentResponse>(`staff/enrolments/${encodeURIComponent(id)}`, { signal }),
  });
  useDocumentTitle(query.data ? `${query.data.child.name}｜在籍` : '在籍');
  if (query.isPending) return <Loading />;
  if (query.isError) {
    return (
      <EnrolmentFrame>
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      </EnrolmentFrame>
    );
  }
  const { child, fiscalYear, periods, extendedUse, reductions, withdrawal, fees, year, ...rest } = query.data;
  return (
    <EnrolmentFrame>
      <BackLink to={`/enrolments?fiscalYear=${String(fiscalYear)}`}>在籍の一覧へ</BackLink>
      <PageTitle lead={<p>{child.kana}</p>}>
        {child.name}（{String(fiscalYear)}年度）
      </PageTitle>
      <DescriptionList
        columns={2}
        items={[
          { term: '生年月日', description: formatDate(child.birthDate, { era: true }) },
          { term: '学年', description: child.grade === null ? '―' : `${String(child.grade)}年` },
          {
            term: '在籍の期間',
            description:
              periods.length === 0
                ? '在籍していません'
                : periods
                    .map(({ bop, from, to }) => `${bop.name}：${formatDate(from)}〜${formatDate(to)}`)
                    .join('\n'),
          },
          {
            term: '退会',
            description: withdrawal
              ? `${formatDate(withdrawal.lastDay, { weekday: true })}まで（${withdrawal.receiptNumber}）`
              : 'なし',
          },
          {
            term: '延長利用',
            description:
              extendedUse
                .map(({ mode, from, to }) => `${EXTENDED_MODE_LABELS[mode].ja}：${monthSpan(from, to)}`)
                .join('\n') || 'なし',
          },
          {
            term: '減免',
            description:
              reductions
                .map(({ reason, from, to }) => `${REDUCTION_LABELS[reason].ja}：${monthSpan(from, to)}`)
                .join('\n') || 'なし',
          },
        ]}
      />
      {rest.mayMove && <SchoolMove enrolment={query.data} />}
      {rest.otherYears.length > 0 && (
        <p className="mt-4 flex flex-wrap gap-4">
          ほかの年度：
          {rest.otherYears.map((other) => (
            <TextLink key={other.id} to={`/enrolments/${other.id}`}>
              {String(other.fiscalYear)}年度
            </TextLink>
          ))}
        </p>
      )}
      <Part title="月ごとの利用料">
        <DataTable
          caption={`月ごとの利用料（年度の合計 ${feeText(year)}）`}
          showCaption
          columns={FEES}
          rows={fees}
          rowKey={(fee) => fee.month}
          dense
        />
        <p className="mt-2 text-solid-gray-700">
          表示のみで、徴収は行いません。日ぎめの延長利用は、利用した日数で上限まで増えます。
        </p>
      </Part>
      <Part title="決定の記録">
        <DataTable
          caption="決定の記録"
          columns={HISTORY}
          rows={rest.history}
          rowKey={(line) => line.id}
          dense
        />
      </Part>
      <Part title="この児童の申請">
        <DataTable
          caption="この児童の申請"
          columns={APPLICATION_COLUMNS}
          rows={rest.applications}
          rowKey={(row) => row.id}
          dense
          empty={
            <EmptyState title="表示できる申請はありません">
              <p>閲覧できる範囲の外の申請は表示されません。</p>
            </EmptyState>
          }
        />
      </Part>
    </EnrolmentFrame>
  );
}
