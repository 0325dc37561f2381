import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeficiencyTarget } from '../application/state.ts';
import { ADMISSION } from './admission.ts';
import { changedFields, isUnchanged, pickTargets, targetFields } from './changes.ts';
import { ADMISSION_EXAMPLE as EXAMPLE } from './example.ts';
import { fieldsOf } from './fields.ts';

const field = (code: string): DeficiencyTarget => ({ kind: 'field', code });
const document = (type: string): DeficiencyTarget => ({ kind: 'document', type });
const pick = (targets: readonly DeficiencyTarget[], after: Record<string, unknown>) =>
  pickTargets(ADMISSION, targets, EXAMPLE, after);

describe('what an answer may change (Q18)', () => {
  it('takes the targeted field, and refuses others', () => {
    const { answers, refused } = pick([field('guardian1_phone')], {
      guardian1_phone: '０９０-1111-2222',
      guardian1_email: 'other@example.jp',
    });
    expect(answers).toEqual({ ...EXAMPLE, guardian1_phone: '09011112222' });
    expect(refused).toEqual(['guardian1_email']);
  });

  it('does not refuse what is sent along unchanged', () => {
    const { answers, refused } = pick([field('guardian1_phone')], {
      ...EXAMPLE,
      guardian1_email: ' ｈanako@example.jp ',
      unknown: 1,
    });
    expect(answers).toEqual(EXAMPLE);
    expect(refused).toEqual([]);
  });

  it('takes the questions that come up with a new answer, also further ones, and drops the old', () => {
    const { answers, refused } = pick([field('guardian1_reason')], {
      guardian1_reason: 'disability',
      guardian1_handbook_kind: 'physical',
      guardian1_handbook_grade: '2級',
    });
    expect(answers).toMatchObject({ guardian1_handbook_kind: 'physical', guardian1_handbook_grade: '2級' });
    expect(answers).not.toHaveProperty('guardian1_employer');
    expect(refused).toEqual([]);
  });

  it('does not take those questions where they were asked before', () => {
    const { answers, refused } = pick([field('guardian1_phone')], { guardian1_employer: '別の会社' });
    expect(answers).toEqual(EXAMPLE);
    expect(refused).toEqual(['guardian1_employer']);
  });

  it('takes an answer away with null', () => {
    expect(pick([field('guardian1_email')], { guardian1_email: null }).answers).not.toHaveProperty(
      'guardian1_email',
    );
  });

  it('never changes what the application was filed under, even where a target says so', () => {
    const targets = [field('bop'), field('fiscal_year'), field('school_name')];
    const { answers, refused } = pick(targets, { bop: '4', fiscal_year: 2026, school_name: '太子堂小学校' });
    expect(answers).toEqual({ ...EXAMPLE, school_name: '太子堂小学校' });
    expect(refused).toEqual(['fiscal_year', 'bop']);
  });

  it('changes nothing but the targets, whatever is sent, and repeating changes nothing more', () => {
    const codes = fieldsOf(ADMISSION).map(({ code }) => code);
    const value = fc.oneof(
      fc.constantFrom(null, true, false, '', 'work', 'illness', 'disability', '2', 3, '2027-05-01'),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.subarray(codes, { maxLength: 5 }),
        fc.dictionary(fc.constantFrom(...codes), value, { maxKeys: 8 }),
        (targeted, after) => {
          const targets = targeted.map(field);
          const { answers, refused } = pick(targets, after);
          const changed = changedFields(ADMISSION, EXAMPLE, answers);
          expect(refused.filter((code) => changed.includes(code) && code in answers)).toEqual([]);
          for (const code of changed) {
            const [before, now] = [Object.hasOwn(EXAMPLE, code), Object.hasOwn(answers, code)];
            expect(targeted.includes(code) || before !== now, code).toBe(true);
          }
          if (targeted.length === 0) expect(changed).toEqual([]);
          expect(pickTargets(ADMISSION, targets, answers, {}).answers).toEqual(answers);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('an unchanged answer', () => {
  const targets = [field('guardian1_phone'), document('timetable_2')];
  const unchanged = (after: Record<string, unknown>, attached: readonly string[]) =>
    isUnchanged(ADMISSION, targets, EXAMPLE, after, attached);

  it('is one without a targeted change and without a targeted document', () => {
    expect(unchanged({}, [])).toBe(true);
    expect(unchanged({ guardian1_phone: '090-0000-0001' }, [])).toBe(true);
    expect(unchanged({ guardian1_email: 'other@example.jp' }, ['school_certificate_2'])).toBe(true);
  });

  it('is none with either', () => {
    expect(unchanged({ guardian1_phone: '09000000009' }, [])).toBe(false);
    expect(unchanged({}, ['timetable_2'])).toBe(false);
  });
});

describe('comparing answers', () => {
  it('does not mind the order of columns, writing, or how nothing is said', () => {
    const [row] = EXAMPLE['emergency_contacts'] as readonly Record<string, unknown>[];
    const turned = Object.fromEntries(Object.entries(row ?? {}).reverse());
    const same = {
      ...EXAMPLE,
      emergency_contacts: [turned],
      use_days: ['fri', 'thu', 'wed', 'tue', 'mon'],
      household: [],
      health_notes: '  ',
      guardian1_days_per_week: '５',
    };
    expect(changedFields(ADMISSION, EXAMPLE, same)).toEqual([]);
    expect(changedFields(ADMISSION, EXAMPLE, { ...same, guardian1_days_per_week: 4, grade: 2 })).toEqual([
      'grade',
      'guardian1_days_per_week',
    ]);
  });

  it('names each targeted field once', () => {
    expect(targetFields([field('grade'), document('timetable_2'), field('grade'), field('bop')])).toEqual([
      'grade',
      'bop',
    ]);
  });
});
