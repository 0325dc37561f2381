import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { YearRunItem, YearRunItemsResponse, YearRunResponse } from '../../../api/contract/index.ts';
import { YEAR_PLAN_LABELS, YEAR_RESULT_LABELS } from '../../../domain/texts/enrolment.ts';
import {
  BackLink,
  Button,
  ButtonGroup,
  ConfirmDialog,
  DataTable,
  DescriptionList,
  LinkButton,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  Pagination,
  Select,
  StatCard,
  StatGrid,
  StatusTag,
  TextLink,
  useToast,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, apiUrl, formatCount, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { personName } from '../lib/people.ts';
import { Progress } from '../rounds/RoundsFrame.tsx';
import { EnrolmentFrame } from './parts.tsx';
import { YEAR_RUN_LABELS, YEAR_RUN_TONES } from './YearRuns.tsx';

const PAGE_SIZE = 50;

/** A change of the year (年度替わり): its preview child by child, then its progress, at the end its protocol. */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['year-run', id],
    queryFn: ({ signal }) => api.get<YearRunResponse>(`staff/year-change/runs/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? 2000 : false),
  });
  const title =
    query.data === undefined
      ? '年度替わり'
      : `${String(query.data.fiscalYear)}年度から${String(query.data.fiscalYear + 1)}年度への年度替わり`;
  useDocumentTitle(title);
  return (
    <EnrolmentFrame>
      <BackLink
        to={
          query.data === undefined
            ? '/year-change'
            : `/year-change?fiscalYear=${String(query.data.fiscalYear)}`
        }
      >
        年度替わりの一覧
      </BackLink>
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <>
          <PageTitle>年度替わり</PageTitle>
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        </>
      ) : (
        <>
          <PageTitle>
            {title}{' '}
            <StatusTag tone={YEAR_RUN_TONES[query.data.status]}>
              {YEAR_RUN_LABELS[query.data.status]}
            </StatusTag>
          </PageTitle>
          {query.data.status === 'preview' ? <Preview run={query.data} /> : <Running run={query.data} />}
        </>
      )}
    </EnrolmentFrame>
  );
}

function Preview({ run }: { run: YearRunResponse }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [asking, setAsking] = useState<'confirm' | 'drop'>();
  const ward = useAccount().role === 'ward';
  const { counts, fiscalYear } = run;
  const next = `${String(fiscalYear + 1)}年度`;
  const refresh = () =>
    Promise.all(
      ['year-run', 'year-runs', 'year-change'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
  return (
    <>
      <NotificationBanner tone="info" title="まだ何も書き込んでいません。内容を確認して、確定してください。">
        <ul className="list-disc pl-6">
          {run.policy.map((line) => (
            <li key={line}>{line}</li>
          ))}
          <li>
            <TextLink to="/settings/yearChange">区の定め（年度替わりの扱い）</TextLink>
            を変えたときは、下見を作り直してください。
          </li>
          <li>下見の後に退会・転校などで変わった児童は、作らずに除き、記録に残します。</li>
          <li>確定した後の退会・転校・延長辞退は、作った翌年度の在籍にも自動で反映します。</li>
        </ul>
      </NotificationBanner>
      {counts.continues === 0 && (
        <NotificationBanner
          tone="warning"
          title="申請なしで続く児童はいません。確定するものはありません。"
          className="mt-4"
        >
          <p>申請し直す児童は、下の一覧（CSVでも出力できます）で確認し、ご家庭に案内してください。</p>
        </NotificationBanner>
      )}
      <div className="mt-6">
        <StatGrid>
          <StatCard label="在籍した児童" value={formatCount(counts.all)} unit="人" />
          <StatCard
            label="翌年度の在籍を作る"
            value={formatCount(counts.continues)}
            unit="人"
            tone="success"
          />
          <StatCard label="申請し直すものがある" value={formatCount(counts.applyAgain)} unit="人" />
          <StatCard label="続かない" value={formatCount(counts.leaves)} unit="人" />
          <StatCard
            label="作らない"
            value={formatCount(counts.excluded)}
            unit="人"
            tone={counts.excluded > 0 ? 'warning' : 'neutral'}
          />
        </StatGrid>
      </div>
      <Items run={run} />
      {ward && (
        <div className="z-10 -mx-4 mt-8 border-t border-solid-gray-420 bg-white px-4 py-4 sm:sticky sm:bottom-0">
          <ButtonGroup>
            <Button disabled={counts.continues === 0} onClick={() => setAsking('confirm')}>
              {formatCount(counts.continues)}人の{next}の在籍を作る
            </Button>
            <Button variant="outline" onClick={() => setAsking('drop')}>
              下見を捨てる
            </Button>
          </ButtonGroup>
        </div>
      )}
      <ConfirmDialog
        open={asking === 'confirm'}
        title={`${formatCount(counts.continues)}人の${next}の在籍を作りますか`}
        confirmLabel="確定する"
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          await api.post(`staff/year-change/runs/${run.id}/confirm`, { planned: counts.continues });
          await refresh();
          toast.show('書き込みを始めました', { tone: 'success' });
        }}
      >
        <p>児童ごとに一度だけ書き込み、kintoneにも反映します。途中で止まっても、続きから書き込みます。</p>
        <p>作った在籍をやめるときは、その児童の退会などの手続きで行います。</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'drop'}
        title="この下見を捨てますか"
        confirmLabel="捨てる"
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          await api.delete(`staff/year-change/runs/${run.id}`);
          await navigate(`/year-change?fiscalYear=${String(fiscalYear)}`);
          void refresh();
        }}
      >
        <p>在籍には何も起きません。もう一度、作ることができます。</p>
      </ConfirmDialog>
    </>
  );
}

function Running({ run }: { run: YearRunResponse }) {
  const { counts, status } = run;
  const done = counts.written + counts.already + counts.changed;
  return (
    <>
      <div role="status" className="sr-only">
        {YEAR_RUN_LABELS[status]}
      </div>
      <Progress label="処理済み" done={done} total={counts.continues} />
      <div className="mt-4">
        <StatGrid>
          <StatCard label="作成済み" value={formatCount(counts.written)} unit="人" tone="success" />
          <StatCard label="すでにあった" value={formatCount(counts.already)} unit="人" />
          <StatCard
            label="変わったため除いた"
            value={formatCount(counts.changed)}
            unit="人"
            tone={counts.changed > 0 ? 'warning' : 'neutral'}
          />
          <StatCard label="まだ" value={formatCount(counts.open)} unit="人" />
          <StatCard label="申請し直すものがある" value={formatCount(counts.applyAgain)} unit="人" />
        </StatGrid>
      </div>
      {status === 'done' && (
        <NotificationBanner
          className="mt-6"
          tone={counts.changed > 0 ? 'warning' : 'success'}
          title="終わりました"
          announce
        >
          {counts.changed > 0 && (
            <p>
              下見の後に変わった{formatCount(counts.changed)}
              人は、作っていません。一覧で確かめ、必要なら下見を作り直してください。
            </p>
          )}
        </NotificationBanner>
      )}
      <div className="mt-6">
        <DescriptionList
          columns={2}
          items={[
            { term: '区の定め', description: run.policy.join('\n') },
            { term: '確定した人', description: run.confirmedBy ? personName(run.confirmedBy) : '' },
            { term: '確定した日時', description: formatDateTime(run.confirmedAt) },
            ...(run.finishedAt === null
              ? []
              : [{ term: '終わった日時', description: formatDateTime(run.finishedAt) }]),
          ]}
        />
      </div>
      <Items run={run} />
    </>
  );
}

const COLUMNS: readonly Column<YearRunItem>[] = [
  {
    id: 'child',
    header: '児童',
    primary: true,
    cell: (row) => (
      <span className="inline-flex flex-col">
        <TextLink to={`/enrolments/${row.enrolmentId}`}>{row.childName || '（氏名なし）'}</TextLink>
        <span className="text-dns-14N-130 text-solid-gray-700">{row.childKana}</span>
      </span>
    ),
  },
  { id: 'bop', header: '新BOP', cell: (row) => row.bop?.name ?? '―' },
  { id: 'plan', header: '扱い', cell: (row) => YEAR_PLAN_LABELS[row.plan] },
  {
    id: 'continues',
    header: '翌年度の在籍',
    cell: (row) => (row.plan === 'continues' ? row.continues.join('、') : '―'),
  },
  {
    id: 'again',
    header: '申請し直すもの',
    cell: (row) => row.again.map(({ name, why }) => `${name}（${why}）`).join('、') || 'なし',
  },
  {
    id: 'result',
    header: '理由・結果',
    cell: (row) => (row.result === null ? (row.reason ?? '―') : YEAR_RESULT_LABELS[row.result]),
  },
];

function Items({ run }: { run: YearRunResponse }) {
  const preview = run.status === 'preview';
  const [show, setShow] = useState(preview ? 'continues' : 'all');
  const [page, setPage] = useState(1);
  const asked = { show, page, pageSize: PAGE_SIZE };
  const query = useQuery({
    queryKey: ['year-run', run.id, 'items', asked, run.counts.open],
    queryFn: ({ signal }) =>
      api.get<YearRunItemsResponse>(`staff/year-change/runs/${run.id}/items`, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });
  const { counts } = run;
  const options = [
    { value: 'all', label: `すべて（${formatCount(counts.all)}人）` },
    { value: 'continues', label: `${YEAR_PLAN_LABELS.continues}（${formatCount(counts.continues)}人）` },
    { value: 'applyAgain', label: `申請し直すものがある（${formatCount(counts.applyAgain)}人）` },
    { value: 'leaves', label: `${YEAR_PLAN_LABELS.leaves}（${formatCount(counts.leaves)}人）` },
    { value: 'excluded', label: `${YEAR_PLAN_LABELS.excluded}（${formatCount(counts.excluded)}人）` },
    ...(preview
      ? []
      : [
          { value: 'written', label: `作成済み（${formatCount(counts.written)}人）` },
          { value: 'already', label: `すでにあった（${formatCount(counts.already)}人）` },
          { value: 'changed', label: `変わったため除いた（${formatCount(counts.changed)}人）` },
        ]),
  ];
  return (
    <section className="mt-8 min-w-0" aria-labelledby="year-items">
      <h2 id="year-items" className="text-std-20B-150 mb-3">
        児童ごとの内容
      </h2>
      <div className="mb-4 flex flex-wrap items-end gap-4">
        <Select
          id="year-show"
          label="表示"
          labelSize="sm"
          hideMark
          width="auto"
          options={options}
          value={show}
          onChange={(value) => {
            setShow(value);
            setPage(1);
          }}
        />
        <LinkButton
          variant="outline"
          size="sm"
          href={apiUrl(`staff/year-change/runs/${run.id}/protocol.csv`)}
          download
        >
          一覧をダウンロード（CSV）
        </LinkButton>
      </div>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          caption="年度替わりの児童"
          columns={COLUMNS}
          rows={query.data?.rows ?? []}
          rowKey={(row) => row.enrolmentId}
          rowLabel={(row) => row.childName}
          loading={query.isPending}
          dense
          empty={<p className="text-solid-gray-700">いません。</p>}
        />
      )}
      {query.data && query.data.total > PAGE_SIZE && (
        <Pagination page={page} pageSize={PAGE_SIZE} total={query.data.total} onPage={setPage} />
      )}
    </section>
  );
}
