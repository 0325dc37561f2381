import { isLocalDate, type LocalDate } from '../calendar/dates.ts';
import { bopOf } from '../facilities/facilities.ts';
import { inLocale, type Locale } from '../texts/locale.ts';
import { isFilled } from './condition.ts';
import type { Answers, AnswerValue, Field, ProcedureDefinition, Section, TableRow } from './definition.ts';
import {
  cleanAnswers,
  dateBounds,
  fiscalYearsOn,
  isRequired,
  visibleFields,
  visibleSections,
} from './fields.ts';
import { displayDate } from './format-dates.ts';
import { problem, type FieldProblem, type ProblemCode } from './problems.ts';

export interface ValidationContext {
  /** The day in Asia/Tokyo on which it is checked. */
  today: LocalDate;
  /** Years that can be applied for, where the ward opens others than the present and the next. */
  fiscalYears?: readonly number[];
}

type Finding = { code: Exclude<ProblemCode, 'inconsistent'>; limit?: string | number } | undefined;

const EARLIEST = '1900-01-01';
const LATEST = '2100-12-31';
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))+$/u;

/** In characters, so that 𠮷 counts as one. */
function lengthOf(value: string): number {
  return Array.from(value).length;
}

function checkString(field: Field, value: string, locale: Locale, { today }: ValidationContext): Finding {
  switch (field.kind) {
    case 'text':
    case 'textarea':
      return lengthOf(value) > field.maxLength ? { code: 'tooLong', limit: field.maxLength } : undefined;
    case 'kana':
      if (!/^[ァ-ヺー・ヽヾ\u3000]+$/u.test(value)) return { code: 'kana' };
      return lengthOf(value) > field.maxLength ? { code: 'tooLong', limit: field.maxLength } : undefined;
    case 'phone':
      return /^(?:0(?![5-9]0)[1-9]\d{8}|0[5-9]0\d{8})$/u.test(value) ? undefined : { code: 'phone' };
    case 'email':
      return value.length <= 254 && EMAIL.test(value) ? undefined : { code: 'email' };
    case 'postalCode':
      return /^\d{7}$/u.test(value) ? undefined : { code: 'postalCode' };
    case 'date': {
      if (!isLocalDate(value) || value < EARLIEST || value > LATEST) return { code: 'date' };
      const { min, max } = dateBounds(field, today);
      if (min && value < min) return { code: 'dateTooEarly', limit: displayDate(min, locale) };
      return max && value > max ? { code: 'dateTooLate', limit: displayDate(max, locale) } : undefined;
    }
    case 'month':
      return isLocalDate(`${value}-01`) ? undefined : { code: 'month' };
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d$/u.test(value) ? undefined : { code: 'time' };
    case 'choice':
      return field.options.some((o) => o.value === value) ? undefined : { code: 'choice' };
    case 'bop':
      return bopOf(value) ? undefined : { code: 'bop' };
    case 'number':
      return { code: 'number' };
    case 'fiscalYear':
    case 'grade':
      return { code: field.kind };
    default:
      return { code: 'wrongType' };
  }
}

function checkNumber(field: Field, value: number, { today, fiscalYears }: ValidationContext): Finding {
  switch (field.kind) {
    case 'number': {
      const decimals = field.decimals ?? 0;
      if (!Number.isFinite(value)) return { code: 'number' };
      if (value < field.min) return { code: 'tooSmall', limit: field.min };
      if (value > field.max) return { code: 'tooLarge', limit: field.max };
      return Number(value.toFixed(decimals)) === value
        ? undefined
        : { code: 'tooManyDecimals', limit: decimals };
    }
    case 'fiscalYear':
      return (fiscalYears ?? fiscalYearsOn(today)).includes(value) ? undefined : { code: 'fiscalYear' };
    case 'grade':
      return Number.isInteger(value) && value >= 1 && value <= 6 ? undefined : { code: 'grade' };
    default:
      return { code: 'wrongType' };
  }
}

function checkList(field: Field, value: readonly unknown[]): Finding {
  if (field.kind === 'choices') {
    return value.every((one) => field.options.some((o) => o.value === one)) ? undefined : { code: 'choice' };
  }
  if (field.kind !== 'table') return { code: 'wrongType' };
  if (value.length < field.minRows) return { code: 'tooFewRows', limit: field.minRows };
  return value.length > field.maxRows ? { code: 'tooManyRows', limit: field.maxRows } : undefined;
}

function missing(field: Field): Finding {
  if (field.kind === 'consent') return { code: 'tick' };
  if (field.kind === 'boolean') return { code: 'yesNo' };
  if (field.kind === 'table') return { code: 'tooFewRows', limit: Math.max(field.minRows, 1) };
  const chosen = ['choice', 'choices', 'fiscalYear', 'grade', 'bop'].includes(field.kind);
  return { code: chosen ? 'chooseOne' : 'required' };
}

function check(
  field: Field,
  value: AnswerValue | undefined,
  locale: Locale,
  context: ValidationContext,
): Finding {
  if (typeof value === 'string') return checkString(field, value, locale, context);
  if (typeof value === 'number') return checkNumber(field, value, context);
  if (typeof value === 'boolean') {
    return field.kind === 'boolean' || field.kind === 'consent' ? undefined : { code: 'wrongType' };
  }
  return Array.isArray(value) ? checkList(field, value) : { code: 'wrongType' };
}

/** "No" is an answer to a question, though not a consent. */
function isAnswered(field: Field, value: AnswerValue | undefined): boolean {
  return isFilled(value) || (field.kind === 'boolean' && value === false);
}

function checkField(
  field: Field,
  value: AnswerValue | undefined,
  path: string,
  answers: Answers,
  locale: Locale,
  context: ValidationContext,
): readonly FieldProblem[] {
  const answered = isAnswered(field, value);
  if (!answered && !isRequired(field, answers)) return [];
  const finding = answered ? check(field, value, locale, context) : missing(field);
  if (finding) return [problem(field, path, finding.code, locale, finding.limit)];
  if (field.kind !== 'table') return [];
  return (value as readonly TableRow[]).flatMap((row, index) =>
    field.columns.flatMap((column) =>
      checkField(column, row[column.code], `${path}[${index}].${column.code}`, row, locale, context),
    ),
  );
}

/**
 * What is wrong with one step, in the order of its questions; empty if nothing is. Answers are cleaned first, so the caller
 * may pass them as they were typed. `answers` are those of the whole form, for what depends on other steps.
 */
export function validateSection(
  definition: ProcedureDefinition,
  section: Section,
  answers: { readonly [field: string]: unknown },
  locale: Locale,
  context: ValidationContext,
): readonly FieldProblem[] {
  const clean = cleanAnswers(definition, answers);
  if (!visibleSections(definition, clean).includes(section)) return [];
  return visibleFields(section, clean).flatMap((field) => {
    const found = checkField(field, clean[field.code], field.code, clean, locale, context);
    return found.length > 0 ? found : checkTogether(definition, field, clean, locale, context);
  });
}

/** What does not fit to other answers. One mistake at a field is enough to say. */
function checkTogether(
  definition: ProcedureDefinition,
  field: Field,
  clean: Answers,
  locale: Locale,
  context: ValidationContext,
): readonly FieldProblem[] {
  if (!isAnswered(field, clean[field.code])) return [];
  const failed = definition.checks?.find((one) => one.field === field.code && one.fails(clean, context));
  return failed
    ? [{ field: field.code, code: 'inconsistent', message: inLocale(failed.message, locale) }]
    : [];
}

/**
 * What is wrong with all answers, in the order of the form; empty if nothing is. Documents are not looked at, see
 * `missingDocuments`.
 */
export function validateAnswers(
  definition: ProcedureDefinition,
  answers: { readonly [field: string]: unknown },
  locale: Locale,
  context: ValidationContext,
): readonly FieldProblem[] {
  const clean = cleanAnswers(definition, answers);
  return visibleSections(definition, clean).flatMap((section) =>
    validateSection(definition, section, clean, locale, context),
  );
}
