import type { ReactNode } from 'react';
import { useState } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { formatDateTime } from '../lib/format.ts';
import { ApiProblem, problemMessage } from '../lib/problem.ts';
import { Button, TextLink } from './Button.tsx';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';
import { NotificationBanner } from './Notification.tsx';

export type StatusTone = 'neutral' | 'info' | 'progress' | 'success' | 'warning' | 'danger';

const TAGS: Record<StatusTone, string> = {
  neutral: 'border-solid-gray-536 bg-white text-solid-gray-800',
  info: 'border-blue-900 bg-blue-50 text-blue-1000',
  progress: 'border-cyan-900 bg-cyan-50 text-cyan-1100',
  success: 'border-green-800 bg-green-50 text-green-1000',
  warning: 'border-orange-800 bg-orange-50 text-orange-1000',
  danger: 'border-red-900 bg-red-50 text-red-1000',
};

/** A state in a word. */
export function StatusTag({ tone = 'neutral', children }: { tone?: StatusTone; children: ReactNode }) {
  return (
    <span
      className={cx(
        'text-dns-14B-130 inline-flex items-center rounded-8 border px-2 py-1 whitespace-nowrap',
        TAGS[tone],
      )}
    >
      {children}
    </span>
  );
}

/** A turning ring. Alone it says nothing: use Loading for a whole area. */
export function Spinner({ size = 24 }: { size?: 16 | 24 | 40 }) {
  const sizes = { 16: 'size-4 border-2', 24: 'size-6 border-3', 40: 'size-10 border-4' };
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-block animate-spin rounded-full border-blue-900 border-r-transparent motion-reduce:animate-none',
        sizes[size],
      )}
    />
  );
}

/** What is shown while an area loads. */
export function Loading({ label }: { label?: ReactNode }) {
  const { t } = useI18n();
  return (
    <div role="status" className="flex items-center justify-center gap-3 py-12">
      <Spinner size={40} />
      <span>{label ?? t(m.loading)}</span>
    </div>
  );
}

/** What is shown where data could not be loaded, with a way to try again. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useI18n();
  const final = error instanceof ApiProblem && (error.isForbidden || error.isNotFound);
  return (
    <NotificationBanner
      tone="error"
      title={problemMessage(error)}
      announce
      actions={
        onRetry && !final ? (
          <Button variant="outline" onClick={onRetry}>
            {t(m.reload)}
          </Button>
        ) : undefined
      }
    />
  );
}

/** Nothing here, and what to do about it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-12 border border-dashed border-solid-gray-420 px-4 py-12 text-center">
      <p className="text-std-18B-160">{title}</p>
      {children !== undefined && <div className="text-solid-gray-700">{children}</div>}
      {action}
    </div>
  );
}

export interface ConfirmationPanelProps {
  readonly title: ReactNode;
  readonly receiptNumber?: string;
  readonly children?: ReactNode;
}

/** The end of a procedure: it is done, and this is its number. Its title is the h1 of the page. */
export function ConfirmationPanel({ title, receiptNumber, children }: ConfirmationPanelProps) {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);
  return (
    <section className="rounded-16 border-3 border-green-700 bg-green-50 p-6 text-center sm:p-8">
      <Icon name="success" size={48} className="mx-auto text-green-800" />
      <h1 tabIndex={-1} className="text-std-28B-150 sm:text-std-32B-150 mt-3">
        {title}
      </h1>
      {receiptNumber !== undefined && (
        <div className="mt-6">
          <p>{t(m.receiptNumber)}</p>
          <p className="text-std-28B-150 sm:text-std-36B-140 font-mono tracking-wider">{receiptNumber}</p>
          <div className="mt-2 flex justify-center">
            <Button
              variant="text"
              size="sm"
              icon="copy"
              className="no-print"
              onClick={() => {
                void navigator.clipboard.writeText(receiptNumber).then(() => setCopied(true));
              }}
            >
              {t(m.copy)}
            </Button>
          </div>
          <p role="status" className="min-h-6">
            {copied && t(m.copied)}
          </p>
        </div>
      )}
      {children !== undefined && <div className="mt-4">{children}</div>}
    </section>
  );
}

export interface TimelineItem {
  readonly id: string;
  /** Instant, ISO 8601 UTC. */
  readonly at: string;
  /** The instant in words where the usual ones do not do (furigana). */
  readonly when?: ReactNode;
  readonly title: ReactNode;
  readonly actor?: ReactNode;
  readonly body?: ReactNode;
  readonly tone?: StatusTone;
  readonly tag?: ReactNode;
}

const DOTS: Record<StatusTone, string> = {
  neutral: 'bg-solid-gray-536',
  info: 'bg-blue-900',
  progress: 'bg-cyan-900',
  success: 'bg-green-700',
  warning: 'bg-orange-700',
  danger: 'bg-red-800',
};

/** What happened, when and by whom, in the order given. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  const { locale } = useI18n();
  return (
    <ol className="flex flex-col">
      {items.map((item) => (
        <li
          key={item.id}
          className="relative pb-6 pl-8 last:pb-0 not-last:before:absolute not-last:before:top-3 not-last:before:bottom-0 not-last:before:left-[0.4375rem] not-last:before:w-0.5 not-last:before:bg-solid-gray-300"
        >
          <span
            aria-hidden="true"
            className={cx(
              'absolute top-2 left-0 size-4 rounded-full ring-4 ring-white',
              DOTS[item.tone ?? 'neutral'],
            )}
          />
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="text-std-16B-170">{item.title}</span>
            {item.tag}
          </p>
          <p className="text-dns-16N-130 mt-1 flex flex-wrap gap-x-4 text-solid-gray-700">
            <time dateTime={item.at}>
              {item.when ?? formatDateTime(item.at, { weekday: locale.startsWith('ja'), locale })}
            </time>
            {item.actor !== undefined && <span>{item.actor}</span>}
          </p>
          {item.body !== undefined && <div className="mt-2">{item.body}</div>}
        </li>
      ))}
    </ol>
  );
}

export interface StatCardProps {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly unit?: ReactNode;
  readonly note?: ReactNode;
  readonly tone?: StatusTone;
  /** Makes the whole card a link. */
  readonly to?: string;
}

/** One figure. Several of them stand in a StatGrid. */
export function StatCard({ label, value, unit, note, tone = 'neutral', to }: StatCardProps) {
  return (
    <div
      className={cx(
        'relative flex flex-col rounded-12 border bg-white p-4',
        tone === 'danger'
          ? 'border-red-900'
          : tone === 'warning'
            ? 'border-orange-800'
            : 'border-solid-gray-420',
        to !== undefined && 'hover:bg-blue-50',
      )}
    >
      <dt className="text-dns-16N-130 text-solid-gray-700">
        {to === undefined ? (
          label
        ) : (
          <TextLink to={to} className="before:absolute before:inset-0 before:content-['']">
            {label}
          </TextLink>
        )}
      </dt>
      <dd className="mt-2 flex items-baseline gap-1">
        <span className={cx('text-std-28B-150 tabular-nums', tone === 'danger' && 'text-red-900')}>
          {value}
        </span>
        {unit !== undefined && <span>{unit}</span>}
      </dd>
      {note !== undefined && <dd className="text-dns-14N-130 mt-1 text-solid-gray-700">{note}</dd>}
    </div>
  );
}

/** Figures side by side, as many in a row as fit. */
export function StatGrid({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[repeat(auto-fill,minmax(min(11rem,100%),1fr))] gap-4">{children}</dl>;
}
