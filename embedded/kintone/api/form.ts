/** app/form/fields and app/form/layout. */
import { may, openPreview, openSettings } from '../acl/app.ts';
import { mayReadField } from '../acl/field.ts';
import {
  appendToLayout,
  completeTables,
  readLayout,
  removeFromLayout,
  renameInLayout,
} from '../apps/layout.ts';
import type { App, AppConfig, FieldDef } from '../apps/model.ts';
import { SYSTEM_TYPES } from '../apps/model.ts';
import type { Editing } from '../apps/preview.ts';
import { editPreview } from '../apps/preview.ts';
import type { Ctx } from '../context.ts';
import type { FieldErrors } from '../errors.ts';
import { errors, texts, validationError } from '../errors.ts';
import { answerDefinition, readDefinition } from '../fields/definition.ts';
import { report } from '../fields/value.ts';
import type { Json, Params } from '../params.ts';
import { isObject, toInteger, plainText } from '../params.ts';
import type { Endpoint } from './endpoint.ts';
import { read, write } from './endpoint.ts';

const MAX_FIELDS = 100;

function formFields(app: App, visible: (code: string) => boolean): unknown {
  const properties = Object.values(app.config.fields)
    .filter((field) => visible(field.code))
    .map((field): [string, unknown] => [field.code, answerDefinition(field)]);
  return { properties: Object.fromEntries(properties), revision: String(app.revision) };
}

async function getFields(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openSettings(ctx, params.id('app'));
  return formFields(app, (code) => may(ctx, app, 'manage') || mayReadField(ctx, app, code));
}

async function getPreviewFields(ctx: Ctx, params: Params): Promise<unknown> {
  return formFields(openPreview(ctx, params.id('app')), () => true);
}

function allCodes(fields: Record<string, FieldDef>): Set<string> {
  return new Set(Object.values(fields).flatMap((field) => [field.code, ...Object.keys(field.fields ?? {})]));
}

async function postFields(ctx: Ctx, params: Params): Promise<unknown> {
  const properties = params.object('properties');
  const revision = await editPreview(ctx, params, ({ config, newFieldId }) => {
    const found: FieldErrors = new Map();
    const codes = allCodes(config.fields);
    for (const [key, raw] of Object.entries(properties)) {
      const path = `properties[${key}]`;
      if (!isObject(raw)) throw errors.badJson();
      const field = readDefinition(raw, key, undefined, path, found, newFieldId);
      if (!field) continue;
      if (field.code !== key) report(found, `${path}.code`, texts.badFormat);
      for (const code of [field.code, ...Object.keys(field.fields ?? {})]) {
        if (codes.has(code)) report(found, `${path}.code`, texts.duplicateCode);
        codes.add(code);
      }
      linkApps(ctx, field);
      config.fields[field.code] = field;
      appendToLayout(config.layout, field);
    }
    if (found.size > 0) throw validationError(found);
  });
  return { revision };
}

async function putFields(ctx: Ctx, params: Params): Promise<unknown> {
  const properties = params.object('properties');
  const revision = await editPreview(ctx, params, (editing) => {
    const found: FieldErrors = new Map();
    for (const [key, raw] of Object.entries(properties)) {
      if (!isObject(raw)) throw errors.badJson();
      changeField(ctx, editing, key, raw, found);
    }
    if (found.size > 0) throw validationError(found);
    completeTables(editing.config.layout, editing.config.fields);
  });
  return { revision };
}

function changeField(ctx: Ctx, editing: Editing, key: string, raw: Json, found: FieldErrors): void {
  const { config, newFieldId } = editing;
  const before = config.fields[key];
  if (!before) throw errors.noFieldInForm(key);
  const path = `properties[${key}]`;
  const field = readDefinition(raw, key, before, path, found, newFieldId);
  if (!field) return;
  linkApps(ctx, field);
  const others = allCodes({ ...config.fields, [key]: { ...before, fields: {} } });
  others.delete(key);
  for (const code of [field.code, ...Object.keys(field.fields ?? {})]) {
    if (others.has(code)) report(found, `${path}.code`, texts.duplicateCode);
  }
  // Rebuilt rather than assigned, so that a field keeps its place among the others.
  config.fields = Object.fromEntries(
    Object.entries(config.fields).map(([code, old]) => (code === key ? [field.code, field] : [code, old])),
  );
  if (field.code !== key) renameEverywhere(config, key, field.code);
}

function renameEverywhere(config: AppConfig, from: string, to: string): void {
  config.layout = renameInLayout(config.layout, from, to);
  const renamed = (code: string): string => (code === from ? to : code);
  for (const view of Object.values(config.views)) {
    if (view.fields) view.fields = view.fields.map(renamed);
    if (view.date) view.date = renamed(view.date);
    if (view.title) view.title = renamed(view.title);
  }
  for (const right of config.fieldAcl) right.code = renamed(right.code);
}

const listOf = <T>(value: T[] | undefined): T[] => value ?? [];

/** Lookups and related records name another app, which has to be live; its key has to exist. */
function linkApps(ctx: Ctx, field: FieldDef): void {
  const link = field.lookup ?? field.referenceTable;
  if (link) {
    // As sent: nothing of it has been checked yet.
    const given: Partial<Record<string, unknown>> = isObject(link.relatedApp) ? { ...link.relatedApp } : {};
    const id = toInteger(given['app']);
    const source =
      id === undefined
        ? ctx.services.apps.all().find((row) => row.code !== '' && row.code === given['code'])
        : ctx.services.apps.row(id);
    if (!source?.live) throw errors.noApp(plainText(given['app'], plainText(given['code'])));
    link.relatedApp = { app: String(source.id), code: source.code };
    link.filterCond = plainText(link.filterCond);
    link.sort = plainText(link.sort);
    if (field.lookup) {
      field.lookup.fieldMappings = listOf(field.lookup.fieldMappings);
      field.lookup.lookupPickerFields = listOf(field.lookup.lookupPickerFields);
      const codes = [field.lookup.relatedKeyField, ...field.lookup.fieldMappings.map((m) => m.relatedField)];
      for (const code of codes) if (!source.live.fields[code]) throw errors.noFieldInForm(code);
    }
    if (field.referenceTable) {
      field.referenceTable.displayFields = listOf(field.referenceTable.displayFields);
      field.referenceTable.size = plainText(field.referenceTable.size, '5');
    }
  }
  for (const inner of Object.values(field.fields ?? {})) linkApps(ctx, inner);
}

function without(fields: Record<string, FieldDef>, code: string): Record<string, FieldDef> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== code));
}

async function deleteFields(ctx: Ctx, params: Params): Promise<unknown> {
  const given = params.optionalStrings('fields');
  const codes = (given ?? []).filter((code) => code !== '');
  if (codes.length === 0 || codes.length > MAX_FIELDS) {
    const size = texts.size(1, MAX_FIELDS);
    throw validationError(new Map([['fields', given ? [size] : [texts.requiredParam, size]]]));
  }
  const revision = await editPreview(ctx, params, ({ config }) => {
    for (const code of codes) {
      const field = config.fields[code];
      const table = Object.values(config.fields).find((item) => item.fields?.[code]);
      if (field && !SYSTEM_TYPES.has(field.type)) config.fields = without(config.fields, code);
      else if (table) table.fields = without(table.fields ?? {}, code);
      else throw errors.noFieldInForm(code);
    }
    const gone = new Set(codes);
    config.layout = removeFromLayout(config.layout, gone);
    for (const view of Object.values(config.views)) {
      if (view.fields) view.fields = view.fields.filter((code) => !gone.has(code));
    }
    config.fieldAcl = config.fieldAcl.filter((right) => !gone.has(right.code));
  });
  return { revision };
}

const layoutOf = (app: App): unknown => ({ layout: app.config.layout, revision: String(app.revision) });

async function putLayout(ctx: Ctx, params: Params): Promise<unknown> {
  const revision = await editPreview(ctx, params, ({ config }) => {
    config.layout = readLayout(params.array('layout'), config.fields);
  });
  return { revision };
}

export const formEndpoints: Endpoint[] = [
  read('GET', 'app/form/fields', getFields),
  read('GET', 'preview/app/form/fields', getPreviewFields),
  write('POST', 'preview/app/form/fields', postFields),
  write('PUT', 'preview/app/form/fields', putFields),
  write('DELETE', 'preview/app/form/fields', deleteFields),
  read('GET', 'app/form/layout', async (ctx, params) => layoutOf(openSettings(ctx, params.id('app')))),
  read('GET', 'preview/app/form/layout', async (ctx, params) => layoutOf(openPreview(ctx, params.id('app')))),
  write('PUT', 'preview/app/form/layout', putLayout),
];
