import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, ApplicantActor, Role, StaffActor } from '../../domain/people/actor.ts';
import { hallOf, bopOf } from '../../domain/facilities/facilities.ts';
import { staffActor, type AccountRecord } from '../../store/accounts.ts';
import { appendAudit, type AuditEntry } from '../../store/audit.ts';
import {
  beginSession,
  endSession,
  findSession,
  touchSession,
  type SessionRecord,
} from '../../store/sessions.ts';
import type { SessionResponse } from '../contract/session.ts';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';

/** Who is signed in. */
export interface Auth {
  session: SessionRecord;
  account: AccountRecord;
  actor: StaffActor | ApplicantActor;
  idleSeconds: number;
  /** When the session ends without further activity, ISO 8601 UTC. */
  expiresAt: string;
}

/** Who may call a route. Every route under /api has to say so; the server does not start otherwise. */
export type Access = 'public' | 'signedIn' | 'staff' | readonly Role[];

declare module 'fastify' {
  interface FastifyRequest {
    auth: Auth | null;
    /** Has an entry in the audit trail been written for it? */
    audited: boolean;
  }
  interface FastifyContextConfig {
    access?: Access;
    /** Calling it is no sign of a person at work: the session does not live longer for it. */
    passive?: boolean;
    /** False: protected otherwise (the codec server, by origin). */
    csrf?: boolean;
    /** Why what it answers needs no entry in the audit trail: it holds nothing personal, or nothing but one's own unsent words. */
    unaudited?: string;
    /** Open to who still has to change a temporary password. */
    beforePasswordChange?: boolean;
  }
}

/** Seconds without activity after which a session ends (Q43). */
export const IDLE_SECONDS = { staff: 30 * 60, applicant: 60 * 60 } as const;

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

function cookieNames(deps: ApiDeps) {
  const secure = deps.config.http.publicUrl.startsWith('https://');
  const prefix = secure ? '__Host-' : '';
  return { secure, session: `${prefix}session`, csrf: `${prefix}csrf`, signUp: `${prefix}signup` };
}

function signUpProof(deps: ApiDeps, account: AccountRecord): string {
  return createHmac('sha256', deps.config.sessionSecret)
    .update(`sign-up\u0000${account.id}\u0000${account.passwordHash}`)
    .digest('base64url');
}

/**
 * Remembers in the browser that it signed this account up with this password. Who verifies the address must be who chose the
 * password: otherwise somebody could sign a stranger's address up a second time and wait for the stranger to confirm it.
 * @param account undefined where the address has an account already; the browser cannot tell the difference
 */
export function rememberSignUp(reply: FastifyReply, deps: ApiDeps, account: AccountRecord | undefined): void {
  const names = cookieNames(deps);
  const proof = account ? signUpProof(deps, account) : randomBytes(32).toString('base64url');
  void reply.setCookie(names.signUp, proof, {
    path: '/',
    secure: names.secure,
    sameSite: 'strict',
    httpOnly: true,
    maxAge: 3600,
  });
}

/** Did this browser sign this account up, with the password that it has now? */
export function hasSignedUp(request: FastifyRequest, deps: ApiDeps, account: AccountRecord): boolean {
  const proof = request.cookies[cookieNames(deps).signUp] ?? '';
  return sameText(proof, signUpProof(deps, account));
}

/** Sessions, CSRF protection and the check of who may call what. */
export function addSessions(app: FastifyInstance, deps: ApiDeps): void {
  app.decorateRequest('auth', null);
  app.decorateRequest('audited', false);
  app.addHook('onRoute', (route) => {
    if (
      route.url.startsWith('/api/') &&
      !route.url.startsWith('/api/docs') &&
      route.config?.access === undefined
    ) {
      throw new Error(`route ${String(route.method)} ${route.url} does not say who may call it`);
    }
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    request.auth = await loadAuth(request, reply, deps);
    if (UNSAFE.has(request.method) && request.routeOptions.config.csrf !== false) checkCsrf(request);
    checkAccess(request);
    await keepAlive(request, deps);
  });
  app.addHook('onSend', async (request, reply) => assertAudited(request, reply.statusCode, deps));
}

async function loadAuth(request: FastifyRequest, reply: FastifyReply, deps: ApiDeps): Promise<Auth | null> {
  const names = cookieNames(deps);
  const cookie = request.cookies[names.session];
  if (cookie === undefined || cookie === '') return null;
  const found = await findSession(deps.db, deps.keyring, deps.config.sessionSecret, cookie, deps.now());
  if (found?.account.status !== 'active') {
    if (found) await endSession(deps.db, found.session.idHash);
    clearCookies(reply, deps);
    return null;
  }
  const { session } = found;
  const auth = authOf(session, found.account);
  if (Date.parse(auth.expiresAt) <= deps.now().getTime()) {
    await endSession(deps.db, session.idHash);
    await appendAudit(deps.db, { actor: auth.actor, action: 'sessionExpired', ...traceOf(request) });
    clearCookies(reply, deps);
    return null;
  }
  return auth;
}

function authOf(session: SessionRecord, account: AccountRecord): Auth {
  const idleSeconds = IDLE_SECONDS[account.kind];
  const idleEnd = Date.parse(session.lastSeenAt) + idleSeconds * 1000;
  return {
    session,
    account,
    actor: account.kind === 'applicant' ? { kind: 'applicant', id: account.id } : staffActor(account),
    idleSeconds,
    expiresAt: new Date(Math.min(idleEnd, Date.parse(session.expiresAt))).toISOString(),
  };
}

/**
 * A header that no foreign page can set, with the session's token once there is a session. Cookies are SameSite=Strict
 * besides.
 */
function checkCsrf(request: FastifyRequest): void {
  const header = request.headers['x-csrf-token'];
  const given = typeof header === 'string' ? header : '';
  if (given === '' || request.headers['sec-fetch-site'] === 'cross-site') throw new ProblemError('csrf');
  if (request.auth && !sameText(given, request.auth.session.csrfToken)) throw new ProblemError('csrf');
}

function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

function checkAccess(request: FastifyRequest): void {
  const { access = 'public', beforePasswordChange } = request.routeOptions.config;
  if (access === 'public') return;
  const { auth } = request;
  if (!auth) throw new ProblemError('signInNeeded');
  if (auth.account.passwordTemporary && beforePasswordChange !== true) {
    throw new ProblemError('passwordChangeRequired');
  }
  if (access === 'signedIn') return;
  const allowed = access === 'staff' ? auth.account.kind === 'staff' : access.includes(auth.account.role);
  if (!allowed) throw new ProblemError('forbidden');
}

/**
 * Every read of personal data and every change is in the trail (Q45): a route that forgot does not pass its tests, and says so in
 * the log where it is running already.
 */
function assertAudited(request: FastifyRequest, status: number, deps: ApiDeps): void {
  const { access = 'public', unaudited } = request.routeOptions.config;
  if (access === 'public' || unaudited !== undefined || request.audited || status >= 400) return;
  const route = `${request.method} ${request.routeOptions.url ?? ''}`;
  request.log.error({ route }, 'answered without an entry in the audit trail');
  if (deps.config.environment === 'test') throw new Error(`${route} leaves no entry in the audit trail`);
}

async function keepAlive(request: FastifyRequest, deps: ApiDeps): Promise<void> {
  const { auth } = request;
  if (!auth || request.routeOptions.config.passive === true) return;
  const lastSeenAt = await touchSession(deps.db, auth.session, deps.now());
  if (lastSeenAt !== auth.session.lastSeenAt) {
    request.auth = authOf({ ...auth.session, lastSeenAt }, auth.account);
  }
}

/** The signed-in person of a route that needs one. */
export function authOfRequest(request: FastifyRequest): Auth {
  if (!request.auth) throw new ProblemError('signInNeeded');
  return request.auth;
}

/** The signed-in member of staff. */
export function staffOf(request: FastifyRequest): StaffActor {
  const { actor } = authOfRequest(request);
  if (actor.kind !== 'staff') throw new ProblemError('forbidden');
  return actor;
}

/** Signs a person in: a new session (never an old id), its cookies. */
export async function signIn(reply: FastifyReply, deps: ApiDeps, account: AccountRecord): Promise<Auth> {
  const begun = await beginSession(deps.db, deps.config.sessionSecret, account.id, deps.now());
  const names = cookieNames(deps);
  const common = { path: '/', secure: names.secure, sameSite: 'strict' } as const;
  void reply.setCookie(names.session, begun.id, { ...common, httpOnly: true });
  void reply.setCookie(names.csrf, begun.csrfToken, common);
  return authOf(
    {
      idHash: '',
      accountId: account.id,
      csrfToken: begun.csrfToken,
      lastSeenAt: deps.now().toISOString(),
      expiresAt: begun.expiresAt,
      factors: ['password'],
    },
    account,
  );
}

/** Takes the cookies of a session away. */
export function clearCookies(reply: FastifyReply, deps: ApiDeps): void {
  const names = cookieNames(deps);
  void reply.clearCookie(names.session, { path: '/', secure: names.secure });
  void reply.clearCookie(names.csrf, { path: '/', secure: names.secure });
}

/** What GET /api/session says of a session. */
export function sessionResponse(auth: Auth | null): SessionResponse {
  if (!auth) return { account: null, csrfToken: null, idleSeconds: null, expiresAt: null };
  const { account, session } = auth;
  return {
    account: {
      id: account.id,
      kind: account.kind,
      role: account.role,
      place: account.place && { ...account.place, name: placeName(account.place) },
      login: account.login,
      name: account.name,
      email: account.email,
      phone: account.phone,
      locale: account.locale,
      passwordTemporary: account.passwordTemporary,
      lastSignInAt: account.lastSignInAt,
      lastSignOutAt: account.lastSignOutAt,
    },
    csrfToken: session.csrfToken,
    idleSeconds: auth.idleSeconds,
    expiresAt: auth.expiresAt,
  };
}

function placeName(place: { kind: 'hall' | 'bop'; code: string }): string {
  return (place.kind === 'hall' ? hallOf(place.code)?.name : bopOf(place.code)?.name) ?? '';
}

function traceOf(request: FastifyRequest): Pick<AuditEntry, 'requestId' | 'ip'> {
  return { requestId: request.id, ip: request.ip };
}

/** Adds to the audit trail in the name of who is signed in. Await it before answering (Q45). */
export async function audit(
  request: FastifyRequest,
  deps: ApiDeps,
  entry: Omit<AuditEntry, 'actor' | 'requestId' | 'ip'> & { actor?: Actor },
): Promise<void> {
  await appendAudit(deps.db, { actor: request.auth?.actor, ...entry, ...traceOf(request) });
  request.audited = true;
}
