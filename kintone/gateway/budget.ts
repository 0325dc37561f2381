/** How near an app is to its requests of a day. Above `warn` somebody is told, above `defer` what can wait waits. */
export type BudgetLevel = 'normal' | 'warn' | 'defer';

/** From which part of the day's requests on. */
export const WARN_AT = 0.7;
export const DEFER_AT = 0.85;

/** The level of an app that has used so many of its requests. */
export function budgetLevel(used: number, limit: number): BudgetLevel {
  if (used >= limit * DEFER_AT) return 'defer';
  return used >= limit * WARN_AT ? 'warn' : 'normal';
}
