/** Permission settings: of apps, records and fields. */
import { openApp, openPreview } from '../acl/app.ts';
import { readEntity } from '../apps/entities.ts';
import type { App, AppConfig, AppRight, EntityRef, FieldRight, RecordRight } from '../apps/model.ts';
import { editPreview } from '../apps/preview.ts';
import type { Ctx } from '../context.ts';
import { errors, invalid, texts } from '../errors.ts';
import type { Json, Params } from '../params.ts';
import { isObject, toBoolean, plainText } from '../params.ts';
import { deployNow } from '../apps/deploy.ts';
import type { Endpoint } from './endpoint.ts';
import { read, write } from './endpoint.ts';
import { checkCondition } from './settings.ts';

const FOR_RECORDS: EntityRef['type'][] = ['USER', 'GROUP', 'ORGANIZATION', 'FIELD_ENTITY'];
const FOR_APPS: EntityRef['type'][] = ['USER', 'GROUP', 'ORGANIZATION', 'CREATOR'];
const ACCESSIBILITIES = ['READ', 'WRITE', 'NONE'];

function objects(raw: unknown, path: string): Json[] {
  if (!Array.isArray(raw)) throw invalid(path, texts.requiredParam);
  return raw.map((item) => {
    if (!isObject(item)) throw errors.badJson();
    return item;
  });
}

function flag(raw: Json, name: string): boolean {
  return toBoolean(raw[name], false);
}

function readAppRights(ctx: Ctx, app: App, params: Params): AppRight[] {
  return objects(params.raw['rights'], 'rights').map((raw, i): AppRight => {
    const right: AppRight = {
      entity: readEntity(
        raw['entity'],
        FOR_APPS,
        `rights[${i}].entity`,
        ctx.services.directory,
        app.config.fields,
      ),
      includeSubs: flag(raw, 'includeSubs'),
      appEditable: flag(raw, 'appEditable'),
      recordViewable: flag(raw, 'recordViewable'),
      recordAddable: flag(raw, 'recordAddable'),
      recordEditable: flag(raw, 'recordEditable'),
      recordDeletable: flag(raw, 'recordDeletable'),
      recordImportable: flag(raw, 'recordImportable'),
      recordExportable: flag(raw, 'recordExportable'),
    };
    const needsView = right.recordEditable || right.recordDeletable;
    if ((needsView && !right.recordViewable) || (right.recordImportable && !right.recordAddable)) {
      throw invalid(`rights[${i}]`, texts.badFormat);
    }
    return right;
  });
}

function readRecordRights(ctx: Ctx, app: App, params: Params): RecordRight[] {
  return objects(params.raw['rights'], 'rights').map((raw, i): RecordRight => {
    const filterCond = plainText(raw['filterCond']);
    checkCondition(ctx, app, filterCond);
    const entities = objects(raw['entities'], `rights[${i}].entities`).map((item, j) => {
      const path = `rights[${i}].entities[${j}]`;
      const right = {
        entity: readEntity(
          item['entity'],
          FOR_RECORDS,
          `${path}.entity`,
          ctx.services.directory,
          app.config.fields,
        ),
        viewable: flag(item, 'viewable'),
        editable: flag(item, 'editable'),
        deletable: flag(item, 'deletable'),
        includeSubs: flag(item, 'includeSubs'),
      };
      if ((right.editable || right.deletable) && !right.viewable) throw invalid(path, texts.badFormat);
      return right;
    });
    return { filterCond, entities };
  });
}

function readFieldRights(ctx: Ctx, app: App, params: Params): FieldRight[] {
  return objects(params.raw['rights'], 'rights').map((raw, i): FieldRight => {
    const code = plainText(raw['code']);
    if (!app.config.fields[code]) throw errors.noFieldInForm(code);
    const entities = objects(raw['entities'], `rights[${i}].entities`).map((item, j) => {
      const path = `rights[${i}].entities[${j}]`;
      const accessibility = plainText(item['accessibility']);
      if (!ACCESSIBILITIES.includes(accessibility)) throw invalid(`${path}.accessibility`, texts.enumValue);
      return {
        entity: readEntity(
          item['entity'],
          FOR_RECORDS,
          `${path}.entity`,
          ctx.services.directory,
          app.config.fields,
        ),
        accessibility: accessibility as FieldRight['entities'][number]['accessibility'],
        includeSubs: flag(item, 'includeSubs'),
      };
    });
    return { code, entities };
  });
}

type Key = 'appAcl' | 'recordAcl' | 'fieldAcl';

function permission(
  name: string,
  key: Key,
  change: (ctx: Ctx, app: App, params: Params, config: AppConfig) => void,
): Endpoint[] {
  const appId = (params: Params): number => params.id(params.has('id') ? 'id' : 'app');
  const answer = (app: App): Json => ({ rights: app.config[key], revision: String(app.revision) });
  const edit = (ctx: Ctx, params: Params): Promise<string> =>
    editPreview(ctx, params, ({ app, config }) => change(ctx, app, params, config));
  return [
    read('GET', name, async (ctx, params) => answer(openApp(ctx, appId(params), 'manage'))),
    read('GET', `preview/${name}`, async (ctx, params) => answer(openPreview(ctx, appId(params)))),
    write('PUT', `preview/${name}`, async (ctx, params) => ({ revision: await edit(ctx, params) })),
    // The call without "preview" deploys at once, together with every other setting that waits.
    write('PUT', name, async (ctx, params) => {
      openApp(ctx, appId(params), 'manage');
      const revision = await edit(ctx, params);
      await deployNow(ctx, [appId(params)]);
      return { revision };
    }),
  ];
}

export const aclEndpoints: Endpoint[] = [
  ...permission('app/acl', 'appAcl', (ctx, app, params, config) => {
    config.appAcl = readAppRights(ctx, app, params);
  }),
  ...permission('record/acl', 'recordAcl', (ctx, app, params, config) => {
    config.recordAcl = readRecordRights(ctx, app, params);
  }),
  ...permission('field/acl', 'fieldAcl', (ctx, app, params, config) => {
    config.fieldAcl = readFieldRights(ctx, app, params);
  }),
];
