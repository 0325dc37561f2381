/** Reading of records from an app's table. */
import { sql } from 'kysely';
import { queryScope, recordPermission } from '../acl/record.ts';
import { visibleFields } from '../acl/field.ts';
import type { App } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import type { Db } from '../database.ts';
import { recordTable, rows } from '../database.ts';
import { errors } from '../errors.ts';
import type { ResponseRecord } from '../fields/respond.ts';
import { respondRecord } from '../fields/respond.ts';
import { compileCondition, compileOrder } from '../query/compile.ts';
import { parseQuery } from '../query/parser.ts';
import type { Sql } from '../query/scope.ts';
import type { RecordRow } from './model.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;
const MAX_OFFSET = 10_000;

const COLUMNS = sql`id, revision, created_at as "createdAt", created_by as "createdBy", updated_at as "updatedAt",
  updated_by as "updatedBy", status, assignees, data`;

type RawRow = Omit<RecordRow, 'id'> & { id: string };

/** Rows of an app's table; `tail` follows the `from` clause. */
export async function selectRows(db: Db, appId: number, tail: Sql): Promise<RecordRow[]> {
  const found = await rows<RawRow>(db, sql`select ${COLUMNS} from ${recordTable(appId)} ${tail}`);
  return found.map((row) => ({ ...row, id: Number(row.id) }));
}

/**
 * A record in an answer, with only the fields the sender may see. Rights to fields may depend on the record: for an old revision they
 * are those of the record as it is now (`current`).
 */
export function answerRecord(
  ctx: Ctx,
  app: App,
  row: RecordRow,
  only?: ReadonlySet<string>,
  current: RecordRow = row,
): ResponseRecord {
  const visible = visibleFields(ctx, app);
  return respondRecord(app, row, {
    directory: ctx.services.directory,
    only,
    ...(visible ? { visible: (code: string) => visible(code, current) } : {}),
  });
}

/** One record the sender may see. A record that is hidden from the sender is refused, not denied. */
export async function readRecord(ctx: Ctx, app: App, id: number): Promise<RecordRow> {
  const [row] = await selectRows(ctx.db, app.id, sql`where id = ${id}`);
  if (!row) throw errors.noRecord(id);
  const [allowed] = await rows<{ ok: boolean }>(
    ctx.db,
    sql`select ${recordPermission(ctx, app, 'viewable')} as ok from ${recordTable(app.id)} where id = ${id}`,
  );
  if (!allowed?.ok) throw errors.forbidden();
  return row;
}

export interface Page {
  rows: RecordRow[];
  totalCount: number | null;
}

/** A page of the records that a query finds among those the sender may see. */
export async function queryRecords(ctx: Ctx, app: App, text: string, withTotal: boolean): Promise<Page> {
  const query = parseQuery(text);
  const limit = query.limit ?? DEFAULT_LIMIT;
  const offset = query.offset ?? 0;
  if (limit > MAX_LIMIT) throw errors.limitTooLarge();
  if (offset > MAX_OFFSET) throw errors.offsetTooLarge();
  const { where, order } = conditionOf(ctx, app, text);
  const found =
    limit === 0
      ? []
      : await selectRows(
          ctx.db,
          app.id,
          sql`where ${where} order by ${order} limit ${limit} offset ${offset}`,
        );
  return { rows: found, totalCount: withTotal ? await countRecords(ctx, app, where) : null };
}

/** The condition and order of a query, the sender's record permissions included. */
export function conditionOf(ctx: Ctx, app: App, text: string): { where: Sql; order: Sql } {
  const query = parseQuery(text);
  const scope = queryScope(ctx, app);
  ctx.services.indexes.note(app, query);
  const permitted = recordPermission(ctx, app, 'viewable');
  return {
    where: sql`${compileCondition(query.condition, scope)} and ${permitted}`,
    order: compileOrder(query, scope),
  };
}

async function countRecords(ctx: Ctx, app: App, where: Sql): Promise<number> {
  const [row] = await rows<{ n: string }>(
    ctx.db,
    sql`select count(*) as n from ${recordTable(app.id)} where ${where}`,
  );
  return Number(row?.n ?? 0);
}
