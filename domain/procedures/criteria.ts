import type { CriterionRef } from '../application/settings.ts';
import type { Finding } from '../application/state.ts';
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

/** A part of a finding that its criterion does not know. */
export interface Strange {
  /** Its place in the list of findings. */
  index: number;
  part: 'reasonCode' | 'targets';
}

/**
 * The deficiencies whose reason, field or document belongs to another criterion, or to none (Q16, Q18): the applicant would be
 * asked with another item's words, or for something that nobody can answer. Findings of unknown criteria are left to the state
 * machine, which refuses them.
 * @param criteria those in force when the application was received
 */
export function strangeToCriterion(
  criteria: readonly Criterion[],
  findings: readonly Pick<Finding, 'criterionId' | 'result' | 'reasonCode' | 'targets'>[],
): readonly Strange[] {
  return findings.flatMap(({ criterionId, result, reasonCode, targets = [] }, index) => {
    const criterion = criteria.find((one) => one.id === criterionId);
    if (!criterion || result !== 'deficient') return [];
    const known = reasonCode === undefined || criterion.reasons.some((reason) => reason.code === reasonCode);
    const fits = targets.every((target) =>
      target.kind === 'field'
        ? criterion.fields.includes(target.code)
        : criterion.documents.includes(target.type),
    );
    return [
      ...(known ? [] : [{ index, part: 'reasonCode' } as const]),
      ...(fits ? [] : [{ index, part: 'targets' } as const]),
    ];
  });
}
