import { sql } from 'kysely';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { HealthResponse, ReadyResponse } from '../contract/ops.ts';
import type { ApiDeps } from '../deps.ts';

const CHECK_MS = 3000;
/** A page that everybody may call must not put load on kintone or the mail server. */
const REMEMBER_MS = 2000;

/** Is a part there? Never throws, never takes longer than {@link CHECK_MS}. */
async function answers(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function readiness(deps: ApiDeps): Promise<ReadyResponse> {
  const temporal = { server: false, worker: false };
  const [database, , kintone, mail] = await Promise.all([
    answers(async () => {
      await sql`select 1`.execute(deps.db);
      return true;
    }),
    answers(async () => {
      Object.assign(temporal, await deps.temporal.check());
      return temporal.server;
    }),
    answers(async () => {
      await deps.kintone.check();
      return true;
    }),
    answers(() => deps.mailer.check()),
  ]);
  const part = (there: boolean, detail: string) =>
    there ? { status: 'ok' as const } : { status: 'away' as const, detail };
  const parts = {
    database: part(database, 'PostgreSQL が応答しません'),
    temporal: part(temporal.server, 'Temporal が応答しません'),
    worker: part(temporal.worker, 'ワーカーが動いていません'),
    kintone: part(kintone, 'kintone が応答しません'),
    mail: part(mail, 'メールサーバーが応答しません'),
  };
  const ready = Object.values(parts).every((one) => one.status === 'ok');
  return { status: ready ? 'ready' : 'notReady', parts };
}

/** Whether the process lives, and whether all that it needs is there. */
export const opsRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/healthz',
      { schema: { tags: ['operations'], summary: '稼働確認', response: { 200: HealthResponse } } },
      async () => ({ status: 'ok' as const }),
    );

    let known: { at: number; answer: Promise<ReadyResponse> } | undefined;
    app.get(
      '/readyz',
      {
        schema: {
          tags: ['operations'],
          summary: '各部の状態',
          response: { 200: ReadyResponse, 503: ReadyResponse },
        },
      },
      async (_request, reply) => {
        if (!known || Date.now() - known.at > REMEMBER_MS)
          known = { at: Date.now(), answer: readiness(deps) };
        const state = await known.answer;
        void reply.header('cache-control', 'no-store');
        return reply.code(state.status === 'ready' ? 200 : 503).send(state);
      },
    );
  };
