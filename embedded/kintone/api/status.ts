/** Process management: moving records between states, and who is to do what next. */
import { sql } from 'kysely';
import { demand, openApp } from '../acl/app.ts';
import { byPriority, identityOf, isMeant } from '../acl/identity.ts';
import { settingsScope } from '../acl/record.ts';
import { demandEntity } from '../entities.ts';
import type { Action, App, EntityRef, State } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { recordTable, rows } from '../database.ts';
import type { FieldErrors } from '../errors.ts';
import { errors, invalid, KintoneError, texts, validationError } from '../errors.ts';
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
  const app = openApp(ctx, id, 'view');
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
  const written = { updatedAt: toMinute(ctx.now), updatedBy: actorCode(ctx) };
  const waiting = othersToAct(ctx, app, row, current, action);
  const after: RecordRow =
    waiting.length > 0
      ? { ...row, ...written, revision: row.revision + 1, assignees: waiting }
      : {
          ...row,
          ...written,
          // Taking an action counts twice: once for the action, once for the state it leads to.
          revision: row.revision + 2,
          status: action.to,
          assignees: nextAssignees(ctx, app, row, next, move.assignee),
        };
  await save(ctx, app, after, 'STATUS');
  return after;
}

/** The action of this name from the current state, where it is the only one and the record meets its condition. */
async function findAction(
  ctx: Ctx,
  app: App,
  row: RecordRow,
  current: string,
  name: string,
): Promise<Action> {
  const named = (app.config.status.actions ?? []).filter(
    (action) => action.name === name && action.from === current,
  );
  const [action] = named;
  if (!action || named.length > 1) throw errors.statusFailed();
  const condition = compileCondition(parseQuery(action.filterCond).condition, settingsScope(ctx, app));
  const met = await rows(
    ctx.db,
    sql`select id from ${recordTable(app.id)} where id = ${row.id} and ${condition}`,
  );
  if (met.length === 0) throw errors.statusFailed();
  return action;
}

/**
 * Where a state belongs to all of its assignees, who still has to take the action after this person has. A way back needs one
 * of them only.
 */
function othersToAct(ctx: Ctx, app: App, row: RecordRow, current: string, action: Action): string[] {
  const states = app.config.status.states ?? {};
  const back = Number(states[action.to]?.index ?? 0) < Number(states[current]?.index ?? 0);
  if (states[current]?.assignee.type !== 'ALL' || action.type === 'SECONDARY' || back) return [];
  return row.assignees.filter((code) => code !== actorCode(ctx));
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
    if (!meant) throw errors.onlyAssignee();
    return;
  }
  if (row.assignees.length > 0 && !row.assignees.includes(code)) throw errors.onlyAssignee();
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
  // Only "one of these" is a choice: to name somebody elsewhere is a mistake.
  const choice = state.assignee.type === 'ONE' && candidates.length > 0;
  if (chosen !== undefined) demandEntity(ctx.services.directory, 'USER', chosen);
  if (!choice && chosen !== undefined) throw errors.assigneeNotAsked();
  if (!choice) return candidates;
  // kintone wants the assignee named even where there is only one to choose.
  if (chosen === undefined) throw errors.noAssignee();
  if (!candidates.includes(chosen)) throw errors.statusFailed();
  return [chosen];
}

async function save(ctx: Ctx, app: App, row: RecordRow, operation: 'STATUS' | 'ASSIGN'): Promise<void> {
  await sql`update ${recordTable(app.id)} set revision = ${row.revision}, status = ${row.status},
    assignees = ${row.assignees}::text[], updated_at = ${row.updatedAt}, updated_by = ${row.updatedBy}
    where id = ${row.id}`.execute(ctx.db);
  await writeHistory(ctx, app.id, [{ row, operation }]);
}

function readMove(params: Params): Move {
  return {
    id: params.id('id'),
    action: params.string('action'),
    assignee: params.optionalString('assignee'),
    revision: params.revision(),
  };
}

/** All items of a list; what each lacks is told for all of them at once. */
function readMoves(records: unknown[]): Move[] {
  const found: FieldErrors = new Map();
  const moves = records.flatMap((item, i) => {
    if (!isObject(item)) throw errors.badJson();
    try {
      return [readMove(new Params(item))];
    } catch (error) {
      if (!(error instanceof KintoneError) || !error.fields) throw error;
      for (const [path, texts] of error.fields) found.set(`records[${i}].${path}`, texts);
      return [];
    }
  });
  if (found.size > 0) throw validationError(found);
  return moves;
}

async function putStatus(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openProcess(ctx, params.id('app'));
  const row = await moveOn(ctx, app, readMove(params));
  notify(ctx, app, 'UPDATE_STATUS', row);
  return { revision: String(row.revision) };
}

async function putStatuses(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openProcess(ctx, params.id('app'));
  const records = params.array('records');
  if (records.length > MAX_RECORDS) throw invalid('records', texts.tooManyRecords('update', MAX_RECORDS));
  const results: { id: string; revision: string }[] = [];
  for (const move of readMoves(records)) {
    const row = await moveOn(ctx, app, move);
    results.push({ id: String(row.id), revision: String(row.revision) });
  }
  return { records: results };
}

async function putAssignees(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openProcess(ctx, params.id('app'));
  demand(ctx, app, 'manage');
  const assignees = [...new Set(params.array('assignees', MAX_ASSIGNEES).map(String))];
  for (const code of assignees) demandEntity(ctx.services.directory, 'USER', code);
  const row = await lockRecord(ctx, app, params.id('id'), toRevision(params.raw['revision'], 'revision'));
  const state = app.config.status.states?.[row.status ?? firstState(app)];
  if (state?.assignee.type === 'ONE' && assignees.length > 1) throw errors.oneAssignee();
  const after: RecordRow = {
    ...row,
    revision: row.revision + 1,
    assignees,
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
