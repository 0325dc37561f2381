import type { ReactNode } from 'react';
import { renderTemplate } from '../../i18n/index.tsx';

/**
 * A text of the domain that is already in the person's language, furigana (`{漢字|かんじ}`) as ruby. Never for what a person
 * typed: braces in it would be lost.
 */
export function marked(text: string): ReactNode {
  return renderTemplate(text);
}
