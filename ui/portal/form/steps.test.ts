import { describe, expect, it } from 'vitest';
import { ADMISSION } from '../../../domain/procedures/admission.ts';
import type { ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import {
  familyAnswers,
  formPath,
  openSections,
  prefilled,
  sectionErrors,
  stepAfter,
  stepBefore,
  stepsOf,
} from './steps.ts';

const today = '2026-11-23';

describe('steps of a form', () => {
  it('follow the answers: a second guardian brings a further step, documents stand before consents', () => {
    const ids = (typed: Record<string, unknown>) => stepsOf(ADMISSION, typed).map((step) => step.id);
    expect(ids({})).not.toContain('guardian2_reason');
    const two = ids({ has_guardian2: true });
    expect(two).toContain('guardian2_reason');
    expect(two.slice(-3)).toEqual(['documents', 'consents', 'confirm']);
    const steps = stepsOf(ADMISSION, { has_guardian2: true });
    expect(stepAfter(steps, 'guardian2')?.id).toBe('guardian2_reason');
    expect(stepBefore(steps, 'guardian2_reason')?.id).toBe('guardian2');
    expect(stepBefore(steps, 'use')).toBeUndefined();
    expect(stepAfter(steps, 'confirm')).toBeUndefined();
  });

  it('have no documents step where the procedure offers none', () => {
    const bare: ProcedureDefinition = { ...ADMISSION, documents: [] };
    expect(stepsOf(bare, {}).map((step) => step.id)).not.toContain('documents');
  });
});

describe('errors of a section', () => {
  const contacts = ADMISSION.sections.find((section) => section.id === 'contacts')!;

  it('stand at the row on the screen, empty rows above it counted', () => {
    const typed = { emergency_contacts: [{}, { contact_name: '世田谷 太郎' }] };
    const errors = sectionErrors(ADMISSION, contacts, typed, 'ja', { today });
    expect(Object.keys(errors)).toEqual([
      'emergency_contacts.1.contact_relation',
      'emergency_contacts.1.contact_phone',
    ]);
  });

  it('take paths of the API too', () => {
    expect(
      formPath(contacts.fields, { emergency_contacts: [{ contact_name: 'a' }] }, 'emergency_contacts.0.x'),
    ).toBe('emergency_contacts.0.x');
    expect(formPath(contacts.fields, {}, 'grade')).toBe('grade');
  });

  it('are counted over all sections on the way', () => {
    const open = openSections(ADMISSION, {}, 'ja', { today });
    expect(open.map(({ section }) => section.id)).toContain('child');
    expect(open.find(({ section }) => section.id === 'child')?.count).toBe(5);
    expect(open.map(({ section }) => section.id)).not.toContain('guardian2_reason');
  });
});

describe('a new draft', () => {
  it('knows mail address and phone from the account, and leaves out what a procedure does not ask', () => {
    const account = { email: 'hanako@example.jp', phone: '090-1234-5678' };
    expect(prefilled(ADMISSION, account)).toEqual({
      guardian1_email: 'hanako@example.jp',
      guardian1_phone: '09012345678',
    });
    const { email: _email, phone: _phone, ...roles } = ADMISSION.roles;
    expect(prefilled({ ...ADMISSION, roles }, account)).toEqual({});
  });

  it('for a brother or sister takes over what is the family’s, nothing about the child, no consent', () => {
    const before = {
      child_given_name: '花子',
      has_allergy: true,
      allergy_details: '卵',
      guardian1_family_name: '世田谷',
      guardian2_reason: 'work',
      emergency_contacts: [{ contact_name: '祖母' }],
      consent_ward_data: true,
    };
    expect(familyAnswers(ADMISSION, before)).toEqual({
      guardian1_family_name: '世田谷',
      guardian2_reason: 'work',
      emergency_contacts: [{ contact_name: '祖母' }],
    });
    expect(familyAnswers(ADMISSION, null)).toEqual({});
  });
});
