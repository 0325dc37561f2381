import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkItemsResponse, BulkItemView, BulkResponse } from '../../../api/contract/index.ts';
import { PLAN_LABELS } from '../../../domain/texts/rounds.ts';
import {
  Button,
  DataTable,
  LoadError,
  Pagination,
  Select,
  StatusTag,
  TextLink,
  useToast,
} from '../../components/index.ts';
import type { Column, StatusTone } from '../../components/index.ts';
import { api, formatCount, formatDate, problemMessage } from '../../lib/index.ts';

type Group = 'planned' | 'excluded' | 'decided' | 'changed' | 'refused' | 'open';

const GROUP_LABELS: Readonly<Record<Group, string>> = {
  planned: '対象',
  excluded: '対象外',
  decided: '決定した',
  changed: '変わったため除いた',
  refused: '決定できなかった',
  open: 'まだ',
};

const RESULT_TONES: Readonly<Record<NonNullable<BulkItemView['result']>, StatusTone>> = {
  decided: 'success',
  changed: 'warning',
  refused: 'danger',
};
const RESULT_TAGS: Readonly<Record<NonNullable<BulkItemView['result']>, string>> = {
  decided: '決定',
  changed: '変更のため除外',
  refused: '決定できず',
};

function planWords({ plan, effectiveFrom, rank }: BulkItemView): string {
  const rest = [
    ...(effectiveFrom === null ? [] : [`${formatDate(effectiveFrom)}から`]),
    ...(rank === null ? [] : [plan === 'waitlist' ? `待機${String(rank)}番` : `順位${String(rank)}番`]),
  ];
  return `${PLAN_LABELS[plan]}${rest.length > 0 ? `（${rest.join('、')}）` : ''}`;
}

function columnsOf(bulk: BulkResponse): readonly Column<BulkItemView>[] {
  return [
    {
      id: 'receiptNumber',
      header: '受付番号',
      primary: true,
      nowrap: true,
      cell: (row) => (
        <TextLink to={`/applications/${row.applicationId}`} className="font-mono">
          {row.receiptNumber}
        </TextLink>
      ),
    },
    { id: 'child', header: '児童名', cell: (row) => row.childName ?? '読み込めません' },
    { id: 'bop', header: '新BOP', cell: (row) => row.bopName },
    { id: 'plan', header: '予定', cell: planWords },
    {
      id: 'state',
      header: bulk.status === 'preview' ? '確認' : '結果',
      cell: (row) => {
        if (row.excluded) return <span>対象外：{row.excluded.label}</span>;
        if (row.result === null) return bulk.status === 'preview' ? '決定します' : 'まだ';
        return (
          <span className="flex flex-col items-start gap-1">
            <StatusTag tone={RESULT_TONES[row.result]}>{RESULT_TAGS[row.result]}</StatusTag>
            <span className="text-dns-14N-130">{row.resultLabel}</span>
          </span>
        );
      },
    },
  ];
}

const PAGE_SIZE = 50;

/** The applications of a bulk decision; in a preview they can be left out and taken back. */
export function BulkItems({ bulk }: { bulk: BulkResponse }) {
  const preview = bulk.status === 'preview';
  const client = useQueryClient();
  const toast = useToast();
  const [group, setGroup] = useState<Group | ''>(preview ? 'planned' : '');
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const asked = { ...(group === '' ? {} : { group }), page, pageSize: PAGE_SIZE };
  const query = useQuery({
    queryKey: ['bulk', bulk.id, 'items', asked],
    queryFn: ({ signal }) =>
      api.get<BulkItemsResponse>(`staff/bulk-decisions/${bulk.id}/items`, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });
  const groups: readonly Group[] = preview
    ? ['planned', 'excluded']
    : ['decided', 'changed', 'refused', 'open', 'excluded'];
  const rows = query.data?.rows ?? [];
  const takingBack = group === 'excluded';
  const change = async () => {
    setBusy(true);
    try {
      await api.post(`staff/bulk-decisions/${bulk.id}/exclusions`, {
        applicationIds: [...chosen],
        leaveOut: !takingBack,
      });
      toast.show(takingBack ? '対象に戻しました' : '対象から外しました', { tone: 'success' });
      setChosen(new Set());
      setPage(1);
    } catch (error) {
      toast.show(problemMessage(error), { tone: 'error' });
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: ['bulk', bulk.id] });
    }
  };
  const choosable = preview && (!takingBack || rows.some((row) => row.excluded?.byWard === true));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-4">
        <Select
          id="bulk-group"
          label="表示"
          labelSize="sm"
          hideMark
          width="auto"
          {...(preview ? {} : { placeholder: 'すべて' })}
          options={groups.map((value) => ({
            value,
            label: `${GROUP_LABELS[value]}（${formatCount(bulk.counts[value])}件）`,
          }))}
          value={group}
          onChange={(value) => {
            setGroup(value as Group | '');
            setPage(1);
            setChosen(new Set());
          }}
        />
        {choosable && (
          <Button
            variant="outline"
            size="sm"
            busy={busy}
            disabled={chosen.size === 0}
            onClick={() => void change()}
          >
            {takingBack ? '選んだ申請を対象に戻す' : '選んだ申請を対象から外す'}（{chosen.size}件）
          </Button>
        )}
      </div>
      {query.isError ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          caption="まとめて決定の申請"
          columns={columnsOf(bulk)}
          rows={rows}
          rowKey={(row) => row.applicationId}
          rowLabel={(row) => row.receiptNumber}
          loading={query.isPending}
          dense
          {...(choosable ? { selected: chosen, onSelectedChange: setChosen } : {})}
          empty={<p className="text-solid-gray-700">ありません。</p>}
        />
      )}
      {query.data && query.data.total > PAGE_SIZE && (
        <Pagination
          page={page}
          pageSize={PAGE_SIZE}
          total={query.data.total}
          onPage={(next) => {
            setPage(next);
            setChosen(new Set());
          }}
        />
      )}
    </div>
  );
}
