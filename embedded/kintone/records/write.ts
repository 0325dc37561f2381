/** Adding, changing and deleting records. Everything here runs inside one transaction of the caller. */
import { sql } from 'kysely';
import { recordPermission } from '../acl/record.ts';
import { refusal } from '../acl/app.ts';
import type { App, FieldDef } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { recordTable, rows } from '../database.ts';
import type { FieldErrors } from '../errors.ts';
import { errors, invalid, texts, validationError } from '../errors.ts';
import { normaliseNumber } from '../fields/number.ts';
import type { Sql } from '../query/scope.ts';
import { isObject } from '../params.ts';
import type { Json } from '../params.ts';
import { attachFiles, removeRecordFiles } from './attach.ts';
import { computeFormulas } from './formulas.ts';
import type { Draft } from './draft.ts';
import { draftChange, draftNew } from './draft.ts';
import { applyLookups } from './lookup.ts';
import type { RecordRow, StoredRow } from './model.ts';
import { docKey } from './model.ts';
import { selectRows } from './read.ts';
import { comparable, validateDraft, validateUnique } from './validate.ts';
import { comparedExpression } from '../query/compared.ts';
import { sure } from '../sure.ts';

export interface UpdateKey {
  field: string;
  value: string;
}

/** One record to be changed, or added where it is an upsert and nothing is found. */
export interface Change {
  path: string;
  target: { id: number } | { key: UpdateKey };
  values: Json;
  revision: number | undefined;
}

export interface Written {
  row: RecordRow;
  operation: 'INSERT' | 'UPDATE';
}

/** Adds records; all or none. */
export async function addRecords(
  ctx: Ctx,
  app: App,
  inputs: { path: string; values: Json }[],
): Promise<RecordRow[]> {
  const found: FieldErrors = new Map();
  const drafts = inputs.map(({ path, values }) => draftNew(ctx, app, path, values, found));
  await writeDrafts(ctx, app, drafts, found);
  return drafts.map((draft) => draft.after);
}

/** Changes records; all or none. With `upsert`, what is not found is added (under a new id). */
export async function changeRecords(
  ctx: Ctx,
  app: App,
  changes: Change[],
  upsert: boolean,
): Promise<Written[]> {
  const current = await lockTargets(ctx, app, changes);
  const found: FieldErrors = new Map();
  const drafts = changes.map((change, i): Draft => {
    const before = current.find(change);
    if (!before) {
      if (!upsert) throw 'id' in change.target ? errors.noRecord(change.target.id) : errors.noRecordByKey();
      const draft = draftNew(ctx, app, change.path, withKey(change), found);
      return 'key' in change.target ? { ...draft, keyField: change.target.key.field } : draft;
    }
    if (change.revision !== undefined && change.revision !== before.revision) throw errors.staleRevision();
    const draft = draftChange(ctx, app, change.path, before, change.values, found);
    // A second change of the same record in one request builds on the first.
    for (const later of changes.slice(i + 1))
      if (current.find(later) === before) current.replace(before, draft.after);
    return draft;
  });
  await writeDrafts(ctx, app, drafts, found);
  return drafts.map((draft) => ({ row: draft.after, operation: draft.before ? 'UPDATE' : 'INSERT' }));
}

/** A record added by its update key holds the key. */
function withKey(change: Change): Json {
  if (!('key' in change.target)) return change.values;
  return { ...change.values, [change.target.key.field]: { value: change.target.key.value } };
}

interface Targets {
  find: (change: Change) => RecordRow | undefined;
  replace: (before: RecordRow, after: RecordRow) => void;
}

/** The rows that changes are about, locked in the order of their ids so that two requests never wait for each other. */
async function lockTargets(ctx: Ctx, app: App, changes: Change[]): Promise<Targets> {
  const ids = changes.flatMap(({ target }) => ('id' in target ? [target.id] : []));
  const wanted = new Map<string, string[]>();
  const keys = changes.map(({ target, path }) => {
    if (!('key' in target)) return null;
    const { field } = target.key;
    const value = keyValue(app, target.key, path);
    const values = wanted.get(field);
    if (values) values.push(value);
    else wanted.set(field, [value]);
    return `${field}\0${value}`;
  });
  const conditions = ids.length === 0 ? [] : [sql`id = any(${[...new Set(ids)]}::bigint[])`];
  for (const [code, values] of wanted) conditions.push(holdsOneOf(sure(app.config.fields[code]), values));
  if (conditions.length === 0) return { find: () => undefined, replace: () => undefined };
  const locked = await selectRows(
    ctx.db,
    app.id,
    sql`where ${sql.join(conditions, sql` or `)} order by id for update`,
  );
  await demandRecords(ctx, app, locked, 'editable');
  const byId = new Map(locked.map((row) => [row.id, row]));
  const idByKey = new Map<string, number>();
  for (const code of wanted.keys()) {
    const field = sure(app.config.fields[code]);
    for (const row of locked) {
      const value = row.data[docKey(field)];
      if (typeof value === 'string' && value !== '')
        idByKey.set(`${code}\0${comparable(field, value)}`, row.id);
    }
  }
  const idOf = new Map(
    changes.map((change, i) => {
      const { target } = change;
      return [change, 'id' in target ? target.id : idByKey.get(keys[i] ?? '')];
    }),
  );
  return {
    find: (change) => byId.get(idOf.get(change) ?? 0),
    replace: (before, after) => void byId.set(before.id, after),
  };
}

/** The records that hold one of these values in a field without duplicates. */
function holdsOneOf(field: FieldDef, values: readonly string[]): Sql {
  const type = sql.raw(field.type === 'NUMBER' ? 'numeric[]' : 'text[]');
  return sql`${comparedExpression(field)} = any(${values}::${type})`;
}

const MAX_KEY_LENGTH = 64;

function keyValue(app: App, key: UpdateKey, path: string): string {
  const field = app.config.fields[key.field];
  if (!field) throw errors.noFieldInQuery(key.field);
  if (field.unique !== true || !['SINGLE_LINE_TEXT', 'NUMBER'].includes(field.type))
    throw errors.keyNotUnique(key.field);
  const plain = field.type === 'NUMBER' ? normaliseNumber(key.value) : key.value;
  const value = plain && comparable(field, plain);
  if (value === undefined || value === '') throw invalid(`${path}.updateKey.value`, texts.requiredParam);
  if (value.length > MAX_KEY_LENGTH)
    throw invalid(`${path}.updateKey.value`, texts.maxLength(MAX_KEY_LENGTH));
  return value;
}

/** Refuses where the sender lacks a record permission for any of the rows. */
export async function demandRecords(
  ctx: Ctx,
  app: App,
  found: readonly RecordRow[],
  permission: 'editable' | 'deletable',
): Promise<void> {
  if (ctx.who.kind === 'tokens' || app.config.recordAcl.length === 0 || found.length === 0) return;
  const refused = await rows<{ id: string }>(
    ctx.db,
    sql`select id from ${recordTable(app.id)} where id = any(${found.map((row) => row.id)}::bigint[])
      and not (${recordPermission(ctx, app, 'viewable')} and ${recordPermission(ctx, app, permission)}) limit 1`,
  );
  if (refused.length > 0) throw refusal(ctx, app);
}

async function writeDrafts(ctx: Ctx, app: App, drafts: Draft[], found: FieldErrors): Promise<void> {
  if (drafts.length === 0) return;
  if (found.size === 0) await applyLookups(ctx, app, drafts);
  for (const draft of drafts) {
    computeFormulas(app, draft.after);
    validateDraft(app, draft, found);
  }
  await validateUnique(ctx, app, drafts, found);
  if (found.size > 0) throw validationError(found);
  const added = drafts.filter((draft) => draft.before === null);
  const ids = await nextValues(ctx, `record_${app.id}_seq`, added.length);
  added.forEach((draft, i) => (draft.after.id = sure(ids[i])));
  await numberRows(ctx, app, drafts);
  for (const draft of drafts) await attachFiles(ctx, app, draft);
  await storeDrafts(ctx, app, drafts);
}

async function nextValues(ctx: Ctx, sequence: string, count: number): Promise<number[]> {
  if (count === 0) return [];
  const values = await rows<{ id: string }>(
    ctx.db,
    sql`select nextval(${sequence}::regclass) as id from generate_series(1, ${count})`,
  );
  return values.map((value) => Number(value.id));
}

/** Gives every row of a table that is new its id. */
async function numberRows(ctx: Ctx, app: App, drafts: readonly Draft[]): Promise<void> {
  const tables = Object.values(app.config.fields).filter((field) => field.type === 'SUBTABLE');
  const unnumbered = drafts.flatMap((draft) =>
    tables.flatMap((table) =>
      ((draft.after.data[`f${table.fid}`] ?? []) as StoredRow[]).filter((row) => row.id === ''),
    ),
  );
  const ids = await nextValues(ctx, 'row_seq', unnumbered.length);
  unnumbered.forEach((row, i) => (row.id = String(ids[i])));
}

const ROW_TYPE = sql`id bigint, revision integer, created_at timestamptz, created_by text,
  updated_at timestamptz, updated_by text, status text, assignees text[], data jsonb, operation text, last boolean`;

/** New rows, changed rows and the history of both, in one statement: what is written travels once. */
async function storeDrafts(ctx: Ctx, app: App, drafts: readonly Draft[]): Promise<void> {
  // A record that one request changes twice has two entries in its history, and the last of them in the table.
  const last = new Map(drafts.map((draft) => [draft.after.id, draft]));
  const given = drafts.map((draft) => ({
    id: draft.after.id,
    revision: draft.after.revision,
    created_at: draft.after.createdAt,
    created_by: draft.after.createdBy,
    updated_at: draft.after.updatedAt,
    updated_by: draft.after.updatedBy,
    status: draft.after.status,
    assignees: draft.after.assignees,
    data: draft.after.data,
    operation: draft.before ? 'UPDATE' : 'ADD',
    last: last.get(draft.after.id) === draft,
  }));
  const table = recordTable(app.id);
  await sql`with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(${ROW_TYPE})
    ), added as (
      insert into ${table} (id, revision, created_at, created_by, updated_at, updated_by, status, assignees, data)
      select id, revision, created_at, created_by, updated_at, updated_by, status, assignees, data
      from given where operation = 'ADD'
    ), changed as (
      update ${table} as stored set revision = given.revision, updated_at = given.updated_at,
        updated_by = given.updated_by, status = given.status, assignees = given.assignees, data = given.data
      from given where given.operation = 'UPDATE' and given.last and stored.id = given.id
    )
    insert into record_history (app_id, record_id, revision, at, by, operation, data, status, assignees)
    select ${app.id}, id, revision, ${ctx.now}, ${actorCode(ctx)}, operation, data, status, assignees from given`.execute(
    ctx.db,
  );
}

/** Keeps what records became, for the history of revisions. */
export async function writeHistory(
  ctx: Ctx,
  appId: number,
  entries: { row: RecordRow; operation: 'ADD' | 'UPDATE' | 'STATUS' | 'ASSIGN' }[],
): Promise<void> {
  const values = entries.map(({ row, operation }) => ({
    id: row.id,
    revision: row.revision,
    operation,
    data: row.data,
    status: row.status,
    assignees: row.assignees,
  }));
  await sql`insert into record_history (app_id, record_id, revision, at, by, operation, data, status, assignees)
    select ${appId}, id, revision, ${ctx.now}, ${actorCode(ctx)}, operation, data, status, assignees
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as given(id bigint, revision integer, operation text, data jsonb, status text, assignees text[])`.execute(
    ctx.db,
  );
}

/** Deletes records with their files, comments and history; all or none. */
export async function deleteRecords(
  ctx: Ctx,
  app: App,
  ids: number[],
  revisions: (number | undefined)[],
): Promise<void> {
  const found = await selectRows(
    ctx.db,
    app.id,
    sql`where id = any(${ids}::bigint[]) order by id for update`,
  );
  const byId = new Map(found.map((row) => [row.id, row]));
  ids.forEach((id, i) => {
    const row = byId.get(id);
    if (!row) throw errors.noRecord(id);
    if (revisions[i] !== undefined && revisions[i] !== row.revision) throw errors.staleRevision();
  });
  await demandRecords(ctx, app, found, 'deletable');
  await removeRecordFiles(ctx, app.id, ids);
  for (const table of ['record_comment', 'record_history']) {
    await sql`delete from ${sql.ref(table)} where app_id = ${app.id} and record_id = any(${ids}::bigint[])`.execute(
      ctx.db,
    );
  }
  await sql`delete from ${recordTable(app.id)} where id = any(${ids}::bigint[])`.execute(ctx.db);
}

/** The `record` parameter of a write; absent means no values. */
export function recordValues(value: unknown): Json {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw errors.badJson();
  return value;
}
