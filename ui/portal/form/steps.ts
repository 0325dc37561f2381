import type { TakenPart } from '../../../api/contract/index.ts';
import { wholeSections } from '../../../domain/intake/take-over.ts';
import type { Answers, Field, ProcedureDefinition, Section } from '../../../domain/procedures/definition.ts';
import { offeredDocuments } from '../../../domain/procedures/documents.ts';
import { cleanAnswers, visibleSections } from '../../../domain/procedures/fields.ts';
import { normaliseValue } from '../../../domain/procedures/normalise.ts';
import { validateSection } from '../../../domain/procedures/validate.ts';
import type { ValidationContext } from '../../../domain/procedures/validate.ts';
import type { Locale } from '../../../domain/texts/locale.ts';

/** What has been typed so far: not yet cleaned, dates may be unfinished. */
export type Typed = { readonly [field: string]: unknown };

/** A page of the form: a section's id, `documents`, `confirm`. */
export interface FormStep {
  readonly id: string;
  readonly section?: Section;
  /** Everything in it was entered before: it is looked over on the check page, and can be changed from there. */
  readonly known?: boolean;
}

export const DOCUMENTS_STEP = 'documents';
export const CONFIRM_STEP = 'confirm';

/** The pages that these answers lead through, in order. Consents come last before the check, after the documents. */
export function stepsOf(
  definition: ProcedureDefinition,
  typed: Typed,
  known: ReadonlySet<string> = new Set(),
): readonly FormStep[] {
  const answers = cleanAnswers(definition, typed);
  const sections = visibleSections(definition, answers).map((section) => ({
    id: section.id,
    section,
    ...(known.has(section.id) ? { known: true } : {}),
  }));
  const offersDocuments = offeredDocuments(definition, answers).length > 0;
  const consents = sections.filter(({ section }) => isConsent(section));
  return [
    ...sections.filter(({ section }) => !isConsent(section)),
    ...(offersDocuments ? [{ id: DOCUMENTS_STEP }] : []),
    ...consents,
    { id: CONFIRM_STEP },
  ];
}

function isConsent(section: Section): boolean {
  return section.fields.length > 0 && section.fields.every((field) => field.kind === 'consent');
}

/** The next step that is gone through; the first, where this one is not on the way any more. */
export function stepAfter(steps: readonly FormStep[], id: string): FormStep | undefined {
  return steps.slice(steps.findIndex((step) => step.id === id) + 1).find((step) => step.known !== true);
}

export function stepBefore(steps: readonly FormStep[], id: string): FormStep | undefined {
  return steps
    .slice(
      0,
      Math.max(
        steps.findIndex((step) => step.id === id),
        0,
      ),
    )
    .findLast((step) => step.known !== true);
}

/** The steps that are gone through one after another. */
export function stepsToGo(steps: readonly FormStep[]): readonly FormStep[] {
  return steps.filter((step) => step.known !== true);
}

/**
 * The sections that need not be gone through again, because everything in them was taken over and is right. Where the procedure
 * follows an admission that is all that was taken over; an admission itself asks everything anew each year, but for what the
 * other applications of the same filing have just said.
 */
export function knownSections(
  definition: ProcedureDefinition,
  typed: Typed,
  taken: readonly TakenPart[],
  context: ValidationContext,
): ReadonlySet<string> {
  const follows = definition.needs.kind !== 'none';
  const parts = taken.filter((part) => follows || part.from.kind === 'draft');
  const fields = new Set([
    ...parts.flatMap((part) => part.fields),
    // The year was chosen before the draft was begun.
    ...(parts.length > 0 ? [definition.roles.fiscalYear] : []),
  ]);
  const answers = cleanAnswers(definition, typed);
  const whole = wholeSections(definition, answers, fields).filter(
    (section) => validateSection(definition, section, typed, 'ja', context).length === 0,
  );
  return new Set(whole.map((section) => section.id));
}

/** Messages by the path of a form (`household.0.household_name`), where the domain says `household[0].household_name`. */
export function sectionErrors(
  definition: ProcedureDefinition,
  section: Section,
  typed: Typed,
  locale: Locale,
  context: ValidationContext,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const problem of validateSection(definition, section, typed, locale, context)) {
    errors[formPath(section.fields, typed, problem.field)] ??= problem.message;
  }
  return errors;
}

/**
 * The form's path of a problem. The domain leaves empty rows of a table out, so its row numbers are those of the filled rows;
 * on the screen the empty ones are still there.
 */
export function formPath(fields: readonly Field[], typed: Typed, path: string): string {
  const match = /^([^[.]+)(?:\[(\d+)\]|\.(\d+))\.(.+)$/u.exec(path);
  if (!match) return path;
  const [, table = '', bracket, dot, column = ''] = match;
  const field = fields.find((one) => one.code === table);
  const row = Number(bracket ?? dot);
  if (field?.kind !== 'table') return `${table}.${row}.${column}`;
  const filled = filledRows(field, typed[table]);
  return `${table}.${filled[row] ?? row}.${column}`;
}

/** Positions on the screen of the rows that hold anything. */
function filledRows(field: Field, rows: unknown): readonly number[] {
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row, index) => {
    const kept = normaliseValue(field, [row]);
    return Array.isArray(kept) && kept.length > 0 ? [index] : [];
  });
}

/** How many things are missing or wrong in each section on the way; sections without any are left out. */
export function openSections(
  definition: ProcedureDefinition,
  typed: Typed,
  locale: Locale,
  context: ValidationContext,
): readonly { section: Section; count: number }[] {
  return visibleSections(definition, cleanAnswers(definition, typed)).flatMap((section) => {
    const { length: count } = validateSection(definition, section, typed, locale, context);
    return count === 0 ? [] : [{ section, count }];
  });
}

/** The section that a field or a table's column stands in. */
export function sectionOfField(definition: ProcedureDefinition, path: string): Section | undefined {
  const code = path.split(/[.[]/u)[0];
  return definition.sections.find((section) => section.fields.some((field) => field.code === code));
}

/** Fields that say who the applicant is, from their account, for a new draft. Nothing that is filled already. */
export function prefilled(
  definition: ProcedureDefinition,
  account: { email: string | null; phone: string | null },
  answers: Answers = {},
): Answers {
  const { email, phone } = definition.roles;
  return {
    ...(email !== undefined && account.email !== null ? { [email]: account.email } : {}),
    ...(phone !== undefined && account.phone !== null ? { [phone]: account.phone.replaceAll('-', '') } : {}),
    ...answers,
  };
}
