import { useState } from 'react';
import { STAGES } from '../../../domain/application/state.ts';
import { QUEUES } from '../../../domain/application/tasks.ts';
import { QUEUE_LABELS, STAGE_LABELS } from '../../../domain/texts/application.ts';
import { Checkbox, FilterBar, SearchField, Select } from '../../components/index.ts';
import type { ActiveFilter, SelectOption } from '../../components/index.ts';
import { formatDate } from '../../lib/index.ts';
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
  const [text, setText] = useState(filters.q);
  const [seen, setSeen] = useState(filters.q);
  if (seen !== filters.q) {
    setSeen(filters.q);
    setText(filters.q);
  }
  const shared = { labelSize: 'sm', hideMark: true } as const;
  return (
    <FilterBar active={activeFilters(props)} onReset={() => onChange(NO_FILTERS)}>
      <Select
        {...shared}
        id="filter-queue"
        label="作業"
        placeholder="すべて"
        width="auto"
        options={QUEUE_OPTIONS}
        value={filters.queue}
        onChange={(queue) => onChange({ queue: queue as ListFilters['queue'] })}
      />
      <Select
        {...shared}
        id="filter-stage"
        label="状態"
        placeholder="すべて"
        width="auto"
        options={STAGE_OPTIONS}
        value={filters.stage}
        onChange={(stage) => onChange({ stage: stage as ListFilters['stage'] })}
      />
      {places.length > 1 && (
        <Select
          {...shared}
          id="filter-place"
          label="児童館・新BOP"
          placeholder="すべて"
          width="auto"
          options={places}
          value={filters.place}
          onChange={(place) => onChange({ place })}
        />
      )}
      <Select
        {...shared}
        id="filter-assignee"
        label="担当"
        placeholder="すべて"
        width="auto"
        options={ASSIGNEES}
        value={filters.assignee}
        onChange={(assignee) => onChange({ assignee: assignee as ListFilters['assignee'] })}
      />
      <Day
        id="filter-from"
        label="受付日（から）"
        value={filters.receivedFrom}
        onChange={(receivedFrom) => onChange({ receivedFrom })}
      />
      <Day
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

/** A day by the browser's own field: quick for a range, and empty is a value. */
function Day(props: { id: string; label: string; value: string; onChange: (value: string) => void }) {
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={props.id} className="text-std-16B-170">
        {props.label}
      </label>
      <input
        id={props.id}
        type="date"
        className="control w-auto"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}
