import { describe, expect, it } from 'vitest';
import type { Criterion } from './definition.ts';
import { strangeToCriterion } from './criteria.ts';

const criterion = (id: string, field: string, document: string, reason: string): Criterion => ({
  id,
  title: id,
  guidance: '',
  required: true,
  fields: [field],
  documents: [document],
  reasons: [{ code: reason, label: reason, applicantText: { ja: reason } }],
});
const CRITERIA = [
  criterion('hours', 'guardian1_hours', 'employment_certificate_1', 'too_few'),
  criterion('contact', 'guardian1_phone', 'identity', 'unclear'),
];
const deficient = (over: object) => ({
  criterionId: 'hours',
  result: 'deficient' as const,
  reasonCode: 'too_few',
  targets: [{ kind: 'field' as const, code: 'guardian1_hours' }],
  ...over,
});

describe('findings and their criteria (Q16, Q18)', () => {
  it('take what belongs to the criterion', () => {
    const documents = deficient({ targets: [{ kind: 'document', type: 'employment_certificate_1' }] });
    expect(strangeToCriterion(CRITERIA, [deficient({}), documents])).toEqual([]);
  });

  it("refuse another criterion's reason, field or document, each at its place", () => {
    const found = strangeToCriterion(CRITERIA, [
      { criterionId: 'contact', result: 'met' },
      deficient({ reasonCode: 'unclear' }),
      deficient({ targets: [{ kind: 'field', code: 'guardian1_phone' }] }),
      deficient({
        targets: [
          { kind: 'field', code: 'guardian1_hours' },
          { kind: 'document', type: 'identity' },
        ],
      }),
      deficient({ targets: [{ kind: 'document', type: 'guardian1_hours' }] }),
    ]);
    expect(found).toEqual([
      { index: 1, part: 'reasonCode' },
      { index: 2, part: 'targets' },
      { index: 3, part: 'targets' },
      { index: 4, part: 'targets' },
    ]);
  });

  it('leave what is no deficiency, and unknown criteria, to the state machine', () => {
    expect(
      strangeToCriterion(CRITERIA, [
        { criterionId: 'hours', result: 'notMet', reasonCode: 'unclear' },
        deficient({ criterionId: 'gone' }),
      ]),
    ).toEqual([]);
  });
});
