/** The pages over HTTP: sign-in, portal, list, record. What a person sees here is what the REST API would give them. */
import { sql } from 'kysely';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkPath, demand, may, openApp } from '../acl/app.ts';
import { fieldAccess, mayReadField } from '../acl/field.ts';
import { listComments } from '../api/comments.ts';
import { inTransaction } from '../api/endpoint.ts';
import { maySee } from '../api/apps.ts';
import { notifyDeletion } from '../api/records.ts';
import type { App, FieldDef, View } from '../apps/model.ts';
import { SYSTEM_TYPES, VALUELESS_TYPES } from '../apps/model.ts';
import type { Authenticator } from '../auth.ts';
import type { Ctx, Principal, Services } from '../context.ts';
import { rows } from '../database.ts';
import { errors, KintoneError } from '../errors.ts';
import { contextOf, download, languageOf } from '../http.ts';
import { isObject, Params, parseQueryString, plainText } from '../params.ts';
import type { RecordRow } from '../records/model.ts';
import { answerRecord, queryRecords, readRecord } from '../records/read.ts';
import { titleOf } from '../records/title.ts';
import { deleteRecords } from '../records/write.ts';
import type { Frame, HistoryEntry } from './pages.ts';
import { errorPage, listPage, loginPage, portalPage, recordPage } from './pages.ts';
import { relatedLists } from './related.ts';
import type { Session } from './session.ts';
import { Sessions } from './session.ts';

const PAGE_SIZE = 50;
const MAX_COLUMNS = 12;
const SECURITY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** kintone's own addresses name the record behind a hash, which a server never sees. */
const SHOW_SCRIPT = `const m = /^#record=(\\d+)/.exec(location.hash);
if (m) location.replace(location.pathname + '?record=' + m[1]);`;

interface Visit {
  ctx: Ctx;
  session: Session;
  frame: (title: string) => Frame;
}

type Handler = (visit: Visit, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Registers the pages. */
export function registerPages(
  server: FastifyInstance,
  services: Services,
  authenticator: Authenticator,
): void {
  const sessions = new Sessions();
  const send = (reply: FastifyReply, text: string): FastifyReply =>
    reply
      .header('content-security-policy', SECURITY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(text);

  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, parseQueryString(String(body))),
  );

  const visiting =
    (handler: Handler) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const session = sessions.of(request);
      const person = services.directory.people.get(session?.userCode ?? '');
      if (!session || !person?.active) {
        return reply.redirect(`/login?next=${encodeURIComponent(request.url)}`);
      }
      const who: Principal = { kind: 'user', person };
      const frame = (title: string): Frame => ({
        title,
        userName: person.name,
        formToken: session.formToken,
      });
      try {
        const plain = contextOf(services, who, request, null);
        const answer = await handler({ ctx: inItsSpace(plain, request), session, frame }, request, reply);
        return typeof answer === 'string' ? await send(reply, answer) : answer;
      } catch (error) {
        if (!(error instanceof KintoneError)) throw error;
        reply.code(error.status);
        return send(reply, errorPage(frame('エラー'), error.text[languageOf(services, who, request)]));
      }
    };

  server.get('/', (_request, reply) => reply.redirect('/k/'));
  server.get('/login', (request, reply) => send(reply, loginPage(false, nextPath(request))));
  server.post('/login', async (request, reply) => {
    const form = new Params(request.body);
    const user = form.optionalString('user') ?? '';
    try {
      const person = await authenticator.password(user, form.optionalString('password') ?? '');
      sessions.start(reply, person.code);
      return await reply.redirect(localPath(form.optionalString('next')), 303);
    } catch (error) {
      if (!(error instanceof KintoneError)) throw error;
      return send(reply.code(401), loginPage(true, localPath(form.optionalString('next'))));
    }
  });
  server.post(
    '/logout',
    visiting(async ({ session }, request, reply) => {
      checkForm(session, request);
      sessions.end(session, reply);
      return reply.redirect('/login', 303);
    }),
  );
  server.get('/k/_stand-in/show.js', (_request, reply) => reply.type('text/javascript').send(SHOW_SCRIPT));
  server.get('/k/', visiting(portal));
  server.get('/k/:app/', visiting(list));
  server.get('/k/:app/show', visiting(show));
  server.get(
    '/k/:app/file',
    visiting(async ({ ctx }, request, reply) => download(ctx, query(request).string('fileKey'), reply)),
  );
  server.post('/k/:app/delete', visiting(remove));
}

function query(request: FastifyRequest): Params {
  return new Params(parseQueryString(request.url.split('?')[1] ?? ''));
}

function nextPath(request: FastifyRequest): string {
  return localPath(query(request).optionalString('next'));
}

/** Only a path on this server may follow a sign-in. */
function localPath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : '/k/';
}

function checkForm(session: Session, request: FastifyRequest): void {
  const token = isObject(request.body) ? request.body['token'] : undefined;
  if (token !== session.formToken) throw errors.forbidden();
}

function appId(request: FastifyRequest): number {
  return new Params(request.params).id('app');
}

/** The pages of an app in a guest space have the same addresses as those of others. */
function inItsSpace(ctx: Ctx, request: FastifyRequest): Ctx {
  const params = request.params as { app?: string } | undefined;
  const row = ctx.services.apps.all().find((app) => String(app.id) === params?.app);
  const space = row && ctx.services.directory.spaces.get(row.spaceId ?? 0);
  return space?.isGuest ? { ...ctx, guestSpaceId: space.id } : ctx;
}

const portal: Handler = async ({ ctx, frame }) => {
  const { apps } = ctx.services;
  const live = apps.all().filter((row) => row.live !== null);
  return portalPage(
    frame('アプリ'),
    live.map((row) => apps.live(row.id)).filter((app) => maySee(ctx, app)),
  );
};

const list: Handler = async ({ ctx, frame }, request) => {
  const app = openApp(ctx, appId(request), 'view');
  const params = query(request);
  const offset = params.optionalInteger('offset', 0, 10_000) ?? 0;
  const id = params.optionalString('view');
  const view = Object.values(app.config.views).find((item) => item.id === id && item.type === 'LIST') ?? null;
  const text = `${view?.filterCond ?? ''} ${view?.sort ? `order by ${view.sort}` : ''} limit ${PAGE_SIZE} offset ${offset}`;
  const page = await queryRecords(ctx, app, text, true);
  return listPage(frame(app.config.name), {
    app,
    view,
    columns: columnsOf(ctx, app, view),
    records: page.rows.map((row) => answerRecord(ctx, app, row)),
    total: page.totalCount ?? 0,
    offset,
    size: PAGE_SIZE,
  });
};

function columnsOf(ctx: Ctx, app: App, view: View | null): FieldDef[] {
  const own = Object.values(app.config.fields).filter(
    (field) =>
      !VALUELESS_TYPES.has(field.type) &&
      !['SUBTABLE', 'RECORD_NUMBER'].includes(field.type) &&
      field.enabled !== false,
  );
  const fields = view?.fields?.length
    ? view.fields.flatMap((code) => app.config.fields[code] ?? [])
    : [
        ...own.filter((field) => !SYSTEM_TYPES.has(field.type)),
        ...own.filter((field) => SYSTEM_TYPES.has(field.type)),
      ].slice(0, MAX_COLUMNS);
  return fields.filter((field) => mayReadField(ctx, app, field.code));
}

const show: Handler = async ({ ctx, frame }, request) => {
  const app = openApp(ctx, appId(request), 'view');
  const params = query(request);
  // Without a record the page's script takes it from behind the hash.
  if (!params.has('record')) return recordPage(frame(app.config.name), emptyRecord(app));
  const id = params.id('record');
  const current = await readRecord(ctx, app, id);
  const wanted = params.optionalId('revision') ?? null;
  const history = await rows<Revision>(
    ctx.db,
    sql`select revision, at, by, operation, data, status, assignees from record_history
      where app_id = ${app.id} and record_id = ${id} order by revision desc`,
  );
  const at = (revision: number): RecordRow | undefined => {
    const entry = history.find((item) => item.revision === revision);
    return entry && { ...current, ...entry, updatedAt: entry.at, updatedBy: entry.by };
  };
  const shown = wanted === null ? current : at(wanted);
  if (!shown) throw errors.noRecord(id);
  const older = history.find((entry) => entry.revision < shown.revision);
  const before = wanted === null || !older ? undefined : at(older.revision);
  const { directory } = ctx.services;
  const comments = await listComments(ctx, app, id, true, 100, 0);
  const record = answerRecord(ctx, app, shown, undefined, current);
  return recordPage(frame(app.config.name), {
    app,
    id,
    title: title(ctx, app, shown, current),
    record,
    related: await relatedLists(ctx, app, record),
    compared: before ? answerRecord(ctx, app, before, undefined, current) : null,
    revision: wanted,
    history: history.map(({ revision, at: when, by, operation }, i) => ({
      revision,
      at: when,
      by: directory.personName(by),
      operation,
      changed: changedFields(ctx, app, current, at(revision), at(history[i + 1]?.revision ?? 0)),
    })),
    comments: comments.map(({ text, at: when, by }) => ({ text, at: when, by: directory.personName(by) })),
    mayDelete: may(ctx, app, 'delete'),
  });
};

type Revision = Omit<HistoryEntry, 'changed'> & Pick<RecordRow, 'data' | 'status' | 'assignees'>;

/** What differs between two revisions, by label, as far as the reader may see it now. */
function changedFields(
  ctx: Ctx,
  app: App,
  current: RecordRow,
  after: RecordRow | undefined,
  before: RecordRow | undefined,
): string[] {
  if (!after || !before) return [];
  const [now, then] = [after, before].map((row) => answerRecord(ctx, app, row, undefined, current));
  return Object.values(app.config.fields).flatMap(({ code, label, type }) => {
    if (type === 'MODIFIER' || type === 'UPDATED_TIME') return [];
    return JSON.stringify(now?.[code]) === JSON.stringify(then?.[code]) ? [] : [label];
  });
}

/** The title is a field's value: who may not see the field sees the number. */
function title(ctx: Ctx, app: App, row: RecordRow, current: RecordRow): string {
  const text = titleOf(app, row);
  const hidden = Object.values(app.config.fields).some(
    (field) => row.data[`f${field.fid}`] === text && fieldAccess(ctx, app, field.code, current) === 'NONE',
  );
  return hidden ? String(row.id) : text;
}

function emptyRecord(app: App): Parameters<typeof recordPage>[1] {
  return {
    app,
    id: 0,
    title: app.config.name,
    record: {},
    compared: null,
    revision: null,
    history: [],
    comments: [],
    mayDelete: false,
    related: new Map(),
  };
}

const remove: Handler = async ({ ctx, session }, request, reply) => {
  checkForm(session, request);
  const app = ctx.services.apps.live(appId(request));
  checkPath(ctx, app);
  demand(ctx, app, 'delete');
  const form = isObject(request.body) ? request.body : {};
  const id = Number(plainText(form['record']));
  await inTransaction(ctx, async (inner) => {
    await deleteRecords(inner, app, [id], []);
    notifyDeletion(inner, app, id);
  });
  return reply.redirect(`/k/${app.id}/`, 303);
};
