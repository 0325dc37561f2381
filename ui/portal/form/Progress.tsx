import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/index.tsx';
import { cx } from '../../lib/index.ts';
import { form as m } from '../texts/form.ts';

/** 「ステップ 3／15」 with a bar. Many steps have no room for their names, on a phone or a desk. */
export function Progress({ current, total, label }: { current: number; total: number; label: ReactNode }) {
  const { t } = useI18n();
  return (
    <div className="measure mb-6">
      <p className="text-std-16B-170 mb-2 flex flex-wrap gap-x-4">
        <span className="text-blue-1000">{t(m.step, { current, total })}</span>
        <span className="font-normal text-solid-gray-700">{label}</span>
      </p>
      <div aria-hidden="true" className="flex gap-0.5 sm:gap-1">
        {Array.from({ length: total }, (_, index) => (
          <span
            key={index}
            className={cx(
              'h-2 flex-1 rounded-full forced-colors:border',
              index < current ? 'bg-blue-900 forced-colors:bg-[Highlight]' : 'bg-solid-gray-200',
            )}
          />
        ))}
      </div>
    </div>
  );
}
