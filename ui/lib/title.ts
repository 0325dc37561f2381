import { useEffect } from 'react';

/**
 * Sets the title of the page: 「エラー：title｜service」. `service` is set once by the entry point.
 * Pass the plain string of the page's h1, and whether it shows errors.
 */
export function useDocumentTitle(
  title: string,
  options: { hasErrors?: boolean; errorWord?: string } = {},
): void {
  const { hasErrors = false, errorWord = 'エラー' } = options;
  useEffect(() => {
    const service = document.documentElement.dataset['service'] ?? '';
    const parts = [hasErrors ? `${errorWord}：${title}` : title, service].filter((part) => part !== '');
    document.title = parts.join('｜');
  }, [title, hasErrors, errorWord]);
}
