import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlaceOfApplication, StaffApplication } from '../../../api/contract/index.ts';
import {
  Button,
  ConfirmDialog,
  DataTable,
  Disclosure,
  LoadError,
  Loading,
  NotificationBanner,
  TextLink,
  useToast,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatCount } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';

const TONES = { free: 'success', outOfTurn: 'warning', full: 'error', past: 'error' } as const;

/** Where an application for extended use stands among the places of its 新BOP; nothing is asked for others. */
export function usePlace(application: StaffApplication) {
  return useQuery({
    queryKey: ['places', 'application', application.id, application.seq],
    queryFn: ({ signal }) =>
      api.get<PlaceOfApplication>(`staff/applications/${application.id}/place`, { signal }),
    enabled: application.procedure === 'extendedUse' && application.stage === 'awaitingDecision',
  });
}

type Month = PlaceOfApplication['months'][number];

function columnsOf(places: number): readonly Column<Month>[] {
  return [
    { id: 'month', header: '月', primary: true, nowrap: true, cell: (row) => row.name },
    {
      id: 'taken',
      header: '利用中・決定済み',
      align: 'right',
      cell: (row) => `${formatCount(row.taken)} ／ ${formatCount(places)}人`,
    },
    {
      id: 'left',
      header: '空き',
      align: 'right',
      cell: (row) => (row.full ? <b className="text-error-1">なし</b> : formatCount(places - row.taken)),
    },
  ];
}

/** The places of the 新BOP, the rank with its reason, and the waiting list as the other way (domain.md: 40 a 新BOP). */
export function PlacePanel({ query }: { query: ReturnType<typeof usePlace> }) {
  const { application, actionOf } = useOpened();
  if (application.procedure !== 'extendedUse') return null;
  if (query.isPending) return <Loading label="枠を確認しています" />;
  if (query.isError) return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  const place = query.data;
  const list = `/places/${place.bop.code}?fiscalYear=${String(place.fiscalYear)}`;
  return (
    <section aria-labelledby="place-title" className="mt-4 flex flex-col gap-3">
      <h3 id="place-title" className="text-std-17B-170">
        延長利用の枠（{place.bop.name}）
      </h3>
      <NotificationBanner tone={TONES[place.verdict]} title={place.verdictText}>
        <p>
          優先順位 {formatCount(place.rank)}番（{formatCount(place.asking)}人中）。{place.rankReason}
        </p>
        <p>
          <TextLink to={list}>この新BOPの枠と順位をすべて見る</TextLink>
        </p>
      </NotificationBanner>
      {place.months.length > 0 && (
        <Disclosure summary="月ごとの空き">
          <DataTable
            caption="月ごとの空き"
            columns={columnsOf(place.places)}
            rows={place.months}
            rowKey={(row) => row.month}
            dense
          />
        </Disclosure>
      )}
      {place.waiting && <p>この申請は、すでに待機になっています。空きができたら、ここで承認できます。</p>}
      {actionOf('waitlist')?.offered === true && place.verdict !== 'past' && <ToWaitingList place={place} />}
    </section>
  );
}

function ToWaitingList({ place }: { place: PlaceOfApplication }) {
  const { application, act } = useOpened();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  return (
    <div>
      <Button variant="outline" size="sm" onClick={() => setAsking(true)}>
        待機にする
      </Button>
      <ConfirmDialog
        open={asking}
        title="待機にしますか"
        confirmLabel="待機にする"
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await act({ type: 'waitlist', expectedSeq: application.seq });
          toast.show('待機にしました', { tone: 'success' });
        }}
      >
        {(place.verdict === 'free' || place.verdict === 'outOfTurn') && (
          <p>
            <b>空きが残っています。</b>
            {place.verdictText}
          </p>
        )}
        <p>
          申請は有効のまま、空きを待つ順番に入ります。申請者には、受付回の通知日に（通知日がないときはすぐに）待機になったことを知らせます。
        </p>
      </ConfirmDialog>
    </div>
  );
}
