import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useParams } from 'react-router';
import type { ExportDetailResponse, ExportRunInfo, ExportRunResponse } from '../../../api/contract/index.ts';
import { RUN_STATE_LABELS } from '../../../domain/exports/runs.ts';
import {
  BackLink,
  Card,
  DescriptionList,
  LoadError,
  Loading,
  Main,
  NotificationBanner,
  PageTitle,
  StatusTag,
} from '../../components/index.ts';
import { api, formatBytes, formatCount, formatDateTime, useDocumentTitle } from '../../lib/index.ts';
import { Findings, Lacking } from './Findings.tsx';
import { runName, RUN_TONES, scopeText } from './labels.ts';
import { useExportRun } from './queries.ts';
import { Results } from './Results.tsx';
import { RunActions } from './RunActions.tsx';

/** One export: its preparation with progress and problems, the file, what the ward said of it. */
export function Component() {
  const { id = '' } = useParams();
  const query = useExportRun(id);
  useDocumentTitle(query.data ? `${runName(query.data.run)}｜データ出力` : 'データ出力');
  if (query.isPending) return <Loading />;
  if (query.isError) {
    return (
      <Main wide>
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      </Main>
    );
  }
  const detail = query.data;
  const { run } = detail;
  return (
    <Main wide>
      <BackLink to="/exports">データ出力の一覧</BackLink>
      <PageTitle caption={`${run.profileName}・${scopeText(run)}`}>
        {runName(run)}
        <span className="ml-3 inline-block align-middle">
          <StatusTag tone={RUN_TONES[run.state]}>{RUN_STATE_LABELS[run.state]}</StatusTag>
        </span>
      </PageTitle>
      <Said detail={detail} />
      {run.state === 'preparing' && <Progress run={run} />}
      <RunActions detail={detail} />
      <div className="flex flex-col gap-8">
        {run.state !== 'preparing' && <Facts run={run} />}
        {detail.lacking.length > 0 && <Lacking lacking={detail.lacking} />}
        {detail.problems.length > 0 && (
          <Findings title="直すところ" findings={detail.problems} total={run.problemCount ?? 0} />
        )}
        {run.number !== null && <Results detail={detail} />}
        {detail.firstLines.length > 0 && <FirstLines run={run} lines={detail.firstLines} />}
        {detail.notes.length > 0 && (
          <Findings title="書き換えた文字など" findings={detail.notes} total={run.noteCount ?? 0} />
        )}
      </div>
    </Main>
  );
}

function Said({ detail }: { detail: ExportDetailResponse }) {
  const { run } = detail;
  if (run.state === 'blocked') {
    return (
      <NotificationBanner tone="error" title="このままでは出力できません" className="mb-6">
        <p>
          下の{formatCount(run.problemCount ?? 0)}
          か所を直してから、もう一度準備してください。文字が「?」に変わって渡ることはありません。
        </p>
      </NotificationBanner>
    );
  }
  if (run.state === 'failed') {
    return (
      <NotificationBanner tone="error" title="準備できませんでした" className="mb-6">
        <p>{run.failure}</p>
      </NotificationBanner>
    );
  }
  if (run.state === 'withdrawn') {
    return (
      <NotificationBanner tone="info" title="この出力は取り消されています" className="mb-6">
        <p>理由：{detail.withdrawnReason}</p>
        <p>入っていたものは、次の「変更分のみ」の出力にもう一度入ります。</p>
      </NotificationBanner>
    );
  }
  if (run.state === 'ready' && run.lines === 0) {
    return (
      <NotificationBanner tone="info" title="出力するものがありません" className="mb-6">
        <p>条件に合うものがないか、前回の受入から変わっていません。</p>
      </NotificationBanner>
    );
  }
  return null;
}

/** Asks every second how far it is; loads the page anew when it is done. */
function Progress({ run }: { run: ExportRunInfo }) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['export-progress', run.id],
    queryFn: ({ signal }) => api.get<ExportRunResponse>(`staff/exports/${run.id}/progress`, { signal }),
    refetchInterval: 1000,
  });
  const now = query.data?.run ?? run;
  useEffect(() => {
    if (now.state !== 'preparing') void client.invalidateQueries({ queryKey: ['export', run.id] });
  }, [now.state, client, run.id]);
  const total = now.total ?? 0;
  const words =
    total === 0 ? '準備しています…' : `${formatCount(now.done)}／${formatCount(total)}件を読みました`;
  return (
    <div className="mb-6" role="status">
      <p className="mb-2 font-bold">{words}</p>
      <progress
        className="h-4 w-full max-w-160"
        aria-label="準備の進み具合"
        value={now.done}
        max={Math.max(total, 1)}
      />
      <p className="mt-2">
        この画面を閉じても、準備は続きます。kintone に接続できないときは、つながるまで待ちます。
      </p>
    </div>
  );
}

function Facts({ run }: { run: ExportRunInfo }) {
  const by = (person: ExportRunInfo['madeBy'], at: string | null) =>
    at === null ? undefined : `${formatDateTime(at)} ${person?.name ?? ''}`;
  const items: [string, string | undefined][] = [
    ['ファイル名', run.fileName ?? undefined],
    ['件数', run.lines === null ? undefined : `${formatCount(run.lines)}件`],
    [
      '変わっていないため除いた件数',
      run.scope === 'changes' ? `${formatCount(run.unchanged ?? 0)}件` : undefined,
    ],
    ['大きさ', run.size === null || run.state === 'blocked' ? undefined : formatBytes(run.size)],
    ['様式の版', `第${String(run.profileVersion)}版`],
    ['準備', by(run.createdBy, run.createdAt)],
    ['データの時点', run.preparedAt === null ? undefined : formatDateTime(run.preparedAt)],
    ['出力', by(run.madeBy, run.madeAt)],
    ['受入の確認', by(run.confirmedBy, run.confirmedAt)],
    ['取消し', by(run.withdrawnBy, run.withdrawnAt)],
    ['ファイルの消去', run.erasedAt === null ? undefined : formatDateTime(run.erasedAt)],
    ['SHA-256', run.state === 'blocked' ? undefined : (run.sha256 ?? undefined)],
  ];
  return (
    <Card title="概要">
      <DescriptionList
        columns={2}
        items={items.flatMap(([term, value]) =>
          value === undefined
            ? []
            : [{ key: term, term, description: <span className="break-all">{value}</span> }],
        )}
      />
    </Card>
  );
}

function FirstLines({ run, lines }: { run: ExportRunInfo; lines: readonly string[] }) {
  return (
    <section aria-labelledby="lines-title">
      <h2 id="lines-title" className="text-std-20B-160 mb-1">
        はじめの{formatCount(lines.length)}行
      </h2>
      <p className="mb-2">
        {run.state === 'blocked'
          ? '直すところがあるまま示しています。'
          : 'ファイルに書かれるとおりの文字です。'}
      </p>
      <pre
        // A region that scrolls can be reached by the keyboard.
        tabIndex={0}
        aria-label="はじめの行"
        className="focus-ring overflow-x-auto rounded-8 border border-solid-gray-420 bg-solid-gray-50 p-4 text-dns-14N-130"
      >
        {lines.join('\n')}
      </pre>
    </section>
  );
}
