import { BOPS, bopOf } from '../../domain/facilities/facilities.ts';
import type { Answers, AnswerValue, Field, TableRow } from '../../domain/procedures/definition.ts';
import type { KintoneField, KintoneRecord } from './model.ts';

export const YES = 'はい';
export const NO = 'いいえ';
const AGREED = '同意する';

/** The kintone field that holds the answers to a question. Choices are kept as the words people read. */
export function kintoneField(field: Field): KintoneField {
  const base = { code: field.code, label: field.label.ja };
  switch (field.kind) {
    case 'textarea':
      return { ...base, type: 'MULTI_LINE_TEXT' };
    case 'date':
      return { ...base, type: 'DATE' };
    case 'time':
      return { ...base, type: 'TIME' };
    case 'number':
    case 'fiscalYear':
    case 'grade':
      return { ...base, type: 'NUMBER' };
    case 'choice':
      return { ...base, type: 'DROP_DOWN', options: field.options.map((option) => option.label.ja) };
    case 'choices':
      return { ...base, type: 'CHECK_BOX', options: field.options.map((option) => option.label.ja) };
    case 'boolean':
      // Not a radio button: kintone would choose one where nobody answered.
      return { ...base, type: 'DROP_DOWN', options: [YES, NO] };
    case 'consent':
      return { ...base, type: 'CHECK_BOX', options: [AGREED] };
    case 'table':
      return { ...base, type: 'SUBTABLE', columns: field.columns.map(kintoneField) };
    case 'text':
    case 'kana':
    case 'phone':
    case 'email':
    case 'postalCode':
    case 'month':
    case 'bop':
      return { ...base, type: 'SINGLE_LINE_TEXT' };
  }
}

/** An answer as kintone keeps it; no answer empties the field. */
export function toKintone(field: Field, answer: AnswerValue | undefined): { value: unknown } {
  const none = answer === undefined || answer === null;
  switch (field.kind) {
    case 'choice': {
      const option = field.options.find((one) => one.value === answer);
      return { value: none ? '' : (option?.label.ja ?? answer) };
    }
    case 'choices': {
      const chosen = Array.isArray(answer) ? (answer as readonly string[]) : [];
      const labels = chosen.map(
        (value) => field.options.find((one) => one.value === value)?.label.ja ?? value,
      );
      return { value: labels };
    }
    case 'boolean':
      return { value: none ? '' : answer === true ? YES : NO };
    case 'consent':
      return { value: answer === true ? [AGREED] : [] };
    case 'bop':
      return { value: typeof answer === 'string' ? (bopOf(answer)?.name ?? answer) : '' };
    case 'table': {
      const rows = Array.isArray(answer) ? (answer as readonly TableRow[]) : [];
      const cells = (row: TableRow) => recordOf(field.columns, row);
      return { value: rows.map((row) => ({ value: cells(row) })) };
    }
    case 'date':
    case 'time':
      return { value: none || answer === '' ? null : answer };
    default:
      return { value: none ? '' : typeof answer === 'number' ? String(answer) : answer };
  }
}

/** The answer that a field of kintone holds; undefined where it is empty. */
export function fromKintone(field: Field, value: unknown): AnswerValue | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  switch (field.kind) {
    case 'number':
    case 'fiscalYear':
    case 'grade':
      return Number(value);
    case 'choice':
      return field.options.find((option) => option.label.ja === value)?.value ?? (value as string);
    case 'choices': {
      const labels = value as readonly string[];
      if (labels.length === 0) return undefined;
      return labels.map((label) => field.options.find((option) => option.label.ja === label)?.value ?? label);
    }
    case 'boolean':
      return value === YES;
    case 'consent':
      return (value as readonly string[]).includes(AGREED) ? true : undefined;
    case 'bop':
      return BOPS.find((bop) => bop.name === value)?.code ?? (value as string);
    case 'table': {
      const rows = value as readonly { value: KintoneRecord }[];
      if (rows.length === 0) return undefined;
      return rows.map((row) => {
        const answers = answersOf(field.columns, row.value);
        return Object.fromEntries(field.columns.map(({ code }) => [code, answers[code] ?? null])) as TableRow;
      });
    }
    default:
      return value as string;
  }
}

/** All fields with their answers; those without are emptied. */
export function recordOf(fields: readonly Field[], answers: Answers): KintoneRecord {
  return Object.fromEntries(fields.map((field) => [field.code, toKintone(field, answers[field.code])]));
}

/** The answers that a record holds. */
export function answersOf(fields: readonly Field[], record: KintoneRecord): Answers {
  const entries = fields.map((field) => [field.code, fromKintone(field, record[field.code]?.value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
