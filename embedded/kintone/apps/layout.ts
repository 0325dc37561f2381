/** The layout of a form: which row a field stands in. */
import type { FieldErrors } from '../errors.ts';
import { texts, validationError } from '../errors.ts';
import { report } from '../fields/value.ts';
import { isObject, plainText } from '../params.ts';
import type { Json } from '../params.ts';
import type { FieldDef, LayoutRow } from './model.ts';

/** A field that was added to a form comes last, in a row of its own. */
export function appendToLayout(layout: LayoutRow[], field: FieldDef): void {
  if (field.type === 'SUBTABLE') {
    layout.push({ type: 'SUBTABLE', code: field.code, fields: innerFields(field) });
  } else if (field.type === 'GROUP') layout.push({ type: 'GROUP', code: field.code, layout: [] });
  else layout.push({ type: 'ROW', fields: [{ type: field.type, code: field.code }] });
}

function innerFields(table: FieldDef): NonNullable<LayoutRow['fields']> {
  return Object.values(table.fields ?? {}).map((inner) => ({ type: inner.type, code: inner.code }));
}

/** The layout without some fields; rows that held nothing else go too. A group's fields move out of it. */
export function removeFromLayout(layout: LayoutRow[], codes: ReadonlySet<string>): LayoutRow[] {
  return layout.flatMap((row): LayoutRow[] => {
    if (row.type === 'GROUP') {
      const inner = removeFromLayout(row.layout ?? [], codes);
      return codes.has(row.code ?? '') ? inner : [{ ...row, layout: inner }];
    }
    if (row.type === 'SUBTABLE' && codes.has(row.code ?? '')) return [];
    const fields = (row.fields ?? []).filter((field) => !codes.has(field.code ?? ''));
    return row.type === 'ROW' && fields.length === 0 && (row.fields ?? []).length > 0
      ? []
      : [{ ...row, fields }];
  });
}

/** The layout with a code changed. */
export function renameInLayout(layout: LayoutRow[], from: string, to: string): LayoutRow[] {
  return layout.map((row) => ({
    ...row,
    ...(row.code === from ? { code: to } : {}),
    ...(row.fields
      ? { fields: row.fields.map((field) => (field.code === from ? { ...field, code: to } : field)) }
      : {}),
    ...(row.layout ? { layout: renameInLayout(row.layout, from, to) } : {}),
  }));
}

/** Fields of tables that the layout does not show yet. */
export function completeTables(layout: LayoutRow[], fields: Record<string, FieldDef>): void {
  for (const row of layout) {
    if (row.layout) completeTables(row.layout, fields);
    const table = row.type === 'SUBTABLE' ? fields[row.code ?? ''] : undefined;
    if (!table) continue;
    const shown = row.fields ?? [];
    const codes = new Set(shown.map((field) => field.code));
    row.fields = [...shown, ...innerFields(table).filter((field) => !codes.has(field.code))];
  }
}

const DECORATIONS = new Set(['LABEL', 'SPACER', 'HR']);
/** May stand in the layout, but do not have to. */
const OPTIONAL = new Set([
  'RECORD_NUMBER',
  'CREATOR',
  'CREATED_TIME',
  'MODIFIER',
  'UPDATED_TIME',
  'CATEGORY',
  'STATUS',
  'STATUS_ASSIGNEE',
]);

/** A layout as sent: every field has to be in it, once. */
export function readLayout(raw: unknown[], fields: Record<string, FieldDef>): LayoutRow[] {
  const found: FieldErrors = new Map();
  const placed = new Set<string>();
  const layout = readRows(raw, fields, 'layout', placed, found);
  for (const field of Object.values(fields)) {
    if (!placed.has(field.code) && !OPTIONAL.has(field.type)) {
      report(found, 'layout', {
        ja: `フィールド（code: ${field.code}）がレイアウトに含まれていません。`,
        en: `The field (code: ${field.code}) is not included in the layout.`,
      });
    }
  }
  if (found.size > 0) throw validationError(found);
  return layout;
}

function readRows(
  raw: unknown[],
  fields: Record<string, FieldDef>,
  path: string,
  placed: Set<string>,
  found: FieldErrors,
): LayoutRow[] {
  const place = (code: string, type: string | null, at: string): void => {
    const field = fields[code];
    if (!field) report(found, `${at}.code`, texts.layoutField(code));
    else if (type !== null && field.type !== type) report(found, `${at}.type`, texts.layoutType(code));
    else if (placed.has(code)) report(found, `${at}.code`, texts.duplicateCode);
    placed.add(code);
  };
  return raw.flatMap((item, i): LayoutRow[] => {
    const row = isObject(item) ? item : {};
    const at = `${path}[${i}]`;
    const code = plainText(row['code']);
    if (row['type'] === 'GROUP') {
      place(code, 'GROUP', at);
      const inner = Array.isArray(row['layout']) ? row['layout'] : [];
      return [{ type: 'GROUP', code, layout: readRows(inner, fields, `${at}.layout`, placed, found) }];
    }
    const cells = (Array.isArray(row['fields']) ? row['fields'] : []).filter(isObject).map(readCell);
    if (row['type'] === 'SUBTABLE') {
      place(code, 'SUBTABLE', at);
      const inner = Object.keys(fields[code]?.fields ?? {});
      const sent = new Set(cells.map((cell) => cell.code));
      if (fields[code] && (sent.size !== inner.length || inner.some((name) => !sent.has(name))))
        report(found, `${at}.fields`, texts.layoutTable(code));
      return [{ type: 'SUBTABLE', code, fields: cells }];
    }
    if (row['type'] !== 'ROW') {
      report(found, `${at}.type`, texts.enumValue);
      return [];
    }
    cells.forEach((cell, j) => {
      if (!DECORATIONS.has(cell.type)) place(cell.code ?? '', cell.type, `${at}.fields[${j}]`);
    });
    return [{ type: 'ROW', fields: cells }];
  });
}

function readCell(raw: Json): { type: string; code?: string; [property: string]: unknown } {
  const size = isObject(raw['size'])
    ? Object.fromEntries(Object.entries(raw['size']).map(([name, value]) => [name, String(value)]))
    : undefined;
  return { ...raw, type: plainText(raw['type']), ...(size ? { size } : {}) };
}
