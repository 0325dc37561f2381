import type { Answers } from '../definition.ts';

/** An answer that is a text (a day, a month, a choice); empty where there is none. */
export function textAnswer(answers: Answers, code: string): string {
  const value = answers[code];
  return typeof value === 'string' ? value : '';
}

/** The fiscal year of the answers; undefined where there is none. */
export function fiscalYearAnswer(answers: Answers): number | undefined {
  const year = answers['fiscal_year'];
  return typeof year === 'number' ? year : undefined;
}
