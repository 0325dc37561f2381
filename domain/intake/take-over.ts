import { cleanAnswers, fieldsOf, visibleSections } from '../procedures/fields.ts';
import type { Answers, AnswerValue, Field, ProcedureDefinition, Section } from '../procedures/definition.ts';

/** An earlier application (or a draft) of the family, to take answers over from. */
export interface TakeOverSource {
  definition: ProcedureDefinition;
  answers: Answers;
  /** Is it about the child that the new application is for? */
  sameChild: boolean;
  /** The fiscal year that it was filed for, where it says so. */
  fiscalYear: number | undefined;
}

/** What a new application can begin with. */
export interface TakenOver {
  answers: Answers;
  /** For each answer, the position of its source. */
  from: Readonly<Record<string, number>>;
}

const LAST_GRADE = 6;

/** Questions that are asked about the child itself in every procedure: who it is, its school, its 新BOP. */
const CHILD_SECTIONS = ['child', 'school'];

function sectionOf(definition: ProcedureDefinition, field: Field): Section | undefined {
  return definition.sections.find((section) => section.fields.includes(field));
}

function rolesOfChild({ roles }: ProcedureDefinition): readonly string[] {
  return [
    roles.childFamilyName,
    roles.childGivenName,
    roles.childFamilyKana,
    roles.childGivenKana,
    roles.childBirthDate,
    roles.bop,
  ];
}

/** Is it the same question in both procedures? Codes alone can mean different things. */
function sameQuestion(field: Field, other: Field): boolean {
  return field.kind === other.kind && field.label.ja === other.label.ja;
}

function isChosenFrom(field: Field, value: AnswerValue): boolean {
  if (field.kind === 'choice') return field.options.some((option) => option.value === value);
  if (field.kind !== 'choices') return true;
  const offered = field.options.map((option) => option.value);
  return Array.isArray(value) && (value as readonly string[]).every((one) => offered.includes(one));
}

/** May the answer to this question be taken from that source at all? */
function mayTake(definition: ProcedureDefinition, field: Field, source: TakeOverSource): boolean {
  const { roles } = definition;
  if (field.kind === 'consent' || field.kind === 'fiscalYear') return false;
  if (field.code === roles.fiscalYear || field.code === roles.startDate) return false;
  const ofChild = rolesOfChild(definition).includes(field.code);
  const other = fieldsOf(source.definition).find((one) => one.code === field.code);
  if (!other || !(ofChild || sameQuestion(field, other))) return false;
  const section = sectionOf(definition, field);
  const otherSection = sectionOf(source.definition, other);
  const family = section?.family === true && otherSection?.family === true;
  if (!source.sameChild) return family;
  if (family || ofChild || CHILD_SECTIONS.includes(section?.id ?? '')) return true;
  // Of the same procedure before: what was said then may hold again, but not its days and months.
  if (source.definition.code !== definition.code) return false;
  return field.kind !== 'date' && field.kind !== 'month';
}

/** The child is in a higher grade in a later year; after the last one nothing can be taken over. */
function gradeIn(value: AnswerValue, from: number | undefined, to: number | undefined): AnswerValue {
  if (typeof value !== 'number' || from === undefined || to === undefined) return value;
  const grade = value + to - from;
  return grade >= 1 && grade <= LAST_GRADE ? grade : null;
}

/**
 * What the family has entered before and need not enter again (Q05, Q06): each question takes the newest answer to the same
 * question, about the same child, or from any of the family's applications where the question is the family's. Consents,
 * years and first days are asked anew; grades move up with the year.
 * @param sources the newest first
 * @param fiscalYear the year of the new application, where it is known
 */
export function takeOver(
  definition: ProcedureDefinition,
  sources: readonly TakeOverSource[],
  fiscalYear?: number,
): TakenOver {
  // The child's own come first: a sister's application may be newer, but this child's guardian may live elsewhere.
  const order = sources
    .map((source, index) => ({ source, index }))
    .sort((a, b) => Number(b.source.sameChild) - Number(a.source.sameChild) || a.index - b.index);
  const taken: Record<string, AnswerValue> = {};
  const from: Record<string, number> = {};
  // A section comes whole from one application: half an address of each would be nobody's.
  for (const section of definition.sections) {
    for (const { source, index } of order) {
      const found = answersFrom(definition, section, source, fiscalYear);
      if (Object.keys(found).length === 0) continue;
      Object.assign(taken, found);
      for (const code of Object.keys(found)) from[code] = index;
      break;
    }
  }
  const answers = cleanAnswers(definition, taken);
  const kept = Object.fromEntries(Object.entries(from).filter(([code]) => answers[code] !== undefined));
  return { answers, from: kept };
}

function answersFrom(
  definition: ProcedureDefinition,
  section: Section,
  source: TakeOverSource,
  fiscalYear: number | undefined,
): Record<string, AnswerValue> {
  const found: Record<string, AnswerValue> = {};
  for (const field of section.fields) {
    const value = source.answers[field.code];
    if (value === undefined || value === null || value === '' || !mayTake(definition, field, source))
      continue;
    const now = field.kind === 'grade' ? gradeIn(value, source.fiscalYear, fiscalYear) : value;
    if (now !== null && isChosenFrom(field, now)) found[field.code] = now;
  }
  return found;
}

/**
 * The answers that are shared by all drafts of one filing: those of family sections, as far as the other procedure asks the
 * same.
 */
export function sharedAnswers(
  from: ProcedureDefinition,
  answers: Answers,
  to: ProcedureDefinition,
): Readonly<Record<string, AnswerValue | null>> {
  const clean = cleanAnswers(from, answers);
  const shared: Record<string, AnswerValue | null> = {};
  for (const section of to.sections.filter((one) => one.family === true)) {
    for (const field of section.fields) {
      const other = fieldsOf(from).find((one) => one.code === field.code);
      if (!other || field.kind === 'consent' || !sameQuestion(field, other)) continue;
      if (sectionOf(from, other)?.family !== true) continue;
      shared[field.code] = clean[field.code] ?? null;
    }
  }
  return shared;
}

/** Sections of which every question that is asked was taken over: nothing is left to do but to look. */
export function wholeSections(
  definition: ProcedureDefinition,
  answers: Answers,
  taken: ReadonlySet<string>,
): readonly Section[] {
  return visibleSections(definition, answers).filter(
    ({ fields }) =>
      fields.some((field) => taken.has(field.code)) &&
      fields.every(
        (field) => field.kind !== 'consent' && (answers[field.code] === undefined || taken.has(field.code)),
      ),
  );
}
