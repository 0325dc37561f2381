import type { DeficiencyTarget } from '../application/state.ts';
import type { Answers, AnswerValue, ProcedureDefinition } from './definition.ts';
import { askedFields, cleanAnswers, fieldsOf } from './fields.ts';

/** The same answer, whatever the order of a row's columns. No answer, null and an empty list are the same. */
function sameValue(a: AnswerValue | undefined, b: AnswerValue | undefined): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, cell]) => `${JSON.stringify(key)}:${canonical(cell)}`).join(',')}}`;
}

/** The codes of the fields whose answers differ, in the order of the form. Both are cleaned first. */
export function changedFields(
  definition: ProcedureDefinition,
  before: { readonly [field: string]: unknown },
  after: { readonly [field: string]: unknown },
): readonly string[] {
  const [old, now] = [cleanAnswers(definition, before), cleanAnswers(definition, after)];
  return fieldsOf(definition)
    .map((field) => field.code)
    .filter((code) => !sameValue(old[code], now[code]));
}

/** The fields that a deficiency points at. */
export function targetFields(targets: readonly DeficiencyTarget[]): readonly string[] {
  return [...new Set(targets.flatMap((target) => (target.kind === 'field' ? [target.code] : [])))];
}

/**
 * What an application was filed under: its receipt number, its place and its lock hang on these, so that nobody is asked for
 * them after the receipt. Who chose wrongly withdraws and files again.
 */
export function fixedFields({ roles }: ProcedureDefinition): readonly string[] {
  return [roles.bop, roles.fiscalYear];
}

export interface Picked {
  /** The answers before, with the targeted changes in them; cleaned. */
  answers: Answers;
  /** Fields whose answers were changed although nothing asked for it; such an answer has to be refused. */
  refused: readonly string[];
}

/**
 * Lets an answer to a deficiency change only what it was asked about (Q18): the targeted fields, and the questions that come
 * up only because of the new answers there (another reason asks for other details). Only keys that `after` has count as
 * changes, so a form may send the targeted fields alone; null takes an answer away. What the application was filed under never
 * changes, whatever asks for it.
 */
export function pickTargets(
  definition: ProcedureDefinition,
  targets: readonly DeficiencyTarget[],
  before: Answers,
  after: { readonly [field: string]: unknown },
): Picked {
  const old = cleanAnswers(definition, before);
  const asked = new Set(askedFields(definition, old).map((field) => field.code));
  const wanted = { ...old, ...after };
  const fixed = fixedFields(definition);
  const allowed = new Set(targetFields(targets).filter((code) => !fixed.includes(code)));
  let answers = merge(definition, old, wanted, allowed);
  // Each new question can bring up further ones.
  for (;;) {
    const news = askedFields(definition, answers).filter((f) => !asked.has(f.code) && !allowed.has(f.code));
    if (news.length === 0) break;
    for (const field of news) allowed.add(field.code);
    answers = merge(definition, old, wanted, allowed);
  }
  const now = new Set(askedFields(definition, answers).map((field) => field.code));
  const refused = changedFields(definition, old, wanted).filter((code) => {
    const dropped = asked.has(code) && !now.has(code);
    return !allowed.has(code) && !dropped;
  });
  return { answers, refused };
}

function merge(
  definition: ProcedureDefinition,
  old: Answers,
  wanted: { readonly [field: string]: unknown },
  allowed: ReadonlySet<string>,
): Answers {
  const taken = Object.fromEntries(Object.entries(wanted).filter(([code]) => allowed.has(code)));
  return cleanAnswers(definition, { ...old, ...taken });
}

/**
 * Does an answer leave everything as it was that these targets ask about: no targeted field changed and no targeted document
 * attached? The applicant is warned then, not stopped.
 * @param attachedTypes types of the documents attached with this answer
 */
export function isUnchanged(
  definition: ProcedureDefinition,
  targets: readonly DeficiencyTarget[],
  before: Answers,
  after: { readonly [field: string]: unknown },
  attachedTypes: readonly string[],
): boolean {
  const { answers } = pickTargets(definition, targets, before, after);
  if (changedFields(definition, before, answers).length > 0) return false;
  return !targets.some((target) => target.kind === 'document' && attachedTypes.includes(target.type));
}
