/** Comments on records. */
import { sql } from 'kysely';
import { openApp } from '../acl/app.ts';
import { demandEntity } from '../entities.ts';
import { readRecord } from '../records/read.ts';
import type { App } from '../apps/model.ts';
import type { Ctx } from '../context.ts';
import { actorCode } from '../context.ts';
import { rows, only } from '../database.ts';
import { errors, invalid, texts } from '../errors.ts';
import { formatInstant } from '../fields/datetime.ts';
import { isObject, Params, plainText } from '../params.ts';
import type { Endpoint } from './endpoint.ts';
import { read, write } from './endpoint.ts';

const MAX_TEXT = 65_535;
const MAX_MENTIONS = 10;
const MAX_PAGE = 10;

interface Mention {
  code: string;
  type: string;
}

interface CommentRow {
  id: number;
  text: string;
  at: Date;
  by: string;
  mentions: Mention[];
}

/** A comment in an answer. */
export function answerComment(ctx: Ctx, comment: CommentRow): unknown {
  return {
    id: String(comment.id),
    text: comment.text,
    createdAt: formatInstant(comment.at),
    creator: { code: comment.by, name: ctx.services.directory.personName(comment.by) },
    mentions: comment.mentions,
  };
}

/** The comments of a record, newest first where `descending`. */
export async function listComments(
  ctx: Ctx,
  app: App,
  recordId: number,
  descending: boolean,
  limit: number,
  offset: number,
): Promise<CommentRow[]> {
  return rows<CommentRow>(
    ctx.db,
    sql`select id, text, at, by, mentions from record_comment where app_id = ${app.id} and record_id = ${recordId}
      order by id ${sql.raw(descending ? 'desc' : 'asc')} limit ${limit} offset ${offset}`,
  );
}

/** An app whose records may be commented on. */
function openCommented(ctx: Ctx, params: Params): App {
  const app = openApp(ctx, params.id('app'), 'view');
  if (app.config.settings['enableComments'] === false) throw errors.commentsOff();
  return app;
}

async function getComments(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openCommented(ctx, params);
  const recordId = params.id('record');
  await readRecord(ctx, app, recordId);
  const order = params.optionalString('order') ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw invalid('order', texts.enumValue);
  const limit = params.optionalInteger('limit', 0, MAX_PAGE) ?? MAX_PAGE;
  const offset = params.optionalInteger('offset', 0) ?? 0;
  const found = await listComments(ctx, app, recordId, order === 'desc', limit + 1, offset);
  const more = found.length > limit;
  const descending = order === 'desc';
  return {
    comments: found.slice(0, limit).map((comment) => answerComment(ctx, comment)),
    older: descending ? more : offset > 0,
    newer: descending ? offset > 0 : more,
  };
}

async function postComment(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openCommented(ctx, params);
  const recordId = params.id('record');
  const comment = new Params(params.object('comment'));
  await readRecord(ctx, app, recordId);
  const text = comment.optionalString('text', MAX_TEXT) ?? '';
  const mentions = readMentions(ctx, comment);
  if (text === '' && mentions.length === 0) throw invalid('comment.text', texts.requiredParam);
  await sql`select pg_advisory_xact_lock(${app.id}, ${recordId}::bigint::integer)`.execute(ctx.db);
  // kintone gives the text back with the names of those mentioned in front, and a blank behind it.
  const names = mentions.map((mention) => `${mentionName(ctx, mention)} `).join('');
  const made = only(
    await rows<CommentRow>(
      ctx.db,
      sql`insert into record_comment (app_id, record_id, id, text, at, by, mentions)
      select ${app.id}, ${recordId}, coalesce(max(id), 0) + 1, ${`${names}${text} `}, ${ctx.now}, ${actorCode(ctx)},
        ${JSON.stringify(mentions)}::jsonb
      from record_comment where app_id = ${app.id} and record_id = ${recordId}
      returning id, text, at, by, mentions`,
    ),
  );
  if (!ctx.inBulk) {
    const { services } = ctx;
    ctx.afterCommit.push(() =>
      services.webhooks.send(app, 'ADD_RECORD_COMMENT', () => ({
        comment: answerComment(ctx, made),
        recordId: String(recordId),
        url: `${services.url()}/k/${app.id}/show#record=${recordId}&comment=${made.id}`,
      })),
    );
  }
  return { id: String(made.id) };
}

function readMentions(ctx: Ctx, comment: Params): Mention[] {
  const mentions = comment.optionalArray('mentions') ?? [];
  if (mentions.length > MAX_MENTIONS) throw invalid('comment.mentions', texts.size(0, MAX_MENTIONS));
  return mentions.map((item, i) => {
    if (!isObject(item)) throw errors.badJson();
    const path = `comment.mentions[${i}]`;
    const code = plainText(item['code']);
    const type = plainText(item['type']);
    if (code === '') throw invalid(`${path}.code`, texts.requiredParam);
    if (type === '') throw invalid(`${path}.type`, texts.requiredParam);
    if (type !== 'USER' && type !== 'GROUP' && type !== 'ORGANIZATION')
      throw invalid(`${path}.type`, texts.enumValue);
    demandEntity(ctx.services.directory, type, code);
    return { code, type };
  });
}

function mentionName(ctx: Ctx, mention: Mention): string {
  const { directory } = ctx.services;
  if (mention.type === 'USER') return directory.personName(mention.code);
  if (mention.type === 'GROUP') return directory.groupName(mention.code);
  return directory.organizations.get(mention.code)?.name ?? mention.code;
}

async function deleteComment(ctx: Ctx, params: Params): Promise<unknown> {
  const app = openCommented(ctx, params);
  const recordId = params.id('record');
  const id = params.id('comment');
  await readRecord(ctx, app, recordId);
  const gone = await rows<{ by: string }>(
    ctx.db,
    sql`delete from record_comment where app_id = ${app.id} and record_id = ${recordId}
      and id = ${id} returning by`,
  );
  if (!gone[0]) throw errors.noComment();
  // Only its author deletes a comment; the transaction takes it back.
  if (gone[0].by !== actorCode(ctx)) throw errors.commentOfOther(id);
  return {};
}

export const commentEndpoints: Endpoint[] = [
  read('GET', 'record/comments', getComments),
  write('POST', 'record/comment', postComment),
  write('DELETE', 'record/comment', deleteComment),
];
