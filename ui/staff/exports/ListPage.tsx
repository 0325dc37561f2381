import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ExportListResponse, ExportRunInfo, RejectionInfo } from '../../../api/contract/index.ts';
import { RUN_STATE_LABELS } from '../../../domain/exports/runs.ts';
import {
  Button,
  ButtonGroup,
  ConfirmDialog,
  DataTable,
  EmptyState,
  LinkButton,
  LoadError,
  Loading,
  Main,
  PageTitle,
  Pagination,
  StatusTag,
  TextLink,
  useToast,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatCount, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { runName, RUN_TONES, scopeText } from './labels.ts';
import { NewExportDialog } from './NewExportDialog.tsx';
import { useExportList } from './queries.ts';

/** Files for the ward's 学童クラブ管理システム: what was made, what the ward said, what is to be looked after. */
export function Component() {
  const [search, setSearch] = useSearchParams();
  const page = Math.max(1, Number(search.get('page') ?? '1') || 1);
  const query = useExportList(page);
  const [opened, setOpened] = useState(false);
  useDocumentTitle('データ出力');
  if (query.isPending) return <Loading />;
  if (query.isError) {
    return (
      <Main wide>
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      </Main>
    );
  }
  const { data } = query;
  return (
    <Main wide>
      <PageTitle
        lead={<p>区の学童クラブ管理システムへ登録・更新するためのデータを作ります。</p>}
        actions={
          <ButtonGroup>
            <Button onClick={() => setOpened(true)}>新しい出力</Button>
            <LinkButton to="/exports/settings" variant="outline">
              {data.mayEdit ? '様式と置換表' : '様式と置換表を見る'}
            </LinkButton>
          </ButtonGroup>
        }
      >
        データ出力
      </PageTitle>
      {data.rejections.total > 0 && <Rejections {...data.rejections} />}
      <section aria-labelledby="runs-title">
        <h2 id="runs-title" className="text-std-20B-160 mb-3">
          これまでの出力
        </h2>
        <DataTable
          caption="これまでの出力"
          columns={COLUMNS}
          rows={data.runs}
          rowKey={(run) => run.id}
          rowLabel={runName}
          dense
          empty={
            <EmptyState title="まだ出力はありません">
              <p>「新しい出力」を押すと、内容を確かめてからファイルを作れます。</p>
            </EmptyState>
          }
        />
        {data.total > data.pageSize && (
          <Pagination
            page={page}
            pageSize={data.pageSize}
            total={data.total}
            onPage={(next) => setSearch({ page: String(next) })}
          />
        )}
      </section>
      {opened && <NewExportDialog list={data} onClose={() => setOpened(false)} />}
    </Main>
  );
}

const COLUMNS: readonly Column<ExportRunInfo>[] = [
  {
    id: 'number',
    header: '番号',
    primary: true,
    nowrap: true,
    cell: (run) => (
      <TextLink to={`/exports/${run.id}`}>{run.number === null ? '番号なし' : runName(run)}</TextLink>
    ),
  },
  { id: 'profile', header: '様式', cell: (run) => run.profileName },
  { id: 'scope', header: '範囲', cell: scopeText },
  {
    id: 'state',
    header: '状態',
    cell: (run) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <StatusTag tone={RUN_TONES[run.state]}>{RUN_STATE_LABELS[run.state]}</StatusTag>
        {run.state === 'preparing' && run.total !== null && (
          <span>
            {formatCount(run.done)}／{formatCount(run.total)}件
          </span>
        )}
        {run.problemCount !== null && run.problemCount > 0 && (
          <span>{formatCount(run.problemCount)}か所</span>
        )}
      </span>
    ),
  },
  {
    id: 'lines',
    header: '件数',
    align: 'right',
    nowrap: true,
    cell: (run) => (run.lines === null ? '―' : `${formatCount(run.lines)}件`),
  },
  {
    id: 'at',
    header: '日時・担当',
    cell: (run) =>
      `${formatDateTime(run.madeAt ?? run.createdAt)} ${(run.madeBy ?? run.createdBy).name ?? ''}`,
  },
];

/** Records that the ward's system rejected: each is looked after once, and goes out with the next changes. */
function Rejections({ rows, total }: ExportListResponse['rejections']) {
  const [asked, setAsked] = useState<RejectionInfo>();
  const client = useQueryClient();
  const toast = useToast();
  const columns: readonly Column<RejectionInfo>[] = [
    {
      id: 'receipt',
      header: '受付番号',
      primary: true,
      nowrap: true,
      cell: (row) => <TextLink to={`/applications/${row.applicationId}`}>{row.receiptNumber}</TextLink>,
    },
    {
      id: 'run',
      header: '出力',
      nowrap: true,
      cell: (row) => (
        <TextLink to={`/exports/${row.runId}`}>
          第{String(row.number)}号 {String(row.line)}行目
        </TextLink>
      ),
    },
    { id: 'reason', header: '却下の理由', cell: (row) => row.reason ?? '理由の記載なし' },
    {
      id: 'do',
      header: '処理',
      cell: (row) => (
        <Button variant="outline" size="sm" onClick={() => setAsked(row)}>
          処理済みにする<span className="sr-only">（{row.receiptNumber}）</span>
        </Button>
      ),
    },
  ];
  return (
    <section aria-labelledby="rejections-title" className="mb-10">
      <h2 id="rejections-title" className="text-std-20B-160 mb-1">
        却下された記録 <span className="text-red-900">{formatCount(total)}件</span>
      </h2>
      <p className="mb-3">
        理由を確かめて申請の内容や様式を直し、「処理済みにする」を押してください。却下された記録は、次の「変更分のみ」の出力にもう一度入ります。
      </p>
      <DataTable
        caption="却下された記録"
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.runId}:${String(row.line)}`}
        rowLabel={(row) => row.receiptNumber}
        dense
      />
      {rows.length < total && <p className="mt-2">はじめの{formatCount(rows.length)}件を表示しています。</p>}
      <ConfirmDialog
        open={asked !== undefined}
        title={`${asked?.receiptNumber ?? ''} を処理済みにしますか`}
        confirmLabel="処理済みにする"
        onClose={() => setAsked(undefined)}
        onConfirm={async () => {
          if (!asked) return;
          await api.post(`staff/exports/${asked.runId}/records/${String(asked.line)}/handled`);
          await client.invalidateQueries({ queryKey: ['exports'] });
          await client.invalidateQueries({ queryKey: ['export', asked.runId] });
          toast.show('処理済みにしました', { tone: 'success' });
        }}
      >
        <p>却下の理由：{asked?.reason ?? '記載なし'}</p>
      </ConfirmDialog>
    </section>
  );
}
