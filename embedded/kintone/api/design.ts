/** form.json: the older way to ask for a form, still documented and used by older clients. Everything in it is text. */
import { openSettings, openPreview } from '../acl/app.ts';
import { mayReadField } from '../acl/field.ts';
import type { App, FieldDef, LayoutRow } from '../apps/model.ts';
import type { Json } from '../params.ts';
import { plainText } from '../params.ts';
import type { Endpoint } from './endpoint.ts';
import { read } from './endpoint.ts';

const TEXTS = ['noLabel', 'required', 'unique', 'digit', 'hideExpression'];
const OR_NULL = ['maxLength', 'minLength', 'maxValue', 'minValue', 'displayScale', 'unit', 'unitPosition'];
const AS_THEY_ARE = ['expression', 'format', 'protocol'];
const PEOPLE = ['USER_SELECT', 'ORGANIZATION_SELECT', 'GROUP_SELECT'];

/** One field, with the properties that its type has. */
function design(field: FieldDef): Json {
  const answer: Json = { type: field.type, code: field.code, label: field.label };
  for (const name of TEXTS) if (field[name] !== undefined) answer[name] = plainText(field[name]);
  for (const name of OR_NULL) if (field[name] !== undefined) answer[name] = plainText(field[name]) || null;
  for (const name of AS_THEY_ARE) if (field[name] !== undefined) answer[name] = field[name];
  if (field.defaultValue !== undefined && !PEOPLE.includes(field.type))
    answer['defaultValue'] = field.defaultValue;
  if (field.defaultNowValue !== undefined) answer['defaultExpression'] = field.defaultNowValue ? 'NOW' : null;
  if (field.options) {
    const sorted = Object.values(field.options).sort((a, b) => Number(a.index) - Number(b.index));
    answer['options'] = sorted.map(({ label }) => label);
  }
  const related = field.lookup ?? field.referenceTable;
  if (related) answer['relatedApp'] = related.relatedApp.app;
  if (field.fields) answer['fields'] = Object.values(field.fields).map(design);
  return answer;
}

const NOT_IN_IT = new Set(['GROUP', 'STATUS', 'STATUS_ASSIGNEE', 'CATEGORY']);
const DECORATION = new Set(['LABEL', 'SPACER', 'HR']);

/** As the form shows it from the top down; what it does not show follows. */
function inOrder(app: App, layout: readonly LayoutRow[]): (FieldDef | Json)[] {
  return layout.flatMap((row): (FieldDef | Json)[] => {
    const own = row.code === undefined ? undefined : app.config.fields[row.code];
    if (row.type === 'SUBTABLE') return own ? [own] : [];
    if (row.type === 'GROUP') return inOrder(app, row.layout ?? []);
    return (row.fields ?? []).flatMap((cell): (FieldDef | Json)[] => {
      const field = app.config.fields[cell.code ?? ''];
      if (!DECORATION.has(cell.type)) return field ? [field] : [];
      const { type, label, elementId } = cell;
      return [
        { type, ...(label === undefined ? {} : { label }), ...(type === 'SPACER' ? { elementId } : {}) },
      ];
    });
  });
}

function answer(app: App, visible: (code: string) => boolean): Json {
  const shown = inOrder(app, app.config.layout);
  const rest = Object.values(app.config.fields).filter(
    (field) => !NOT_IN_IT.has(field.type) && !shown.includes(field),
  );
  return {
    properties: [...shown, ...rest].flatMap((item) => {
      if (!('fid' in item)) return [item];
      const field = item as FieldDef;
      return visible(field.code) ? [design(field)] : [];
    }),
  };
}

export const designEndpoints: Endpoint[] = [
  read('GET', 'form', async (ctx, params) => {
    const app = openSettings(ctx, params.id('app'));
    return answer(app, (code) => mayReadField(ctx, app, code));
  }),
  read('GET', 'preview/form', async (ctx, params) => answer(openPreview(ctx, params.id('app')), () => true)),
];
