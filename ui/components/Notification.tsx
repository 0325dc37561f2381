import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { Read } from '../i18n/reading.tsx';
import type { SummaryItem } from '../lib/form.ts';
import { cx } from '../lib/cx.ts';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';

export type Tone = 'info' | 'success' | 'warning' | 'error';

const TONES: Record<Tone, { frame: string; icon: string }> = {
  info: { frame: 'border-blue-900', icon: 'text-blue-900' },
  success: { frame: 'border-green-700', icon: 'text-green-800' },
  warning: { frame: 'border-yellow-700', icon: 'text-yellow-900' },
  error: { frame: 'border-red-800', icon: 'text-red-900' },
};

export interface NotificationBannerProps {
  readonly tone?: Tone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly onClose?: () => void;
  /** Reads it out when it appears after the page has loaded. */
  readonly announce?: boolean;
  readonly className?: string;
}

/** A notice at the top of a page or section. Its kind is said by icon and word, not by colour alone. */
export function NotificationBanner({
  tone = 'info',
  title,
  children,
  actions,
  onClose,
  announce = false,
  className,
}: NotificationBannerProps) {
  const { s } = useI18n();
  const look = TONES[tone];
  return (
    <div
      role={announce ? (tone === 'error' ? 'alert' : 'status') : undefined}
      className={cx('rounded-12 border-3 bg-white p-4 sm:p-6', look.frame, className)}
    >
      <div className="flex items-start gap-3">
        <Icon name={tone} className={cx('mt-0.5', look.icon)} />
        <div className="min-w-0 flex-1">
          <p className="text-std-17B-170">
            <span className="sr-only">{s(m[tone])}: </span>
            <Read>{title}</Read>
          </p>
          {children !== undefined && <div className="mt-2 flex flex-col gap-2">{children}</div>}
          {actions !== undefined && <div className="mt-4 flex flex-wrap gap-4">{actions}</div>}
        </div>
        {onClose && (
          <button
            type="button"
            onClick={onClose}
            className="-mt-2 -mr-2 flex size-11 items-center justify-center rounded-8 hover:bg-solid-gray-50"
          >
            <Icon name="close" />
            <span className="sr-only">{s(m.close)}</span>
          </button>
        )}
      </div>
    </div>
  );
}

export interface ErrorSummaryProps {
  /** Those of a form, or any with richer messages (furigana). */
  readonly errors: readonly { readonly fieldId?: SummaryItem['fieldId']; readonly message: ReactNode }[];
  /** The summary takes the focus when this grows (`form.failures`). */
  readonly focusKey?: number;
  readonly title?: ReactNode;
}

/** All that is wrong with a form, at the top of the page, each line a link to its field. */
export function ErrorSummary({ errors, focusKey = 0, title }: ErrorSummaryProps) {
  const { t } = useI18n();
  const ref = useRef<HTMLDivElement>(null);
  const shown = errors.length > 0;
  useEffect(() => {
    if (focusKey > 0 && shown) {
      ref.current?.scrollIntoView({ block: 'start' });
      ref.current?.focus({ preventScroll: true });
    }
    // Only a new failure moves the focus, not an error that goes away.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [focusKey]);
  if (!shown) return null;
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role="alert"
      aria-labelledby="error-summary-title"
      className="focus-ring mb-8 rounded-12 border-3 border-red-800 bg-white p-4 sm:p-6"
    >
      <div className="flex items-start gap-3">
        <Icon name="error" className="mt-1 text-red-900" />
        <div className="min-w-0 flex-1">
          <h2 id="error-summary-title" className="text-std-20B-150">
            {title ?? t(m.summaryTitle)}
          </h2>
          <ul className="mt-3 flex list-disc flex-col gap-1 pl-5">
            {errors.map((error, index) => (
              <li key={error.fieldId ?? index}>
                {error.fieldId === undefined ? (
                  <span className="font-bold text-red-900">
                    <Read>{error.message}</Read>
                  </span>
                ) : (
                  <a
                    href={`#${error.fieldId}`}
                    className="font-bold text-red-900 underline underline-offset-3 hover:decoration-3 focus-visible:bg-yellow-300"
                    onClick={(event) => {
                      event.preventDefault();
                      focusField(error.fieldId ?? '');
                    }}
                  >
                    <Read>{error.message}</Read>
                  </a>
                )}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

/** Brings a field into view with its label and puts the focus into it. */
export function focusField(id: string): void {
  const field = document.getElementById(id) ?? document.getElementById(`${id}-group`);
  if (!field) return;
  const group = field.closest('fieldset') ?? field.closest('[data-invalid]') ?? field;
  group.scrollIntoView({ block: 'start' });
  if (field instanceof HTMLFieldSetElement) field.tabIndex = -1;
  field.focus({ preventScroll: true });
}
