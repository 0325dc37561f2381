/** Languages of the applicant's screens: Japanese, やさしい日本語 (with furigana written `{漢字|かんじ}`), English. */
export const LOCALES = ['ja', 'ja-easy', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** A text in each language. Japanese is always there; the others fall back to it. */
export type Localized = { ja: string; 'ja-easy'?: string; en?: string };

/** The text in a language, Japanese where that language has none. */
export function inLocale(text: Localized, locale: Locale): string {
  return text[locale] ?? text.ja;
}
