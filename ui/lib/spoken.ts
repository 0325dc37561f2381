import type { Language } from '../i18n/language.ts';

let language: Language = 'ja';

/** The language of the screen: the API is asked to answer in it, and what cannot be asked is said in it. */
export function spoken(): Language {
  return language;
}

/** Called by the provider of the language before anything below it is drawn. */
export function speak(next: Language): void {
  language = next;
}
