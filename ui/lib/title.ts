import { useEffect } from 'react';
import { plainText } from '../i18n/template.ts';
import type { Text } from '../i18n/template.ts';
import { spoken } from './spoken.ts';

let service: Text = '';

/** The name that ends every title. Set once by the entry point. */
export function setService(name: Text): void {
  service = name;
}

/**
 * Sets the title of the page: 「エラー：title｜service」, in English “Error: title – service”.
 * Pass the plain string of the page's h1, and whether it shows errors.
 */
export function useDocumentTitle(
  title: string,
  options: { hasErrors?: boolean; errorWord?: string } = {},
): void {
  const { hasErrors = false, errorWord = 'エラー' } = options;
  const language = spoken();
  useEffect(() => {
    const english = language === 'en';
    const own = english ? title.replaceAll('｜', ' – ') : title;
    const parts = [
      hasErrors ? `${errorWord}${english ? ': ' : '：'}${own}` : own,
      plainText(service, language),
    ];
    document.title = parts.filter((part) => part !== '').join(english ? ' – ' : '｜');
  }, [title, hasErrors, errorWord, language]);
}
