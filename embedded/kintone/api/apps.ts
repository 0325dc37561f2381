/** Apps themselves: list, create, deploy; and spaces as far as creating apps needs them. */
import { sql } from 'kysely';
import { checkPath, may, openApp, openPreview, refusal } from '../acl/app.ts';
import { checkDeployable, runDeployment } from '../apps/deploy.ts';
import type { App } from '../apps/model.ts';
import { createApp, refreshAfterCommit } from '../apps/preview.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { errors, invalid, texts } from '../errors.ts';
import { isObject, toInteger, toRevision } from '../params.ts';
import type { Params } from '../params.ts';
import type { Endpoint } from './endpoint.ts';
import { read, write } from './endpoint.ts';

const MAX_LIST = 100;
const MAX_NAME = 64;
const MAX_DEPLOY = 300;
const MAX_OFFSET = 2_147_483_647;

function answerApp(ctx: Ctx, app: App): unknown {
  const person = (code: string): unknown => ({ code, name: ctx.services.directory.personName(code) });
  return {
    appId: String(app.id),
    code: app.code,
    name: app.config.name,
    description: app.config.settings['description'],
    spaceId: app.spaceId === null ? null : String(app.spaceId),
    threadId: app.threadId === null ? null : String(app.threadId),
    createdAt: app.createdAt.toISOString(),
    creator: person(app.creator),
    modifiedAt: app.modifiedAt.toISOString(),
    modifier: person(app.modifier),
  };
}

/** Whether the sender may see that an app exists. */
export function maySee(ctx: Ctx, app: App): boolean {
  return may(ctx, app, 'view') || may(ctx, app, 'add') || may(ctx, app, 'manage');
}

async function getApp(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('id'));
  if (!maySee(ctx, app)) throw refusal(ctx, app);
  return answerApp(ctx, app);
}

async function getApps(ctx: Ctx, params: Params): Promise<unknown> {
  // Tokens are of one app each; this call asks for those of a person.
  if (ctx.who.kind === 'tokens') throw errors.tokenForbidden();
  const ids = params.has('ids') ? params.ids('ids', MAX_LIST).map(String) : undefined;
  const codes = params.optionalStrings('codes', MAX_LIST);
  const spaces = params.has('spaceIds') ? params.ids('spaceIds', MAX_LIST).map(String) : undefined;
  const name = params.optionalString('name')?.toLowerCase();
  const limit = params.optionalInteger('limit', 1, MAX_LIST) ?? MAX_LIST;
  const offset = params.optionalInteger('offset', 0, MAX_OFFSET) ?? 0;
  const { apps, directory } = ctx.services;
  const found = apps
    .all()
    .filter((row) => row.live !== null)
    .map((row) => apps.live(row.id))
    .filter(
      (app) =>
        (!ids || ids.includes(String(app.id))) &&
        (!codes || codes.includes(app.code)) &&
        (!spaces || spaces.includes(String(app.spaceId))) &&
        (name === undefined || app.config.name.toLowerCase().includes(name)) &&
        (ctx.guestSpaceId === null
          ? directory.spaces.get(app.spaceId ?? 0)?.isGuest !== true
          : app.spaceId === ctx.guestSpaceId) &&
        maySee(ctx, app),
    );
  return { apps: found.slice(offset, offset + limit).map((app) => answerApp(ctx, app)) };
}

async function postApp(ctx: Ctx, params: Params): Promise<unknown> {
  // An app is made by a person; a token belongs to an app that exists.
  if (ctx.who.kind === 'tokens') throw errors.tokenForbidden();
  const name = params.string('name');
  if (name.length > MAX_NAME) throw invalid('name', texts.nameLength(MAX_NAME));
  const spaceId = params.optionalId('space') ?? ctx.guestSpaceId ?? undefined;
  const thread = params.optionalId('thread');
  if (spaceId === undefined && thread !== undefined) throw invalid('space', texts.spaceNeeded);
  if (params.has('space') && thread === undefined) throw invalid('thread', texts.threadNeeded);
  const space = spaceId === undefined ? null : ctx.services.directory.spaces.get(spaceId);
  if (space === undefined) throw errors.noSpace(spaceId ?? '');
  if (space && thread !== undefined && thread !== space.threadId) throw errors.noThread(thread);
  const place = space && { spaceId: space.id, threadId: space.threadId };
  const row = await createApp(ctx, name, place);
  return { app: String(row.id), revision: String(row.previewRevision) };
}

async function postDeploy(ctx: Ctx, params: Params): Promise<unknown> {
  const apps = params.array('apps', MAX_DEPLOY);
  if (apps.length === 0) throw invalid('apps', texts.requiredParam);
  const revert = params.boolean('revert', false);
  const ids: number[] = [];
  for (const [i, item] of apps.entries()) {
    if (!isObject(item)) throw errors.badJson();
    const path = `apps[${i}].app`;
    if (item['app'] === undefined || item['app'] === null || item['app'] === '')
      throw invalid(path, texts.requiredParam);
    const id = toInteger(item['app']);
    if (id === undefined) throw invalid(path, texts.integer);
    if (id < 1) throw invalid(path, texts.min(1));
    if (ids.includes(id)) throw invalid(path, texts.duplicateApp);
    const revision = toRevision(item['revision'], `apps[${i}].revision`);
    openPreview(ctx, id);
    const row = await ctx.services.apps.lock(ctx.db, id);
    if (revision !== undefined && revision !== row.previewRevision) throw errors.staleSettings(id);
    if (revert)
      await sql`update app set preview = coalesce(live, preview), deploy_status = 'SUCCESS' where id = ${id}`.execute(
        ctx.db,
      );
    else {
      checkDeployable(ctx.services, row.preview);
      await sql`update app set deploy_status = 'PROCESSING', deploy_by = ${actorCode(ctx)} where id = ${id}`.execute(
        ctx.db,
      );
    }
    refreshAfterCommit(ctx, id);
    ids.push(id);
  }
  if (!revert) {
    const { services } = ctx;
    ctx.afterCommit.push(() => services.background(runDeployment(services, ids, actorCode(ctx))));
  }
  return {};
}

async function getDeploy(ctx: Ctx, params: Params): Promise<unknown> {
  const ids = params.ids('apps');
  if (ids.length > MAX_DEPLOY) throw errors.tooManyParameters('apps', MAX_DEPLOY);
  return {
    apps: ids.map((id) => {
      const app = openPreview(ctx, id);
      return { app: String(app.id), status: ctx.services.apps.row(id).deployStatus };
    }),
  };
}

async function getSpace(ctx: Ctx, params: Params): Promise<unknown> {
  const id = params.id('id');
  const space = ctx.services.directory.spaces.get(id);
  if (!space) throw errors.noSpace(id);
  if (ctx.who.kind === 'tokens') throw errors.tokenForbidden();
  const { apps } = ctx.services;
  const attached = apps
    .all()
    .filter((row) => row.spaceId === id && row.live !== null)
    .map((row) => apps.live(row.id))
    .filter((app) => maySee(ctx, app));
  attached.forEach((app) => checkPath(ctx, app));
  return {
    id: String(space.id),
    name: space.name,
    defaultThread: String(space.threadId),
    isPrivate: space.isGuest,
    isGuest: space.isGuest,
    memberCount: String(space.members.length),
    useMultiThread: false,
    attachedApps: attached.map((app) => answerApp(ctx, app)),
  };
}

async function getMembers(ctx: Ctx, params: Params): Promise<unknown> {
  const id = params.id('id');
  const space = ctx.services.directory.spaces.get(id);
  if (!space) throw errors.noSpace(id);
  if (ctx.who.kind === 'tokens') throw errors.tokenForbidden();
  const { person } = ctx.who;
  if (space.isGuest && !person.isAdmin && !space.members.includes(person.code)) throw errors.forbidden();
  return {
    members: space.members.map((code) => ({
      entity: { type: 'USER', code },
      isAdmin: false,
      isImplicit: false,
    })),
  };
}

export const appEndpoints: Endpoint[] = [
  read('GET', 'app', getApp),
  read('GET', 'apps', getApps),
  write('POST', 'preview/app', postApp),
  write('POST', 'preview/app/deploy', postDeploy),
  read('GET', 'preview/app/deploy', getDeploy),
  read('GET', 'space', getSpace),
  read('GET', 'space/members', getMembers),
  // No plug-in can be added here, so that there is none.
  read('GET', 'plugins', async () => ({ plugins: [] })),
  read('GET', 'plugins/required', async () => ({ plugins: [] })),
  read('GET', 'app/plugins', async (ctx, params) => {
    const app = openApp(ctx, params.id('app'), 'manage');
    return { plugins: [], revision: String(app.revision) };
  }),
  read('GET', 'preview/app/plugins', async (ctx, params) => {
    const app = openPreview(ctx, params.id('app'));
    return { plugins: [], revision: String(app.revision) };
  }),
];
