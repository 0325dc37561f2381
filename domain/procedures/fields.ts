import { fiscalYearOf, type LocalDate } from '../calendar/dates.ts';
import { holds } from './condition.ts';
import type { Answers, AnswerValue, Field, ProcedureDefinition, Section } from './definition.ts';
import { normaliseValue } from './normalise.ts';

/** Every field of a procedure, in the order of the form; the columns of tables are in their table. */
export function fieldsOf(definition: ProcedureDefinition): readonly Field[] {
  return definition.sections.flatMap((section) => section.fields);
}

/** The field with this code, or undefined. */
export function fieldOf(definition: ProcedureDefinition, code: string): Field | undefined {
  return fieldsOf(definition).find((field) => field.code === code);
}

/** The steps that these answers lead through. */
export function visibleSections(definition: ProcedureDefinition, answers: Answers): readonly Section[] {
  return definition.sections.filter((s) => !s.visibleWhen || holds(s.visibleWhen, answers));
}

/** The questions of one step that these answers lead to. */
export function visibleFields(section: Section, answers: Answers): readonly Field[] {
  return section.fields.filter((f) => !f.visibleWhen || holds(f.visibleWhen, answers));
}

/** Every question that these answers lead to, whatever its step. */
export function askedFields(definition: ProcedureDefinition, answers: Answers): readonly Field[] {
  return visibleSections(definition, answers).flatMap((section) => visibleFields(section, answers));
}

/** Must this question be answered? Only of questions that are asked. */
export function isRequired(field: Field, answers: Answers): boolean {
  if (field.required === undefined) return false;
  return typeof field.required === 'boolean' ? field.required : holds(field.required, answers);
}

/** The fiscal years that can be applied for: the present one and the next. */
export function fiscalYearsOn(today: LocalDate): readonly number[] {
  const year = fiscalYearOf(today);
  return [year, year + 1];
}

/** The bounds of a date field on a day, with `today` filled in. */
export function dateBounds(
  field: Field & { kind: 'date' },
  today: LocalDate,
): { min?: LocalDate; max?: LocalDate } {
  const bound = (edge: string | undefined) => (edge === 'today' ? today : edge);
  const [min, max] = [bound(field.min), bound(field.max)];
  return { ...(min ? { min } : {}), ...(max ? { max } : {}) };
}

/**
 * Answers as they are kept: each normalised (`normaliseValue`), without what no field knows and without what is not asked.
 * An answer that is not asked is dropped, not kept hidden; that can hide further questions, so it goes on until nothing
 * changes. Idempotent.
 */
export function cleanAnswers(
  definition: ProcedureDefinition,
  answers: { readonly [field: string]: unknown },
): Answers {
  let clean: Record<string, AnswerValue> = {};
  for (const field of fieldsOf(definition)) {
    const value = Object.hasOwn(answers, field.code) ? normaliseValue(field, answers[field.code]) : undefined;
    if (value !== undefined) clean[field.code] = value;
  }
  for (;;) {
    const asked = new Set(askedFields(definition, clean).map((field) => field.code));
    const kept = Object.fromEntries(Object.entries(clean).filter(([code]) => asked.has(code)));
    if (Object.keys(kept).length === Object.keys(clean).length) return kept;
    clean = kept;
  }
}
