/** Making preview settings live. */
import { sql } from 'kysely';
import type { Ctx, Services } from '../context.ts';
import { actorCode } from '../context.ts';
import type { Db } from '../database.ts';
import { recordTable } from '../database.ts';
import { errors } from '../errors.ts';
import { FormulaError } from '../fields/formula.ts';
import { checkFormula } from '../records/formulas.ts';
import { alignIndexes } from './indexes.ts';
import type { AppConfig, FieldDef } from './model.ts';
import { refreshAfterCommit } from './preview.ts';
import type { AppRow } from './store.ts';

/** Refuses settings that cannot go live: formulas that cannot be read, lookups whose key is not unique. */
export function checkDeployable(services: Services, config: AppConfig): void {
  for (const field of eachField(config.fields)) {
    if (field.expression) {
      try {
        checkFormula(config.fields, field);
      } catch (error) {
        if (error instanceof FormulaError) throw errors.badFormula(field.label, error.text);
        throw error;
      }
    }
    if (!field.lookup) continue;
    const source = services.apps.row(Number(field.lookup.relatedApp.app));
    const key = source.live?.fields[field.lookup.relatedKeyField];
    if (!key || (key.type !== 'RECORD_NUMBER' && key.unique !== true)) throw errors.lookupKeyNotUnique();
  }
}

function eachField(fields: Record<string, FieldDef>): FieldDef[] {
  return Object.values(fields).flatMap((field) => [field, ...Object.values(field.fields ?? {})]);
}

/** Makes the previews of apps live, within the transaction of the request. */
export async function deployNow(ctx: Ctx, ids: number[]): Promise<void> {
  for (const id of ids) {
    const row = await ctx.services.apps.lock(ctx.db, id);
    checkDeployable(ctx.services, row.preview);
    await makeLive(ctx.db, row, actorCode(ctx), ctx.now);
    refreshAfterCommit(ctx, id);
  }
}

/** Makes one app's preview live: its settings, its indexes, and what a changed form means for records. */
export async function makeLive(db: Db, row: AppRow, by: string, now: Date): Promise<void> {
  const config = row.preview;
  if (row.live) {
    const kept = new Set(Object.values(config.fields).map((field) => field.fid));
    const gone = Object.values(row.live.fields).filter((field) => !kept.has(field.fid));
    if (gone.length > 0) {
      const keys = gone.map((field) => `f${field.fid}`);
      await sql`update ${recordTable(row.id)} set data = data - ${keys}::text[] where data ?| ${keys}::text[]`.execute(
        db,
      );
    }
  }
  if (config.status.enable) await alignStatuses(db, row, config);
  await alignIndexes(db, row.id, config);
  await sql`update app set live = preview, live_revision = preview_revision, deploy_status = 'SUCCESS', deploy_by = null,
    modifier = ${by}, modified_at = ${now} where id = ${row.id}`.execute(db);
}

/** Records in a state that is no more, or in none yet, are in the first one. */
async function alignStatuses(db: Db, row: AppRow, config: AppConfig): Promise<void> {
  const states = Object.values(config.status.states ?? {}).sort((a, b) => Number(a.index) - Number(b.index));
  const names = states.map((state) => state.name);
  await sql`update ${recordTable(row.id)} set status = ${names[0] ?? ''}
    where status is null or status <> all(${names}::text[])`.execute(db);
}

/** Makes apps live that a deployment call has marked; all of them or none. Runs after the call has been answered. */
export async function runDeployment(services: Services, ids: number[], by: string): Promise<void> {
  let at: number | undefined;
  try {
    await services.db.transaction().execute(async (trx) => {
      for (const id of ids) {
        at = id;
        await makeLive(trx, await services.apps.lock(trx, id), by, services.clock());
      }
    });
  } catch {
    // What stands in the way is data that breaks a new rule; kintone tells no more than where it failed.
    await sql`update app set deploy_status = case id when ${at ?? 0} then 'FAIL' else 'CANCEL' end
      where id = any(${ids}::integer[])`.execute(services.db);
  }
  for (const id of ids) await services.apps.refresh(services.db, id);
}

/** Deployments that the end of an earlier process cut off are done again. */
export async function resumeDeployments(services: Services): Promise<void> {
  for (const row of services.apps.all()) {
    if (row.deployStatus === 'PROCESSING')
      await runDeployment(services, [row.id], row.deployBy ?? row.modifier);
  }
}
