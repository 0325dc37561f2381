/** JavaScript and CSS of an app: kept, given back and downloadable, never run. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { App } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { rows } from '../database.ts';
import { errors, invalid, texts } from '../errors.ts';
import type { Json } from '../params.ts';
import { isObject, Params } from '../params.ts';
import { setting } from './settings.ts';

const NAME = 'app/customize';
const SCOPES = ['ALL', 'ADMIN', 'NONE'];
const DEVICES = ['desktop', 'mobile'] as const;
const KINDS = ['js', 'css'] as const;
const MAX_FILES = 30;

interface Resource extends Json {
  type: 'URL' | 'FILE';
  url?: string;
  file?: { fileKey: string; name: string; contentType: string; size: string };
}
type Device = Record<(typeof KINDS)[number], Resource[]>;
interface Customization extends Json {
  scope: string;
  desktop: Device;
  mobile: Device;
}

function customizationOf(app: App): Customization {
  const none: Customization = { scope: 'ALL', desktop: { js: [], css: [] }, mobile: { js: [], css: [] } };
  return { ...none, ...(app.config.extras[NAME] as Customization | undefined) };
}

/** The file of a setting: one that was there before, or an upload that now becomes the app's and gets a key of its own. */
async function fileOf(
  ctx: Ctx,
  app: App,
  known: ReadonlyMap<string, Resource>,
  key: string,
): Promise<Resource> {
  const before = known.get(key);
  if (before) return before;
  const fileKey = `${ctx.now.toISOString().replace(/\D/g, '').slice(0, 17)}${randomBytes(16).toString('hex').toUpperCase()}`;
  const [file] = await rows<{ name: string; contentType: string; size: string }>(
    ctx.db,
    sql`update file set key = ${fileKey}, app_id = ${app.id} where key = ${key} and app_id is null
      returning name, content_type as "contentType", size::text as size`,
  );
  if (!file) throw errors.noFile(key);
  return { type: 'FILE', file: { fileKey, ...file } };
}

/** All files that an app's settings name, live and as preview. */
function filesOf(ctx: Ctx, app: App): Map<string, Resource> {
  const live = ctx.services.apps.liveOrNone(app.id);
  const all = [app, ...(live ? [live] : [])].map(customizationOf);
  const resources = all.flatMap((item) =>
    DEVICES.flatMap((device) => KINDS.flatMap((kind) => item[device][kind])),
  );
  return new Map(resources.flatMap((item) => (item.file ? [[item.file.fileKey, item] as const] : [])));
}

async function readResource(
  ctx: Ctx,
  app: App,
  known: ReadonlyMap<string, Resource>,
  raw: unknown,
  path: string,
): Promise<Resource> {
  if (!isObject(raw)) throw errors.badJson();
  const params = new Params(raw);
  const type = params.optionalString('type');
  if (type === undefined) throw invalid(`${path}.type`, texts.requiredParam);
  if (type === 'URL') {
    if (!params.has('url')) throw invalid(`${path}.url`, texts.requiredParam);
    return { type, url: params.string('url') };
  }
  if (type !== 'FILE') throw invalid(`${path}.type`, texts.enumValue);
  const key = new Params(params.optionalObject('file')).optionalString('fileKey');
  if (key === undefined) throw invalid(`${path}.file.fileKey`, texts.requiredParam);
  return fileOf(ctx, app, known, key);
}

async function change(ctx: Ctx, params: Params, app: App): Promise<Customization> {
  const before = customizationOf(app);
  const scope = params.optionalString('scope') ?? before.scope;
  if (!SCOPES.includes(scope)) throw invalid('scope', texts.enumValue);
  const known = filesOf(ctx, app);
  const next: Customization = { ...before, scope };
  for (const device of DEVICES) {
    const given = params.optionalObject(device);
    if (!given) continue;
    next[device] = { ...before[device] };
    for (const kind of KINDS) {
      const list = new Params(given).optionalArray(kind, MAX_FILES);
      if (!list) continue;
      next[device][kind] = [];
      for (const [i, raw] of list.entries())
        next[device][kind].push(await readResource(ctx, app, known, raw, `${device}.${kind}[${i}]`));
    }
  }
  return next;
}

export const customizeEndpoints = setting(
  NAME,
  customizationOf,
  async (ctx, params, app, config) => {
    config.extras[NAME] = await change(ctx, params, app);
  },
  true,
);
