import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { mayView, type Actor } from '../../domain/people/actor.ts';
import { openSessions, type OpenSession } from '../../store/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { authOfRequest, IDLE_SECONDS } from '../plugins/session.ts';
import type { LiveApplication } from '../contract/ops.ts';

/** Keeps proxies from closing a quiet line. */
const COMMENT_EVERY_MS = 25_000;
/** So long a line may outlive its session: signed out in another window, an account that was closed, time that ran out (Q43). */
const SESSION_CHECK_MS = 10_000;

/** A line to a page that is open. */
interface Line {
  readonly sessionId: string;
  readonly actor: Actor;
  readonly signOff: () => void;
}

/** Is whoever listens still signed in, as the one they were when the line was opened? */
function stillThere({ actor }: Line, session: OpenSession | undefined, now: Date): boolean {
  if (!session) return false;
  const idleMs = now.getTime() - Date.parse(session.lastSeenAt);
  if (idleMs >= IDLE_SECONDS[session.kind] * 1000) return false;
  if (actor.kind !== 'staff') return true;
  const place = actor.place && 'code' in actor.place ? actor.place.code : null;
  return actor.role === session.role && place === session.placeCode;
}

/** What changes while a page is open, for those who may see it. Asking for it keeps no session alive. */
export const liveRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const open = new Set<() => void>();
    const lines = new Set<Line>();
    const check = async () => {
      const now = deps.now();
      const asked = [...lines];
      const found = await openSessions(deps.db, [...new Set(asked.map((line) => line.sessionId))], now);
      const sessions = new Map(found.map((session) => [session.idHash, session]));
      for (const line of asked) if (!stillThere(line, sessions.get(line.sessionId), now)) line.signOff();
    };
    const timer = setInterval(() => {
      // Where the database is away nothing is told either, so that the lines can wait for it.
      check().catch((error: unknown) => {
        deps.log.warn({ err: error }, 'live: sessions could not be looked up');
      });
    }, deps.limits?.sessionCheckMs ?? SESSION_CHECK_MS);
    app.addHook('onClose', async () => {
      clearInterval(timer);
    });
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
        const { actor, session } = authOfRequest(request);
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
        const line: Line = {
          sessionId: session.idHash,
          actor,
          signOff: () => {
            raw.write('event: signedOut\ndata: {}\n\n');
            close();
          },
        };
        lines.add(line);
        const close = () => {
          lines.delete(line);
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
