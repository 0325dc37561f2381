import type { AppKey, KintoneApp, KintoneField, RelatedList } from './model.ts';

/** A field's definition as kintone's form API takes it. */
export interface FieldProperty {
  type: string;
  code: string;
  label: string;
  unique?: boolean;
  options?: Record<string, { label: string; index: string }>;
  fields?: Record<string, FieldProperty>;
  referenceTable?: ReferenceTable;
}

/** Where a list of related records takes them from. */
export interface ReferenceTable {
  relatedApp?: { app: string };
  condition: { field: string; relatedField: string };
  filterCond: string;
  displayFields: string[];
  sort: string;
  size: string;
}

/** The ids of apps, by key; grows while apps are made. */
export type IdsByKey = Readonly<Partial<Record<AppKey, string>>>;

export interface LayoutField {
  type: string;
  code: string;
  size?: { width?: string; innerHeight?: string };
}
export type LayoutItem =
  | { type: 'ROW'; fields: LayoutField[] }
  | { type: 'GROUP'; code: string; layout: { type: 'ROW'; fields: LayoutField[] }[] }
  | { type: 'SUBTABLE'; code: string; fields: LayoutField[] };

/** A field's definition for `app/form/fields`. */
export function propertyOf(field: KintoneField): FieldProperty {
  const { type, code, label, unique, options, columns } = field;
  return {
    type,
    code,
    label,
    ...(unique ? { unique } : {}),
    ...(options
      ? { options: Object.fromEntries(options.map((name, i) => [name, { label: name, index: String(i) }])) }
      : {}),
    ...(columns
      ? { fields: Object.fromEntries(columns.map((column) => [column.code, propertyOf(column)])) }
      : {}),
  };
}

function relatedProperty(list: RelatedList, ids: IdsByKey): FieldProperty {
  const { code, label, app, field, relatedField, fields, sort, size } = list;
  const id = ids[app];
  return {
    type: 'REFERENCE_TABLE',
    code,
    label,
    referenceTable: {
      ...(id === undefined ? {} : { relatedApp: { app: id } }),
      condition: { field, relatedField },
      filterCond: '',
      displayFields: [...fields],
      sort,
      size: String(size),
    },
  };
}

/**
 * The definitions of all fields of an app, groups and lists of related records included, by code.
 * @param ids of the apps that related records are in; a list whose app is yet to be made names none
 */
export function propertiesOf(app: KintoneApp, ids: IdsByKey = {}): Record<string, FieldProperty> {
  const groups = app.groups.map(({ code, label, open }) => ({ type: 'GROUP', code, label, openGroup: open }));
  const fields = app.groups.flatMap((group) => group.fields).map(propertyOf);
  const related = (app.related ?? []).map((list) => relatedProperty(list, ids));
  return Object.fromEntries([...groups, ...fields, ...related].map((property) => [property.code, property]));
}

const WIDTHS: Readonly<Record<string, string>> = {
  MULTI_LINE_TEXT: '610',
  SINGLE_LINE_TEXT: '290',
  NUMBER: '140',
  DATE: '140',
  TIME: '140',
};

function layoutField({ type, code }: { type: string; code: string }): LayoutField {
  const width = WIDTHS[type];
  return { type, code, ...(width ? { size: { width } } : {}) };
}

/** Two short fields stand side by side, long ones alone. */
function rows(fields: readonly KintoneField[]): { type: 'ROW'; fields: LayoutField[] }[] {
  const result: { type: 'ROW'; fields: LayoutField[] }[] = [];
  let open: LayoutField[] | undefined;
  for (const field of fields) {
    const wide = ['MULTI_LINE_TEXT', 'CHECK_BOX', 'FILE'].includes(field.type);
    if (open && !wide) {
      open.push(layoutField(field));
      open = undefined;
      continue;
    }
    const row = [layoutField(field)];
    result.push({ type: 'ROW', fields: row });
    open = wide ? undefined : row;
  }
  return result;
}

/**
 * The layout for `app/form/layout`: a group a section, its tables below it (kintone takes none inside), then the lists of related
 * records, and at the end what people have added by hand, so that nothing disappears from the form.
 */
export function layoutOf(app: KintoneApp, added: readonly { type: string; code: string }[]): LayoutItem[] {
  const items = app.groups.flatMap((group): LayoutItem[] => {
    const tables = group.fields.filter((field) => field.type === 'SUBTABLE');
    const plain = group.fields.filter((field) => field.type !== 'SUBTABLE');
    return [
      { type: 'GROUP', code: group.code, layout: rows(plain) },
      ...tables.map(({ code, columns = [] }): LayoutItem => {
        return { type: 'SUBTABLE', code, fields: columns.map(layoutField) };
      }),
    ];
  });
  const related = (app.related ?? []).map(({ code }) => ({ type: 'REFERENCE_TABLE', code }));
  const rest = [...related, ...added].map((field): LayoutItem => ({
    type: 'ROW',
    fields: [layoutField(field)],
  }));
  return [...items, ...rest];
}
