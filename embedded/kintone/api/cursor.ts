/** records/cursor: the records that a query finds, fixed when the cursor is made, read page by page. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { openApp } from '../acl/app.ts';
import { recordPermission } from '../acl/record.ts';
import type { Ctx } from '../context.ts';
import { recordTable, rows } from '../database.ts';
import { errors } from '../errors.ts';
import type { Params } from '../params.ts';
import { parseQuery } from '../query/parser.ts';
import { syntaxError } from '../query/lexer.ts';
import { answerRecord, conditionOf, selectRows } from '../records/read.ts';
import type { Endpoint } from './endpoint.ts';
import { write } from './endpoint.ts';
import { wantedFields } from './records.ts';

const MAX_CURSORS = 10;
const LIFE_MS = 10 * 60 * 1000;
const MAX_SIZE = 500;

/** A cursor belongs to who made it. */
function owner(ctx: Ctx): string {
  if (ctx.who.kind === 'user') return `user:${ctx.who.person.code}`;
  return `apps:${ctx.who.grants
    .map((grant) => grant.appId)
    .sort((a, b) => a - b)
    .join(',')}`;
}

async function create(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openApp(ctx, params.id('app'), 'view');
  const size = params.optionalInteger('size', 1, MAX_SIZE) ?? 100;
  const text = params.optionalString('query') ?? '';
  const query = parseQuery(text);
  if (query.limit !== null || query.offset !== null) throw syntaxError();
  await sql`select pg_advisory_xact_lock(hashtext('embedded-kintone/cursor'))`.execute(ctx.db);
  await sql`delete from cursor where expires_at <= ${ctx.now}`.execute(ctx.db);
  const [open] = await rows<{ n: string }>(ctx.db, sql`select count(*) as n from cursor`);
  if (Number(open?.n) >= MAX_CURSORS) throw errors.tooManyCursors();
  const { where, order } = conditionOf(ctx, app, text);
  const id = randomUUID();
  const fields = wantedFields(params);
  const [made] = await rows<{ total: number }>(
    ctx.db,
    sql`insert into cursor (id, app_id, owner, size, fields, ids, expires_at)
      select ${id}, ${app.id}, ${owner(ctx)}, ${size}, ${JSON.stringify(fields ? [...fields] : null)}::jsonb,
        array(select id from ${recordTable(app.id)} where ${where} order by ${order}), ${expiry(ctx)}
      returning cardinality(ids) as total`,
  );
  return { id, totalCount: String(made?.total ?? 0) };
}

const expiry = (ctx: Ctx): Date => new Date(ctx.now.getTime() + LIFE_MS);

interface CursorPage {
  appId: number;
  size: number;
  fields: string[] | null;
  page: string[];
  more: boolean;
}

async function next(ctx: Ctx, params: Params): Promise<unknown> {
  const id = params.string('id');
  const [cursor] = await rows<CursorPage>(
    ctx.db,
    sql`update cursor set position = position + size, expires_at = ${expiry(ctx)}
      where id = ${id} and owner = ${owner(ctx)} and expires_at > ${ctx.now}
      returning app_id as "appId", size, fields, ids[position - size + 1 : position] as page,
        position < cardinality(ids) as more`,
  );
  if (!cursor) throw errors.noCursor();
  const app = openApp(ctx, cursor.appId, 'view');
  const page = cursor.page.map(Number);
  // The set of records is fixed, their values are those of now, and so are the permissions.
  const found = await selectRows(
    ctx.db,
    app.id,
    sql`where id = any(${page}::bigint[]) and ${recordPermission(ctx, app, 'viewable')}`,
  );
  const byId = new Map(found.map((row) => [row.id, row]));
  const only = cursor.fields ? new Set(cursor.fields) : undefined;
  if (!cursor.more) await sql`delete from cursor where id = ${id}`.execute(ctx.db);
  return {
    records: page.flatMap((recordId) => {
      const row = byId.get(recordId);
      return row ? [answerRecord(ctx, app, row, only)] : [];
    }),
    next: cursor.more,
  };
}

async function remove(ctx: Ctx, params: Params): Promise<unknown> {
  const gone = await rows(
    ctx.db,
    sql`delete from cursor where id = ${params.string('id')} and owner = ${owner(ctx)}
      and expires_at > ${ctx.now} returning id`,
  );
  if (gone.length === 0) throw errors.noCursor();
  return {};
}

export const cursorEndpoints: Endpoint[] = [
  write('POST', 'records/cursor', create),
  write('GET', 'records/cursor', next),
  write('DELETE', 'records/cursor', remove),
];
