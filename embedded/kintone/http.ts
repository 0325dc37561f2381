/** kintone's REST API over HTTP: paths, method override, authentication, answers and errors. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from './auth.ts';
import type { Ctx, Principal, Services } from './context.ts';
import type { Language } from './errors.ts';
import { errorBody, errors, KintoneError } from './errors.ts';
import { BulkError } from './api/bulk.ts';
import { inTransaction } from './api/endpoint.ts';
import { ENDPOINTS } from './api/index.ts';
import { openDownload, storeUpload } from './files.ts';
import { isObject, Params, parseQueryString } from './params.ts';

interface ApiRequest {
  Params: { '*': string; spaceId?: string };
}

/** The language of answers: the user's own, else the browser's, else the server's. */
export function languageOf(services: Services, who: Principal | null, request: FastifyRequest): Language {
  const own = who?.kind === 'user' ? who.person.language : 'auto';
  if (own === 'ja' || own === 'en') return own;
  const accepted = request.headers['accept-language']?.slice(0, 2).toLowerCase();
  return accepted === 'ja' || accepted === 'en' ? accepted : services.defaultLanguage;
}

/** Answers an error as kintone does. */
export function sendError(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): void {
  if (error instanceof BulkError) {
    void reply.code(error.status).send(error.body);
    return;
  }
  const who = (request as { kintoneUser?: Principal }).kintoneUser ?? null;
  const known = error instanceof KintoneError ? error : unexpected(request, error);
  void reply.code(known.status).send(errorBody(known, languageOf(services, who, request)));
}

function unexpected(request: FastifyRequest, error: unknown): KintoneError {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) return errors.malformed();
  request.log.error({ err: error, url: request.url }, 'request failed');
  return errors.internal();
}

/** Makes what a handler is given for a request by this sender. */
export function contextOf(
  services: Services,
  who: Principal,
  request: FastifyRequest,
  guestSpaceId: number | null,
): Ctx {
  return {
    services,
    db: services.db,
    who,
    language: languageOf(services, who, request),
    guestSpaceId,
    now: services.clock(),
    inBulk: false,
    afterCommit: [],
  };
}

/** Registers all calls below `/k/v1/` and `/k/guest/ID/v1/`. */
export function registerApi(server: FastifyInstance, services: Services, authenticator: Authenticator): void {
  const handle = async (request: FastifyRequest<ApiRequest>, reply: FastifyReply): Promise<unknown> => {
    const match = /^(.+)\.json$/.exec(request.params['*']);
    const method = methodOf(request);
    const who = await authenticator.principal(request.headers);
    (request as { kintoneUser?: Principal }).kintoneUser = who;
    const guest = request.params.spaceId;
    const ctx = contextOf(services, who, request, guest === undefined ? null : Number(guest));
    const name = match?.[1] ?? '';
    const isUpload = name === 'file' && method === 'POST';
    const params = isUpload ? new Params({}) : parametersOf(request, method);
    services.requests.note(`${method} ${name}`, params);
    if (isUpload) return upload(ctx, request);
    if (name === 'file' && method === 'GET') return download(ctx, params.string('fileKey'), reply);
    const endpoint = ENDPOINTS.get(`${method} ${name}`);
    if (!endpoint) throw errors.noApi();
    return endpoint.write
      ? inTransaction(ctx, (inner) => endpoint.handle(inner, params))
      : endpoint.handle(ctx, params);
  };
  const method = ['GET', 'POST', 'PUT', 'DELETE'];
  server.route<ApiRequest>({ method, url: '/k/v1/*', handler: handle });
  server.route<ApiRequest>({ method, url: '/k/guest/:spaceId(^\\d+$)/v1/*', handler: handle });
}

/** What a POST says that it really is; other methods are what they are. */
export function methodOf(request: FastifyRequest): string {
  const override = request.headers['x-http-method-override'];
  return (
    request.method === 'POST' && typeof override === 'string' ? override : request.method
  ).toUpperCase();
}

/** Parameters come with a query string or, also for reads, with a body. */
function parametersOf(request: FastifyRequest, method: string): Params {
  if (isObject(request.body)) return new Params(request.body);
  // kintone takes a read that announces JSON and sends none for malformed.
  if (request.method === 'GET' && request.headers['content-type']?.startsWith('application/json'))
    throw errors.malformed();
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  if (request.body !== undefined && request.body !== null)
    throw isJson ? errors.badJson() : errors.malformed();
  const search = request.url.indexOf('?');
  if (method === 'GET' || method === 'DELETE') {
    return new Params(parseQueryString(search < 0 ? '' : request.url.slice(search + 1)), true);
  }
  return new Params({});
}

async function upload(ctx: Ctx, request: FastifyRequest): Promise<unknown> {
  if (!request.isMultipart()) throw errors.malformed();
  const part = await request.file();
  if (!part || part.fieldname !== 'file') throw errors.malformed();
  const { filename: name, mimetype: contentType, file: bytes } = part;
  return { fileKey: await storeUpload(ctx.db, { name, contentType, bytes }, ctx.now) };
}

/** Sends a file of a record. */
export async function download(ctx: Ctx, key: string, reply: FastifyReply): Promise<unknown> {
  const file = await openDownload(ctx, key);
  return reply
    .header('content-type', file.contentType)
    .header('content-length', file.size)
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .send(file.bytes);
}
