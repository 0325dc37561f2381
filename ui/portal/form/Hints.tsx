import type { ReactNode } from 'react';
import type { CheckDraftResponse } from '../../../api/contract/index.ts';
import { NotificationBanner, TextLink } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { form as m } from '../texts/form.ts';

export type Hint = CheckDraftResponse['hints'][number];

/** Tells two hints apart. */
export function hintKey(hint: Hint): string {
  return `${hint.code}:${hint.field ?? ''}:${hint.document ?? ''}:${hint.text.ja}`;
}

/** What the intake check found that helps before filing (Q15). Nothing here stops anybody. */
export function Hints({
  hints,
  toOf,
  children,
  announce = false,
}: {
  hints: readonly Hint[];
  /** Where the answer or document of a hint can be changed. */
  toOf?: (hint: Hint) => string | undefined;
  children?: ReactNode;
  announce?: boolean;
}) {
  const { t, s } = useI18n();
  if (hints.length === 0) return null;
  return (
    <NotificationBanner tone="warning" title={t(m.hintsTitle)} announce={announce} className="measure mb-8">
      <ul className="flex list-disc flex-col gap-3 pl-5">
        {hints.map((hint) => {
          const to = toOf?.(hint);
          return (
            <li key={hintKey(hint)}>
              {t(hint.text)}
              {to !== undefined && (
                <>
                  {' '}
                  <TextLink to={to}>
                    {t(m.toThisAnswer)}
                    <span className="sr-only">（{s(hint.text)}）</span>
                  </TextLink>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {children}
    </NotificationBanner>
  );
}
