/** Process management: moving records between states, and who is to do what next. */
import { sql } from 'kysely';
import { openApp } from '../acl/app.ts';
import { byPriority, identityOf, isMeant } from '../acl/identity.ts';
import { settingsScope } from '../acl/record.ts';
import type { Action, App, EntityRef, State } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { recordTable, rows } from '../database.ts';
import { errors, invalid, texts } from '../errors.ts';
import { toMinute } from '../fields/datetime.ts';
import { firstState } from '../fields/respond.ts';
import { isObject, Params, toRevision } from '../params.ts';
import { compileCondition } from '../query/compile.ts';
import { parseQuery } from '../query/parser.ts';
import type { RecordRow } from '../records/model.ts';
import { docKey } from '../records/model.ts';
import { readRecord, selectRows } from '../records/read.ts';
import { writeHistory } from '../records/write.ts';
import type { Endpoint } from './endpoint.ts';
import { write } from './endpoint.ts';
import { notify } from './records.ts';

const MAX_RECORDS = 100;
const MAX_ASSIGNEES = 100;

function openProcess(ctx: Ctx, id: number): App {
  // Moving a record on does not need the right to edit it, only to see it and to be its assignee.
  const app = openApp(ctx, id, ctx.who.kind === 'tokens' ? 'edit' : 'view');
  if (!app.config.status.enable) throw errors.statusDisabled();
  return app;
}

async function lockRecord(ctx: Ctx, app: App, id: number, revision: number | undefined): Promise<RecordRow> {
  await readRecord(ctx, app, id);
  const [row] = await selectRows(ctx.db, app.id, sql`where id = ${id} for update`);
  if (!row) throw errors.noRecord(id);
  if (revision !== undefined && revision !== row.revision) throw errors.staleRevision();
  return row;
}

interface Move {
  id: number;
  action: string;
  assignee: string | undefined;
  revision: number | undefined;
}

async function moveOn(ctx: Ctx, app: App, move: Move): Promise<RecordRow> {
  const row = await lockRecord(ctx, app, move.id, move.revision);
  const current = row.status ?? firstState(app);
  const action = await findAction(ctx, app, row, current, move.action);
  const next = app.config.status.states?.[action.to];
  if (!next) throw errors.statusFailed();
  demandExecutor(ctx, app, row, action);
  const assignees = nextAssignees(ctx, app, row, next, move.assignee);
  const after: RecordRow = {
    ...row,
    // Taking an action counts twice: once for the action, once for the state it leads to.
    revision: row.revision + 2,
    status: action.to,
    assignees,
    updatedAt: toMinute(ctx.now),
    updatedBy: actorCode(ctx),
  };
  await save(ctx, app, after, 'STATUS');
  return after;
}

/** The action of this name from the current state whose condition the record meets. */
async function findAction(
  ctx: Ctx,
  app: App,
  row: RecordRow,
  current: string,
  name: string,
): Promise<Action> {
  for (const action of app.config.status.actions ?? []) {
    if (action.name !== name || action.from !== current) continue;
    const condition = compileCondition(parseQuery(action.filterCond).condition, settingsScope(ctx, app));
    const met = await rows(
      ctx.db,
      sql`select id from ${recordTable(app.id)} where id = ${row.id} and ${condition}`,
    );
    if (met.length > 0) return action;
  }
  throw errors.statusFailed();
}

/** Only an assignee takes a record on, where there is one; a secondary action names who may take it. */
function demandExecutor(ctx: Ctx, app: App, row: RecordRow, action: Action): void {
  const code = actorCode(ctx);
  if (action.type === 'SECONDARY') {
    const who = identityOf(ctx);
    const entities = action.executableUser?.entities ?? [];
    const meant =
      entities.length === 0 ||
      (who !== undefined &&
        byPriority(entities).some(
          ({ entity, includeSubs }) =>
            isMeant(entity, includeSubs, who, app) || fieldPeople(app, row, entity).includes(who.code),
        ));
    if (!meant) throw errors.forbidden();
    return;
  }
  if (row.assignees.length > 0 && !row.assignees.includes(code)) throw errors.forbidden();
}

/** The people whom a setting's entity stands for in a record. */
function peopleOf(ctx: Ctx, app: App, row: RecordRow, entity: EntityRef, includeSubs: boolean): string[] {
  const { directory } = ctx.services;
  if (entity.type === 'CREATOR') return [row.createdBy];
  if (entity.type === 'FIELD_ENTITY' || entity.type === 'CUSTOM_FIELD') return fieldPeople(app, row, entity);
  if (entity.type === 'USER') return entity.code === null ? [] : [entity.code];
  return [...directory.people.values()]
    .filter((person) =>
      entity.type === 'GROUP'
        ? person.groups.includes(entity.code ?? '') || entity.code === 'everyone'
        : person.organizations.some((code) =>
            (includeSubs ? directory.withAncestors(code) : [code]).includes(entity.code ?? ''),
          ),
    )
    .map((person) => person.code);
}

function fieldPeople(app: App, row: RecordRow, entity: EntityRef): string[] {
  const field = entity.code === null ? undefined : app.config.fields[entity.code];
  if (field?.type === 'CREATOR') return [row.createdBy];
  if (field?.type === 'MODIFIER') return [row.updatedBy];
  if (field?.type === 'STATUS_ASSIGNEE') return row.assignees;
  return field?.type === 'USER_SELECT' ? ((row.data[docKey(field)] ?? []) as string[]) : [];
}

function nextAssignees(
  ctx: Ctx,
  app: App,
  row: RecordRow,
  state: State,
  chosen: string | undefined,
): string[] {
  const candidates = [
    ...new Set(
      state.assignee.entities.flatMap(({ entity, includeSubs }) =>
        peopleOf(ctx, app, row, entity, includeSubs),
      ),
    ),
  ];
  if (state.assignee.type !== 'ONE') return candidates;
  if (state.assignee.entities.length === 0 && chosen === undefined) return [];
  // kintone wants the assignee named even where there is only one to choose.
  if (chosen === undefined) throw errors.noAssignee();
  const allowed = state.assignee.entities.length === 0 || candidates.includes(chosen);
  if (!allowed || !ctx.services.directory.people.has(chosen)) throw errors.statusFailed();
  return [chosen];
}

async function save(ctx: Ctx, app: App, row: RecordRow, operation: 'STATUS' | 'ASSIGN'): Promise<void> {
  await sql`update ${recordTable(app.id)} set revision = ${row.revision}, status = ${row.status},
    assignees = ${row.assignees}::text[], updated_at = ${row.updatedAt}, updated_by = ${row.updatedBy}
    where id = ${row.id}`.execute(ctx.db);
  await writeHistory(ctx, app.id, [{ row, operation }]);
}

function readMove(params: Params, path: string): Move {
  if (!params.has('action')) throw invalid(`${path}action`, texts.requiredParam);
  return {
    id: params.id('id'),
    action: params.string('action'),
    assignee: params.optionalString('assignee'),
    revision: params.revision(),
  };
}

async function putStatus(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openProcess(ctx, params.id('app'));
  const row = await moveOn(ctx, app, readMove(params, ''));
  notify(ctx, app, 'UPDATE_STATUS', row);
  return { revision: String(row.revision) };
}

async function putStatuses(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openProcess(ctx, params.id('app'));
  const records = params.array('records');
  if (records.length > MAX_RECORDS) throw invalid('records', texts.tooManyRecords('update', MAX_RECORDS));
  const results: { id: string; revision: string }[] = [];
  for (const [i, item] of records.entries()) {
    if (!isObject(item)) throw errors.malformed();
    const row = await moveOn(ctx, app, readMove(new Params(item), `records[${i}].`));
    results.push({ id: String(row.id), revision: String(row.revision) });
  }
  return { records: results };
}

async function putAssignees(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openProcess(ctx, params.id('app'));
  const assignees = params.array('assignees').map(String);
  if (assignees.length > MAX_ASSIGNEES) throw invalid('assignees', texts.tooMany(MAX_ASSIGNEES));
  for (const [i, code] of assignees.entries()) {
    if (!ctx.services.directory.people.has(code)) {
      throw invalid(`assignees[${i}]`, texts.noEntity({ ja: 'ユーザー', en: 'The user' }, code));
    }
  }
  const row = await lockRecord(ctx, app, params.id('id'), toRevision(params.raw['revision'], 'revision'));
  const mayChange = row.assignees.length === 0 || row.assignees.includes(actorCode(ctx));
  if (!mayChange) throw errors.forbidden();
  const after: RecordRow = {
    ...row,
    revision: row.revision + 1,
    assignees: [...new Set(assignees)],
    updatedAt: toMinute(ctx.now),
    updatedBy: actorCode(ctx),
  };
  await save(ctx, app, after, 'ASSIGN');
  return { revision: String(after.revision) };
}

export const statusEndpoints: Endpoint[] = [
  write('PUT', 'record/status', putStatus),
  write('PUT', 'records/status', putStatuses),
  write('PUT', 'record/assignees', putAssignees),
];
