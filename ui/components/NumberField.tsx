import { useState } from 'react';
import { toHalfWidth } from '../lib/kana.ts';
import { TextField } from './TextField.tsx';
import type { NumberFieldProps } from './TextField.tsx';

export type { NumberFieldProps } from './TextField.tsx';

/**
 * A number. Takes full-width digits and separators; gives null when empty and NaN for what is no number or lies
 * outside min and max, so that validation can say so. A text field, not type=number: no accidental wheel changes.
 */
export function NumberField({
  value,
  onChange,
  onBlur,
  min,
  max,
  decimal = false,
  width = 8,
  ...rest
}: NumberFieldProps) {
  const [text, setText] = useState(() => show(value));
  const [seen, setSeen] = useState(value);
  if (!Object.is(value, seen)) {
    // The value was changed from outside (draft loaded, form reset): follow it.
    setSeen(value);
    setText(show(value));
  }
  const update = (next: string) => {
    const number = parseNumber(next, { min, max, decimal });
    setText(next);
    setSeen(number);
    onChange(number);
  };
  return (
    <TextField
      {...rest}
      value={text}
      width={width}
      inputMode={decimal ? 'decimal' : 'numeric'}
      onChange={update}
      onBlur={() => {
        if (value !== null && Number.isFinite(value)) setText(show(value));
        onBlur?.();
      }}
    />
  );
}

function show(value: number | null | undefined): string {
  return value === null || value === undefined || Number.isNaN(value) ? '' : String(value);
}

/** Text to number: null for nothing, NaN for what is no number or out of range. */
export function parseNumber(
  text: string,
  { min, max, decimal }: { min?: number | undefined; max?: number | undefined; decimal: boolean },
): number | null {
  const plain = toHalfWidth(text).replace(/[,、\s]/gu, '');
  if (plain === '') return null;
  if (!(decimal ? /^-?\d+(?:\.\d+)?$/u : /^-?\d+$/u).test(plain)) return Number.NaN;
  const number = Number(plain);
  return (min !== undefined && number < min) || (max !== undefined && number > max) ? Number.NaN : number;
}
