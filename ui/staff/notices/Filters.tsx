import { FilterBar, SearchField, TextField } from '../../components/index.ts';
import type { SelectOption } from '../../components/index.ts';
import { actorOf, useAccount } from '../layout/session.tsx';
import { placeOptions } from '../list/places.ts';
import { DayFilter, FilterSelect, useSearchText } from '../shared/filters.tsx';
import { NO_FILTERS } from './filters.ts';
import type { NoticeFilters } from './filters.ts';
import { CHANNEL_OPTIONS, DELIVERY_OPTIONS, KIND_OPTIONS, PRINTED_OPTIONS, ROUND_OPTIONS } from './labels.ts';

interface FiltersProps {
  readonly filters: NoticeFilters;
  readonly onChange: (changed: Partial<NoticeFilters>) => void;
}

/** What notices are chosen by: for the list, and for a print file. Stands in the address. */
export function Filters({ filters, onChange }: FiltersProps) {
  const actor = actorOf(useAccount());
  const [text, setText] = useSearchText(filters.q);
  const select = (name: keyof NoticeFilters, label: string, options: readonly SelectOption[]) => (
    <FilterSelect
      id={`notices-${name}`}
      label={label}
      placeholder="すべて"
      options={options}
      value={filters[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  const set = Object.values(filters).some((value) => value !== '');
  return (
    <FilterBar
      active={
        set ? [{ id: 'all', label: '条件あり（すべて外す）', onRemove: () => onChange(NO_FILTERS) }] : []
      }
    >
      {select('kind', '種類', KIND_OPTIONS)}
      {select('round', '受付期間', ROUND_OPTIONS)}
      <TextField
        labelSize="sm"
        hideMark
        id="notices-fiscalYear"
        label="利用年度"
        inputMode="numeric"
        width={6}
        maxLength={4}
        value={filters.fiscalYear}
        onChange={(value) => onChange({ fiscalYear: value })}
      />
      <DayFilter
        id="notices-issuedFrom"
        label="通知書の日付（から）"
        value={filters.issuedFrom}
        onChange={(issuedFrom) => onChange({ issuedFrom })}
      />
      <DayFilter
        id="notices-issuedTo"
        label="通知書の日付（まで）"
        value={filters.issuedTo}
        onChange={(issuedTo) => onChange({ issuedTo })}
      />
      {select('place', '児童館・新BOP', actor ? placeOptions(actor) : [])}
      {select('channel', '申請の方法', CHANNEL_OPTIONS)}
      {select('delivery', '届け方', DELIVERY_OPTIONS)}
      {select('printed', '印刷', PRINTED_OPTIONS)}
      {select('voided', '取消', [
        { value: 'only', label: '取消のみ' },
        { value: 'too', label: '取消も含む' },
      ])}
      <SearchField
        id="notices-q"
        label="照会番号・受付番号"
        placeholder="照会番号・受付番号"
        className="min-w-72 flex-1"
        value={text}
        onChange={setText}
        onSearch={(q) => onChange({ q: q.trim() })}
      />
    </FilterBar>
  );
}
