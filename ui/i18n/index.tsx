import { createContext, Fragment, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { speak } from '../lib/spoken.ts';
import { detectLanguage, LANGUAGE_TAGS, storeLanguage } from './language.ts';
import type { Language } from './language.ts';
import { parseTemplate, plainText, templateOf, valueOf } from './template.ts';
import type { Text } from './template.ts';

export { LANGUAGES, LANGUAGE_NAMES, LANGUAGE_TAGS } from './language.ts';
export type { Language } from './language.ts';
export { messages, plainText } from './template.ts';
export type { Message, Text } from './template.ts';

interface I18nState {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

const I18nContext = createContext<I18nState>({ language: 'ja', setLanguage: () => undefined });

/**
 * Gives the language to everything below and sets `lang` and `data-language` on the document.
 * `fixed` pins it (staff console, tests); without it the person's choice is detected and kept.
 */
export function I18nProvider({ fixed, children }: { fixed?: Language; children: ReactNode }) {
  const [chosen, setChosen] = useState<Language>(() => fixed ?? detectLanguage());
  const language = fixed ?? chosen;
  // Before children ask the API for anything, which their effects do ahead of this one's.
  speak(language);
  useEffect(() => {
    document.documentElement.lang = LANGUAGE_TAGS[language];
    document.documentElement.dataset['language'] = language;
  }, [language]);
  const setLanguage = useCallback((next: Language) => {
    storeLanguage(next);
    setChosen(next);
  }, []);
  const state = useMemo(() => ({ language, setLanguage }), [language, setLanguage]);
  return <I18nContext value={state}>{children}</I18nContext>;
}

/** Renders a template as React nodes, ruby as `<ruby>`. Values may be nodes (links, emphasis). */
export function renderTemplate(
  template: string,
  values: Readonly<Record<string, ReactNode>> = {},
): ReactNode {
  const pieces = parseTemplate(template);
  const only = pieces[0];
  if (pieces.length === 1 && only?.kind === 'text') return only.text;
  return pieces.map((piece, index) => {
    if (piece.kind === 'text') return piece.text;
    if (piece.kind === 'value')
      return <Fragment key={index}>{valueOf(values, piece.name, template)}</Fragment>;
    return (
      <ruby key={index}>
        {piece.base}
        <rp>(</rp>
        <rt>{piece.reading}</rt>
        <rp>)</rp>
      </ruby>
    );
  });
}

export interface I18n extends I18nState {
  /** Text as React nodes, furigana as ruby. */
  readonly t: (text: Text, values?: Readonly<Record<string, ReactNode>>) => ReactNode;
  /** Text as a string (attributes, titles, announcements), without furigana. */
  readonly s: (text: Text, values?: Readonly<Record<string, string | number>>) => string;
  /** Locale tag for Intl. */
  readonly locale: string;
}

/** The language in use and how to put texts into it. Outside a provider: Japanese. */
export function useI18n(): I18n {
  const state = useContext(I18nContext);
  const { language } = state;
  const t = useCallback(
    (text: Text, values?: Readonly<Record<string, ReactNode>>) =>
      typeof text === 'string' ? text : renderTemplate(templateOf(text, language), values),
    [language],
  );
  const s = useCallback(
    (text: Text, values?: Readonly<Record<string, string | number>>) => plainText(text, language, values),
    [language],
  );
  return useMemo(
    () => ({ ...state, t, s, locale: language === 'en' ? 'en-US' : 'ja-JP' }),
    [state, t, s, language],
  );
}
