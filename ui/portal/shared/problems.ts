import type { I18n } from '../../i18n/index.tsx';
import { ApiProblem } from '../../lib/index.ts';
import { problems } from '../texts/common.ts';

const BY_CODE: Readonly<Record<string, (typeof problems)[keyof typeof problems]>> = problems;

/**
 * The sentence to show for a failed call, in the person's language. The API speaks Japanese; what it says is shown as it
 * is where there is no translation.
 */
export function problemText(error: unknown, { s, language }: Pick<I18n, 's' | 'language'>): string {
  if (!(error instanceof ApiProblem)) return s(problems.internal);
  const known = BY_CODE[error.code];
  if (error.isNetwork) return s(problems.network);
  if (known && (language !== 'ja' || error.detail === undefined)) return s(known);
  // What the API says of itself in this language; its detail is Japanese.
  const told = error.body['titles'] as Partial<Record<string, string>> | undefined;
  const own = told?.[language];
  if (language !== 'ja' && own !== undefined) return s({ ja: own, 'ja-easy': own, en: own });
  if (language !== 'ja' && error.status === 429) return s(problems.tooMany);
  if (language !== 'ja' && error.status >= 500) return s(problems.internal);
  return error.message;
}

/** The same problem with its sentence in the person's language, for forms that show what was thrown. */
export function translated(error: unknown, i18n: Pick<I18n, 's' | 'language'>): unknown {
  if (!(error instanceof ApiProblem)) return error;
  return new ApiProblem(error.status, { ...error.body, code: error.code, detail: problemText(error, i18n) });
}
