import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EnrolmentRow, EnrolmentsResponse } from '../../../api/contract/index.ts';
import {
  Checkbox,
  EmptyState,
  FilterBar,
  PageTitle,
  SearchField,
  StatCard,
  StatusTag,
  TextLink,
} from '../../components/index.ts';
import type { ActiveFilter, Column } from '../../components/index.ts';
import { api, formatCount, formatMonth, formatShortDate, useDocumentTitle } from '../../lib/index.ts';
import { actorOf, useAccount } from '../layout/session.tsx';
import { placeName, placeOptions } from '../list/places.ts';
import { useAddress } from '../shared/address.ts';
import { FilterSelect, useSearchText } from '../shared/filters.tsx';
import { ListResult } from '../shared/ListResult.tsx';
import { EnrolmentFrame, feeText, modeText, monthOptions, placeQuery, reductionText } from './parts.tsx';

const EXTENDED = [
  { value: 'any', label: '登録あり' },
  { value: 'monthly', label: '月ぎめ' },
  { value: 'daily', label: '日ぎめ' },
  { value: 'none', label: '登録なし' },
];
const PAGE_SIZE = 50;

function columnsOf(month: string | null): readonly Column<EnrolmentRow>[] {
  return [
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
      header: '学年',
      nowrap: true,
      cell: (row) => (row.grade === null ? '―' : `${row.grade}年`),
    },
    { id: 'bop', header: '新BOP', cell: (row) => row.bop?.name ?? '―' },
    {
      id: 'days',
      header: '期間',
      nowrap: true,
      cell: (row) => {
        const now = new Date();
        return (
          <span className="inline-flex flex-wrap items-center gap-2">
            {formatShortDate(row.from, now)}〜{formatShortDate(row.to, now)}
            {row.withdrawn && <StatusTag tone="neutral">退会</StatusTag>}
          </span>
        );
      },
    },
    { id: 'extended', header: '延長利用', nowrap: true, cell: (row) => modeText(row.mode) },
    { id: 'reduced', header: '減免', cell: (row) => reductionText(row.reductions) },
    ...(month === null
      ? []
      : [
          {
            id: 'fee',
            header: '利用料',
            align: 'right',
            nowrap: true,
            cell: (row: EnrolmentRow) => (row.fee ? feeText(row.fee) : '―'),
          } as const,
        ]),
  ];
}

/** Children and their membership by 新BOP and month, with what follows from it. */
export function Component() {
  useDocumentTitle('在籍の一覧');
  const { given, page, change, toPage } = useAddress();
  const account = useAccount();
  const places = useMemo(() => {
    const actor = actorOf(account);
    return actor ? placeOptions(actor) : [];
  }, [account]);
  const [text, setText] = useSearchText(given('q'));
  const query = {
    ...(given('fiscalYear') === '' ? {} : { fiscalYear: given('fiscalYear') }),
    ...(given('month') === '' ? {} : { month: given('month') }),
    ...placeQuery(given('place')),
    ...(given('extended') === '' ? {} : { extended: given('extended') }),
    ...(given('reduced') === '' ? {} : { reduced: 'true' }),
    ...(given('withdrawn') === '' ? {} : { withdrawn: 'true' }),
    ...(given('q') === '' ? {} : { q: given('q') }),
    page,
    pageSize: PAGE_SIZE,
  };
  const list = useQuery({
    queryKey: ['enrolments', query],
    queryFn: ({ signal }) => api.get<EnrolmentsResponse>('staff/enrolments', { query, signal }),
    placeholderData: keepPreviousData,
  });
  const active: readonly (ActiveFilter | false)[] = [
    given('place') !== '' && {
      id: 'place',
      label: placeName(given('place')),
      onRemove: () => change({ place: '' }),
    },
    given('extended') !== '' && {
      id: 'extended',
      label: `延長利用：${EXTENDED.find(({ value }) => value === given('extended'))?.label ?? ''}`,
      onRemove: () => change({ extended: '' }),
    },
    given('reduced') !== '' && {
      id: 'reduced',
      label: '減免あり',
      onRemove: () => change({ reduced: '' }),
    },
    given('withdrawn') !== '' && {
      id: 'withdrawn',
      label: '退会が決定',
      onRemove: () => change({ withdrawn: '' }),
    },
    given('q') !== '' && {
      id: 'q',
      label: `「${given('q')}」を含む`,
      onRemove: () => change({ q: '' }),
    },
  ];
  const { data } = list;
  return (
    <EnrolmentFrame>
      <PageTitle lead={<p>通知まで済んだ決定による在籍です。利用料は表示のみで、徴収は行いません。</p>}>
        在籍の一覧
      </PageTitle>
      <FilterBar
        active={active.filter((one) => one !== false)}
        onReset={() => change({ place: '', extended: '', reduced: '', withdrawn: '', q: '' })}
      >
        {data && (
          <>
            <FilterSelect
              id="enrolments-year"
              label="年度"
              options={data.years.map((year) => ({ value: String(year), label: `${String(year)}年度` }))}
              value={String(data.fiscalYear)}
              onChange={(fiscalYear) => change({ fiscalYear, month: '' })}
            />
            <FilterSelect
              id="enrolments-month"
              label="月"
              options={monthOptions(data.fiscalYear)}
              value={data.month ?? 'all'}
              onChange={(month) => change({ month })}
            />
          </>
        )}
        {places.length > 1 && (
          <FilterSelect
            id="enrolments-place"
            label="児童館・新BOP"
            placeholder="すべて"
            options={places}
            value={given('place')}
            onChange={(place) => change({ place })}
          />
        )}
        <FilterSelect
          id="enrolments-extended"
          label="延長利用"
          placeholder="すべて"
          options={EXTENDED}
          value={given('extended')}
          onChange={(extended) => change({ extended })}
        />
        <Checkbox
          id="enrolments-reduced"
          label="減免あり"
          value={given('reduced') !== ''}
          onChange={(on) => change({ reduced: on ? '1' : '' })}
        />
        <Checkbox
          id="enrolments-withdrawn"
          label="退会が決定"
          value={given('withdrawn') !== ''}
          onChange={(on) => change({ withdrawn: on ? '1' : '' })}
        />
        <SearchField
          id="enrolments-q"
          label="児童の氏名・フリガナで絞り込む"
          placeholder="児童の氏名・フリガナ"
          className="min-w-64 flex-1"
          value={text}
          onChange={setText}
          onSearch={(q) => change({ q: q.trim() })}
        />
      </FilterBar>
      <ListResult
        query={list}
        counts={({ counts }) => (
          <>
            <StatCard label="在籍" value={formatCount(counts.children)} unit="人" />
            <StatCard label="延長（月ぎめ）" value={formatCount(counts.extendedMonthly)} unit="人" />
            <StatCard label="延長（日ぎめ）" value={formatCount(counts.extendedDaily)} unit="人" />
            <StatCard label="減免" value={formatCount(counts.reduced)} unit="人" />
            <StatCard label="退会が決定" value={formatCount(counts.withdrawn)} unit="人" />
          </>
        )}
        caption={({ month, fiscalYear, total }) =>
          `${month === null ? `${String(fiscalYear)}年度` : formatMonth(month)}の在籍 ${formatCount(total)}人`
        }
        columns={({ month }) => columnsOf(month)}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.childName}
        empty={
          <EmptyState title="この条件の在籍はありません">
            <p>年度・月・新BOPなどの条件を変えてください。決定は、通知日を過ぎるとここに表示されます。</p>
          </EmptyState>
        }
        onPage={toPage}
      />
    </EnrolmentFrame>
  );
}
