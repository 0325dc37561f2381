/** The rules of a form, checked on the whole record as it would be stored. */
import { sql } from 'kysely';
import type { App, FieldDef } from '../apps/model.ts';
import { SYSTEM_TYPES, VALUELESS_TYPES } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { LostRace, recordTable, rows } from '../database.ts';
import type { FieldErrors } from '../errors.ts';
import { texts } from '../errors.ts';
import { compareNumbers, fromDecimal, toDecimal } from '../fields/number.ts';
import { fieldType } from '../fields/types.ts';
import { isEmpty, report } from '../fields/value.ts';
import { comparedExpression } from '../query/compared.ts';
import type { Draft } from './draft.ts';
import type { Doc, StoredRow } from './model.ts';
import { docKey } from './model.ts';
import { plainText } from '../params.ts';

/** Required fields, lengths and bounds. */
export function validateDraft(app: App, draft: Draft, found: FieldErrors): void {
  validateFields(Object.values(app.config.fields), draft.after.data, draft.path, found);
}

function validateFields(fields: FieldDef[], doc: Doc, prefix: string, found: FieldErrors): void {
  for (const field of fields) {
    if (SYSTEM_TYPES.has(field.type) || VALUELESS_TYPES.has(field.type)) continue;
    if (field.type === 'SUBTABLE') {
      ((doc[docKey(field)] ?? []) as StoredRow[]).forEach((row, i) => {
        const rowPrefix = `${prefix}.${field.code}.value[${i}].value`;
        validateFields(Object.values(field.fields ?? {}), row.v, rowPrefix, found);
      });
    } else validateField(field, doc, prefix, found);
  }
}

function validateField(field: FieldDef, doc: Doc, prefix: string, found: FieldErrors): void {
  const value = doc[docKey(field)];
  const path = `${prefix}.${field.code}.${valuePart(field)}`;
  if (found.has(path)) return;
  if (field.required === true && field.type !== 'CALC' && field.type !== 'RADIO_BUTTON' && isEmpty(value)) {
    report(found, path, texts.required);
    return;
  }
  if (field.type === 'SINGLE_LINE_TEXT' || field.type === 'LINK') {
    const { length } = plainText(value);
    const max = Number(field.maxLength || 0);
    const min = Number(field.minLength || 0);
    if (max > 0 && length > max) report(found, path, texts.maxLength(max));
    if (min > 0 && length < min) report(found, path, texts.minLength(min));
  }
  if (field.type === 'NUMBER' && typeof value === 'string' && value !== '') {
    if (field.maxValue && compareNumbers(value, field.maxValue) > 0)
      report(found, path, texts.maxValue(field.maxValue));
    if (field.minValue && compareNumbers(value, field.minValue) < 0)
      report(found, path, texts.minValue(field.minValue));
  }
}

function valuePart(field: FieldDef): string {
  const { kind } = fieldType(field.type);
  if (kind === 'list' || kind === 'files') return 'values';
  return kind === 'codes' ? 'values.value' : 'value';
}

/** The same value in the same words: `1.0` and `1` are one number. */
export function comparable(field: FieldDef, value: string): string {
  return fieldType(field.type).kind === 'number' ? fromDecimal(toDecimal(value)) : value;
}

/** Fields that allow no duplicates: against the app's other records, and within one request. */
export async function validateUnique(
  ctx: Ctx,
  app: App,
  drafts: readonly Draft[],
  found: FieldErrors,
): Promise<void> {
  const changing = new Set(drafts.flatMap((draft) => (draft.before ? [draft.before.id] : [])));
  for (const field of Object.values(app.config.fields)) {
    if (field.unique !== true) continue;
    const key = docKey(field);
    const taken = new Map<string, number | Draft>();
    const wanted = drafts.flatMap((draft): [Draft, string][] => {
      const value = draft.after.data[key];
      return typeof value === 'string' && value !== '' ? [[draft, comparable(field, value)]] : [];
    });
    const changed = wanted.filter(([draft]) => draft.before?.data[key] !== draft.after.data[key]);
    if (changed.length === 0) continue;
    // By a key of an upsert nothing was found a moment ago: should somebody have added it since, the index says so.
    const fresh = changed.filter(([draft]) => draft.keyField !== field.code);
    const expression = comparedExpression(field);
    const isNumber = fieldType(field.type).kind === 'number';
    const list = sql`${fresh.map(([, value]) => value)}::${sql.raw(isNumber ? 'numeric[]' : 'text[]')}`;
    const holders =
      fresh.length === 0
        ? []
        : await rows<{ id: string; value: string }>(
            ctx.db,
            sql`select id, ${expression}::text as value from ${recordTable(app.id)} where ${expression} = any(${list})`,
          );
    for (const holder of holders) {
      if (!changing.has(Number(holder.id))) taken.set(comparable(field, holder.value), Number(holder.id));
    }
    const lastOfRecord = new Map(wanted.map(([draft]) => [draft.before?.id ?? draft, draft]));
    for (const [draft, value] of wanted) {
      if (lastOfRecord.get(draft.before?.id ?? draft) !== draft) continue;
      // Somebody added the record between our look-up and now: the whole write starts again and finds it.
      if (draft.keyField === field.code && typeof taken.get(value) === 'number') throw new LostRace();
      if (taken.has(value)) report(found, `${draft.path}.${field.code}.value`, texts.unique);
      else taken.set(value, draft);
    }
  }
}
