import type { ReactNode } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { TextLink } from './Button.tsx';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';
import { StatusTag } from './Status.tsx';
import type { StatusTone } from './Status.tsx';

export interface Step {
  readonly id: string;
  readonly label: ReactNode;
  /** Where a finished step can be gone back to. */
  readonly to?: string;
}

export interface StepNavProps {
  readonly steps: readonly Step[];
  readonly current: string;
  readonly done?: readonly string[];
}

/** 「ステップ 2/7」 with a bar on phones; all steps by name where there is room. */
export function StepNav({ steps, current, done = [] }: StepNavProps) {
  const { t, s } = useI18n();
  const index = Math.max(
    steps.findIndex((step) => step.id === current),
    0,
  );
  return (
    <nav aria-label={s(m.stepsLabel)} className="no-print mb-6">
      <div className="lg:hidden">
        <p className="text-std-16B-170 mb-2 flex flex-wrap gap-x-3">
          <span className="text-blue-1000">{t(m.step, { current: index + 1, total: steps.length })}</span>
          <span>{steps[index]?.label}</span>
        </p>
        <div aria-hidden="true" className="flex gap-1">
          {steps.map((step, position) => (
            <span
              key={step.id}
              className={cx(
                'h-2 flex-1 rounded-full forced-colors:border',
                position <= index ? 'bg-blue-900 forced-colors:bg-[Highlight]' : 'bg-solid-gray-200',
              )}
            />
          ))}
        </div>
      </div>
      <ol className="hidden lg:flex">
        {steps.map((step, position) => {
          const isCurrent = position === index;
          const isDone = done.includes(step.id) && !isCurrent;
          return (
            <li
              key={step.id}
              aria-current={isCurrent ? 'step' : undefined}
              className="relative flex flex-1 flex-col items-center px-1 text-center not-first:before:absolute not-first:before:top-4 not-first:before:right-1/2 not-first:before:left-[-50%] not-first:before:-z-10 not-first:before:h-0.5 not-first:before:bg-solid-gray-300"
            >
              <span
                className={cx(
                  'text-oln-16B-100 mb-2 flex size-9 items-center justify-center rounded-full border-2',
                  isCurrent
                    ? 'border-blue-900 bg-blue-900 text-white'
                    : isDone
                      ? 'border-blue-900 bg-white text-blue-900'
                      : 'border-solid-gray-420 bg-white text-solid-gray-700',
                )}
              >
                {isDone ? <Icon name="check" size={20} /> : position + 1}
              </span>
              <span className={cx('text-dns-14N-130', isCurrent && 'font-bold')}>
                {isDone && step.to !== undefined ? (
                  <TextLink to={step.to}>{step.label}</TextLink>
                ) : (
                  step.label
                )}
                {isDone && <span className="sr-only">（{t(m.stepDone)}）</span>}
                {isCurrent && <span className="sr-only">（{t(m.stepCurrent)}）</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

export interface TaskListItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Without it the task cannot be started yet. */
  readonly to?: string;
  readonly status: { readonly label: ReactNode; readonly tone?: StatusTone };
}

/** Things to do, in any order, each with its state. The whole row is the link. */
export function TaskList({ items }: { items: readonly TaskListItem[] }) {
  return (
    <ul className="border-t border-solid-gray-300">
      {items.map((item) => (
        <li
          key={item.id}
          className={cx(
            'relative flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-solid-gray-300 px-2 py-3',
            item.to !== undefined && 'hover:bg-blue-50',
          )}
        >
          <div className="min-w-0 flex-1 basis-52">
            {item.to === undefined ? (
              <span className="text-solid-gray-700">{item.label}</span>
            ) : (
              <TextLink to={item.to} className="before:absolute before:inset-0 before:content-['']">
                {item.label}
              </TextLink>
            )}
            {item.hint !== undefined && (
              <div className="text-dns-16N-130 mt-1 text-solid-gray-700">{item.hint}</div>
            )}
          </div>
          <StatusTag tone={item.status.tone ?? 'neutral'}>{item.status.label}</StatusTag>
        </li>
      ))}
    </ul>
  );
}
