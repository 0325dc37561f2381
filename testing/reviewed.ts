import { randomUUID } from 'node:crypto';
import { replay } from '../domain/application/evolve.ts';
import type { Finding, FindingResult } from '../domain/application/state.ts';
import type { Application } from '../store/applications.ts';
import { eventsOf } from '../store/events.ts';
import { staff } from './application-worker.ts';
import type { ApiSystem } from './api-system.ts';

/** Takes an application through both reviews, by two people; `over`: what the first found, where not "met". */
export async function review(
  { api }: Pick<ApiSystem, 'api'>,
  application: Application,
  over: Readonly<Partial<Record<string, FindingResult>>> = {},
): Promise<void> {
  const { temporal } = api.deps;
  const { settings } = replay(await eventsOf(api.db, application.id));
  const findings = (results: typeof over): Finding[] =>
    settings.criteria.map(({ id }) => ({ criterionId: id, result: results[id] ?? 'met' }));
  const first = { type: 'completeFirstReview', findings: findings(over) } as const;
  await temporal.act(application, staff(REVIEWERS.first), first, randomUUID());
  const second = { type: 'agreeSecondReview', findings: findings({}) } as const;
  await temporal.act(application, staff(REVIEWERS.second), second, randomUUID());
}

/** Ids of two clerks that need no account. */
export const REVIEWERS = {
  first: '00000000-0000-4000-8000-000000000001',
  second: '00000000-0000-4000-8000-000000000002',
} as const;
