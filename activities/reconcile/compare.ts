import type { Field, ProcedureDefinition } from '../../domain/procedures/definition.ts';
import { HEADER_FIELDS, ownFields } from '../../kintone/apps/application.ts';
import { kintoneField } from '../../kintone/apps/values.ts';
import type { KintoneField } from '../../kintone/apps/model.ts';
import type { ChangedField, RecordContent } from '../../store/kintone.ts';

/** What differs between a record as it was written and as it is. */
export interface Difference {
  /** Of what the family filed. */
  answers: readonly ChangedField[];
  /** Of what this system writes. */
  system: readonly ChangedField[];
}

/** The fields of an application's record that this system writes, but for its key. */
export function writtenFields(definition: ProcedureDefinition): {
  answers: readonly KintoneField[];
  system: readonly KintoneField[];
} {
  return {
    answers: ownFields(definition).map((field: Field) => kintoneField(field)),
    system: HEADER_FIELDS.filter(({ code }) => code !== 'receipt_number'),
  };
}

/**
 * A value as it compares: kintone empties what is empty in its own way, keeps instants by the minute and choices in the order
 * of the field.
 */
export function comparable(field: KintoneField, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return '';
  if (field.type === 'SUBTABLE') {
    const rows = (value as readonly { value: Record<string, { value: unknown }> }[]).map(({ value: row }) =>
      (field.columns ?? []).map((column) => comparable(column, row[column.code]?.value)),
    );
    return rows.length === 0 ? '' : rows;
  }
  if (Array.isArray(value)) return value.length === 0 ? '' : value.map(plainText).sort();
  const text = plainText(value);
  if (field.type === 'DATETIME') return text.slice(0, 16);
  if (field.type === 'NUMBER') return String(Number(text));
  return text.replace(/\r\n?/g, '\n').trim();
}

/** A value in words, as a line of a list. */
export function inWords(field: KintoneField, value: unknown): string {
  const plain = comparable(field, value);
  if (plain === '') return '（空欄）';
  if (field.type === 'SUBTABLE') {
    const rows = (value as readonly { value: Record<string, { value: unknown }> }[]).map(({ value: row }) =>
      (field.columns ?? [])
        .map((column) => `${column.label}: ${inWords(column, row[column.code]?.value)}`)
        .join('、'),
    );
    return rows.join(' ／ ');
  }
  return Array.isArray(plain) ? plain.map(plainText).join('、') : plainText(plain);
}

/** kintone's values outside of tables are texts, and numbers where this system wrote them. */
const plainText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : JSON.stringify(value);

/** Compares what was written with what is there; fields that were never written are not compared. */
export function differenceOf(
  definition: ProcedureDefinition,
  written: RecordContent,
  there: RecordContent,
): Difference {
  const fields = writtenFields(definition);
  const differing = (list: readonly KintoneField[]) =>
    list
      .filter(({ code }) => code in written)
      .filter(
        (field) =>
          JSON.stringify(comparable(field, written[field.code])) !==
          JSON.stringify(comparable(field, there[field.code])),
      )
      .map((field) => ({
        code: field.code,
        label: field.label,
        before: inWords(field, written[field.code]),
        after: inWords(field, there[field.code]),
      }));
  return { answers: differing(fields.answers), system: differing(fields.system) };
}
