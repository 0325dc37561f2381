import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ExportDetailResponse, ExportRunResponse } from '../../../api/contract/index.ts';
import type { RunAction } from '../../../domain/exports/runs.ts';
import { Button, ConfirmDialog, LinkButton, NotificationBanner, useToast } from '../../components/index.ts';
import { api, apiUrl, formatCount } from '../../lib/index.ts';
import { ImportDialog } from './ImportDialog.tsx';

/** What can be done with a run as it stands; the API says what. */
export function RunActions({ detail }: { detail: ExportDetailResponse }) {
  const { run } = detail;
  const [asked, setAsked] = useState<RunAction>();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const may = (action: RunAction) => run.actions.includes(action);
  const close = () => setAsked(undefined);
  const refresh = async (said: string) => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['export', run.id] }),
      client.invalidateQueries({ queryKey: ['exports'] }),
    ]);
    toast.show(said, { tone: 'success' });
  };
  const again = async () => {
    const { profileId, scope, fiscalYear } = run;
    const made = await api.post<ExportRunResponse>('staff/exports', { profileId, scope, fiscalYear });
    if (may('discard')) await api.post(`staff/exports/${run.id}/discard`);
    await client.invalidateQueries({ queryKey: ['exports'] });
    await navigate(`/exports/${made.run.id}`);
  };
  const ended = run.state === 'blocked' || run.state === 'failed';
  return (
    <>
      {run.state === 'ready' && run.scope === 'changes' && detail.unconfirmed.length > 0 && (
        <NotificationBanner tone="warning" title="受入を確認していない出力があります" className="mb-4">
          <p>
            {detail.unconfirmed.map((number) => `第${String(number)}号`).join('、')}
            に入れたものも、この出力に入っています。
          </p>
        </NotificationBanner>
      )}
      <div className="mb-8 flex flex-wrap gap-3">
        {may('make') && (run.lines ?? 0) > 0 && (
          <Button onClick={() => setAsked('make')}>{formatCount(run.lines ?? 0)}件を出力する</Button>
        )}
        {may('download') && (
          <LinkButton href={apiUrl(`staff/exports/${run.id}/file`)} download>
            ファイルをダウンロード
          </LinkButton>
        )}
        {ended && <AgainButton again={again} />}
        {may('importAnswers') && (
          <Button variant="outline" onClick={() => setAsked('importAnswers')}>
            回答ファイルを取り込む
          </Button>
        )}
        {may('confirm') && (
          <Button variant="outline" onClick={() => setAsked('confirm')}>
            受入を確認する
          </Button>
        )}
        {may('withdraw') && (
          <Button variant="outline" danger onClick={() => setAsked('withdraw')}>
            取り消す
          </Button>
        )}
        {may('discard') && (
          <Button variant="text" onClick={() => setAsked('discard')}>
            {run.state === 'preparing' ? '準備をやめる' : 'この準備を捨てる'}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asked === 'make'}
        title={`${formatCount(run.lines ?? 0)}件を出力しますか`}
        confirmLabel="出力する"
        onClose={close}
        onConfirm={async () => {
          await api.post(`staff/exports/${run.id}/make`);
          await refresh('出力しました。ファイルをダウンロードできます');
        }}
      >
        <p>番号が付き、内容はこのあと変わりません。同じファイルを何度でもダウンロードできます。</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'confirm'}
        title="この出力の受入を確認しますか"
        confirmLabel="受入を確認する"
        onClose={close}
        onConfirm={async () => {
          await api.post(`staff/exports/${run.id}/confirm`);
          await refresh('受入を確認しました');
        }}
      >
        <p>
          学童クラブ管理システムに取り込まれたことを確認した場合に押してください。次の「変更分のみ」の出力では、この出力に入れたもの
          {detail.results.rejected > 0 && `（却下された${formatCount(detail.results.rejected)}件を除く）`}
          は、変わらないかぎり除かれます。
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'withdraw'}
        title="この出力を取り消しますか"
        confirmLabel="取り消す"
        danger
        reason={{ label: '取り消す理由', required: true, maxCharacters: 500 }}
        onClose={close}
        onConfirm={async ({ reason }) => {
          await api.post(`staff/exports/${run.id}/withdraw`, { reason });
          await refresh('取り消しました');
        }}
      >
        <p>
          取り込まれなかった場合などに取り消します。入っていたものは、次の「変更分のみ」の出力にもう一度入ります。
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'discard'}
        title="この準備を捨てますか"
        confirmLabel="捨てる"
        onClose={close}
        onConfirm={async () => {
          await api.post(`staff/exports/${run.id}/discard`);
          await client.invalidateQueries({ queryKey: ['exports'] });
          await navigate('/exports');
        }}
      >
        <p>番号の付いた出力には影響しません。</p>
      </ConfirmDialog>
      {asked === 'importAnswers' && (
        <ImportDialog runId={run.id} onClose={close} onDone={() => refresh('回答ファイルを取り込みました')} />
      )}
    </>
  );
}

function AgainButton({ again }: { again: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const toast = useToast();
  return (
    <Button
      busy={busy}
      onClick={async () => {
        setBusy(true);
        try {
          await again();
        } catch (error) {
          toast.show(error instanceof Error ? error.message : 'もう一度お試しください。', { tone: 'error' });
        } finally {
          setBusy(false);
        }
      }}
    >
      もう一度準備する
    </Button>
  );
}
