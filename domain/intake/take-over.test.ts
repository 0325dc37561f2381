import { describe, expect, it } from 'vitest';
import { ADMISSION } from '../procedures/admission.ts';
import type { ProcedureDefinition } from '../procedures/definition.ts';
import { ADMISSION_EXAMPLE } from '../procedures/example.ts';
import { cleanAnswers } from '../procedures/fields.ts';
import { sharedAnswers, takeOver, wholeSections, type TakeOverSource } from './take-over.ts';

const source = (given: Partial<TakeOverSource> = {}): TakeOverSource => ({
  definition: ADMISSION,
  answers: cleanAnswers(ADMISSION, ADMISSION_EXAMPLE),
  sameChild: true,
  fiscalYear: 2027,
  ...given,
});

describe('takeOver (Q05, Q06)', () => {
  it('in the next year: all but consents, year and days; the grade moves up, the birthday stays', () => {
    const { answers, from } = takeOver(ADMISSION, [source()], 2028);
    expect(answers['grade']).toBe(2);
    expect(answers['child_birth_date']).toBe('2020-06-15');
    expect(answers['school_name']).toBe('三宿小学校');
    expect(answers['guardian1_employer']).toBe('見本商事株式会社');
    for (const code of ['fiscal_year', 'start_date', 'consent_ward_data', 'pledge_truth']) {
      expect(answers[code]).toBeUndefined();
      expect(from[code]).toBeUndefined();
    }
  });

  it('beyond the sixth grade nothing is guessed', () => {
    expect(takeOver(ADMISSION, [source()], 2033).answers['grade']).toBeUndefined();
  });

  it('for a brother or sister: what is the family’s, nothing of the other child', () => {
    const { answers } = takeOver(ADMISSION, [source({ sameChild: false })], 2027);
    expect(answers['guardian1_family_name']).toBe('見本');
    expect(answers['guardian2_study_school']).toBe('見本専門学校');
    for (const code of ['child_family_name', 'child_birth_date', 'bop', 'grade', 'use_days', 'way_home'])
      expect(answers[code]).toBeUndefined();
  });

  it('the child’s own answers go before newer ones of a sister; a section is never mixed of two', () => {
    const moved = {
      ...source().answers,
      guardian1_address_street: '別の町1-1',
      guardian1_address_building: '201',
    };
    const sister = source({ sameChild: false, answers: cleanAnswers(ADMISSION, moved) });
    const { answers, from } = takeOver(ADMISSION, [sister, source()], 2027);
    expect(answers['guardian1_address_street']).toBe('世田谷0-00-0');
    expect(answers['guardian1_address_building']).toBeUndefined();
    expect(from['guardian1_address_street']).toBe(1);
  });

  it('asks again where the same code is another question, or the answer is no choice any more', () => {
    const [use] = ADMISSION.sections;
    const other: ProcedureDefinition = {
      ...ADMISSION,
      sections: [
        ...ADMISSION.sections.filter((section) => section !== use && section.id !== 'school'),
        {
          id: 'school',
          title: { ja: '学校' },
          fields: [
            {
              code: 'school_kind',
              kind: 'choice',
              label: { ja: '通う学校の種類' },
              options: [{ value: 'new', label: { ja: '新' } }],
            },
            { code: 'school_name', kind: 'text', maxLength: 50, label: { ja: '転校先の学校名' } },
          ],
        },
      ],
    };
    const { answers } = takeOver(other, [source()], 2027);
    expect(answers['school_kind']).toBeUndefined();
    expect(answers['school_name']).toBeUndefined();
    expect(answers['child_family_name']).toBe('見本');
  });

  it('taking over twice is taking over once', () => {
    const once = takeOver(ADMISSION, [source()], 2027).answers;
    expect(takeOver(ADMISSION, [source({ answers: once })], 2027).answers).toEqual(once);
  });
});

describe('drafts of one filing', () => {
  it('share the family’s answers, and what was cleared is cleared', () => {
    const answers = { ...ADMISSION_EXAMPLE, guardian1_employer: '' };
    const shared = sharedAnswers(ADMISSION, answers, ADMISSION);
    expect(shared['guardian1_family_name']).toBe('見本');
    expect(shared['guardian1_employer']).toBeNull();
    expect(Object.keys(shared)).not.toContain('child_family_name');
    expect(Object.keys(shared)).not.toContain('pledge_truth');
  });

  it('leave out sections of which everything was taken over', () => {
    const { answers, from } = takeOver(ADMISSION, [source({ sameChild: false })], 2027);
    const ids = wholeSections(ADMISSION, answers, new Set(Object.keys(from))).map((section) => section.id);
    expect(ids).toContain('applicant');
    const changed = { ...answers, child_family_name: '別' };
    const rest = wholeSections(ADMISSION, changed, new Set(Object.keys(from))).map((section) => section.id);
    expect(rest).not.toContain('child');
    expect(rest).not.toContain('consents');
    // Nothing in it was taken over, though nothing in it is answered.
    expect(ids).not.toContain('care');
  });
});
