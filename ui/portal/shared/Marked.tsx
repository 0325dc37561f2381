import type { ReactNode } from 'react';
import { displayDate } from '../../../domain/procedures/format-dates.ts';
import { renderTemplate } from '../../i18n/index.tsx';
import type { Language } from '../../i18n/index.tsx';
import { dateInTokyo, formatDateTime, formatTime } from '../../lib/index.ts';

/**
 * A text of the domain that is already in the person's language, furigana (`{漢字|かんじ}`) as ruby. Never for what a person
 * typed: braces in it would be lost.
 */
export function marked(text: string): ReactNode {
  return renderTemplate(text);
}

/** Day and time of an instant in the person's language, furigana where it wants them. */
export function moment(instant: string, language: Language): ReactNode {
  if (language === 'ja') return formatDateTime(instant);
  return marked(`${displayDate(dateInTokyo(instant), language)} ${formatTime(instant)}`);
}
