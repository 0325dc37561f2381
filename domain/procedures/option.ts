import { text } from '../texts/locale.ts';
import type { Option } from './definition.ts';

/** A choice with its label in all three languages. */
export function option(value: string, ja: string, easy: string, en: string): Option {
  return { value, label: text(ja, easy, en) };
}
