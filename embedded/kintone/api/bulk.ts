/** bulkRequest: up to 20 writes over any apps, all or none. */
import type { Ctx } from '../context.ts';
import type { ErrorBody } from '../errors.ts';
import { errorBody, errors, KintoneError } from '../errors.ts';
import { isObject, Params, plainText } from '../params.ts';
import type { Endpoint } from './endpoint.ts';
import { write } from './endpoint.ts';

const MAX_REQUESTS = 20;
const ALLOWED = new Set([
  'POST record',
  'PUT record',
  'POST records',
  'PUT records',
  'DELETE records',
  'PUT record/status',
  'PUT records/status',
  'PUT record/assignees',
]);
const API = /^\/k\/(?:guest\/(\d+)\/)?v1\/(.+)\.json$/;

/** The refusal of a bulk request: which of its parts failed, and how. */
export class BulkError extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: { results: (ErrorBody | Record<string, never>)[] };

  constructor(cause: KintoneError, index: number, count: number, ctx: Ctx) {
    super(cause.message, { cause });
    this.status = cause.status;
    this.code = cause.code;
    this.body = {
      results: Array.from({ length: count }, (_, i) => (i === index ? errorBody(cause, ctx.language) : {})),
    };
  }
}

/** The bulkRequest call over the given endpoints. */
export function bulkEndpoint(endpoints: ReadonlyMap<string, Endpoint>): Endpoint {
  return write('POST', 'bulkRequest', async (ctx, params) => {
    const requests = params.array('requests', MAX_REQUESTS);
    const results: unknown[] = [];
    for (const [i, request] of requests.entries()) {
      try {
        results.push(await runOne(ctx, request, endpoints));
      } catch (error) {
        if (error instanceof KintoneError) throw new BulkError(error, i, requests.length, ctx);
        throw error;
      }
    }
    return { results };
  });
}

async function runOne(
  ctx: Ctx,
  request: unknown,
  endpoints: ReadonlyMap<string, Endpoint>,
): Promise<unknown> {
  if (!isObject(request)) throw errors.badJson();
  const match = API.exec(plainText(request['api']).replace(/^.*(?=\/k\/)/, ''));
  const key = `${plainText(request['method']).toUpperCase()} ${match?.[2] ?? ''}`;
  const endpoint = ALLOWED.has(key) ? endpoints.get(key) : undefined;
  if (!match || !endpoint) throw errors.malformed();
  const guestSpaceId = match[1] === undefined ? null : Number(match[1]);
  return endpoint.handle({ ...ctx, guestSpaceId, inBulk: true }, new Params(request['payload']));
}
