import type { ReactNode } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { Button } from './Button.tsx';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';

export interface SearchFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Called on Enter and on the button. */
  readonly onSearch: (value: string) => void;
  readonly placeholder?: string;
  readonly busy?: boolean;
  readonly hideLabel?: boolean;
  readonly className?: string;
}

/** A search of its own. */
export function SearchField({
  id,
  label,
  value,
  onChange,
  onSearch,
  placeholder,
  busy = false,
  hideLabel = true,
  className,
}: SearchFieldProps) {
  const { t, s } = useI18n();
  return (
    <form
      role="search"
      aria-label={label}
      className={cx('flex flex-col gap-2', className)}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(value);
      }}
    >
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-std-16B-170'}>
        {label}
      </label>
      <div className="flex items-center gap-2">
        <div className="relative min-w-0 flex-1">
          <Icon
            name="search"
            size={20}
            className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2"
          />
          <input
            id={id}
            type="text"
            enterKeyHint="search"
            className="control pr-11 pl-10"
            value={value}
            placeholder={placeholder}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
          {value !== '' && (
            <button
              type="button"
              className="absolute top-1/2 right-0 flex size-11 -translate-y-1/2 items-center justify-center rounded-8"
              onClick={() => {
                onChange('');
                onSearch('');
                document.getElementById(id)?.focus();
              }}
            >
              <Icon name="close" size={20} />
              <span className="sr-only">{s(m.clearSearch)}</span>
            </button>
          )}
        </div>
        <Button type="submit" busy={busy}>
          {t(m.search)}
        </Button>
      </div>
    </form>
  );
}

export interface ActiveFilter {
  readonly id: string;
  readonly label: string;
  readonly onRemove: () => void;
}

/** Conditions above a list, with what is set at present, each to be taken away. */
export function FilterBar({
  children,
  active = [],
  onReset,
  label = '絞り込み',
}: {
  children: ReactNode;
  active?: readonly ActiveFilter[];
  onReset?: () => void;
  label?: string;
}) {
  return (
    <section aria-label={label} className="no-print mb-4 flex flex-col gap-3 rounded-12 bg-solid-gray-50 p-4">
      <div className="flex flex-wrap items-end gap-4">{children}</div>
      {active.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <ul aria-label="設定中の条件" className="flex flex-wrap gap-2">
            {active.map((filter) => (
              <li key={filter.id}>
                <button
                  type="button"
                  onClick={filter.onRemove}
                  className="inline-flex min-h-11 items-center gap-1 rounded-full border border-solid-gray-536 bg-white px-3 hover:bg-solid-gray-100"
                >
                  {filter.label}
                  <Icon name="close" size={16} />
                  <span className="sr-only">を外す</span>
                </button>
              </li>
            ))}
          </ul>
          {onReset && (
            <Button variant="text" size="sm" onClick={onReset}>
              条件をすべて外す
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
