import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMISSION } from './admission.ts';
import { missingDocuments, offeredDocuments, requiredDocuments } from './documents.ts';
import { ADMISSION_EXAMPLE as EXAMPLE, ADMISSION_EXAMPLE_DOCUMENTS } from './example.ts';
import { cleanAnswers, fieldOf } from './fields.ts';

const types = (list: readonly { type: string }[]) => list.map(({ type }) => type);
const required = (over: object) =>
  types(requiredDocuments(ADMISSION, cleanAnswers(ADMISSION, { ...EXAMPLE, ...over }))).filter(
    (t) => !t.endsWith('_2'),
  );
const reason = (guardian1_reason: string, over: object = {}) => required({ guardian1_reason, ...over });

describe('documents by reason', () => {
  it.each([
    [reason('work'), ['employment_certificate_1']],
    [reason('work', { guardian1_schedule: 'variable' }), ['employment_certificate_1', 'shift_table_1']],
    [reason('self_employed'), ['self_employment_statement_1', 'business_proof_1']],
    [reason('study'), ['school_certificate_1', 'timetable_1']],
    [reason('maternity'), ['maternity_record_1']],
    [reason('illness'), ['medical_certificate_1']],
    [reason('disability', { guardian1_handbook_kind: 'physical' }), ['disability_handbook_1']],
    [reason('disability', { guardian1_handbook_kind: 'none' }), ['medical_certificate_1']],
    [reason('care'), ['care_certificate_1']],
    [reason('disaster'), ['disaster_certificate_1']],
    [reason('other'), ['other_statement_1']],
    [reason('job_seeking'), []],
    [reason('childcare_leave'), []],
  ])('%j are %j', (found, expected) => {
    expect(found).toEqual(expected);
  });

  it('follow the family', () => {
    expect(required({ residence: 'moving_in' })).toContain('residence_proof');
    const away = (no_guardian2_reason: string) => required({ has_guardian2: false, no_guardian2_reason });
    expect(away('posted_away')).toContain('absence_proof');
    expect(away('single_parent')).not.toContain('absence_proof');
    expect(required({ special_consideration: true })).not.toContain('consideration_document');
    expect(required({ special_consideration: true, child_handbooks: ['physical'] })).toContain(
      'consideration_document',
    );
  });

  it('are missing until attached', () => {
    expect(types(missingDocuments(ADMISSION, EXAMPLE, []))).toEqual([...ADMISSION_EXAMPLE_DOCUMENTS]);
    expect(types(missingDocuments(ADMISSION, EXAMPLE, ['timetable_2', 'employment_certificate_1']))).toEqual([
      'school_certificate_2',
    ]);
  });

  it('can always be attached where they are needed, and only for guardians who are there', () => {
    const choice = (code: string) => {
      const field = fieldOf(ADMISSION, code);
      return fc.constantFrom(...(field?.kind === 'choice' ? field.options.map((o) => o.value) : []));
    };
    const over = fc.record({
      guardian1_reason: choice('guardian1_reason'),
      guardian1_schedule: choice('guardian1_schedule'),
      guardian1_handbook_kind: choice('guardian1_handbook_kind'),
      guardian2_reason: choice('guardian2_reason'),
      guardian2_schedule: choice('guardian2_schedule'),
      guardian2_handbook_kind: choice('guardian2_handbook_kind'),
      has_guardian2: fc.boolean(),
      no_guardian2_reason: choice('no_guardian2_reason'),
      residence: choice('residence'),
      special_consideration: fc.boolean(),
      child_handbooks: fc.subarray(['physical', 'mental']),
    });
    fc.assert(
      fc.property(over, (change) => {
        const answers = cleanAnswers(ADMISSION, { ...EXAMPLE, ...change });
        const offered = types(offeredDocuments(ADMISSION, answers));
        expect(offered).toEqual(expect.arrayContaining(types(requiredDocuments(ADMISSION, answers))));
        expect(offered).toContain('other_document');
        if (!change.has_guardian2) expect(offered.filter((type) => type.endsWith('_2'))).toEqual([]);
      }),
    );
  });
});
