import fc from 'fast-check';
import type { Field, ProcedureDefinition } from '../domain/procedures/definition.ts';
import { fieldsOf } from '../domain/procedures/fields.ts';
import { anyDay } from './domain.ts';

const CHARACTERS = [
  ...Array.from('髙﨑𠮷神塚繫邊齋か゛ガｶﾞ゙゚ー-−－ｰ　 \t\r\n\u200b０1a＠@/:．.,月子́e'),
  '\u309c',
  '葛\u{e0100}',
  '〒',
  '(',
];

/** What people may type anywhere. */
export const typed = fc.oneof(
  fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const month = fc
  .record({ year: fc.integer({ min: 2026, max: 2029 }), month: fc.integer({ min: 0, max: 13 }) })
  .map(({ year, month: number }) => `${year}-${String(number).padStart(2, '0')}`);

function answerTo(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'choice':
      return fc.constantFrom(...field.options.map((o) => o.value), 'none of them');
    case 'choices':
      return fc.array(fc.constantFrom(...field.options.map((o) => o.value), 'x'), { maxLength: 4 });
    case 'boolean':
    case 'consent':
      return fc.boolean();
    case 'date':
      return fc.oneof(anyDay, typed);
    case 'month':
      return fc.oneof(month, typed);
    case 'time':
      return fc.oneof(fc.constantFrom('09:00', '18:15', '18:40', '19:30', '24:00'), typed);
    case 'fiscalYear':
      return fc.oneof(fc.constantFrom(2026, 2027, 2028), typed);
    case 'grade':
    case 'number':
      return fc.oneof(fc.integer({ min: -3, max: 99 }), typed);
    case 'bop':
      return fc.oneof(fc.constantFrom('2', '16', '999'), typed);
    case 'table':
      return fc.array(
        fc.record(Object.fromEntries(field.columns.map((column) => [column.code, answerTo(column)])), {
          requiredKeys: [],
        }),
        { maxLength: 3 },
      );
    default:
      return typed;
  }
}

/** Answers to some of a procedure's questions, sensible and senseless. */
export function anyAnswersTo(definition: ProcedureDefinition): fc.Arbitrary<Record<string, unknown>> {
  const fields = fieldsOf(definition);
  return fc.record(Object.fromEntries(fields.map((field) => [field.code, answerTo(field)])), {
    requiredKeys: [],
  });
}
