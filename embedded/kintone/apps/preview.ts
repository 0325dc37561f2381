/** Making apps and changing their preview settings; every change counts up the settings' revision. */
import { sql } from 'kysely';
import { checkPath, demand } from '../acl/app.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { createRecordTable, rows, only } from '../database.ts';
import { errors } from '../errors.ts';
import { systemFields } from '../fields/definition.ts';
import type { Params } from '../params.ts';
import type { App, AppConfig, AppRight } from './model.ts';
import type { AppRow } from './store.ts';
import { previewOf } from './store.ts';

const FULL = {
  appEditable: true,
  recordViewable: true,
  recordAddable: true,
  recordEditable: true,
  recordDeletable: true,
  recordImportable: true,
  recordExportable: true,
};

const DEFAULT_ACL: AppRight[] = [
  { entity: { type: 'CREATOR', code: null }, includeSubs: false, ...FULL },
  {
    entity: { type: 'GROUP', code: 'everyone' },
    includeSubs: false,
    ...FULL,
    appEditable: false,
    recordImportable: false,
    recordExportable: false,
  },
];

function defaultSettings(): Record<string, unknown> {
  return {
    description: '',
    icon: { type: 'PRESET', key: 'APP72' },
    theme: 'WHITE',
    titleField: { selectionMode: 'AUTO', code: '' },
    enableThumbnails: true,
    enableBulkDeletion: false,
    enableComments: true,
    enableDuplicateRecord: true,
    enableInlineRecordEditing: true,
    numberPrecision: { digits: '16', decimalPlaces: '4', roundingMode: 'HALF_EVEN' },
    firstMonthOfFiscalYear: '4',
  };
}

/** Makes an app that so far exists as a preview only. */
export async function createApp(
  ctx: Ctx,
  name: string,
  place: { spaceId: number; threadId: number } | null,
  code = '',
): Promise<AppRow> {
  let nextFieldId = 1;
  const config: AppConfig = {
    name,
    settings: defaultSettings(),
    fields: systemFields(ctx.language, () => nextFieldId++),
    layout: [],
    views: {},
    status: { enable: false, states: null, actions: null },
    appAcl: DEFAULT_ACL,
    recordAcl: [],
    fieldAcl: [],
    extras: {},
  };
  const by = actorCode(ctx);
  const made = only(
    await rows<{ id: number }>(
      ctx.db,
      sql`insert into app (code, space_id, thread_id, creator, modifier, preview, preview_revision, next_field_id)
      values (${code}, ${place?.spaceId ?? null}, ${place?.threadId ?? null}, ${by}, ${by},
        ${JSON.stringify(config)}::json, 2, ${nextFieldId}) returning id`,
    ),
  );
  await createRecordTable(ctx.db, made.id);
  const row = await ctx.services.apps.lock(ctx.db, made.id);
  refreshAfterCommit(ctx, row.id);
  return row;
}

/** Has the app read again once the change is committed. */
export function refreshAfterCommit(ctx: Ctx, id: number): void {
  const { apps, db } = ctx.services;
  ctx.afterCommit.push(() => apps.refresh(db, id));
}

/** What a change of preview settings works on. */
export interface Editing {
  app: App;
  config: AppConfig;
  newFieldId: () => number;
}

/**
 * Changes the preview of the app that a request names: checks the permission and the revision, lets `change` alter a copy of the
 * settings, stores it and gives back the new revision.
 */
export async function editPreview(
  ctx: Ctx,
  params: Params,
  change: (editing: Editing) => void | Promise<void>,
): Promise<string> {
  const row = await ctx.services.apps.lock(ctx.db, params.has('id') ? params.id('id') : params.id('app'));
  const app = previewOf(row);
  checkPath(ctx, app);
  demand(ctx, app, 'manage');
  const expected = params.revision();
  if (expected !== undefined && expected !== row.previewRevision) throw errors.staleSettings(row.id);
  let { nextFieldId } = row;
  const editing: Editing = { app, config: app.config, newFieldId: () => nextFieldId++ };
  await change(editing);
  const revision = row.previewRevision + 1;
  await sql`update app set preview = ${JSON.stringify(editing.config)}::json, preview_revision = ${revision},
      next_field_id = ${nextFieldId}, modifier = ${actorCode(ctx)}, modified_at = ${ctx.now}
    where id = ${row.id}`.execute(ctx.db);
  refreshAfterCommit(ctx, row.id);
  return String(revision);
}
