import { describe, expect, it } from 'vitest';
import type { TakenPart } from '../../../api/contract/index.ts';
import { ADMISSION } from '../../../domain/procedures/admission.ts';
import type { ProcedureDefinition } from '../../../domain/procedures/definition.ts';
import { ADMISSION_EXAMPLE } from '../../../domain/procedures/example.ts';
import { cleanAnswers } from '../../../domain/procedures/fields.ts';
import {
  formPath,
  knownSections,
  openSections,
  prefilled,
  sectionErrors,
  stepAfter,
  stepBefore,
  stepsOf,
  stepsToGo,
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

  it('leave out what the same filing has said already; of an earlier year all is gone through again', () => {
    const typed = cleanAnswers(ADMISSION, { ...ADMISSION_EXAMPLE, child_given_name: '' });
    const fields = ADMISSION.sections
      .filter((section) => section.family === true)
      .flatMap((section) => section.fields.map((field) => field.code));
    const part = (kind: 'draft' | 'application'): TakenPart => ({
      from: { kind, id: '00000000-0000-4000-8000-000000000000' },
      procedure: 'admission',
      childName: '見本 太郎',
      receivedOn: null,
      fields,
      documents: [],
    });
    const context = { today, fiscalYears: [2027] };
    const known = knownSections(ADMISSION, typed, [part('draft')], context);
    expect([...known]).toContain('address');
    expect([...known]).not.toContain('child');
    expect([...knownSections(ADMISSION, typed, [part('application')], context)]).toEqual([]);
    const follows: ProcedureDefinition = { ...ADMISSION, needs: { kind: 'admitted', orUnderWay: true } };
    expect([...knownSections(follows, typed, [part('application')], context)]).toContain('address');
    // What is not right is asked again.
    const wrong = { ...typed, guardian1_postal_code: '1' };
    expect([...knownSections(ADMISSION, wrong, [part('draft')], context)]).not.toContain('address');
    const steps = stepsOf(ADMISSION, typed, known);
    expect(stepsToGo(steps).map((step) => step.id)).not.toContain('address');
    expect(stepAfter(steps, 'school')?.id).toBe('care');
    expect(stepBefore(steps, 'household')?.known).toBeUndefined();
  });
});
