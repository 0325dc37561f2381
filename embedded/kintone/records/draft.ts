/** A record about to be written: what was sent, laid over defaults (new) or over what is there (changed). */
import { fieldAccess } from '../acl/field.ts';
import { may } from '../acl/app.ts';
import type { App, FieldDef } from '../apps/model.ts';
import { SYSTEM_TYPES, VALUELESS_TYPES } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { ADMINISTRATOR } from '../directory.ts';
import { demandEntity } from '../entities.ts';
import type { FieldErrors } from '../errors.ts';
import { errors, texts } from '../errors.ts';
import { formatDay, formatInstant, parseInstant, toMinute, tokyoDay, tokyoTime } from '../fields/datetime.ts';
import { firstState } from '../fields/respond.ts';
import { precisionOf } from '../fields/number.ts';
import { emptyValue, readValue, report } from '../fields/value.ts';
import type { Json } from '../params.ts';
import { isObject, plainText } from '../params.ts';
import type { Doc, RecordRow, StoredRow, StoredValue } from './model.ts';
import { docKey } from './model.ts';

export interface Draft {
  /** The request's path of the record: `record` or `records[3]`. */
  path: string;
  before: RecordRow | null;
  after: RecordRow;
  /** The codes of the fields that the request set. */
  given: Set<string>;
  /** The field by whose value the record was looked for and not found, where it is added by an upsert. */
  keyField?: string;
}

/** A draft of a new record; its id is given when it is written. */
export function draftNew(ctx: Ctx, app: App, path: string, values: Json, found: FieldErrors): Draft {
  const at = toMinute(ctx.now);
  const by = actorCode(ctx);
  const enabled = app.config.status.enable;
  const after: RecordRow = {
    id: 0,
    revision: 1,
    createdAt: at,
    createdBy: by,
    updatedAt: at,
    updatedBy: by,
    status: enabled ? firstState(app) : null,
    assignees: enabled ? firstAssignees(app, by) : [],
    data: {},
  };
  const draft: Draft = { path, before: null, after, given: new Set() };
  for (const field of Object.values(app.config.fields)) {
    if (SYSTEM_TYPES.has(field.type) || VALUELESS_TYPES.has(field.type)) continue;
    after.data[docKey(field)] = defaultValue(ctx, field);
  }
  applySystemValues(ctx, app, draft, values, found);
  applyValues(ctx, app, draft, values, found);
  return draft;
}

/** A draft of a change of a record. */
export function draftChange(
  ctx: Ctx,
  app: App,
  path: string,
  before: RecordRow,
  values: Json,
  found: FieldErrors,
): Draft {
  const after: RecordRow = {
    ...before,
    revision: before.revision + 1,
    updatedAt: toMinute(ctx.now),
    updatedBy: actorCode(ctx),
    data: { ...before.data },
  };
  const draft: Draft = { path, before, after, given: new Set() };
  for (const field of Object.values(app.config.fields)) {
    if (SYSTEM_TYPES.has(field.type) || VALUELESS_TYPES.has(field.type)) continue;
    after.data[docKey(field)] ??= emptyValue(field);
  }
  applyValues(ctx, app, draft, values, found);
  return draft;
}

/** The first state has one assignee at most: nobody, or the creator of the record. */
function firstAssignees(app: App, creator: string): string[] {
  const state = app.config.status.states?.[firstState(app)];
  return state && state.assignee.entities.length > 0 ? [creator] : [];
}

function applyValues(ctx: Ctx, app: App, draft: Draft, values: Json, found: FieldErrors): void {
  for (const [code, given] of Object.entries(values)) {
    const field = app.config.fields[code];
    if (!field) continue;
    if (!isObject(given)) throw errors.badJson();
    if (!('value' in given)) continue;
    if (SYSTEM_TYPES.has(field.type) || VALUELESS_TYPES.has(field.type)) {
      demandWritable(field, draft, given['value']);
      continue;
    }
    if (field.type === 'CALC') continue;
    if (fieldAccess(ctx, app, code, draft.before ?? undefined) !== 'WRITE') throw errors.fieldForbidden(code);
    draft.given.add(code);
    const key = docKey(field);
    draft.after.data[key] =
      field.type === 'SUBTABLE'
        ? readTable(ctx, app, field, given['value'], draft.before?.data[key], draft.path, found)
        : readValue(field, given['value'], {
            errors: found,
            prefix: draft.path,
            inTable: false,
            directory: ctx.services.directory,
            precision: precisionOf(app.config),
          });
  }
}

/** What kintone calls the types of fields that nobody writes. */
const OWN_NAMES: Record<string, string> = {
  RECORD_NUMBER: 'RECORD_ID',
  CREATED_TIME: 'CREATED_AT',
  UPDATED_TIME: 'MODIFIED_AT',
};
/** Who made a record and when can be said while it is added; a record number is passed over then. */
const ONLY_WHEN_NEW = new Set(['RECORD_NUMBER', 'CREATOR', 'CREATED_TIME', 'MODIFIER', 'UPDATED_TIME']);

function demandWritable(field: FieldDef, draft: Draft, value: unknown): void {
  if (draft.before === null && ONLY_WHEN_NEW.has(field.type)) return;
  if (field.type === 'CATEGORY') throw errors.categoryNotWritable();
  // Related records have no form in which they could be sent.
  if (field.type === 'REFERENCE_TABLE') {
    if (Array.isArray(value)) throw errors.badJson();
    return;
  }
  throw errors.notWritable(OWN_NAMES[field.type] ?? field.type);
}

/** Who may manage the app may state who made a new record and when. */
function applySystemValues(ctx: Ctx, app: App, draft: Draft, values: Json, found: FieldErrors): void {
  for (const [code, given] of Object.entries(values)) {
    const field = app.config.fields[code];
    const value = isObject(given) ? given['value'] : undefined;
    if (!field || value === undefined || value === null || value === '') continue;
    const column = SYSTEM_COLUMNS[field.type];
    if (!column) continue;
    if (!may(ctx, app, 'manage')) throw errors.systemValueForbidden(code);
    if (column === 'createdBy' || column === 'updatedBy') {
      if (!isObject(value)) throw errors.badJson();
      const person = plainText(value['code']);
      // A token's writes are the Administrator's, who is no user.
      if (person !== ADMINISTRATOR) demandEntity(ctx.services.directory, 'USER', person);
      draft.after[column] = person;
    } else {
      const instant = parseInstant(plainText(value));
      if (instant && instant <= ctx.now) draft.after[column] = instant;
      else report(found, `${draft.path}.${code}.value`, texts.badDateTime);
    }
  }
}

const SYSTEM_COLUMNS: Record<string, 'createdBy' | 'updatedBy' | 'createdAt' | 'updatedAt'> = {
  CREATOR: 'createdBy',
  MODIFIER: 'updatedBy',
  CREATED_TIME: 'createdAt',
  UPDATED_TIME: 'updatedAt',
};

function defaultValue(ctx: Ctx, field: FieldDef): StoredValue {
  // A table that is not sent has no rows; defaults are for the rows that are.
  if (field.type === 'SUBTABLE') return [];
  if (field.defaultNowValue === true) {
    if (field.type === 'DATE') return formatDay(tokyoDay(ctx.now));
    if (field.type === 'TIME') return tokyoTime(ctx.now);
    return formatInstant(ctx.now);
  }
  const value = field.defaultValue;
  if (Array.isArray(value) && field.type.endsWith('_SELECT') && field.type !== 'MULTI_SELECT') {
    return value.flatMap((item) => defaultCode(ctx, item as { type: string; code: string }));
  }
  if (value === undefined || value === null || value === '') return emptyValue(field);
  return Array.isArray(value) ? (value as string[]) : plainText(value);
}

function defaultCode(ctx: Ctx, item: { type: string; code: string }): string[] {
  if (item.type !== 'FUNCTION') return [item.code];
  if (ctx.who.kind !== 'user') return [];
  if (item.code === 'LOGINUSER()') return [ctx.who.person.code];
  return ctx.who.person.primaryOrganization === null ? [] : [ctx.who.person.primaryOrganization];
}

/** Row ids are given when the record is written; until then a new row has none. */
function newRow(ctx: Ctx, table: FieldDef): StoredRow {
  const v: Doc = {};
  for (const field of Object.values(table.fields ?? {})) v[docKey(field)] = defaultValue(ctx, field);
  return { id: '', v };
}

/** The rows sent become the table: known row ids keep their row (and its cells that were not sent), others are new. */
function readTable(
  ctx: Ctx,
  app: App,
  table: FieldDef,
  raw: unknown,
  before: StoredValue | undefined,
  path: string,
  found: FieldErrors,
): StoredRow[] {
  if (raw === null || raw === undefined || raw === '') return [];
  if (!Array.isArray(raw)) throw errors.badJson();
  const old = new Map(((before ?? []) as StoredRow[]).map((row) => [row.id, row]));
  return raw.map((item, i) => {
    if (!isObject(item)) throw errors.badJson();
    const known = old.get(plainText(item['id']));
    const row: StoredRow = known ? { id: known.id, v: { ...known.v } } : newRow(ctx, table);
    const cells = item['value'];
    if (cells !== undefined && cells !== null && !isObject(cells)) throw errors.badJson();
    for (const [code, cell] of Object.entries(cells ?? {})) {
      const field = table.fields?.[code];
      if (!field || field.type === 'CALC' || !isObject(cell) || !('value' in cell)) continue;
      row.v[docKey(field)] = readValue(field, cell['value'], {
        errors: found,
        prefix: `${path}.${table.code}.value[${i}].value`,
        inTable: true,
        directory: ctx.services.directory,
        precision: precisionOf(app.config),
      });
    }
    return row;
  });
}
