import { useId } from 'react';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';
import { Loading } from './Status.tsx';

export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  readonly sortable?: boolean;
  readonly align?: 'left' | 'right' | 'center';
  /** The cell that names the row: its header, and the title of its card on a phone. */
  readonly primary?: boolean;
  readonly hideOnPhone?: boolean;
  /** No line breaks (numbers, dates). */
  readonly nowrap?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

export interface DataTableProps<T> {
  readonly caption: ReactNode;
  /** Shows the caption; otherwise it is there for assistive technology only. */
  readonly showCaption?: boolean;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** Name of a row for its check box. */
  readonly rowLabel?: (row: T) => string;
  readonly sort?: Sort;
  readonly onSortChange?: (sort: Sort) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelectedChange?: (selected: ReadonlySet<string>) => void;
  readonly loading?: boolean;
  readonly empty?: ReactNode;
  /** Marks the row that is open elsewhere on the page. */
  readonly current?: (row: T) => boolean;
  readonly dense?: boolean;
}

/** Rows of the same kind: a table on a desk, cards on a phone. Sorting and choosing belong to the page. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, rows, rowKey, rowLabel, sort, onSortChange, selected, onSelectedChange } = props;
  const { t, s } = useI18n();
  const id = useId();
  if (props.loading === true && rows.length === 0) return <Loading />;
  if (rows.length === 0 && props.empty !== undefined) return props.empty;
  const keys = rows.map(rowKey);
  const allChosen = selected !== undefined && keys.length > 0 && keys.every((key) => selected.has(key));
  const someChosen = selected !== undefined && !allChosen && keys.some((key) => selected.has(key));
  const selectable = selected !== undefined && onSelectedChange !== undefined;
  const padding = props.dense === true ? 'sm:px-2 sm:py-1.5' : 'sm:px-3 sm:py-3';
  const headPadding = props.dense === true ? 'sm:px-2 sm:py-1' : 'sm:px-3 sm:py-1';
  // On a phone the head holds only what can be pressed.
  const pressable = selectable || (onSortChange !== undefined && columns.some((column) => column.sortable));

  const toggle = (changed: readonly string[], on: boolean) => {
    const next = new Set(selected);
    for (const key of changed) {
      if (on) next.add(key);
      else next.delete(key);
    }
    onSelectedChange?.(next);
  };

  return (
    <div className="overflow-x-auto" aria-busy={props.loading === true || undefined}>
      {/* Display values of CSS take the roles of a table away: they are given again. */}
      <table role="table" className="block w-full border-collapse text-left sm:table">
        <caption
          className={cx(
            'text-std-18B-160 block pb-2 text-left sm:table-caption',
            props.showCaption !== true && 'sr-only',
          )}
        >
          {caption}
        </caption>
        <thead
          role="rowgroup"
          className={cx(
            'border-b-2 border-solid-gray-800 bg-solid-gray-50',
            pressable ? 'max-sm:block' : 'max-sm:sr-only',
          )}
        >
          <tr role="row" className="max-sm:flex max-sm:flex-wrap max-sm:gap-x-4 max-sm:p-2 sm:table-row">
            {selectable && (
              <th role="columnheader" scope="col" className={cx('sm:w-12', headPadding)}>
                <Box
                  visibleOnPhone
                  id={`${id}-all`}
                  label={s(m.selectAll)}
                  checked={allChosen}
                  mixed={someChosen}
                  onChange={(on) => toggle(keys, on)}
                />
              </th>
            )}
            {columns.map((column) => {
              const direction = sort?.column === column.id ? sort.direction : undefined;
              const canSort = column.sortable === true && onSortChange !== undefined;
              return (
                <th
                  key={column.id}
                  role="columnheader"
                  scope="col"
                  aria-sort={
                    direction === undefined ? undefined : direction === 'asc' ? 'ascending' : 'descending'
                  }
                  className={cx(
                    'text-dns-16B-130 whitespace-nowrap',
                    headPadding,
                    alignClass(column.align),
                    !canSort && 'max-sm:sr-only',
                  )}
                >
                  {canSort ? (
                    <button
                      type="button"
                      className="inline-flex min-h-11 items-center gap-1 underline decoration-dotted underline-offset-4 hover:decoration-solid"
                      onClick={() =>
                        onSortChange({ column: column.id, direction: direction === 'asc' ? 'desc' : 'asc' })
                      }
                    >
                      {column.header}
                      <Icon
                        name={
                          direction === undefined ? 'sortNone' : direction === 'asc' ? 'sortUp' : 'sortDown'
                        }
                        size={16}
                      />
                    </button>
                  ) : (
                    column.header
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block sm:table-row-group">
          {rows.map((row, index) => {
            const key = keys[index] ?? '';
            const isCurrent = props.current?.(row) === true;
            return (
              <tr
                key={key}
                role="row"
                aria-current={isCurrent || undefined}
                className={cx(
                  'max-sm:relative max-sm:mt-3 max-sm:block max-sm:rounded-8 max-sm:border max-sm:border-solid-gray-420 max-sm:p-4',
                  'sm:table-row sm:border-b sm:border-solid-gray-300 sm:hover:bg-blue-50',
                  (isCurrent || selected?.has(key) === true) && 'bg-blue-50',
                )}
              >
                {selectable && (
                  <td role="cell" className={cx('max-sm:absolute max-sm:top-2 max-sm:right-2', padding)}>
                    <Box
                      id={`${id}-${key}`}
                      label={s(m.selectRow, { name: rowLabel?.(row) ?? key })}
                      checked={selected.has(key)}
                      onChange={(on) => toggle([key], on)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <Cell key={column.id} column={column} padding={padding} shiftedBy={selectable}>
                    {column.cell(row)}
                  </Cell>
                ))}
              </tr>
            );
          })}
          {rows.length === 0 && (
            <tr role="row" className="max-sm:block">
              <td
                role="cell"
                colSpan={columns.length + (selectable ? 1 : 0)}
                className="py-8 text-center max-sm:block"
              >
                {t(m.noMatches)}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps<T> {
  readonly column: Column<T>;
  readonly padding: string;
  readonly shiftedBy: boolean;
  readonly children: ReactNode;
}

function Cell<T>({ column, padding, shiftedBy, children }: CellProps<T>) {
  const className = cx(
    'max-sm:flex max-sm:flex-wrap max-sm:gap-x-3 sm:table-cell align-top',
    padding,
    alignClass(column.align),
    column.hideOnPhone === true && 'max-sm:hidden',
    column.nowrap === true && 'sm:whitespace-nowrap',
  );
  if (column.primary === true) {
    return (
      <th
        role="rowheader"
        scope="row"
        className={cx(className, 'font-bold max-sm:pb-1', shiftedBy && 'max-sm:pr-10')}
      >
        {children}
      </th>
    );
  }
  return (
    <td role="cell" className={className}>
      <span aria-hidden="true" className="text-dns-14N-130 min-w-24 pt-1 text-solid-gray-700 sm:hidden">
        {column.header}
      </span>
      <div className="max-sm:flex-1">{children}</div>
    </td>
  );
}

function alignClass(align: 'left' | 'right' | 'center' | undefined): string {
  if (align === 'right') return 'sm:text-right tabular-nums';
  return align === 'center' ? 'sm:text-center' : '';
}

function Box({
  id,
  label,
  checked,
  mixed = false,
  visibleOnPhone = false,
  onChange,
}: {
  id: string;
  label: string;
  checked: boolean;
  mixed?: boolean;
  visibleOnPhone?: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label
      htmlFor={id}
      className={cx(
        '-m-2 flex h-11 min-w-11 items-center justify-center',
        visibleOnPhone && 'gap-2 font-normal',
      )}
    >
      <span className={cx('order-2', visibleOnPhone ? 'sm:sr-only' : 'sr-only')}>{label}</span>
      <input
        id={id}
        type="checkbox"
        className="size-5 accent-blue-900"
        checked={checked}
        ref={(element) => {
          if (element) element.indeterminate = mixed;
        }}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}

/** Which of many pages is shown. `page` begins at 1. */
export function Pagination({
  page,
  pageSize,
  total,
  onPage,
}: {
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number) => void;
}) {
  const { t, s } = useI18n();
  const last = Math.max(1, Math.ceil(total / pageSize));
  const from = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const step = (target: number, label: ReactNode, icon: 'chevronLeft' | 'chevronRight') => (
    <button
      type="button"
      disabled={target < 1 || target > last}
      onClick={() => onPage(target)}
      className="inline-flex min-h-11 items-center gap-1 rounded-8 px-3 text-blue-900 underline hover:bg-blue-50 disabled:text-solid-gray-420 disabled:no-underline"
    >
      {icon === 'chevronLeft' && <Icon name={icon} size={20} />}
      {label}
      {icon === 'chevronRight' && <Icon name={icon} size={20} />}
    </button>
  );
  return (
    <nav aria-label={s(m.pagination)} className="mt-4 flex flex-wrap items-center justify-between gap-3">
      <p>{t(m.range, { total, from, to: Math.min(page * pageSize, total) })}</p>
      {last > 1 && (
        <ul className="flex flex-wrap items-center">
          <li>{step(page - 1, t(m.previousPage), 'chevronLeft')}</li>
          {pagesAround(page, last).map((one, index) => (
            <li key={one ?? `gap-${index}`}>
              {one === undefined ? (
                <span aria-hidden="true" className="px-2">
                  …
                </span>
              ) : (
                <button
                  type="button"
                  aria-label={s(m.pageOf, { page: one })}
                  aria-current={one === page ? 'page' : undefined}
                  onClick={() => onPage(one)}
                  className={cx(
                    'size-11 rounded-8 tabular-nums',
                    one === page
                      ? 'bg-blue-900 font-bold text-white'
                      : 'text-blue-900 underline hover:bg-blue-50',
                  )}
                >
                  {one}
                </button>
              )}
            </li>
          ))}
          <li>{step(page + 1, t(m.nextPage), 'chevronRight')}</li>
        </ul>
      )}
    </nav>
  );
}

/** Page numbers to show: first, last, the neighbours; undefined where some are left out. */
export function pagesAround(page: number, last: number): (number | undefined)[] {
  const wanted = [1, page - 1, page, page + 1, last].filter((one) => one >= 1 && one <= last);
  const pages = [...new Set(wanted)].sort((a, b) => a - b);
  return pages.flatMap((one, index) => {
    const before = pages[index - 1];
    if (before === undefined || one - before === 1) return [one];
    return one - before === 2 ? [one - 1, one] : [undefined, one];
  });
}
