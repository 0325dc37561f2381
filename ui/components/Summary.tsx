import { useState } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';

export interface SummaryRow {
  readonly key: string;
  readonly label: ReactNode;
  /** Empty values show 「入力なし」. */
  readonly value: ReactNode;
  /** `what` says to assistive technology what is changed; the plain label. */
  readonly change?: { readonly to?: string; readonly onClick?: () => void; readonly what?: string };
  /** Marks a row (a deficient answer) with a stripe and what is shown in `note`. */
  readonly tone?: 'warning' | 'danger';
  readonly note?: ReactNode;
}

export interface SummaryListProps {
  readonly rows: readonly SummaryRow[];
  readonly title?: ReactNode;
  readonly headingLevel?: 2 | 3 | 4;
  readonly actions?: ReactNode;
  /** A word under the title. */
  readonly lead?: ReactNode;
}

/** Answers to check before they are sent, each with 「変更」. */
export function SummaryList({ rows, title, headingLevel = 2, actions, lead }: SummaryListProps) {
  const { t } = useI18n();
  const Heading = `h${headingLevel}` as const;
  return (
    <section className="mb-8">
      {title !== undefined && (
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <Heading className="text-std-20B-150">{title}</Heading>
          {actions}
        </div>
      )}
      {lead !== undefined && <div className="text-dns-16N-130 mb-2 text-solid-gray-700">{lead}</div>}
      <dl className="border-t border-solid-gray-420">
        {rows.map((row) => (
          <div
            key={row.key}
            className={cx(
              'grid gap-x-4 gap-y-1 border-b border-solid-gray-300 py-3 sm:grid-cols-[minmax(8rem,16rem)_1fr_auto]',
              // On a phone beside the question, where a line of its own for each would double the page.
              row.change && 'max-sm:grid-cols-[1fr_auto]',
              // The stripe stands in the margin, so that the columns of all rows stay in line.
              row.tone !== undefined &&
                'relative before:absolute before:inset-y-0 before:-left-3 before:border-l-6',
              row.tone === 'danger' && 'before:border-red-800',
              row.tone === 'warning' && 'before:border-orange-700',
            )}
          >
            <dt className="text-std-16B-170 min-w-0">{row.label}</dt>
            <dd className="min-w-0 whitespace-pre-wrap max-sm:col-span-full">
              {isEmpty(row.value) ? (
                <span className="text-solid-gray-700">{t(m.notEntered)}</span>
              ) : (
                row.value
              )}
              {row.note !== undefined && <div className="mt-1">{row.note}</div>}
            </dd>
            {row.change && (
              <dd className="no-print max-sm:col-start-2 max-sm:row-start-1">
                <ChangeLink change={row.change} label={row.label} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}

function ChangeLink({ change, label }: { change: NonNullable<SummaryRow['change']>; label: ReactNode }) {
  const { t } = useI18n();
  const text = (
    <>
      {t(m.change)}
      <span className="sr-only">（{change.what ?? label}）</span>
    </>
  );
  const className = 'link inline-flex min-h-11 items-center -my-2.5';
  return change.to === undefined ? (
    <button type="button" className={className} onClick={change.onClick}>
      {text}
    </button>
  ) : (
    <Link to={change.to} className={className} onClick={change.onClick}>
      {text}
    </Link>
  );
}

function isEmpty(value: ReactNode): boolean {
  return value === undefined || value === null || value === '' || value === false;
}

export interface DescriptionListProps {
  readonly items: readonly {
    readonly key?: string;
    readonly term: ReactNode;
    readonly description: ReactNode;
  }[];
  readonly columns?: 1 | 2 | 3;
}

/** Facts in few words, several columns where there is room. */
export function DescriptionList({ items, columns = 1 }: DescriptionListProps) {
  const { t } = useI18n();
  return (
    <dl
      className={cx(
        'grid gap-x-8 gap-y-3',
        columns === 2 && 'sm:grid-cols-2',
        columns === 3 && 'sm:grid-cols-2 lg:grid-cols-3',
      )}
    >
      {items.map((item, index) => (
        <div key={item.key ?? index}>
          <dt className="text-dns-14N-130 text-solid-gray-700">{item.term}</dt>
          <dd className="whitespace-pre-wrap">
            {isEmpty(item.description) ? (
              <span className="text-solid-gray-700">{t(m.notEntered)}</span>
            ) : (
              item.description
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A bordered part of a page. */
export function Card({
  title,
  actions,
  tone,
  headingLevel = 2,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  tone?: 'info' | 'warning' | 'danger';
  headingLevel?: 2 | 3 | 4;
  children: ReactNode;
}) {
  const Heading = `h${headingLevel}` as const;
  return (
    <section
      className={cx(
        'rounded-12 border bg-white p-4 sm:p-6',
        tone === 'danger'
          ? 'border-red-900'
          : tone === 'warning'
            ? 'border-orange-800'
            : 'border-solid-gray-420',
        tone === 'info' && 'border-blue-900 bg-blue-50',
      )}
    >
      {(title !== undefined || actions !== undefined) && (
        <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
          {title !== undefined && <Heading className="text-std-20B-150">{title}</Heading>}
          {actions !== undefined && <div className="flex flex-wrap gap-3">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

/** More to read, folded. Works without script; findable by the browser's search where it can. */
export function Disclosure({
  summary,
  children,
  open = false,
}: {
  summary: ReactNode;
  children: ReactNode;
  open?: boolean;
}) {
  const [isOpen, setOpen] = useState(open);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
      <summary className="flex min-h-11 list-none items-start gap-2 rounded-4 py-2 text-blue-1000 underline underline-offset-3 hover:decoration-3 [&::-webkit-details-marker]:hidden">
        <Icon name="chevronRight" size={20} className="mt-1 transition-transform group-open:rotate-90" />
        <span>{summary}</span>
      </summary>
      <div className="ml-2.5 border-l-4 border-solid-gray-300 py-2 pl-5">{children}</div>
    </details>
  );
}
