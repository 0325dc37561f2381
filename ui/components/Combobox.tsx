import { lazy, Suspense } from 'react';
import type { ComboboxProps } from './combobox-props.ts';
import { TextField } from './TextField.tsx';

const Inner = lazy(() =>
  import('./ComboboxInner.tsx').then(({ ComboboxInner }) => ({ default: ComboboxInner })),
);

/**
 * One of very many (61 新BOP, all staff): type a part of the name, hiragana and half-width letters included. It comes
 * as a part of its own, so that a page on a phone does not wait for it; meanwhile its place is held.
 */
export function Combobox(props: ComboboxProps) {
  const { options, value, ...rest } = props;
  const label = options.find((option) => option.value === value)?.label ?? '';
  return (
    <Suspense fallback={<TextField {...rest} value={label} onChange={() => undefined} readOnly />}>
      <Inner {...props} />
    </Suspense>
  );
}
