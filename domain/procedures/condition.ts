import type { Answers, AnswerValue } from './answers.ts';

/** A condition on answers, as data: the form, the API, the checklist and kintone all evaluate the same one. */
export type Condition =
  | { field: string; equals: AnswerValue }
  | { field: string; in: readonly AnswerValue[] }
  | { field: string; includes: string }
  | { field: string; filled: boolean }
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition };

/** Has a field been answered? Empty text, empty lists and unticked boxes count as not. */
export function isFilled(value: AnswerValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return false;
  return !(Array.isArray(value) && value.length === 0);
}

/** Does a condition hold for these answers? */
export function holds(condition: Condition, answers: Answers): boolean {
  if ('all' in condition) return condition.all.every((c) => holds(c, answers));
  if ('any' in condition) return condition.any.some((c) => holds(c, answers));
  if ('not' in condition) return !holds(condition.not, answers);
  const value = answers[condition.field];
  if ('equals' in condition) return (value ?? null) === condition.equals;
  if ('in' in condition) return condition.in.includes(value ?? null);
  if ('includes' in condition)
    return Array.isArray(value) && (value as readonly unknown[]).includes(condition.includes);
  return isFilled(value) === condition.filled;
}
