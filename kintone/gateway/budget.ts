/** How near an app is to its requests of a day: from `warn` on somebody is told, in `defer` what can wait waits. */
export type BudgetLevel = 'normal' | 'warn' | 'defer';
