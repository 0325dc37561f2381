import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, isFilled, type Condition } from './condition.ts';
import { applicableCriteria, criterionRefs } from './criteria.ts';
import { ADMISSION } from './admission.ts';
import { ADMISSION_EXAMPLE as EXAMPLE } from './example.ts';

const condition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ field: fc.constantFrom('a', 'b'), equals: fc.constantFrom('x', true, null, 1) }),
    fc.record({ field: fc.constantFrom('a', 'b'), filled: fc.boolean() }),
    fc.record({ field: fc.constantFrom('a', 'b'), includes: fc.constantFrom('x', 'y') }),
    fc.record({ not: tie('any') }),
    fc.record({ all: fc.array(tie('any'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('any'), { maxLength: 3 }) }),
  ),
})).any;
const answers = fc.dictionary(
  fc.constantFrom('a', 'b'),
  fc.constantFrom('x', '', true, false, null, 1, ['x'], []),
);

describe('conditions', () => {
  it.each([
    [{ field: 'a', equals: 'x' }, { a: 'x' }, true],
    [{ field: 'a', equals: false }, {}, false],
    [{ field: 'a', equals: null }, {}, true],
    [{ field: 'a', equals: 1 }, { a: '1' }, false],
    [{ field: 'a', in: ['x', 'y'] }, { a: 'y' }, true],
    [{ field: 'a', in: ['x', 'y'] }, {}, false],
    [{ field: 'a', includes: 'x' }, { a: ['y', 'x'] }, true],
    [{ field: 'a', includes: 'x' }, { a: 'x' }, false],
    [{ field: 'a', filled: true }, { a: 0 }, true],
    [{ field: 'a', filled: false }, { a: [] }, true],
    [{ all: [] }, {}, true],
    [{ any: [] }, {}, false],
    [{ not: { field: 'a', filled: true } }, {}, true],
    [
      {
        all: [
          { field: 'a', equals: 1 },
          {
            any: [
              { field: 'b', equals: 2 },
              { field: 'b', equals: 3 },
            ],
          },
        ],
      },
      { a: 1, b: 3 },
      true,
    ],
  ] as const)('%j with %j: %s', (one, given, expected) => {
    expect(holds(one as Condition, given)).toBe(expected);
  });

  it('keep to logic', () => {
    fc.assert(
      fc.property(condition, condition, answers, (a, b, given) => {
        expect(holds({ not: { all: [a, b] } }, given)).toBe(holds({ any: [{ not: a }, { not: b }] }, given));
        expect(holds({ not: { not: a } }, given)).toBe(holds(a, given));
        expect(holds({ all: [a] }, given)).toBe(holds({ any: [a] }, given));
      }),
    );
  });

  it('count empty text, empty lists and unticked boxes as no answer, and zero as one', () => {
    for (const empty of ['', [], false, null, undefined]) expect(isFilled(empty)).toBe(false);
    for (const full of ['x', ['x'], true, 0]) expect(isFilled(full)).toBe(true);
  });
});

describe('criteria', () => {
  const ids = (over: object) =>
    applicableCriteria(ADMISSION.criteria, { ...EXAMPLE, ...over }).map(({ id }) => id);

  it('apply by the answers', () => {
    expect(ids({})).toContain('guardian2_reason');
    expect(ids({})).not.toContain('guardian2_absence');
    expect(ids({})).not.toContain('consideration');
    expect(ids({ has_guardian2: false })).toContain('guardian2_absence');
    expect(ids({ has_guardian2: false })).not.toContain('guardian2_documents');
    expect(ids({ health_notes: 'ぜんそく' })).toContain('consideration');
  });

  it('may be "not applicable" for the state machine exactly where they depend on answers', () => {
    for (const ref of criterionRefs(ADMISSION.criteria)) {
      const criterion = ADMISSION.criteria.find(({ id }) => id === ref.id);
      expect(ref.required).toBe(criterion?.required === true && criterion.appliesWhen === undefined);
    }
    const depends = { ...ADMISSION.criteria[0]!, required: true, appliesWhen: { field: 'a', filled: true } };
    expect(criterionRefs([depends])[0]?.required).toBe(false);
  });
});
