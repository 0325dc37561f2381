import { useState } from 'react';
import { Select } from '../../components/index.ts';
import type { SelectOption } from '../../components/index.ts';

/** A filter that counts at once. */
export function FilterSelect({
  id,
  label,
  options,
  value,
  onChange,
  placeholder,
}: {
  id: string;
  label: string;
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
}) {
  return (
    <Select
      id={id}
      label={label}
      labelSize="sm"
      hideMark
      width="auto"
      options={options}
      value={value}
      onChange={onChange}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
}

/** A day by the browser's own field: one line as the other filters are, quick for a range, and empty is a value. */
export function DayFilter(props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
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

/** What is being typed into a search field; follows the address where that changes (back, all conditions taken away). */
export function useSearchText(inAddress: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(inAddress);
  const [seen, setSeen] = useState(inAddress);
  if (seen !== inAddress) {
    setSeen(inAddress);
    setText(inAddress);
  }
  return [text, setText];
}
