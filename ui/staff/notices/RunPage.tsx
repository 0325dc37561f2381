import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { RunDetail } from '../../../api/contract/index.ts';
import {
  BackLink,
  ButtonGroup,
  DataTable,
  DescriptionList,
  LinkButton,
  LoadError,
  Loading,
  Main,
  NotificationBanner,
  PageTitle,
  StatusTag,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, apiUrl, formatBytes, formatCount, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { personName } from '../lib/people.ts';
import { runName } from './labels.ts';

/** One print file: to print, to tick off, to check; who printed it when. */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['notice-run', id],
    queryFn: ({ signal }) => api.get<RunDetail>(`staff/notice-runs/${id}`, { signal }),
    // A printing is noted when the download has ended, which no other call tells.
    refetchInterval: 15_000,
  });
  useDocumentTitle(query.data ? runName(query.data.run) : '発送');
  if (query.isPending) return <Loading />;
  return (
    <Main wide>
      <BackLink to="/notices/runs">発送の一覧</BackLink>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Run detail={query.data} />
      )}
    </Main>
  );
}

function Run({ detail }: { detail: RunDetail }) {
  const { run, groups, leftOut, prints } = detail;
  return (
    <>
      <PageTitle
        lead={<p>{run.what}</p>}
        actions={
          <ButtonGroup>
            <LinkButton href={apiUrl(`staff/notice-runs/${run.id}/pdf`)} download icon="download">
              印刷ファイル（PDF）
            </LinkButton>
            <LinkButton to={`/notices/runs/${run.id}/check`} variant="outline">
              封入を確認する
            </LinkButton>
          </ButtonGroup>
        }
      >
        {runName(run)}
      </PageTitle>
      {run.voided > 0 && (
        <NotificationBanner
          tone="warning"
          title={`取り消された通知書が${formatCount(run.voided)}件あります`}
          className="mb-6"
        >
          <p>
            印刷ファイルには残っています。照合表の「取消」の行の通知書は、郵送しないでください。封入の確認でも知らせます。通知日が変わったものには新しい通知書があります。未印刷のものから印刷ファイルを作ってください。
          </p>
        </NotificationBanner>
      )}
      {prints.some((print) => print.same === false) && (
        <NotificationBanner tone="error" title="前と違う内容で印刷されたものがあります" className="mb-6">
          <p>書体の更新などで、ファイルが初回と一致していません。下の「印刷の記録」を確かめてください。</p>
        </NotificationBanner>
      )}
      <DescriptionList
        columns={3}
        items={[
          { term: '封筒', description: `${formatCount(run.envelopes)}通` },
          { term: '通知書', description: `${formatCount(run.notices)}件` },
          { term: '確認済み', description: `${formatCount(run.counted)}件` },
          { term: 'まとめ方', description: run.together ? '同じ宛先・新BOPは1通' : '1件に1通' },
          { term: '作成', description: `${formatDateTime(run.madeAt)} ${personName(run.madeBy)}` },
          {
            term: 'ファイルの確認用の値（SHA-256）',
            description:
              detail.sha256 === null ? (
                'まだ印刷していません'
              ) : (
                <>
                  <span className="font-mono break-all">{detail.sha256}</span>（
                  {formatBytes(detail.size ?? 0)}）
                </>
              ),
          },
        ]}
      />
      <section className="mt-8" aria-labelledby="list-title">
        <h2 id="list-title" className="text-std-20B-160 mb-3">
          照合表
        </h2>
        <ButtonGroup>
          <LinkButton to={`/notices/runs/${run.id}/list`} variant="outline" icon="print">
            照合表を表示・印刷する
          </LinkButton>
          <LinkButton
            href={apiUrl(`staff/notice-runs/${run.id}/list.csv`)}
            download
            variant="outline"
            icon="download"
          >
            CSV
          </LinkButton>
        </ButtonGroup>
      </section>
      {leftOut.length > 0 && (
        <section className="mt-8" aria-labelledby="left-title">
          <h2 id="left-title" className="text-std-20B-160 mb-3">
            除いた通知書（{formatCount(leftOut.length)}件）
          </h2>
          <DataTable
            caption="除いた通知書"
            columns={LEFT_OUT}
            rows={leftOut}
            rowKey={(row) => row.reference}
            dense
          />
        </section>
      )}
      <section className="mt-8" aria-labelledby="groups-title">
        <h2 id="groups-title" className="text-std-20B-160 mb-3">
          新BOPごとの数
        </h2>
        <DataTable
          caption="新BOPごとの数"
          columns={GROUPS}
          rows={groups}
          rowKey={(row) => row.bopCode}
          dense
        />
      </section>
      <section className="mt-8" aria-labelledby="prints-title">
        <h2 id="prints-title" className="text-std-20B-160 mb-3">
          印刷の記録
        </h2>
        {prints.length === 0 ? (
          <p>まだ印刷していません。</p>
        ) : (
          <DataTable caption="印刷の記録" columns={PRINTS} rows={prints} rowKey={(row) => row.at} dense />
        )}
      </section>
    </>
  );
}

const LEFT_OUT: readonly Column<RunDetail['leftOut'][number]>[] = [
  { id: 'reference', header: '照会番号', primary: true, nowrap: true, cell: (row) => row.reference },
  { id: 'reason', header: '理由', cell: (row) => row.label },
];
const GROUPS: readonly Column<RunDetail['groups'][number]>[] = [
  { id: 'bop', header: '新BOP', primary: true, cell: (row) => row.bopName },
  { id: 'hall', header: '児童館', cell: (row) => row.hallName },
  { id: 'envelopes', header: '封筒', align: 'right', cell: (row) => `${formatCount(row.envelopes)}通` },
  { id: 'notices', header: '通知書', align: 'right', cell: (row) => `${formatCount(row.notices)}件` },
  { id: 'counted', header: '確認済み', align: 'right', cell: (row) => `${formatCount(row.counted)}件` },
];
const PRINTS: readonly Column<RunDetail['prints'][number]>[] = [
  { id: 'at', header: '日時', primary: true, nowrap: true, cell: (row) => formatDateTime(row.at) },
  { id: 'by', header: '印刷した人', cell: (row) => personName(row.by) },
  {
    id: 'result',
    header: '結果',
    cell: (row) => {
      if (row.sha256 === null) return <StatusTag tone="warning">途中で中断</StatusTag>;
      if (row.same === null) return <StatusTag tone="info">初回</StatusTag>;
      return row.same ? (
        <StatusTag tone="success">初回と同じ</StatusTag>
      ) : (
        <StatusTag tone="danger">初回と違う</StatusTag>
      );
    },
  },
];
