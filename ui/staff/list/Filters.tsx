import { STAGES } from '../../../domain/application/state.ts';
import { QUEUES } from '../../../domain/application/tasks.ts';
import { QUEUE_LABELS, STAGE_LABELS } from '../../../domain/texts/application.ts';
import { Checkbox, FilterBar, SearchField } from '../../components/index.ts';
import type { ActiveFilter, SelectOption } from '../../components/index.ts';
import { formatDate } from '../../lib/index.ts';
import { DayFilter, FilterSelect, useSearchText } from '../shared/filters.tsx';
import { NO_FILTERS } from './filters.ts';
import type { ListFilters } from './filters.ts';
import { placeName } from './places.ts';

const QUEUE_OPTIONS = QUEUES.map((value) => ({ value, label: QUEUE_LABELS[value] }));
const STAGE_OPTIONS = STAGES.map((value) => ({ value, label: STAGE_LABELS[value] }));
const ASSIGNEES = [
  { value: 'me', label: '自分が担当' },
  { value: 'none', label: '担当者なし' },
];

interface FiltersProps {
  readonly filters: ListFilters;
  readonly places: readonly SelectOption[];
  readonly onChange: (changed: Partial<ListFilters>) => void;
}

/** What is set, each to be taken away by one press. */
function activeFilters({ filters, onChange }: FiltersProps): readonly ActiveFilter[] {
  const { queue, stage, place, assignee, overdue, receivedFrom, receivedTo, q } = filters;
  const one = (id: keyof ListFilters, label: string | false): ActiveFilter | undefined =>
    label === false ? undefined : { id, label, onRemove: () => onChange({ [id]: NO_FILTERS[id] }) };
  return [
    one('queue', queue !== '' && `作業：${QUEUE_LABELS[queue]}`),
    one('stage', stage !== '' && `状態：${STAGE_LABELS[stage]}`),
    one('place', place !== '' && placeName(place)),
    one('assignee', assignee !== '' && (ASSIGNEES.find((a) => a.value === assignee)?.label ?? assignee)),
    one('overdue', overdue && '期限超過のみ'),
    one('receivedFrom', receivedFrom !== '' && `受付：${formatDate(receivedFrom)}から`),
    one('receivedTo', receivedTo !== '' && `受付：${formatDate(receivedTo)}まで`),
    one('q', q !== '' && `「${q}」を含む`),
  ].filter((filter) => filter !== undefined);
}

/** The conditions above a list. Every change counts at once and stands in the address. */
export function Filters(props: FiltersProps) {
  const { filters, places, onChange } = props;
  const [text, setText] = useSearchText(filters.q);
  return (
    <FilterBar active={activeFilters(props)} onReset={() => onChange(NO_FILTERS)}>
      <FilterSelect
        id="filter-queue"
        label="作業"
        placeholder="すべて"
        options={QUEUE_OPTIONS}
        value={filters.queue}
        onChange={(queue) => onChange({ queue: queue as ListFilters['queue'] })}
      />
      <FilterSelect
        id="filter-stage"
        label="状態"
        placeholder="すべて"
        options={STAGE_OPTIONS}
        value={filters.stage}
        onChange={(stage) => onChange({ stage: stage as ListFilters['stage'] })}
      />
      {places.length > 1 && (
        <FilterSelect
          id="filter-place"
          label="児童館・新BOP"
          placeholder="すべて"
          options={places}
          value={filters.place}
          onChange={(place) => onChange({ place })}
        />
      )}
      <FilterSelect
        id="filter-assignee"
        label="担当"
        placeholder="すべて"
        options={ASSIGNEES}
        value={filters.assignee}
        onChange={(assignee) => onChange({ assignee: assignee as ListFilters['assignee'] })}
      />
      <DayFilter
        id="filter-from"
        label="受付日（から）"
        value={filters.receivedFrom}
        onChange={(receivedFrom) => onChange({ receivedFrom })}
      />
      <DayFilter
        id="filter-to"
        label="受付日（まで）"
        value={filters.receivedTo}
        onChange={(receivedTo) => onChange({ receivedTo })}
      />
      <Checkbox
        id="filter-overdue"
        label="期限超過のみ"
        value={filters.overdue}
        onChange={(overdue) => onChange({ overdue })}
      />
      <SearchField
        id="filter-q"
        label="受付番号・氏名で絞り込む"
        placeholder="受付番号・氏名"
        className="min-w-72 flex-1"
        value={text}
        onChange={setText}
        onSearch={(q) => onChange({ q: q.trim() })}
      />
    </FilterBar>
  );
}
