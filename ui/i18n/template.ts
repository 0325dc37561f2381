import type { Localized } from '../../domain/texts/locale.ts';
import type { Language } from './language.ts';

/** One text in each language. `easy` may carry furigana: `{申請|しんせい}`. Values are `{name}`. */
export interface Message {
  readonly ja: string;
  readonly en: string;
  readonly easy: string;
}

/**
 * A message of the screens, a text of the domain (whose languages may be missing: Japanese then), or a plain string
 * that is the same in every language (a child's name, a code).
 */
export type Text = Message | Localized | string;

/** The template of a text in a language. */
export function templateOf(text: Message | Localized, language: Language): string {
  if (language === 'ja') return text.ja;
  const own = language === 'en' ? text.en : 'easy' in text ? text.easy : text['ja-easy'];
  return own ?? text.ja;
}

/** A piece of a parsed message. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'ruby'; readonly base: string; readonly reading: string }
  | { readonly kind: 'value'; readonly name: string };

const TOKEN = /\{([^{}|]+)\|([^{}|]+)\}|\{([A-Za-z][A-Za-z0-9_]*)\}/gu;

const cache = new Map<string, readonly Piece[]>();

/** Splits a message into text, ruby and values. Unbalanced braces stay as text. */
export function parseTemplate(template: string): readonly Piece[] {
  const known = cache.get(template);
  if (known) return known;
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of template.matchAll(TOKEN)) {
    if (match.index > end) pieces.push({ kind: 'text', text: template.slice(end, match.index) });
    const [whole, base, reading, name] = match;
    if (name !== undefined) pieces.push({ kind: 'value', name });
    else pieces.push({ kind: 'ruby', base: base ?? '', reading: reading ?? '' });
    end = match.index + whole.length;
  }
  if (end < template.length) pieces.push({ kind: 'text', text: template.slice(end) });
  cache.set(template, pieces);
  return pieces;
}

/** Names of the values that a template wants, in order of appearance. */
export function valueNames(template: string): string[] {
  return parseTemplate(template).flatMap((piece) => (piece.kind === 'value' ? [piece.name] : []));
}

/** The string of a text in a language: values filled in, furigana left out. For attributes and titles. */
export function plainText(
  text: Text,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  if (typeof text === 'string') return text;
  const template = templateOf(text, language);
  return parseTemplate(template)
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'ruby') return piece.base;
      return String(valueOf(values, piece.name, template) ?? '');
    })
    .join('');
}

/** A value of a template. A missing one is a fault of ours: said in the console, where tests see it. */
export function valueOf<V>(
  values: Readonly<Record<string, V>>,
  name: string,
  template: string,
): V | undefined {
  if (!(name in values)) console.error(`no value "${name}" for: ${template}`);
  return values[name];
}

/** Only checks types: every message has all languages. Use one `const m = messages({...})` an area. */
export function messages<const T extends Record<string, Message>>(area: T): T {
  return area;
}
