import { z } from 'zod';
import { withoutFurigana } from '../texts/locale.ts';
import type { Field, ProcedureDefinition } from './definition.ts';
import { fieldsOf } from './fields.ts';

/** Room for what normalising takes away (spaces, hyphens, full-width signs). */
const SLACK = 20;

function options(field: Field & { kind: 'choice' | 'choices' }) {
  return z.enum(field.options.map((option) => option.value) as [string, ...string[]]);
}

function base(field: Field): z.ZodType {
  switch (field.kind) {
    case 'text':
    case 'kana':
    case 'textarea':
      // Lengths are counted in characters, JSON schema counts UTF-16 units: twice as many are let through to the check.
      return z.string().max(field.maxLength * 2 + SLACK);
    case 'phone':
    case 'postalCode':
      return z.string().max(20 + SLACK);
    case 'email':
      return z.string().max(254 + SLACK);
    case 'date':
      return z
        .string()
        .max(10 + SLACK)
        .meta({ format: 'date' });
    case 'month':
    case 'time':
      return z.string().max(7 + SLACK);
    case 'number':
    case 'fiscalYear':
    case 'grade':
      return z.union([z.number(), z.string().max(SLACK)]);
    case 'choice':
      return z.union([options(field), z.literal('')]);
    case 'choices':
      return z.array(options(field)).max(field.options.length);
    case 'boolean':
    case 'consent':
      return z.boolean();
    case 'bop':
      return z.string().max(SLACK);
    case 'table':
      return z.array(z.object(shapeOf(field.columns))).max(field.maxRows + SLACK);
  }
}

function shapeOf(fields: readonly Field[]): Record<string, z.ZodType> {
  return Object.fromEntries(
    fields.map((field) => [
      field.code,
      base(field).nullable().optional().describe(withoutFurigana(field.label.ja)),
    ]),
  );
}

/**
 * The JSON shape of a procedure's answers, for the API and its OpenAPI document: types, choices, sizes. All fields may be
 * absent, for drafts and partial answers; what has to be filled in, and how, is `validateAnswers`'s business, in words for
 * people. Unknown fields are dropped, so that a draft outlives a changed form.
 */
export function answersSchema(definition: ProcedureDefinition): z.ZodObject<Record<string, z.ZodType>> {
  return z
    .object(shapeOf(fieldsOf(definition)))
    .describe(`${definition.name.ja}の回答`)
    .meta({ id: `Answers_${definition.code}` });
}
