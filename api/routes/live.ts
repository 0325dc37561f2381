import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { mayView } from '../../domain/people/actor.ts';
import type { ApiDeps } from '../deps.ts';
import { authOfRequest } from '../plugins/session.ts';
import type { LiveApplication } from '../contract/ops.ts';

/** Keeps proxies from closing a quiet line. */
const COMMENT_EVERY_MS = 25_000;

/** What changes while a page is open, for those who may see it. Asking for it keeps no session alive. */
export const liveRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const open = new Set<() => void>();
    // Otherwise a server that stops would wait for every open page.
    app.addHook('preClose', async () => {
      for (const close of open) close();
    });

    app.get(
      '/api/live',
      {
        config: { access: 'signedIn', passive: true },
        schema: { tags: ['live'], summary: '申請の変化（server-sent events）' },
      },
      (request, reply) => {
        const { actor } = authOfRequest(request);
        reply.hijack();
        const { raw } = reply;
        raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        });
        raw.write('retry: 3000\n\n');
        const unsubscribe = deps.live.subscribe({
          changed: ({ applicationId, seq, stage, bopCode, applicantId }) => {
            if (!mayView(actor, { bopCode, applicantId })) return;
            const data: LiveApplication = { applicationId, seq, stage };
            raw.write(`event: application\ndata: ${JSON.stringify(data)}\n\n`);
          },
          topic: ({ topic, id }) => {
            // The ward decides in bulk, leaders watch; nobody else has a page of it.
            if (actor.kind !== 'staff' || (actor.role !== 'ward' && actor.role !== 'leader')) return;
            raw.write(`event: ${topic}\ndata: ${JSON.stringify({ id })}\n\n`);
          },
          resync: () => raw.write('event: resync\ndata: {}\n\n'),
        });
        const comments = setInterval(() => raw.write(': \n\n'), COMMENT_EVERY_MS);
        const close = () => {
          clearInterval(comments);
          unsubscribe();
          open.delete(close);
          raw.end();
        };
        open.add(close);
        request.raw.on('close', close);
      },
    );
  };
