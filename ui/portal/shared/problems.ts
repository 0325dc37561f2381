import type { I18n } from '../../i18n/index.tsx';
import { ApiProblem } from '../../lib/index.ts';
import { problems } from '../texts/common.ts';

const BY_CODE: Readonly<Record<string, (typeof problems)[keyof typeof problems]>> = problems;

/** The sentence to show for a failed call: the screen's own where it has one, else the API's, which speaks the same language. */
export function problemText(error: unknown, { s }: Pick<I18n, 's'>): string {
  if (!(error instanceof ApiProblem)) return s(problems.internal);
  if (error.isNetwork) return s(problems.network);
  const known = BY_CODE[error.code];
  if (known && error.detail === undefined) return s(known);
  return error.message;
}

/** The same problem with its sentence in the person's language, for forms that show what was thrown. */
export function translated(error: unknown, i18n: Pick<I18n, 's'>): unknown {
  if (!(error instanceof ApiProblem)) return error;
  return new ApiProblem(error.status, { ...error.body, code: error.code, detail: problemText(error, i18n) });
}
