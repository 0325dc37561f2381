/** record, records and what reads them. */
import { openApp, demand } from '../acl/app.ts';
import { fieldAccess } from '../acl/field.ts';
import { recordPermission } from '../acl/record.ts';
import type { App } from '../apps/model.ts';
import { SYSTEM_TYPES, VALUELESS_TYPES } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { recordTable, rows, only } from '../database.ts';
import type { FieldErrors } from '../errors.ts';
import { errors, invalid, type KintoneError, texts, validationError } from '../errors.ts';
import { formatInstant } from '../fields/datetime.ts';
import { respondRecord } from '../fields/respond.ts';
import { isObject, Params, toInteger, toRevision, plainText } from '../params.ts';
import { sql } from 'kysely';
import type { RecordRow } from '../records/model.ts';
import { answerRecord, queryRecords, readRecord, selectRows } from '../records/read.ts';
import type { Change } from '../records/write.ts';
import { addRecords, changeRecords, deleteRecords, recordValues } from '../records/write.ts';
import { titleOf } from '../records/title.ts';
import type { Endpoint } from './endpoint.ts';
import { read, write } from './endpoint.ts';

const MAX_WRITES = 100;
const MAX_FIELDS = 1000;

/** The `fields` parameter as a set; undefined means all. */
export function wantedFields(params: Params): ReadonlySet<string> | undefined {
  const list = params.optionalStrings('fields', MAX_FIELDS);
  return list && list.length > 0 ? new Set(list) : undefined;
}

async function getRecord(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('app'), 'view');
  return { record: answerRecord(ctx, app, await readRecord(ctx, app, params.id('id'))) };
}

async function getRecords(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('app'), 'view');
  const only = wantedFields(params);
  const withTotal = params.boolean('totalCount', false);
  const page = await queryRecords(ctx, app, params.optionalString('query') ?? '', withTotal);
  return {
    records: page.rows.map((row) => answerRecord(ctx, app, row, only)),
    totalCount: page.totalCount === null ? null : String(page.totalCount),
  };
}

async function postRecord(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('app'), 'add');
  const values = recordValues(params.raw['record']);
  const row = only(await addRecords(ctx, app, [{ path: 'record', values }]));
  notify(ctx, app, 'ADD_RECORD', row);
  return { id: String(row.id), revision: String(row.revision) };
}

async function postRecords(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('app'), 'add');
  const records = params.array('records');
  if (records.length > MAX_WRITES) throw invalid('records', texts.tooManyRecords('add', MAX_WRITES));
  const added = await addRecords(
    ctx,
    app,
    records.map((record, i) => ({ path: `records[${i}]`, values: recordValues(record) })),
  );
  return {
    ids: added.map((row) => String(row.id)),
    revisions: added.map((row) => String(row.revision)),
  };
}

/** A change as sent: by id or by update key, never both. */
function readChange(raw: unknown, path: string, parameter: string): Change {
  if (!isObject(raw)) throw errors.badJson();
  const params = new Params(raw);
  const key = params.optionalObject('updateKey');
  const values = recordValues(raw['record']);
  const revision = toRevision(raw['revision'], `${parameter}revision`);
  if (params.has('id') === (key !== undefined)) {
    const paths = ['updateKey', 'id'].map((name) => `${parameter}${name}`);
    throw validationError(new Map(paths.map((name) => [name, [texts.idOrKey]])));
  }
  if (!key) {
    const id = toInteger(raw['id']);
    if (id === undefined) throw invalid(`${parameter}id`, texts.integer);
    if (id < 1) throw invalid(`${parameter}id`, texts.min(1));
    return { path, target: { id }, values, revision };
  }
  const field = key['field'];
  const value = key['value'];
  if (typeof field !== 'string' || field === '')
    throw invalid(`${parameter}updateKey.field`, texts.requiredParam);
  if (value === undefined || value === null)
    throw invalid(`${parameter}updateKey.value`, texts.requiredParam);
  if (values[field] !== undefined) {
    throw invalid(`${parameter}record.${field}`, {
      ja: '更新キーに指定したフィールドは更新できません。',
      en: 'The field specified as the update key cannot be updated.',
    });
  }
  return { path, target: { key: { field, value: plainText(value) } }, values, revision };
}

async function putRecord(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('app'), 'edit');
  const change = readChange(params.raw, 'record', '');
  const { row } = only(await changeRecords(ctx, app, [change], false));
  notify(ctx, app, 'UPDATE_RECORD', row);
  return { revision: String(row.revision) };
}

async function putRecords(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('app'), 'edit');
  const upsert = params.boolean('upsert', false);
  if (upsert) demand(ctx, app, 'add');
  const records = params.array('records');
  if (records.length > MAX_WRITES) throw invalid('records', texts.tooManyRecords('update', MAX_WRITES));
  const changes = records.map((record, i) => readChange(record, `records[${i}]`, `records[${i}].`));
  const written = await changeRecords(ctx, app, changes, upsert);
  return {
    records: written.map(({ row, operation }) => ({
      id: String(row.id),
      revision: String(row.revision),
      ...(upsert ? { operation } : {}),
    })),
  };
}

/** kintone gives both messages, in an order of its own for each language. */
function noIds(): KintoneError {
  const { requiredParam: required } = texts;
  const count = texts.deleteCount(MAX_WRITES);
  return validationError(
    new Map([
      [
        'ids',
        [
          { ja: required.ja, en: count.en },
          { ja: count.ja, en: required.en },
        ],
      ],
    ]),
  );
}

async function deleteRecordsCall(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('app'), 'delete');
  if ((params.optionalArray('ids') ?? []).length === 0) throw noIds();
  const ids = params.ids('ids');
  const given = params.optionalArray('revisions') ?? [];
  const found: FieldErrors = new Map();
  if (ids.length > MAX_WRITES) found.set('ids', [texts.deleteCount(MAX_WRITES)]);
  if (given.length > MAX_WRITES) found.set('revisions', [texts.size(0, MAX_WRITES)]);
  if (found.size > 0) throw validationError(found);
  const revisions = given.map((value, i) => toRevision(value, `revisions[${i}]`));
  await deleteRecords(ctx, app, ids, revisions);
  return {};
}

/** Tells the app's webhooks about a record, once the write is committed. */
export function notify(
  ctx: Ctx,
  app: App,
  event: 'ADD_RECORD' | 'UPDATE_RECORD' | 'UPDATE_STATUS',
  row: RecordRow,
): void {
  if (ctx.inBulk) return;
  const { services } = ctx;
  ctx.afterCommit.push(() =>
    services.webhooks.send(app, event, () => ({
      // Who receives a notification sees the whole record, whoever wrote it.
      record: respondRecord(app, row, { directory: services.directory }),
      recordTitle: titleOf(app, row),
      url: `${services.url()}/k/${app.id}/show#record=${row.id}`,
    })),
  );
}

/** Tells the app's webhooks that a person deleted one record (kintone has no REST call that does so for a single one). */
export function notifyDeletion(ctx: Ctx, app: App, id: number): void {
  const { services } = ctx;
  const by = actorCode(ctx);
  ctx.afterCommit.push(() =>
    services.webhooks.send(app, 'DELETE_RECORD', () => ({
      recordId: String(id),
      deletedBy: { code: by, name: services.directory.personName(by) },
      deletedAt: formatInstant(ctx.now),
    })),
  );
}

async function evaluateAcl(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('app'), 'view');
  const ids = params.ids('ids', MAX_WRITES);
  const found = await selectRows(ctx.db, app.id, sql`where id = any(${ids}::bigint[])`);
  const permitted = await rows<{ id: string; viewable: boolean; editable: boolean; deletable: boolean }>(
    ctx.db,
    sql`select id, ${recordPermission(ctx, app, 'viewable')} as viewable,
      ${recordPermission(ctx, app, 'editable')} as editable, ${recordPermission(ctx, app, 'deletable')} as deletable
      from ${recordTable(app.id)} where id = any(${ids}::bigint[])`,
  );
  const byId = new Map(permitted.map((row) => [Number(row.id), row]));
  return {
    rights: ids.map((id) => {
      const row = found.find((record) => record.id === id);
      const right = byId.get(id);
      if (!row || !right) throw errors.noRecord(id);
      const { viewable, editable, deletable } = right;
      return {
        id: String(id),
        record: { viewable, editable, deletable },
        fields: fieldRights(ctx, app, row),
      };
    }),
  };
}

function fieldRights(
  ctx: Ctx,
  app: App,
  row: RecordRow,
): Record<string, { viewable: boolean; editable: boolean }> {
  const fields = Object.values(app.config.fields).filter(
    (field) => !SYSTEM_TYPES.has(field.type) && !VALUELESS_TYPES.has(field.type),
  );
  return Object.fromEntries(
    fields.map((field) => {
      const access = fieldAccess(ctx, app, field.code, row);
      return [
        field.code,
        { viewable: access !== 'NONE', editable: access === 'WRITE' && field.type !== 'CALC' },
      ];
    }),
  );
}

export const recordEndpoints: Endpoint[] = [
  read('GET', 'record', getRecord),
  read('GET', 'records', getRecords),
  write('POST', 'record', postRecord),
  write('POST', 'records', postRecords),
  write('PUT', 'record', putRecord),
  write('PUT', 'records', putRecords),
  write('DELETE', 'records', deleteRecordsCall),
  read('GET', 'records/acl/evaluate', evaluateAcl),
];
