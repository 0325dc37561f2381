import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { ADMISSION } from './admission.ts';
import { ADMISSION_EXAMPLE as EXAMPLE } from './example.ts';
import { fieldsOf } from './fields.ts';
import { answersSchema } from './schema.ts';
import { validateAnswers } from './validate.ts';

const schema = answersSchema(ADMISSION);
const takes = (answers: object) => schema.safeParse(answers).success;

describe('the shape of answers', () => {
  it('takes the example, nothing at all, and nulls', () => {
    expect(schema.parse(EXAMPLE)).toEqual(EXAMPLE);
    expect(schema.parse({})).toEqual({});
    expect(takes(Object.fromEntries(fieldsOf(ADMISSION).map(({ code }) => [code, null])))).toBe(true);
  });

  it('drops what it does not know, so that a draft outlives a changed form', () => {
    expect(schema.parse({ grade: 1, gone: 'x' })).toEqual({ grade: 1 });
  });

  it('takes what people type, for the check to say what to do', () => {
    const typed = {
      guardian1_phone: '０９０－１２３４－５６７８',
      guardian1_hours_per_week: '３７．５',
      child_birth_date: '2020/6/5',
      child_family_kana: 'ｶﾞ'.repeat(50),
      child_family_name: '𠮷'.repeat(50),
      way_home: '',
    };
    expect(takes(typed)).toBe(true);
    const problems = validateAnswers(ADMISSION, { ...EXAMPLE, ...typed, way_home: 'alone' }, 'ja', {
      today: '2026-11-09',
    });
    expect(problems).toEqual([]);
    expect(takes({ child_family_name: 'あ'.repeat(51) })).toBe(true);
  });

  it.each([
    { child_family_name: 'あ'.repeat(1000) },
    { way_home: 'fly' },
    { use_days: ['sun'] },
    { use_days: 'mon' },
    { has_allergy: 'yes' },
    { emergency_contacts: Array.from({ length: 100 }, () => ({})) },
    { emergency_contacts: [{ contact_name: 5 }] },
    { guardian1_email: 'a'.repeat(300) },
    { grade: {} },
  ])('refuses %j', (answers) => {
    expect(takes(answers)).toBe(false);
  });

  it('becomes a JSON schema with every field described in Japanese', () => {
    const named = z.toJSONSchema(schema, { io: 'input' });
    const json = named.$defs?.['Answers_admission'] as {
      properties: Record<string, { description?: string }>;
    };
    expect(Object.keys(json.properties)).toEqual(fieldsOf(ADMISSION).map(({ code }) => code));
    for (const [code, { description }] of Object.entries(json.properties)) {
      expect(description, code).toMatch(/\S/u);
      expect(description, code).not.toMatch(/[{}|]/u);
    }
  });
});
