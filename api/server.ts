import { randomUUID } from 'node:crypto';
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { pino, type DestinationStream } from 'pino';
import type { ApiDeps, Logger } from './deps.ts';
import { addDocs, addOpenApiRoute } from './plugins/docs.ts';
import { addMetrics } from './plugins/metrics.ts';
import { addProblems } from './plugins/problems.ts';
import { addSecurity } from './plugins/security.ts';
import { addSessions } from './plugins/session.ts';
import { addUi } from './plugins/ui.ts';
import { bulkDecisionRoutes } from './routes/bulk-decisions.ts';
import { applicantRoutes } from './routes/applicants.ts';
import { applicationRoutes } from './routes/applications.ts';
import { draftRoutes } from './routes/drafts.ts';
import { enrolmentRoutes } from './routes/enrolments.ts';
import { schoolMoveRoutes } from './routes/school-moves.ts';
import { yearChangeRoutes } from './routes/year-change.ts';
import { familyRoutes } from './routes/family.ts';
import { fileRoutes } from './routes/files.ts';
import { exportRoutes } from './routes/exports.ts';
import { exportSettingRoutes } from './routes/export-settings.ts';
import { certificateRoutes } from './routes/certificates.ts';
import { codecRoutes } from './routes/codec.ts';
import { kintoneWebhookRoutes } from './routes/kintone-webhook.ts';
import { liveRoutes } from './routes/live.ts';
import { myRoutes } from './routes/my.ts';
import { noticeRunRoutes } from './routes/notice-runs.ts';
import { noticeTemplateRoutes } from './routes/notice-templates.ts';
import { noticeRoutes } from './routes/notices.ts';
import { opsRoutes } from './routes/ops.ts';
import { paperRoutes } from './routes/paper.ts';
import { roundRoutes } from './routes/rounds.ts';
import { settingRoutes } from './routes/settings.ts';
import { sessionRoutes } from './routes/session.ts';
import { staffActionRoutes } from './routes/staff-actions.ts';
import { staffApplicationRoutes } from './routes/staff-application.ts';
import { staffListRoutes } from './routes/staff-lists.ts';

/** Answers are JSON of one application at most, but for files, which have a limit of their own. */
const BODY_LIMIT = 1024 * 1024;

/**
 * The API, ready to listen or to be asked with `inject`. Opens nothing by itself: what it works with comes in `deps`, and
 * whoever made that closes it.
 */
export async function buildServer(deps: ApiDeps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.log,
    trustProxy: trustProxy(deps.config.http.trustProxy),
    bodyLimit: BODY_LIMIT,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    // A request that trickles in does not hold a connection for ever; uploads have time.
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    logController: new OneLine(),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  addProblems(app);
  await addSecurity(app, deps);
  addSessions(app, deps);
  addMetrics(app);
  await addDocs(app, deps);
  for (const routes of [
    sessionRoutes,
    applicantRoutes,
    draftRoutes,
    fileRoutes,
    certificateRoutes,
    familyRoutes,
    applicationRoutes,
    myRoutes,
    staffListRoutes,
    staffApplicationRoutes,
    staffActionRoutes,
    paperRoutes,
    exportRoutes,
    exportSettingRoutes,
    roundRoutes,
    bulkDecisionRoutes,
    noticeRoutes,
    enrolmentRoutes,
    schoolMoveRoutes,
    yearChangeRoutes,
    noticeRunRoutes,
    noticeTemplateRoutes,
    settingRoutes,
    liveRoutes,
    codecRoutes,
    opsRoutes,
    kintoneWebhookRoutes,
  ]) {
    await app.register(routes(deps));
  }
  addOpenApiRoute(app);
  await addUi(app, deps);
  return app;
}

/** One line a request, when it has been answered or given up; Fastify's own are two. */
class OneLine extends LogController {
  override incomingRequest(): void {
    // Its line comes with the answer.
  }

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const line = { req: request, res: reply, responseTime: reply.elapsedTime };
    if (error) reply.log.error({ ...line, err: error }, 'request errored');
    else reply.log.info(line, 'request completed');
  }
}

/** So many proxies in front, or their addresses. */
function trustProxy(setting: number | string | false) {
  return typeof setting === 'number' ? (_address: string, hop: number) => hop < setting : setting;
}

/** The API's log: one JSON line an entry, without what could hold personal data. */
export function createLogger(level: string, to?: DestinationStream): Logger {
  const settings = {
    level,
    base: { process: 'api' },
    serializers: {
      // The path without its query: searches hold names.
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: request.url.split('?')[0],
      }),
    },
    redact: { paths: ['password', '*.password', 'headers.cookie', 'headers.authorization'], remove: true },
  };
  return to ? pino(settings, to) : pino(settings);
}
