import { inLocale, LOCALES, type Locale, type Localized } from '../domain/texts/locale.ts';

/** Something that a person is told: in all languages where families can meet it, in Japanese only where staff alone do. */
export type Told = string | Localized;

/** What is told, in a language; Japanese where there is no other. */
export function toldIn(told: Told, locale: Locale): string {
  return typeof told === 'string' ? told : inLocale(told, locale);
}

/**
 * The language that a request asks for by `Accept-Language` (RFC 9110). やさしい日本語 is `ja-easy`; its texts carry furigana as
 * `{漢字|かんじ}`. Japanese where nothing is asked for, or only what there is not.
 */
export function localeAsked(header: string | undefined): Locale {
  const wanted = (header ?? '').split(',').map((part, index) => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one);
    return { range: range.trim(), quality: quality === undefined ? 1 : Number(quality), index };
  });
  for (const { range } of wanted
    .filter((one) => one.quality > 0)
    .toSorted((a, b) => b.quality - a.quality || a.index - b.index)) {
    const locale = LOCALES.find((one) => one === range) ?? LOCALES.find((one) => one === range.split('-')[0]);
    if (locale) return locale;
  }
  return 'ja';
}
