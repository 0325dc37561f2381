/** Languages of the applicant's screens: Japanese, やさしい日本語 (with furigana written `{漢字|かんじ}`), English. */
export const LOCALES = ['ja', 'ja-easy', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** A text in each language. Japanese is always there; the others fall back to it. */
export type Localized = { ja: string; 'ja-easy'?: string; en?: string };

/** The text in a language, Japanese where that language has none. */
export function inLocale(text: Localized, locale: Locale): string {
  return text[locale] ?? text.ja;
}

/** A text in all three languages: Japanese, やさしい日本語 with furigana, English. */
export function text(ja: string, easy: string, en: string): Required<Localized> {
  return { ja, 'ja-easy': easy, en };
}

/** Furigana left out: `{漢字|かんじ}` becomes `漢字`. For places that cannot show ruby (PDF, CSV, attributes). */
export function withoutFurigana(marked: string): string {
  return marked.replace(/\{([^{}|]+)\|[^{}|]+\}/gu, '$1');
}
