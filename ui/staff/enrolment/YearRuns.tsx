import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { YearRunResponse, YearRunsResponse } from '../../../api/contract/index.ts';
import type { YearRunStatus } from '../../../domain/enrolment/year-run.ts';
import { Button, NotificationBanner, StatusTag, TextLink } from '../../components/index.ts';
import type { StatusTone } from '../../components/index.ts';
import { api, formatCount, formatDateTime, problemMessage } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { newId } from '../lib/ids.ts';

export const YEAR_RUN_LABELS: Readonly<Record<YearRunStatus, string>> = {
  preview: '下見',
  running: '書き込み中',
  done: '完了',
};
export const YEAR_RUN_TONES: Readonly<Record<YearRunStatus, StatusTone>> = {
  preview: 'neutral',
  running: 'progress',
  done: 'success',
};

/** The ward's way from the list to the next year's enrolments: a preview, and what has been done so far. Leaders watch. */
export function YearRuns({ fiscalYear }: { fiscalYear: number }) {
  const { role } = useAccount();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const watches = role === 'ward' || role === 'leader';
  const query = useQuery({
    queryKey: ['year-runs', fiscalYear],
    queryFn: ({ signal }) =>
      api.get<YearRunsResponse>('staff/year-change/runs', { query: { fiscalYear }, signal }),
    enabled: watches,
  });
  if (!watches) return null;
  const make = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const run = await api.post<YearRunResponse>('staff/year-change/runs', { id: newId(), fiscalYear });
      await client.invalidateQueries({ queryKey: ['year-runs'] });
      await navigate(`/year-change/${run.id}`);
    } catch (error) {
      setProblem(problemMessage(error));
    } finally {
      setBusy(false);
    }
  };
  const runs = query.data?.runs ?? [];
  return (
    <section aria-labelledby="year-runs" className="mb-8 rounded-8 border border-solid-gray-420 p-4">
      <h2 id="year-runs" className="text-std-18B-160 mb-2">
        {String(fiscalYear + 1)}年度の在籍を作る
      </h2>
      <p className="mb-3">
        区の定めで申請なしに続く児童について、翌年度の在籍をまとめて作ります。下見で児童ごとの内容を確かめてから、確定します。
      </p>
      {problem !== undefined && <NotificationBanner tone="error" title={problem} announce className="mb-3" />}
      {role === 'ward' && (
        <Button size="sm" busy={busy} onClick={() => void make()}>
          下見を作る
        </Button>
      )}
      {runs.length > 0 && (
        <ul className="mt-4 flex flex-col gap-2">
          {runs.map((run) => (
            <li key={run.id} className="flex flex-wrap items-center gap-3">
              <StatusTag tone={YEAR_RUN_TONES[run.status]}>{YEAR_RUN_LABELS[run.status]}</StatusTag>
              <TextLink to={`/year-change/${run.id}`}>
                {formatDateTime(run.confirmedAt ?? run.createdAt)}
                {run.status === 'preview' ? 'の下見' : 'に確定した年度替わり'}
              </TextLink>
              <span>
                {run.status === 'preview'
                  ? `作る児童 ${formatCount(run.counts.continues)}人`
                  : `作成済み ${formatCount(run.counts.written)}人`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
