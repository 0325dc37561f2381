import { bopOf } from '../facilities/facilities.ts';
import { inLocale, text, type Locale } from '../texts/locale.ts';
import type { Answers, AnswerValue, Field, Option, ProcedureDefinition, TableRow } from './definition.ts';
import { visibleFields, visibleSections } from './fields.ts';
import { displayDateWithEra, displayFiscalYear, displayMonth } from './format-dates.ts';

const YES = text('はい', 'はい', 'Yes');
const NO = text('いいえ', 'いいえ', 'No');
const AGREED = text('同意する', '{同意|どうい}する', 'Agreed');

/** `1540017` becomes `154-0017`; anything else stays. */
export function displayPostalCode(code: string): string {
  return /^\d{7}$/u.test(code) ? `${code.slice(0, 3)}-${code.slice(3)}` : code;
}

/** Hyphens where the cut is certain (mobile and IP phones, toll-free, two-digit areas); others stay rather than be cut wrongly. */
export function displayPhone(phone: string): string {
  if (/^0800\d{7}$/u.test(phone)) return `${phone.slice(0, 4)}-${phone.slice(4, 7)}-${phone.slice(7)}`;
  if (/^0[5-9]0\d{8}$/u.test(phone)) return `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`;
  if (/^0120\d{6}$/u.test(phone)) return `${phone.slice(0, 4)}-${phone.slice(4, 7)}-${phone.slice(7)}`;
  if (/^0[36]\d{8}$/u.test(phone)) return `${phone.slice(0, 2)}-${phone.slice(2, 6)}-${phone.slice(6)}`;
  return phone;
}

function optionLabel(options: readonly Option[], value: string, locale: Locale): string {
  const option = options.find((o) => o.value === value);
  return option ? inLocale(option.label, locale) : value;
}

function displayGrade(grade: number, locale: Locale): string {
  if (locale === 'en') return `Grade ${grade}`;
  return locale === 'ja-easy' ? `${grade}{年生|ねんせい}` : `${grade}年生`;
}

function displayString(field: Field, value: string, locale: Locale): string {
  switch (field.kind) {
    case 'date':
      return displayDateWithEra(value, locale);
    case 'month':
      return displayMonth(value, locale);
    case 'phone':
      return displayPhone(value);
    case 'postalCode':
      return displayPostalCode(value);
    case 'choice':
      return optionLabel(field.options, value, locale);
    case 'bop':
      return bopOf(value)?.name ?? value;
    default:
      return value;
  }
}

function displayNumber(field: Field, value: number, locale: Locale): string {
  if (field.kind === 'fiscalYear') return displayFiscalYear(value, locale);
  if (field.kind === 'grade') return displayGrade(value, locale);
  const unit = field.kind === 'number' && field.unit ? inLocale(field.unit, locale) : '';
  return unit && locale === 'en' ? `${value} ${unit}` : `${value}${unit}`;
}

function displayTable(field: Field & { kind: 'table' }, rows: readonly TableRow[], locale: Locale): string {
  return rows
    .map((row) =>
      field.columns
        .map((column) => displayValue(column, row[column.code], locale))
        .filter((cell) => cell !== '')
        .join(locale === 'en' ? ', ' : '、'),
    )
    .join('\n');
}

/**
 * An answer in words, for check-answers pages, staff and PDFs; empty where there is none. In やさしい日本語 labels carry
 * furigana (`withoutFurigana` takes it out). Rows of a table are lines; `summaryRows` has them as cells.
 */
export function displayValue(field: Field, value: AnswerValue | undefined, locale: Locale): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return displayString(field, value, locale);
  if (typeof value === 'number') return displayNumber(field, value, locale);
  if (typeof value === 'boolean') {
    if (field.kind === 'consent') return value ? inLocale(AGREED, locale) : '';
    return inLocale(value ? YES : NO, locale);
  }
  if (field.kind === 'table') return displayTable(field, value as readonly TableRow[], locale);
  const separator = locale === 'en' ? ', ' : '、';
  if (field.kind !== 'choices') return value.filter((one) => typeof one === 'string').join(separator);
  return (value as readonly string[]).map((one) => optionLabel(field.options, one, locale)).join(separator);
}

export interface SummaryRow {
  field: string;
  label: string;
  /** Empty where the question was left open. */
  value: string;
  /** For tables: each row's cells under the columns' labels. */
  table?: { columns: readonly string[]; rows: readonly (readonly string[])[] };
}
export interface SummarySection {
  id: string;
  title: string;
  rows: readonly SummaryRow[];
}

function summaryRow(field: Field, value: AnswerValue | undefined, locale: Locale): SummaryRow {
  const row = {
    field: field.code,
    label: inLocale(field.label, locale),
    value: displayValue(field, value, locale),
  };
  if (field.kind !== 'table' || !Array.isArray(value)) return row;
  const cells = (value as readonly TableRow[]).map((r) =>
    field.columns.map((column) => displayValue(column, r[column.code], locale)),
  );
  return { ...row, table: { columns: field.columns.map((c) => inLocale(c.label, locale)), rows: cells } };
}

/** All that was asked and answered, step by step: what the applicant checks and the reviewer reads. */
export function summaryRows(
  definition: ProcedureDefinition,
  answers: Answers,
  locale: Locale,
): readonly SummarySection[] {
  return visibleSections(definition, answers).map((section) => ({
    id: section.id,
    title: inLocale(section.title, locale),
    rows: visibleFields(section, answers).map((field) => summaryRow(field, answers[field.code], locale)),
  }));
}
