/** Who is signed in to the pages: a random id in a cookie, forgotten when the server stops. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const COOKIE = 'kintone_stand_in';
const LIFE_MS = 8 * 60 * 60 * 1000;
const MAX_SESSIONS = 1000;

export interface Session {
  id: string;
  userCode: string;
  /** Has to come with every form. */
  formToken: string;
  expiresAt: number;
}

export class Sessions {
  private readonly sessions = new Map<string, Session>();

  start(reply: FastifyReply, userCode: string): void {
    const [oldest] = this.sessions.keys();
    if (this.sessions.size >= MAX_SESSIONS && oldest !== undefined) this.sessions.delete(oldest);
    const id = randomBytes(24).toString('base64url');
    const formToken = randomBytes(24).toString('base64url');
    this.sessions.set(id, { id, userCode, formToken, expiresAt: Date.now() + LIFE_MS });
    reply.header('set-cookie', `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${LIFE_MS / 1000}`);
  }

  of(request: FastifyRequest): Session | undefined {
    const cookie = (request.headers.cookie ?? '').split(/; */).find((part) => part.startsWith(`${COOKIE}=`));
    const session = this.sessions.get(cookie?.slice(COOKIE.length + 1) ?? '');
    if (!session) return undefined;
    if (session.expiresAt > Date.now()) return session;
    this.sessions.delete(session.id);
    return undefined;
  }

  end(session: Session, reply: FastifyReply): void {
    this.sessions.delete(session.id);
    reply.header('set-cookie', `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`);
  }
}
