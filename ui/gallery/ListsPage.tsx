import { useState } from 'react';
import {
  Button,
  DataTable,
  FilterBar,
  Menu,
  PageTitle,
  Pagination,
  SearchField,
  Select,
  StatusTag,
  Tabs,
  TextLink,
} from '../components/index.ts';
import type { Sort } from '../components/index.ts';
import { formatDate, useDocumentTitle } from '../lib/index.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly bop: string;
  readonly received: string;
  readonly state: 'first' | 'second' | 'late';
}

const ROWS: readonly Row[] = Array.from({ length: 8 }, (_, index) => ({
  id: `N26-00${4210 + index}`,
  name: ['髙橋 さくら', '山﨑 蓮', '𠮷田 結衣', '渡邊 湊'][index % 4] ?? '',
  bop: ['池之上新BOP', '桜丘新BOP', '二子玉川新BOP'][index % 3] ?? '',
  received: `2026-11-${String(2 + index).padStart(2, '0')}`,
  state: (['first', 'second', 'late'] as const)[index % 3] ?? 'first',
}));

const STATES = {
  first: <StatusTag tone="info">一次審査待ち</StatusTag>,
  second: <StatusTag tone="progress">二次審査待ち</StatusTag>,
  late: <StatusTag tone="danger">期限超過</StatusTag>,
};

function List() {
  const [sort, setSort] = useState<Sort>({ column: 'received', direction: 'asc' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [page, setPage] = useState(1);
  const rows = [...ROWS].sort((a, b) => {
    const order = sort.column === 'id' ? a.id.localeCompare(b.id) : a.received.localeCompare(b.received);
    return sort.direction === 'asc' ? order : -order;
  });
  return (
    <>
      <DataTable
        caption="申請"
        columns={[
          {
            id: 'id',
            header: '受付番号',
            primary: true,
            sortable: true,
            nowrap: true,
            cell: (row) => <TextLink to="/viewer">{row.id}</TextLink>,
          },
          { id: 'name', header: '児童', cell: (row) => row.name },
          { id: 'bop', header: '新BOP', cell: (row) => row.bop },
          {
            id: 'received',
            header: '受付日',
            sortable: true,
            nowrap: true,
            cell: (row) => formatDate(row.received, { weekday: true }),
          },
          { id: 'state', header: '状態', cell: (row) => STATES[row.state] },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => `${row.id} ${row.name}`}
        sort={sort}
        onSortChange={setSort}
        selected={selected}
        onSelectedChange={setSelected}
      />
      <Pagination page={page} pageSize={8} total={128} onPage={setPage} />
      <p role="status">{selected.size}件選択中</p>
    </>
  );
}

export function ListsPage() {
  useDocumentTitle('申請一覧');
  const [search, setSearch] = useState('');
  const [state, setState] = useState('');
  return (
    <>
      <PageTitle
        actions={
          <>
            <Button variant="outline" icon="download" size="sm">
              CSV出力
            </Button>
            <Menu
              label="操作"
              items={[
                { id: 'assign', label: '担当を割り当てる', onSelect: () => undefined },
                { id: 'print', label: '印刷', hint: '選択した申請', to: '/viewer' },
                { id: 'cancel', label: '取り下げ', danger: true, disabled: true },
              ]}
            />
          </>
        }
      >
        申請一覧
      </PageTitle>
      <FilterBar
        active={state === '' ? [] : [{ id: 'state', label: '一次審査待ち', onRemove: () => setState('') }]}
        onReset={() => setState('')}
      >
        <SearchField
          id="search"
          label="受付番号・氏名で探す"
          hideLabel={false}
          value={search}
          onChange={setSearch}
          onSearch={() => undefined}
        />
        <Select
          id="state"
          label="状態"
          labelSize="sm"
          hideMark
          value={state}
          onChange={setState}
          placeholder="すべて"
          options={[{ value: 'first', label: '一次審査待ち' }]}
        />
      </FilterBar>
      <Tabs
        label="一覧の種類"
        tabs={[
          { id: 'mine', label: '自分の担当', count: 8, content: <List /> },
          { id: 'all', label: 'すべて', count: 128, content: <p>すべての申請</p> },
        ]}
      />
    </>
  );
}
