import type { FieldProps } from './Field.tsx';
import type { ValueProps } from './TextField.tsx';

export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  /** Second line; searched too. */
  readonly detail?: string | undefined;
  /** Further words to find it by (kana, code). */
  readonly keywords?: string | undefined;
}

export interface ComboboxProps extends FieldProps, ValueProps<string> {
  readonly options: readonly ComboboxOption[];
}
