/** Adding, changing and deleting records. Everything here runs inside one transaction of the caller. */
import { sql } from 'kysely';
import { recordPermission } from '../acl/record.ts';
import { refusal } from '../acl/app.ts';
import type { App } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { recordTable, rows } from '../database.ts';
import type { FieldErrors } from '../errors.ts';
import { errors, invalid, texts, validationError } from '../errors.ts';
import { normaliseNumber } from '../fields/number.ts';
import { isObject } from '../params.ts';
import type { Json } from '../params.ts';
import { attachFiles, removeRecordFiles } from './attach.ts';
import { computeFormulas } from './formulas.ts';
import type { Draft } from './draft.ts';
import { draftChange, draftNew } from './draft.ts';
import { applyLookups } from './lookup.ts';
import type { RecordRow, StoredRow } from './model.ts';
import { selectRows } from './read.ts';
import { comparedExpression, validateDraft, validateUnique } from './validate.ts';
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
      if (!upsert)
        throw 'id' in change.target ? errors.noRecord(change.target.id) : missingKey(change.target.key);
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

const missingKey = (key: UpdateKey): Error => errors.noRecordByKey(key.field, key.value);

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
  const idByKey = new Map<string, number>();
  const byField = new Map<string, string[]>();
  for (const { target, path } of changes) {
    if (!('key' in target)) continue;
    const value = keyValue(app, target.key, path);
    byField.set(target.key.field, [...(byField.get(target.key.field) ?? []), value]);
  }
  for (const [code, values] of byField) {
    const field = sure(app.config.fields[code]);
    const expression = comparedExpression(field);
    const type = sql.raw(field.type === 'NUMBER' ? 'numeric' : 'text');
    const holders = await rows<{ id: string; value: string }>(
      ctx.db,
      sql`select id, wanted.value from unnest(${values}::text[]) as wanted(value)
        join ${recordTable(app.id)} on ${expression} = wanted.value::${type}`,
    );
    for (const holder of holders) idByKey.set(`${code}\0${holder.value}`, Number(holder.id));
  }
  const all = [...new Set([...ids, ...idByKey.values()])];
  const locked =
    all.length === 0
      ? []
      : await selectRows(ctx.db, app.id, sql`where id = any(${all}::bigint[]) order by id for update`);
  await demandRecords(ctx, app, locked, 'editable');
  const byId = new Map(locked.map((row) => [row.id, row]));
  return {
    find: ({ target, path }) => {
      const id =
        'id' in target ? target.id : idByKey.get(`${target.key.field}\0${keyValue(app, target.key, path)}`);
      return id === undefined ? undefined : byId.get(id);
    },
    replace: (before, after) => void byId.set(before.id, after),
  };
}

const MAX_KEY_LENGTH = 64;

function keyValue(app: App, key: UpdateKey, path: string): string {
  const field = app.config.fields[key.field];
  const usable = field && field.unique === true && ['SINGLE_LINE_TEXT', 'NUMBER'].includes(field.type);
  if (!usable) throw errors.noFieldInQuery(key.field);
  const value = field.type === 'NUMBER' ? normaliseNumber(key.value) : key.value;
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
  if (refused.length > 0) throw refusal(ctx);
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
  await insertRows(ctx, app, added);
  await updateRows(
    ctx,
    app,
    drafts.filter((draft) => draft.before !== null),
  );
  await writeHistory(
    ctx,
    app.id,
    drafts.map(({ after, before }) => ({ row: after, operation: before ? 'UPDATE' : 'ADD' })),
  );
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
  updated_at timestamptz, updated_by text, status text, assignees text[], data jsonb`;

function asRows(drafts: readonly Draft[]): string {
  return JSON.stringify(
    drafts.map(({ after }) => ({
      id: after.id,
      revision: after.revision,
      created_at: after.createdAt,
      created_by: after.createdBy,
      updated_at: after.updatedAt,
      updated_by: after.updatedBy,
      status: after.status,
      assignees: after.assignees,
      data: after.data,
    })),
  );
}

async function insertRows(ctx: Ctx, app: App, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  await sql`insert into ${recordTable(app.id)}
      (id, revision, created_at, created_by, updated_at, updated_by, status, assignees, data)
    select id, revision, created_at, created_by, updated_at, updated_by, status, assignees, data
    from jsonb_to_recordset(${asRows(drafts)}::jsonb) as given(${ROW_TYPE})`.execute(ctx.db);
}

async function updateRows(ctx: Ctx, app: App, drafts: readonly Draft[]): Promise<void> {
  const last = [...new Map(drafts.map((draft) => [draft.after.id, draft])).values()];
  if (last.length === 0) return;
  await sql`update ${recordTable(app.id)} as stored set revision = given.revision, updated_at = given.updated_at,
      updated_by = given.updated_by, status = given.status, assignees = given.assignees, data = given.data
    from jsonb_to_recordset(${asRows(last)}::jsonb) as given(${ROW_TYPE}) where stored.id = given.id`.execute(
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
  if (!isObject(value)) throw errors.malformed();
  return value;
}
