import { LOCALES } from '../../domain/texts/locale.ts';
import type { Locale } from '../../domain/texts/locale.ts';

/** Languages of the applicant portal. `ja-easy` is やさしい日本語, with furigana. The staff console is `ja` only. */
export const LANGUAGES = LOCALES;
export type Language = Locale;

/** What each language is called in itself. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  ja: '日本語',
  'ja-easy': 'やさしいにほんご',
  en: 'English',
};

/** BCP 47 tag for the `lang` attribute and for Intl. */
export const LANGUAGE_TAGS: Record<Language, string> = { ja: 'ja', 'ja-easy': 'ja', en: 'en' };

const STORAGE_KEY = 'language';

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/**
 * The language to start with: `?lang=` in the address, then what was chosen before on this device,
 * then the browser's preference (anything but Japanese gets English), then Japanese.
 */
export function detectLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get('lang');
  if (isLanguage(asked)) return asked;
  const stored = readStored();
  if (stored) return stored;
  const preferred = navigator.languages[0] ?? 'ja';
  return preferred.startsWith('ja') ? 'ja' : 'en';
}

/** Keeps the choice on this device, and takes `?lang=` out of the address, which would win when the page is reloaded. */
export function storeLanguage(language: Language): void {
  const address = new URL(window.location.href);
  if (address.searchParams.has('lang')) {
    address.searchParams.delete('lang');
    window.history.replaceState(window.history.state, '', address);
  }
  try {
    window.localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Private browsing may refuse storage: the choice then lasts as long as the page.
  }
}

function readStored(): Language | undefined {
  try {
    const value = window.localStorage.getItem(STORAGE_KEY);
    return isLanguage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
