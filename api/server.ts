import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { pino, type DestinationStream } from 'pino';
import type { ApiDeps } from './deps.ts';
import { addDocs, addOpenApiRoute } from './plugins/docs.ts';
import { addMetrics } from './plugins/metrics.ts';
import { addProblems } from './plugins/problems.ts';
import { addSecurity } from './plugins/security.ts';
import { addSessions } from './plugins/session.ts';
import { addUi } from './plugins/ui.ts';
import { applicantRoutes } from './routes/applicants.ts';
import { opsRoutes } from './routes/ops.ts';
import { sessionRoutes } from './routes/session.ts';

/** Where log lines go instead of standard output. */
export interface ServerOptions {
  logTo?: DestinationStream;
}

/** Answers are JSON of one application at most, but for files, which have a limit of their own. */
const BODY_LIMIT = 1024 * 1024;

/**
 * The API, ready to listen or to be asked with `inject`. Opens nothing by itself: what it works with comes in `deps`, and
 * whoever made that closes it.
 */
export async function buildServer(deps: ApiDeps, options: ServerOptions = {}): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: createLogger(deps, options),
    trustProxy: trustProxy(deps.config.http.trustProxy),
    bodyLimit: BODY_LIMIT,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    // A request that trickles in does not hold a connection for ever; uploads have time.
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  addProblems(app);
  await addSecurity(app, deps);
  addSessions(app, deps);
  addMetrics(app);
  await addDocs(app, deps);
  for (const routes of [sessionRoutes, applicantRoutes, opsRoutes]) {
    await app.register(routes(deps));
  }
  addOpenApiRoute(app);
  await addUi(app, deps);
  return app;
}

/** So many proxies in front, or their addresses. */
function trustProxy(setting: number | string | false) {
  return typeof setting === 'number' ? (_address: string, hop: number) => hop < setting : setting;
}

function createLogger(deps: ApiDeps, options: ServerOptions): FastifyBaseLogger {
  const settings = {
    level: deps.config.logLevel,
    base: { process: 'api' },
    serializers: {
      // The path without its query: searches hold names.
      req: (request: { method: string; url: string; id?: string }) => ({
        method: request.method,
        path: request.url.split('?')[0],
      }),
    },
    redact: { paths: ['password', '*.password', 'headers.cookie', 'headers.authorization'], remove: true },
  };
  return (options.logTo ? pino(settings, options.logTo) : pino(settings)) as FastifyBaseLogger;
}
