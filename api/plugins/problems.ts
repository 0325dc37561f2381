import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { DecryptionError } from '../../store/crypto.ts';
import { localeAsked, type Told } from '../locale.ts';
import { told, words } from '../problem-words.ts';
import { notFound, ProblemError, type ProblemPart } from '../problems.ts';

/** Errors become RFC 9457 problems in the language of the request. What a person cannot act on is logged and not shown. */
export function addProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error, request);
    if (problem.status >= 500) {
      request.log.error({ err: problem.options.cause ?? error, code: problem.code }, 'request failed');
    } else if (problem.status !== 404 && problem.status !== 401) {
      request.log.info({ code: problem.code, paths: problem.options.errors?.map((e) => e.path) }, 'problem');
    }
    sendProblem(request, reply, problem);
  });
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: ProblemError): void {
  const { retryAfterSeconds } = problem.options;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  const locale = localeAsked(request.headers['accept-language']);
  void reply
    .code(problem.status)
    .header('content-language', locale === 'en' ? 'en' : 'ja')
    .header('vary', 'accept-language')
    .type('application/problem+json; charset=utf-8')
    // Past the response schemas: a problem has one form on every route.
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem.body(request.id, locale));
}

function problemOf(error: FastifyError, request: FastifyRequest): ProblemError {
  if (error instanceof ProblemError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error, request);
  if (isResponseSerializationError(error) || error instanceof DecryptionError) {
    return new ProblemError('internal', { cause: error });
  }
  switch (error.statusCode) {
    case 400:
      return new ProblemError('invalid', { cause: error });
    case 404:
      return notFound();
    case 406:
    case 415:
      return new ProblemError('invalid', { cause: error });
    case 413:
      return new ProblemError('tooLarge', { cause: error });
    case 429:
      return new ProblemError('tooMany', { cause: error });
    case 503:
      return new ProblemError('unavailable', { cause: error, retryAfterSeconds: 5 });
    default:
      return isDatabaseAway(error)
        ? new ProblemError('unavailable', { cause: error, retryAfterSeconds: 5 })
        : new ProblemError('internal', { cause: error });
  }
}

/** Ids in an address that are no ids name nothing; everything else malformed is told field by field. */
function invalid(
  error: FastifyError & { validation: { instancePath: string; message?: string; params?: object }[] },
  request: FastifyRequest,
): ProblemError {
  if (error.validationContext === 'params') return notFound();
  const errors: ProblemPart[] = error.validation.map((issue) => ({
    path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
    message: inWords(issue.message),
  }));
  request.log.debug({ paths: errors.map((e) => e.path) }, 'not well-formed');
  return new ProblemError('invalid', { errors });
}

/** Our own messages are Japanese; zod's, for what no screen of ours sends, are not. */
function inWords(message: string | undefined): Told {
  return message !== undefined && /[\u3040-\u30ff\u4e00-\u9fff]/.test(message)
    ? told(message)
    : words.notWellFormed;
}

const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

function isDatabaseAway(error: FastifyError): boolean {
  return (
    AWAY_CODES.has(error.code) ||
    /timeout exceeded when trying to connect|Connection terminated/i.test(error.message)
  );
}
