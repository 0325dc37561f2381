import type { ReactNode } from 'react';
import { Section } from '../shared/Section.tsx';

const PARTS = [
  { to: '/rounds', label: '受付回' },
  { to: '/bulk-decisions', label: 'まとめて決定' },
  { to: '/places', label: '延長利用の枠' },
] as const;

/** Frame of the pages about rounds: where one is among them, and the page. */
export function RoundsFrame({ children }: { children: ReactNode }) {
  return (
    <Section label="受付回・決定・枠" parts={PARTS}>
      {children}
    </Section>
  );
}

/** A heading with what belongs under it. */
export function Part({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <section className="mt-10 min-w-0">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-3">
        <h2 className="text-std-20B-150">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Browsers draw it each in their own way, and some a bar at nought as a full one. */
const BAR =
  'h-4 w-full max-w-3xl appearance-none overflow-hidden rounded-8 border border-solid-gray-536 bg-white ' +
  '[&::-webkit-progress-bar]:bg-white [&::-webkit-progress-value]:bg-blue-900 [&::-moz-progress-bar]:bg-blue-900';

/** How far something has come: a bar with its figures in words. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  const share = total === 0 ? 100 : Math.floor((done / total) * 100);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-std-16N-170">
        {label}　<b className="tabular-nums">{done}</b> ／ <span className="tabular-nums">{total}</span>件（
        <span className="tabular-nums">{share}</span>％）
      </p>
      <progress aria-label={label} value={done} max={Math.max(total, 1)} className={BAR} />
    </div>
  );
}
