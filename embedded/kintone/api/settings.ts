/** Views, general settings, process management, and the settings that are only kept. */
import { sql } from 'kysely';
import { openApp, openPreview, openSettings, refusal } from '../acl/app.ts';
import { settingsScope } from '../acl/record.ts';
import { readEntity } from '../apps/entities.ts';
import type { Action, App, AppConfig, EntityRef, ProcessDef, State, View } from '../apps/model.ts';
import { editPreview } from '../apps/preview.ts';
import type { Ctx } from '../context.ts';
import { rows, only } from '../database.ts';
import { errors, invalid, texts } from '../errors.ts';
import type { Json } from '../params.ts';
import { isObject, Params, toBoolean, toInteger, plainText } from '../params.ts';
import { compileCondition, compileOrder } from '../query/compile.ts';
import { parseQuery } from '../query/parser.ts';
import type { Endpoint } from './endpoint.ts';
import { read, write } from './endpoint.ts';
import { sure } from '../sure.ts';

/** A setting that is read live and as preview, and written as preview. */
export function setting(
  name: string,
  answer: (app: App) => Json,
  change: (ctx: Ctx, params: Params, app: App, config: AppConfig) => unknown,
  liveNeedsManage: boolean,
): Endpoint[] {
  const respond = (app: App): Json => ({ ...answer(app), revision: String(app.revision) });
  return [
    read('GET', name, async (ctx, params) =>
      respond(
        liveNeedsManage ? openApp(ctx, params.id('app'), 'manage') : openSettings(ctx, params.id('app')),
      ),
    ),
    read('GET', `preview/${name}`, async (ctx, params) => respond(openPreview(ctx, params.id('app')))),
    write('PUT', `preview/${name}`, async (ctx, params) => {
      let extra: Json = {};
      const revision = await editPreview(ctx, params, async ({ app, config }) => {
        const answered = await change(ctx, params, app, config);
        if (isObject(answered)) extra = answered;
      });
      return { ...extra, revision };
    }),
  ];
}

/** Refuses a condition or an order that kintone would not take for this app. */
export function checkCondition(ctx: Ctx, app: App, filterCond: string, sort = ''): void {
  const scope = settingsScope(ctx, app);
  compileCondition(parseQuery(filterCond).condition, scope);
  if (sort !== '') compileOrder(parseQuery(`order by ${sort}`), scope);
}

const VIEW_TYPES = ['LIST', 'CALENDAR', 'CUSTOM'];

async function changeViews(ctx: Ctx, params: Params, app: App, config: AppConfig): Promise<Json> {
  const given = params.object('views');
  const views: Record<string, View> = {};
  const ids: Record<string, { id: string }> = {};
  const builtin = Object.values(config.views).find((view) => view.builtinType);
  for (const [key, raw] of Object.entries(given)) {
    if (!isObject(raw)) throw errors.badJson();
    const before = config.views[key];
    const view = readView(ctx, app, key, raw, before, before?.id ?? (await newViewId(ctx)));
    if (views[view.name]) throw invalid(`views[${key}].name`, texts.duplicateCode);
    views[view.name] = view;
    ids[view.name] = { id: view.id };
  }
  if (builtin && config.status.enable && !Object.values(views).some((view) => view.builtinType)) {
    views[builtin.name] = builtin;
  }
  const sorted = Object.values(views).sort((a, b) => Number(a.index) - Number(b.index));
  config.views = Object.fromEntries(sorted.map((view, i) => [view.name, { ...view, index: String(i) }]));
  return { views: ids };
}

async function newViewId(ctx: Ctx): Promise<string> {
  return only(await rows<{ id: string }>(ctx.db, sql`select nextval('row_seq') as id`)).id;
}

/** A list that is new has the name under which it is sent. */
function checkNewName(params: Params, key: string, path: string): void {
  if (!params.has('name')) throw invalid(`${path}.name`, texts.requiredParam);
  if (params.string('name') !== key) throw errors.viewKey(key, params.string('name'));
}

function readView(ctx: Ctx, app: App, key: string, raw: Json, before: View | undefined, id: string): View {
  const params = new Params(raw);
  const path = `views[${key}]`;
  for (const name of ['index', 'type'])
    if (!params.has(name)) throw invalid(`${path}.${name}`, texts.requiredParam);
  const type = params.string('type');
  if (!VIEW_TYPES.includes(type)) throw invalid(`${path}.type`, texts.enumValue);
  if (!before) checkNewName(params, key, path);
  if (type === 'CUSTOM' && (ctx.who.kind === 'tokens' || !ctx.who.person.isAdmin)) throw refusal(ctx, app);
  const view: View = {
    type: type as View['type'],
    id,
    index: String(params.integer('index', 0)),
    name: params.optionalString('name', 64) ?? key,
    filterCond: plainText(raw['filterCond'], before?.filterCond),
    sort: plainText(raw['sort'], before?.sort),
  };
  if (before?.builtinType) view.builtinType = before.builtinType;
  checkCondition(ctx, app, view.filterCond, view.sort);
  const checkField = (code: string): string => {
    const inTable = Object.values(app.config.fields).some((field) => field.fields?.[code]);
    if (code !== '' && !app.config.fields[code] && !inTable) throw errors.noFieldInForm(code);
    return code;
  };
  if (type === 'LIST')
    view.fields = (params.optionalStrings('fields') ?? before?.fields ?? []).map(checkField);
  if (type === 'CALENDAR') {
    view.date = checkField(plainText(raw['date'], before?.date));
    view.title = checkField(plainText(raw['title'], before?.title));
  }
  if (type === 'CUSTOM') {
    view.html = plainText(raw['html'], before?.html);
    view.pager = toBoolean(raw['pager'], before?.pager ?? true);
    view.device = plainText(raw['device'], before?.device ?? 'ANY');
  }
  return view;
}

const SETTINGS = [
  'description',
  'icon',
  'theme',
  'titleField',
  'enableThumbnails',
  'enableBulkDeletion',
  'enableComments',
  'enableDuplicateRecord',
  'enableInlineRecordEditing',
  'numberPrecision',
  'firstMonthOfFiscalYear',
];
const MAX_NAME = 64;
const MAX_DESCRIPTION = 10_000;

function changeSettings(_ctx: Ctx, params: Params, _app: App, config: AppConfig): void {
  const name = params.optionalString('name') ?? config.name;
  if (name.length > MAX_NAME) throw invalid('name', texts.nameLength(MAX_NAME));
  config.name = name;
  params.optionalString('description', MAX_DESCRIPTION);
  checkSettings(params);
  for (const name of SETTINGS) {
    const value = params.raw[name];
    if (value === undefined || value === null) continue;
    const before = config.settings[name];
    config.settings[name] =
      typeof before === 'boolean' ? params.boolean(name, before) : merged(before, value);
  }
  const title = config.settings['titleField'] as { selectionMode: string; code?: string };
  if (title.selectionMode === 'AUTO') config.settings['titleField'] = { selectionMode: 'AUTO', code: '' };
  else if (!config.fields[title.code ?? '']) throw errors.noFieldInForm(title.code ?? '');
}

const THEMES = ['WHITE', 'RED', 'GREEN', 'BLUE', 'YELLOW', 'BLACK', 'CLIPBOARD', 'BINDER', 'PENCIL', 'CLIPS'];
const ROUNDINGS = ['HALF_EVEN', 'UP', 'DOWN'];

/** What kintone refuses of general settings. */
function checkSettings(params: Params): void {
  const oneOf = (of: Params, name: string, path: string, allowed: string[]): void => {
    const value = of.optionalString(name);
    if (value !== undefined && !allowed.includes(value)) throw invalid(path, texts.enumValue);
  };
  oneOf(params, 'theme', 'theme', THEMES);
  params.optionalInteger('firstMonthOfFiscalYear', 1, 12);
  const icon = params.optionalObject('icon');
  if (icon) {
    const of = new Params(icon);
    if (!of.has('type')) throw invalid('icon.type', texts.requiredParam);
    oneOf(of, 'type', 'icon.type', ['PRESET', 'FILE']);
    if (of.string('type') === 'PRESET' && !of.has('key')) throw invalid('icon.key', texts.requiredParam);
  }
  const precision = params.optionalObject('numberPrecision');
  if (precision) {
    const of = new Params(precision);
    const within = (name: string, min: number, max: number): void => {
      const path = `numberPrecision.${name}`;
      const value = of.has(name) ? toInteger(precision[name]) : min;
      if (value === undefined) throw invalid(path, texts.integer);
      if (value < min) throw invalid(path, texts.min(min));
      if (value > max) throw invalid(path, texts.max(max));
    };
    within('digits', 1, 30);
    within('decimalPlaces', 0, 10);
    oneOf(of, 'roundingMode', 'numberPrecision.roundingMode', ROUNDINGS);
  }
}

function merged(before: unknown, value: unknown): unknown {
  if (!isObject(value)) return String(value);
  const strings = Object.entries(value).map(([key, item]) => [key, isObject(item) ? item : String(item)]);
  return { ...(isObject(before) ? before : {}), ...Object.fromEntries(strings) };
}

/** The list of what oneself is to do, which comes and goes with process management. */
async function alignAssigneeView(ctx: Ctx, config: AppConfig): Promise<void> {
  const views = Object.values(config.views);
  const own = views.find((view) => view.builtinType === 'ASSIGNEE');
  if (config.status.enable === (own !== undefined)) return;
  const kept: View[] = views.filter((view) => view !== own);
  if (!own) {
    const name = ctx.language === 'ja' ? '(作業者が自分)' : '(Assigned to me)';
    const code = (type: string): string =>
      Object.values(config.fields).find((field) => field.type === type)?.code ?? '';
    kept.push({
      type: 'LIST',
      id: await newViewId(ctx),
      index: String(kept.length),
      name,
      filterCond: `${code('STATUS_ASSIGNEE')} in (LOGINUSER())`,
      sort: `${code('RECORD_NUMBER')} desc`,
      builtinType: 'ASSIGNEE',
      fields: [],
    });
  }
  config.views = Object.fromEntries(kept.map((view, i) => [view.name, { ...view, index: String(i) }]));
}

async function changeStatus(ctx: Ctx, params: Params, app: App, config: AppConfig): Promise<void> {
  const enable = params.boolean('enable', config.status.enable);
  const givenStates = params.optionalObject('states');
  const givenActions = params.optionalArray('actions');
  const states = givenStates
    ? readStates(ctx, app, givenStates)
    : (config.status.states ?? defaultStates(ctx));
  const process: ProcessDef = { enable, states, actions: config.status.actions ?? [] };
  const next: App = { ...app, config: { ...config, status: process } };
  if (givenActions) process.actions = givenActions.map((raw, i) => readAction(ctx, next, raw, i));
  const names = new Set(Object.values(states).map((state) => state.name));
  for (const [i, action] of (process.actions ?? []).entries()) {
    if (!names.has(action.from)) throw invalid(`actions[${i}].from`, texts.notInOptions(action.from));
    if (!names.has(action.to)) throw invalid(`actions[${i}].to`, texts.notInOptions(action.to));
  }
  config.status = process;
  for (const field of Object.values(config.fields)) {
    if (field.type === 'STATUS' || field.type === 'STATUS_ASSIGNEE') field.enabled = enable;
  }
  await alignAssigneeView(ctx, config);
}

function defaultStates(ctx: Ctx): Record<string, State> {
  const names =
    ctx.language === 'ja' ? ['未処理', '処理中', '完了'] : ['Not started', 'In progress', 'Completed'];
  return Object.fromEntries(
    names.map((name, i) => [name, { name, index: String(i), assignee: { type: 'ONE', entities: [] } }]),
  );
}

const ASSIGNEES: EntityRef['type'][] = [
  'USER',
  'GROUP',
  'ORGANIZATION',
  'FIELD_ENTITY',
  'CREATOR',
  'CUSTOM_FIELD',
];

function readEntities(
  ctx: Ctx,
  app: App,
  raw: unknown,
  allowed: EntityRef['type'][],
  path: string,
): { entity: EntityRef; includeSubs: boolean }[] {
  if (!Array.isArray(raw)) return [];
  return raw.map((item, i) => {
    const given = isObject(item) ? item : {};
    return {
      entity: readEntity(
        given['entity'],
        allowed,
        `${path}[${i}].entity`,
        ctx.services.directory,
        app.config.fields,
      ),
      includeSubs: toBoolean(given['includeSubs'], false),
    };
  });
}

function readStates(ctx: Ctx, app: App, given: Json): Record<string, State> {
  const creator = Object.values(app.config.fields).find((field) => field.type === 'CREATOR')?.code ?? '';
  const states = Object.entries(given).map(([key, raw]): State => {
    if (!isObject(raw)) throw errors.badJson();
    const path = `states[${key}]`;
    const params = new Params(raw);
    if (!params.has('index')) throw invalid(`${path}.index`, texts.requiredParam);
    const assignee = params.optionalObject('assignee') ?? {};
    const type = plainText(assignee['type'], 'ONE') as State['assignee']['type'];
    if (!['ONE', 'ALL', 'ANY'].includes(type)) throw invalid(`${path}.assignee.type`, texts.enumValue);
    return {
      name: params.optionalString('name', 64) ?? key,
      index: String(params.integer('index', 0)),
      assignee: {
        type,
        // A state that does not say belongs to who made the record.
        entities:
          raw['assignee'] === undefined
            ? [{ entity: { type: 'FIELD_ENTITY', code: creator }, includeSubs: false }]
            : readEntities(ctx, app, assignee['entities'], ASSIGNEES, `${path}.assignee.entities`),
      },
    };
  });
  states.sort((a, b) => Number(a.index) - Number(b.index));
  if (states.length === 0) throw invalid('states', texts.requiredParam);
  const first = sure(states[0]);
  const usable =
    first.assignee.type === 'ONE' &&
    first.assignee.entities.every(({ entity }) => entity.type === 'FIELD_ENTITY' && entity.code === creator);
  if (!usable) throw invalid(`states[${first.name}].assignee`, texts.badFormat);
  return Object.fromEntries(states.map((state, i) => [state.name, { ...state, index: String(i) }]));
}

function readAction(ctx: Ctx, app: App, raw: unknown, i: number): Action {
  if (!isObject(raw)) throw errors.badJson();
  const params = new Params(raw);
  const filterCond = plainText(raw['filterCond']);
  checkCondition(ctx, app, filterCond);
  const type = params.optionalString('type') ?? 'PRIMARY';
  if (type !== 'PRIMARY' && type !== 'SECONDARY') throw invalid(`actions[${i}].type`, texts.enumValue);
  const action: Action = {
    name: params.string('name', 64),
    from: params.string('from'),
    to: params.string('to'),
    filterCond,
    type,
  };
  if (type === 'SECONDARY') {
    const allowed: EntityRef['type'][] = ['USER', 'GROUP', 'ORGANIZATION', 'FIELD_ENTITY'];
    const given = params.optionalObject('executableUser') ?? {};
    action.executableUser = {
      entities: readEntities(ctx, app, given['entities'], allowed, `actions[${i}].executableUser.entities`),
    };
  }
  return action;
}

/** Settings without effect here: kept and given back as they were sent, with the defaults of a new app. */
const KEPT: Record<string, Json> = {
  'app/notifications/general': { notifications: [], notifyToCommenter: true },
  'app/notifications/perRecord': { notifications: [] },
  'app/notifications/reminder': { timezone: 'Asia/Tokyo', notifications: [] },
  'app/reports': { reports: {} },
  'app/actions': { actions: {} },
  'app/adminNotes': { content: '', includeInTemplateAndDuplicates: true },
};

function keptSetting(name: string, defaults: Json): Endpoint[] {
  const names = Object.keys(defaults);
  return setting(
    name,
    (app) => ({ ...defaults, ...((app.config.extras[name] ?? {}) as Json) }),
    (_ctx, params, _app, config) => {
      const before = { ...defaults, ...((config.extras[name] ?? {}) as Json) };
      const given = names.filter((key) => params.raw[key] !== undefined);
      config.extras[name] = { ...before, ...Object.fromEntries(given.map((key) => [key, params.raw[key]])) };
    },
    true,
  );
}

export const settingsEndpoints: Endpoint[] = [
  ...setting('app/views', (app) => ({ views: app.config.views }), changeViews, false),
  ...setting(
    'app/settings',
    (app) => ({ name: app.config.name, ...app.config.settings }),
    changeSettings,
    false,
  ),
  ...setting(
    'app/status',
    ({ config: { status } }) => ({ enable: status.enable, states: status.states, actions: status.actions }),
    changeStatus,
    false,
  ),
  ...Object.entries(KEPT).flatMap(([name, defaults]) => keptSetting(name, defaults)),
];
