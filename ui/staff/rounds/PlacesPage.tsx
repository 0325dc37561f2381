import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { PlacesResponse } from '../../../api/contract/index.ts';
import { fiscalYearOf } from '../../../domain/calendar/dates.ts';
import { PRIORITY_LABELS } from '../../../domain/texts/rounds.ts';
import {
  Button,
  DataTable,
  EmptyState,
  LinkButton,
  LoadError,
  Loading,
  NotificationBanner,
  PageTitle,
  Select,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, dateInTokyo, formatCount, useDocumentTitle } from '../../lib/index.ts';
import { useAccount } from '../layout/session.tsx';
import { newBulkPath } from './looks.ts';
import { PlaceRulesDialog } from './PlaceRulesDialog.tsx';
import { Part, RoundsFrame } from './RoundsFrame.tsx';

type Line = PlacesResponse['bops'][number];

function columnsOf(fiscalYear: number): readonly Column<Line>[] {
  return [
    {
      id: 'name',
      header: '新BOP',
      primary: true,
      cell: (bop) => (
        <TextLink to={`/places/${bop.code}?fiscalYear=${String(fiscalYear)}`}>{bop.name}</TextLink>
      ),
    },
    { id: 'hall', header: '児童館', cell: (bop) => bop.hallName },
    { id: 'places', header: '枠', align: 'right', cell: (bop) => formatCount(bop.places) },
    { id: 'taken', header: '利用（最も多い月）', align: 'right', cell: (bop) => formatCount(bop.taken) },
    { id: 'asking', header: '区決定待ち', align: 'right', cell: (bop) => formatCount(bop.asking) },
    { id: 'waiting', header: 'うち待機', align: 'right', cell: (bop) => formatCount(bop.waiting) },
    {
      id: 'movingUp',
      header: '枠の空き',
      cell: (bop) =>
        bop.movingUp > 0 ? (
          <StatusTag tone="warning">繰り上げ {formatCount(bop.movingUp)}件</StatusTag>
        ) : bop.taken + bop.asking > bop.places ? (
          <StatusTag tone="danger">枠を超える</StatusTag>
        ) : (
          'あり'
        ),
    },
  ];
}

/** Places of extended use at every 新BOP: taken, asked for, waited for, and what has fallen free. */
export function Component() {
  useDocumentTitle('延長利用の枠');
  const ward = useAccount().role === 'ward';
  const [search, setSearch] = useSearchParams();
  const [editing, setEditing] = useState(false);
  const now = fiscalYearOf(dateInTokyo(new Date()));
  const fiscalYear = Number(search.get('fiscalYear') ?? now + 1);
  const query = useQuery({
    queryKey: ['places', fiscalYear],
    queryFn: ({ signal }) => api.get<PlacesResponse>('staff/places', { query: { fiscalYear }, signal }),
    placeholderData: keepPreviousData,
  });
  const { data } = query;
  const movingUp = data?.bops.filter((bop) => bop.movingUp > 0) ?? [];
  return (
    <RoundsFrame>
      <PageTitle lead="月ごとの枠に対して、優先順位に沿って延長利用の承認と待機を決めます。">
        延長利用の枠
      </PageTitle>
      <div className="mb-6">
        <Select
          id="places-year"
          label="年度"
          labelSize="sm"
          hideMark
          width="auto"
          options={[now - 1, now, now + 1].map((year) => ({
            value: String(year),
            label: `${String(year)}年度`,
          }))}
          value={String(fiscalYear)}
          onChange={(year) => setSearch({ fiscalYear: year })}
        />
      </div>
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        data && (
          <>
            {data.notice !== null && (
              <NotificationBanner
                tone="warning"
                title="kintone から読み出せない申請があります。順位に含まれていません。"
              />
            )}
            {movingUp.length > 0 && (
              <NotificationBanner tone="warning" title="枠が空き、待機から繰り上げられる申請があります">
                <ul className="list-disc pl-6">
                  {movingUp.map((bop) => (
                    <li key={bop.code}>
                      <TextLink to={`/places/${bop.code}?fiscalYear=${String(fiscalYear)}`}>
                        {bop.name}（{formatCount(bop.movingUp)}件）
                      </TextLink>
                    </li>
                  ))}
                </ul>
              </NotificationBanner>
            )}
            <Part
              title="枠と優先順位"
              {...(ward
                ? {
                    actions: (
                      <Button variant="outline" size="sm" onClick={() => setEditing(true)}>
                        枠と優先順位を変更する
                      </Button>
                    ),
                  }
                : {})}
            >
              <p>
                枠は、新BOPごとに月{formatCount(data.rules.places)}人
                {Object.keys(data.rules.byBop).length > 0 &&
                  `（異なる新BOPが${formatCount(Object.keys(data.rules.byBop).length)}か所）`}
                。日単位の登録は、枠に{data.rules.dailyTakesPlace ? '数えます' : '数えません'}。
                {!data.rules.setByWard && '（システムの初期値です。区の定めに変更してください）'}
              </p>
              <ol className="mt-2 list-decimal pl-6">
                {data.rules.priorities.map((one) => (
                  <li key={one}>{PRIORITY_LABELS[one]}</li>
                ))}
                <li>受付の早い人を先に</li>
              </ol>
            </Part>
            <Part
              title="新BOPごとの枠"
              {...(ward && data.bops.some((bop) => bop.asking > bop.waiting)
                ? {
                    actions: (
                      <LinkButton size="sm" to={newBulkPath({ procedure: 'extendedUse', fiscalYear })}>
                        すべての新BOPをまとめて決定する
                      </LinkButton>
                    ),
                  }
                : {})}
            >
              <DataTable
                caption="新BOPごとの枠"
                columns={columnsOf(fiscalYear)}
                rows={data.bops}
                rowKey={(bop) => bop.code}
                dense
                empty={<EmptyState title="この年度の延長利用の申請はまだありません" />}
              />
            </Part>
            {editing && <PlaceRulesDialog rules={data.rules} onClose={() => setEditing(false)} />}
          </>
        )
      )}
    </RoundsFrame>
  );
}
