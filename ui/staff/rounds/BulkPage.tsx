import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { BulkResponse } from '../../../api/contract/index.ts';
import type { BulkCommand } from '../../../domain/rounds/bulk.ts';
import { BULK_STATUS_LABELS } from '../../../domain/texts/rounds.ts';
import {
  BackLink,
  Button,
  ButtonGroup,
  ConfirmDialog,
  DescriptionList,
  LinkButton,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  StatCard,
  StatGrid,
  StatusTag,
  useToast,
} from '../../components/index.ts';
import {
  api,
  apiUrl,
  formatCount,
  formatDateTime,
  problemMessage,
  useDocumentTitle,
} from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { personName } from '../lib/people.ts';
import { BulkItems } from './BulkItems.tsx';
import { BULK_TONES } from './looks.ts';
import { Part, Progress, RoundsFrame } from './RoundsFrame.tsx';

/** A bulk decision: its preview with the exceptions, then its progress, at the end its protocol. */
export function Component() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['bulk', id],
    queryFn: ({ signal }) => api.get<BulkResponse>(`staff/bulk-decisions/${id}`, { signal }),
    // The server tells of progress by itself; this is for a line that is down.
    refetchInterval: ({ state }) => (isRunning(state.data) ? 5000 : false),
  });
  const title = query.data?.title ?? 'まとめて決定';
  useDocumentTitle(title);
  return (
    <RoundsFrame>
      <BackLink to="/bulk-decisions">まとめて決定の一覧</BackLink>
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <>
          <PageTitle>まとめて決定</PageTitle>
          <LoadError error={query.error} onRetry={() => void query.refetch()} />
        </>
      ) : (
        <>
          <PageTitle>
            {title}{' '}
            <StatusTag tone={BULK_TONES[query.data.status]}>
              {BULK_STATUS_LABELS[query.data.status]}
            </StatusTag>
          </PageTitle>
          {query.data.status === 'preview' ? <Preview bulk={query.data} /> : <Running bulk={query.data} />}
        </>
      )}
    </RoundsFrame>
  );
}

function isRunning(bulk: BulkResponse | undefined): boolean {
  return bulk?.status === 'running' || bulk?.status === 'stopping';
}

function Preview({ bulk }: { bulk: BulkResponse }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [asking, setAsking] = useState<'confirm' | 'drop'>();
  const { counts, exclusions, summary } = bulk;
  const refresh = () => client.invalidateQueries({ queryKey: ['bulk'] });
  return (
    <>
      <NotificationBanner tone="info" title="まだ何も決定していません。内容を確認して、確定してください。">
        <ul className="list-disc pl-6">
          {summary.map((line) => (
            <li key={line}>{line}</li>
          ))}
          <li>
            確認した後に変わった申請（取り下げ、審査のやり直し、申請者からの連絡など）は、決定せずに除きます。
          </li>
        </ul>
      </NotificationBanner>
      {bulk.reason !== null && (
        <DescriptionList
          items={[
            { term: '不承認の理由', description: bulk.reasonLabel ?? '' },
            { term: '申請者に伝える理由', description: bulk.reason },
          ]}
        />
      )}
      {exclusions.length > 0 && (
        <Part title={`決定しない申請（${formatCount(counts.excluded)}件）`}>
          <ul className="list-disc pl-6">
            {exclusions.map(({ code, label, count }) => (
              <li key={code}>
                {label}　<b className="tabular-nums">{formatCount(count)}</b>件
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="対象の確認">
        <BulkItems bulk={bulk} />
      </Part>
      <div className="z-10 -mx-4 mt-8 sm:sticky sm:bottom-0 border-t border-solid-gray-420 bg-white px-4 py-4">
        <ButtonGroup>
          <Button disabled={counts.planned === 0} onClick={() => setAsking('confirm')}>
            {formatCount(counts.planned)}件を確定する
          </Button>
          <Button variant="outline" onClick={() => setAsking('drop')}>
            やめる
          </Button>
        </ButtonGroup>
      </div>
      <ConfirmDialog
        open={asking === 'confirm'}
        title={`${formatCount(counts.planned)}件を確定しますか`}
        confirmLabel="確定する"
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          await api.post(`staff/bulk-decisions/${bulk.id}/confirm`, { planned: counts.planned });
          await refresh();
          toast.show('決定を始めました', { tone: 'success' });
        }}
      >
        <ul className="list-disc pl-6">
          {summary.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p>確定した後も、途中で一時停止・中止ができます。決定した分は元に戻りません。</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'drop'}
        title="この下見を捨てますか"
        confirmLabel="捨てる"
        onClose={() => setAsking(undefined)}
        onConfirm={async () => {
          await api.delete(`staff/bulk-decisions/${bulk.id}`);
          await navigate('/bulk-decisions');
          void refresh();
        }}
      >
        <p>申請には何も起きません。もう一度、はじめから選べます。</p>
      </ConfirmDialog>
    </>
  );
}

function Running({ bulk }: { bulk: BulkResponse }) {
  const { counts, status } = bulk;
  const worked = counts.decided + counts.changed + counts.refused;
  return (
    <>
      <div role="status" className="sr-only">
        {BULK_STATUS_LABELS[status]}
      </div>
      <Progress label="処理済み" done={worked} total={counts.planned} />
      <Commands bulk={bulk} />
      <StatGrid>
        <StatCard label="決定した" value={formatCount(counts.decided)} unit="件" tone="success" />
        <StatCard
          label="変わったため除いた"
          value={formatCount(counts.changed)}
          unit="件"
          tone={counts.changed > 0 ? 'warning' : 'neutral'}
        />
        <StatCard
          label="決定できなかった"
          value={formatCount(counts.refused)}
          unit="件"
          tone={counts.refused > 0 ? 'danger' : 'neutral'}
        />
        <StatCard label="まだ" value={formatCount(counts.open)} unit="件" />
        <StatCard label="対象外" value={formatCount(counts.excluded)} unit="件" />
      </StatGrid>
      {(status === 'done' || status === 'stopped') && (
        <NotificationBanner
          className="mt-6"
          tone={counts.changed + counts.refused > 0 || status === 'stopped' ? 'warning' : 'success'}
          title={status === 'stopped' ? '途中で中止しました' : '終わりました'}
          announce
        >
          {counts.changed + counts.refused > 0 && (
            <p>
              決定していない申請が{formatCount(counts.changed + counts.refused)}
              件あります。下の一覧から開いて、内容を確認してください。
            </p>
          )}
          {counts.open > 0 && <p>手をつけていない{formatCount(counts.open)}件は、区決定待ちのままです。</p>}
        </NotificationBanner>
      )}
      <Part
        title="記録"
        actions={
          <LinkButton
            variant="outline"
            size="sm"
            href={apiUrl(`staff/bulk-decisions/${bulk.id}/protocol.csv`)}
            download
          >
            記録をダウンロード（CSV）
          </LinkButton>
        }
      >
        <DescriptionList
          columns={2}
          items={[
            { term: '確定した人', description: bulk.confirmedBy ? personName(bulk.confirmedBy) : '' },
            { term: '確定した日時', description: formatDateTime(bulk.confirmedAt) },
            ...(bulk.finishedAt === null
              ? []
              : [{ term: '終わった日時', description: formatDateTime(bulk.finishedAt) }]),
            ...(bulk.reasonLabel === null ? [] : [{ term: '不承認の理由', description: bulk.reasonLabel }]),
            ...(bulk.reason === null ? [] : [{ term: '申請者に伝えた理由', description: bulk.reason }]),
          ]}
        />
        <div className="mt-6">
          <BulkItems bulk={bulk} />
        </div>
      </Part>
    </>
  );
}

function Commands({ bulk }: { bulk: BulkResponse }) {
  const client = useQueryClient();
  const ward = useAccount().role === 'ward';
  const [busy, setBusy] = useState<BulkCommand>();
  const [stopping, setStopping] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { status } = bulk;
  if (!ward || (status !== 'running' && status !== 'paused')) return <div className="h-6" />;
  const send = async (command: BulkCommand) => {
    setBusy(command);
    setProblem(undefined);
    try {
      await api.post(`staff/bulk-decisions/${bulk.id}/commands`, { command });
    } catch (error) {
      if (command === 'stop') throw error;
      setProblem(problemMessage(error));
    } finally {
      setBusy(undefined);
      await client.invalidateQueries({ queryKey: ['bulk'] });
    }
  };
  return (
    <div className="my-4 flex flex-col gap-3">
      {problem !== undefined && <NotificationBanner tone="error" title={problem} announce />}
      <ButtonGroup>
        {status === 'running' ? (
          <Button variant="outline" size="sm" busy={busy === 'pause'} onClick={() => void send('pause')}>
            一時停止する
          </Button>
        ) : (
          <Button size="sm" busy={busy === 'resume'} onClick={() => void send('resume')}>
            再開する
          </Button>
        )}
        <Button variant="outline" size="sm" danger onClick={() => setStopping(true)}>
          中止する
        </Button>
      </ButtonGroup>
      <ConfirmDialog
        open={stopping}
        title="まとめて決定を中止しますか"
        confirmLabel="中止する"
        danger
        onClose={() => setStopping(false)}
        onConfirm={() => send('stop')}
      >
        <p>すでに決定した申請はそのままです。残りの申請は、区決定待ちのまま残ります。</p>
      </ConfirmDialog>
    </div>
  );
}
