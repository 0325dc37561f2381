import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { YearChangeResponse, YearChangeRow } from '../../../api/contract/index.ts';
import { fiscalYearOf } from '../../../domain/calendar/dates.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { EmptyState, FilterBar, PageTitle, StatCard, StatusTag, TextLink } from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, dateInTokyo, formatCount, useDocumentTitle } from '../../lib/index.ts';
import { actorOf, useAccount } from '../layout/session.tsx';
import { placeOptions } from '../list/places.ts';
import { STAGE_TONES } from '../lib/looks.ts';
import { useAddress } from '../shared/address.ts';
import { FilterSelect } from '../shared/filters.tsx';
import { ListResult } from '../shared/ListResult.tsx';
import { EnrolmentFrame, placeQuery } from './parts.tsx';
import { YearRuns } from './YearRuns.tsx';

const SHOWN = [
  { value: 'all', label: 'すべて' },
  { value: 'notYet', label: '申請が必要で、まだ申請がない' },
  { value: 'applyAgain', label: '申請が必要' },
  { value: 'continues', label: '申請なしで続く' },
  { value: 'leaves', label: '続かない（退会・卒業）' },
];
const PAGE_SIZE = 50;

const COLUMNS: readonly Column<YearChangeRow>[] = [
  {
    id: 'child',
    header: '児童',
    primary: true,
    cell: (row) => (
      <span className="inline-flex flex-col">
        <TextLink to={`/enrolments/${row.id}`}>{row.childName || '（氏名なし）'}</TextLink>
        <span className="text-dns-14N-130 text-solid-gray-700">{row.childKana}</span>
      </span>
    ),
  },
  {
    id: 'grade',
    header: '翌年度の学年',
    nowrap: true,
    cell: (row) => (row.nextGrade === null ? '―' : row.nextGrade > 6 ? '卒業' : `${String(row.nextGrade)}年`),
  },
  { id: 'bop', header: '新BOP', cell: (row) => row.bop?.name ?? '―' },
  {
    id: 'continues',
    header: '申請なしで続くもの',
    cell: (row) =>
      row.leaves === null
        ? row.continues.length === 0
          ? 'なし'
          : row.continues.join('、')
        : `続かない（${row.leaves}）`,
  },
  {
    id: 'again',
    header: '申請し直すもの',
    cell: (row) =>
      row.applyAgain.length === 0 ? (
        'なし'
      ) : (
        <ul className="flex flex-col gap-1">
          {row.applyAgain.map(({ procedure, name, why, application }) => (
            <li key={procedure} className="flex flex-wrap items-center gap-2">
              {name}
              <span className="text-solid-gray-700">（{why}）</span>
              {application === null ? (
                <StatusTag tone="warning">未申請</StatusTag>
              ) : (
                <>
                  <StatusTag tone={STAGE_TONES[application.stage]}>
                    {STAGE_LABELS[application.stage]}
                  </StatusTag>
                  {application.receiptNumber}
                </>
              )}
            </li>
          ))}
        </ul>
      ),
  },
];

/** Who goes on into the next fiscal year, who applies again, and who has not yet. */
export function Component() {
  useDocumentTitle('年度替わり');
  const { given, page, change, toPage } = useAddress();
  const account = useAccount();
  const places = useMemo(() => {
    const actor = actorOf(account);
    return actor ? placeOptions(actor) : [];
  }, [account]);
  const now = fiscalYearOf(dateInTokyo(new Date()));
  const fiscalYear = Number(given('fiscalYear') || now);
  const place = given('place');
  const show = given('show') || 'all';
  const query = { fiscalYear, show, page, pageSize: PAGE_SIZE, ...placeQuery(place) };
  const list = useQuery({
    queryKey: ['year-change', query],
    queryFn: ({ signal }) => api.get<YearChangeResponse>('staff/year-change', { query, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <EnrolmentFrame>
      <PageTitle
        lead={
          <p>
            {String(fiscalYear)}年度の終わりに在籍している児童について、{String(fiscalYear + 1)}
            年度に何が続き、何を申請し直すかを、区の定めから示します。
          </p>
        }
      >
        年度替わり
      </PageTitle>
      <YearRuns fiscalYear={fiscalYear} />
      <FilterBar>
        <FilterSelect
          id="change-year"
          label="終わる年度"
          options={[now - 1, now, now + 1].map((year) => ({
            value: String(year),
            label: `${String(year)}年度`,
          }))}
          value={String(fiscalYear)}
          onChange={(value) => change({ fiscalYear: value })}
        />
        <FilterSelect
          id="change-show"
          label="表示する児童"
          options={SHOWN}
          value={show}
          onChange={(value) => change({ show: value })}
        />
        {places.length > 1 && (
          <FilterSelect
            id="change-place"
            label="児童館・新BOP"
            placeholder="すべて"
            options={places}
            value={place}
            onChange={(value) => change({ place: value })}
          />
        )}
      </FilterBar>
      <ListResult
        query={list}
        counts={({ counts }) => (
          <>
            <StatCard label="在籍した児童" value={formatCount(counts.all)} unit="人" />
            <StatCard label="申請が必要" value={formatCount(counts.applyAgain)} unit="人" />
            <StatCard
              label="うち、まだ申請がない"
              value={formatCount(counts.notYet)}
              unit="人"
              tone={counts.notYet > 0 ? 'warning' : 'neutral'}
            />
            <StatCard label="申請なしで続く" value={formatCount(counts.continues)} unit="人" />
            <StatCard label="続かない" value={formatCount(counts.leaves)} unit="人" />
          </>
        )}
        caption={({ total }) =>
          `${SHOWN.find(({ value }) => value === show)?.label ?? ''} ${formatCount(total)}人`
        }
        columns={() => COLUMNS}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.childName}
        empty={
          <EmptyState title="この条件の児童はいません">
            <p>年度や条件を変えてください。</p>
          </EmptyState>
        }
        onPage={toPage}
      />
    </EnrolmentFrame>
  );
}
