/** What a sender may do with an app: the app's permissions for users, the permission bits for API tokens. */
import type { App } from '../apps/model.ts';
import type { Ctx, TokenPermission } from '../context.ts';
import { errors } from '../errors.ts';
import type { KintoneError } from '../errors.ts';
import { byPriority, identityOf, isMeant } from './identity.ts';
import { sure } from '../sure.ts';

export type AppPermission = TokenPermission;

/** Whether the sender has a permission for an app. */
export function may(ctx: Ctx, app: App, permission: AppPermission): boolean {
  if (ctx.who.kind === 'tokens') {
    return ctx.who.grants.some((grant) => grant.appId === app.id && grant.permissions.has(permission));
  }
  if (permission === 'manage' && ctx.who.person.isAdmin) return true;
  if (!isInSpace(ctx, app)) return false;
  const who = sure(identityOf(ctx));
  const right = byPriority(app.config.appAcl).find((item) =>
    isMeant(item.entity, item.includeSubs, who, app),
  );
  if (!right) return false;
  switch (permission) {
    case 'view':
      return right.recordViewable;
    case 'add':
      return right.recordAddable;
    case 'edit':
      return right.recordEditable;
    case 'delete':
      return right.recordDeletable;
    case 'manage':
      return right.appEditable;
  }
}

/** Guest spaces are for their members. */
function isInSpace(ctx: Ctx, app: App): boolean {
  if (app.spaceId === null || ctx.who.kind !== 'user') return true;
  const space = ctx.services.directory.spaces.get(app.spaceId);
  return !space?.isGuest || ctx.who.person.isAdmin || space.members.includes(ctx.who.person.code);
}

/** The refusal fitting to who asked: a token of another app is none of this one's. */
export function refusal(ctx: Ctx, app: App): KintoneError {
  if (ctx.who.kind === 'user') return errors.forbidden();
  return ctx.who.grants.some((grant) => grant.appId === app.id) ? errors.tokenForbidden() : errors.badToken();
}

/** Refuses where the sender lacks a permission. */
export function demand(ctx: Ctx, app: App, permission: AppPermission): void {
  if (!may(ctx, app, permission)) throw refusal(ctx, app);
}

/** The live app of a request: it exists, was addressed by the right path, and the sender may do this with it. */
export function openApp(ctx: Ctx, id: number, ...permissions: AppPermission[]): App {
  const app = ctx.services.apps.live(id);
  checkPath(ctx, app);
  for (const permission of permissions) demand(ctx, app, permission);
  return app;
}

/** A live app whose form and settings are asked for: they are for everyone who may see or add records. */
export function openSettings(ctx: Ctx, id: number): App {
  const app = openApp(ctx, id);
  if (!may(ctx, app, 'view') && !may(ctx, app, 'add') && !may(ctx, app, 'manage')) throw refusal(ctx, app);
  return app;
}

/** The preview of an app, for who may manage it. */
export function openPreview(ctx: Ctx, id: number): App {
  const app = ctx.services.apps.preview(id);
  checkPath(ctx, app);
  demand(ctx, app, 'manage');
  return app;
}

/** An app in a guest space is reached by that space's path only, any other app by the plain path only. */
export function checkPath(ctx: Ctx, app: App): void {
  const isGuest = app.spaceId !== null && ctx.services.directory.spaces.get(app.spaceId)?.isGuest === true;
  if (ctx.guestSpaceId === null) {
    if (isGuest) throw errors.guestSpaceApp();
  } else if (!isGuest || app.spaceId !== ctx.guestSpaceId) throw errors.forbidden();
}
