import type { CriterionRef } from '../application/settings.ts';
import { holds } from './condition.ts';
import type { Answers, Criterion } from './definition.ts';

/** The criteria that are judged for these answers; the others are "not applicable". */
export function applicableCriteria(criteria: readonly Criterion[], answers: Answers): readonly Criterion[] {
  return criteria.filter((c) => !c.appliesWhen || holds(c.appliesWhen, answers));
}

/**
 * The criteria as the state machine keeps them. One that depends on the answers may always be "not applicable": answers can
 * change between two reviews, and the state machine does not know them.
 */
export function criterionRefs(criteria: readonly Criterion[]): readonly CriterionRef[] {
  return criteria.map(({ id, required, appliesWhen }) => ({ id, required: required && !appliesWhen }));
}
