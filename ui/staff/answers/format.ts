import { BOPS, hallOfBop } from '../../../domain/facilities/facilities.ts';
import type { AnswerValue, Field, TableRow } from '../../../domain/procedures/definition.ts';
import { isFilled } from '../../../domain/procedures/condition.ts';
import { formatDate, formatMonth, formatPhone, formatPostalCode } from '../../lib/index.ts';

function optionLabel(field: Field & { kind: 'choice' | 'choices' }, value: unknown): string {
  return field.options.find((option) => option.value === value)?.label.ja ?? plain(value);
}

function bopName(code: string): string {
  const bop = BOPS.find((one) => one.code === code);
  return bop ? `${bop.name}（${hallOfBop(code)?.name ?? ''}）` : code;
}

/** A single value as it is; nothing for lists and rows, which have their own ways. */
function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** One answer in words; empty where there is none. Tables are drawn by `AnswersView`: here each row is one line. */
export function formatAnswer(field: Field, value: AnswerValue | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  switch (field.kind) {
    case 'date':
      return formatDate(plain(value), { era: true, weekday: true });
    case 'month':
      return formatMonth(plain(value));
    case 'phone':
      return formatPhone(plain(value));
    case 'postalCode':
      return formatPostalCode(plain(value));
    case 'number':
      return `${plain(value)}${field.unit?.ja ?? ''}`;
    case 'fiscalYear':
      return `${plain(value)}年度（令和${Number(value) - 2018}年度）`;
    case 'grade':
      return `${plain(value)}年生`;
    case 'bop':
      return bopName(plain(value));
    case 'boolean':
      return value === true ? 'はい' : 'いいえ';
    case 'consent':
      return value === true ? '同意・確認済み' : '';
    case 'choice':
      return optionLabel(field, value);
    case 'choices':
      return Array.isArray(value) ? value.map((one) => optionLabel(field, one)).join('、') : plain(value);
    case 'table':
      return tableRows(value)
        .map((row) =>
          field.columns
            .map((column) => formatAnswer(column, row[column.code]))
            .filter((cell) => cell !== '')
            .join('／'),
        )
        .join('\n');
    default:
      return plain(value);
  }
}

/** The rows of a table's answer; none where it is not one. */
export function tableRows(value: AnswerValue | undefined): readonly TableRow[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).filter(
    (row): row is TableRow => typeof row === 'object' && row !== null && !Array.isArray(row),
  );
}

/** Are two answers the same for a reader? Nothing and empty count as the same. */
export function sameAnswer(a: AnswerValue | undefined, b: AnswerValue | undefined): boolean {
  if (!isFilled(a) && !isFilled(b) && typeof a !== 'boolean' && typeof b !== 'boolean') return true;
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
