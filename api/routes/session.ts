import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  findAccountByLogin,
  getAccount,
  normalizeLogin,
  setPassword,
  updateAccount,
  type AccountRecord,
} from '../../store/accounts.ts';
import { verifyNothing, verifyPassword } from '../../store/passwords.ts';
import { endOtherSessions, endSession } from '../../store/sessions.ts';
import { countFailure, lockSeconds, recordSignIn, recordSignOut } from '../../store/sign-in.ts';
import {
  ChangePasswordRequest,
  SessionResponse,
  SignInRequest,
  UpdateAccountRequest,
} from '../contract/session.ts';
import type { ApiDeps } from '../deps.ts';
import { passwordProblem } from '../password-rules.ts';
import { sensitive } from '../plugins/security.ts';
import { audit, authOfRequest, clearCookies, sessionResponse, signIn } from '../plugins/session.ts';
import type { Told } from '../locale.ts';
import { lockedFor, words } from '../problem-words.ts';
import { ProblemError } from '../problems.ts';
import { unaudited } from '../unaudited.ts';

/** Failures with logins that nobody has, so that they lock as real ones do and cannot be told from them (Q43). */
class UnknownLogins {
  readonly #failures = new Map<string, { count: number; lockedUntil: number }>();

  lockedFor(login: string, now: number): number {
    return Math.max(0, Math.ceil(((this.#failures.get(login)?.lockedUntil ?? 0) - now) / 1000));
  }

  fail(login: string, now: number): void {
    const count = (this.#failures.get(login)?.count ?? 0) + 1;
    this.#failures.delete(login);
    this.#failures.set(login, { count, lockedUntil: now + lockSeconds(count) * 1000 });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > 10_000 && oldest.done !== true) this.#failures.delete(oldest.value);
  }
}

/** Sign-in and sign-out, one's own account (Q40–Q44). */
export const sessionRoutes = (deps: ApiDeps): FastifyPluginAsyncZod => {
  const unknown = new UnknownLogins();

  return async (app) => {
    app.get(
      '/api/session',
      {
        config: { access: 'public', passive: true },
        schema: { tags: ['session'], summary: '現在のセッション', response: { 200: SessionResponse } },
      },
      async (request) => sessionResponse(request.auth),
    );

    app.post(
      '/api/session',
      {
        config: { access: 'public', ...sensitive(deps) },
        schema: {
          tags: ['session'],
          summary: 'ログイン',
          body: SignInRequest,
          response: { 200: SessionResponse },
        },
      },
      async (request, reply) => {
        const { login, password } = request.body;
        const account = await findAccountByLogin(deps.db, deps.keyring, login);
        const now = deps.now().getTime();
        const normalized = normalizeLogin(login);
        const lock = account
          ? Math.ceil((Date.parse(account.lockedUntil ?? '1970-01-01') - now) / 1000)
          : unknown.lockedFor(normalized, now);
        if (lock > 0) {
          await audit(request, deps, { action: 'signInLocked', ...subjectOf(account) });
          throw locked(lock);
        }
        const right = account
          ? await verifyPassword(account.passwordHash, password)
          : await verifyNothing(password);
        if (!account || !right || account.status === 'disabled') {
          if (account) await countFailure(deps.db, account.id, deps.now());
          else unknown.fail(normalized, now);
          await audit(request, deps, { action: 'signInFailed', ...subjectOf(account) });
          throw new ProblemError('signInFailed');
        }
        if (account.status === 'unverified') throw new ProblemError('unverified');
        if (request.auth) await endSession(deps.db, request.auth.session.idHash);
        const auth = await signIn(reply, deps, account);
        await audit(request, deps, { actor: auth.actor, action: 'signIn', ...subjectOf(account) });
        await recordSignIn(deps.db, account.id, deps.now());
        return sessionResponse(auth);
      },
    );

    app.delete(
      '/api/session',
      {
        config: { access: 'signedIn', beforePasswordChange: true },
        schema: { tags: ['session'], summary: 'ログアウト', response: { 204: z.null() } },
      },
      async (request, reply) => {
        const { session, account } = authOfRequest(request);
        await audit(request, deps, { action: 'signOut', ...subjectOf(account) });
        await endSession(deps.db, session.idHash);
        await recordSignOut(deps.db, account.id, deps.now());
        clearCookies(reply, deps);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/session/extend',
      {
        config: { access: 'signedIn', beforePasswordChange: true, ...unaudited.ownAccount },
        schema: { tags: ['session'], summary: '操作の継続', response: { 200: SessionResponse } },
      },
      async (request) => sessionResponse(authOfRequest(request)),
    );

    app.patch(
      '/api/session',
      {
        config: { access: 'signedIn' },
        schema: {
          tags: ['session'],
          summary: '自分の登録内容の変更',
          body: UpdateAccountRequest,
          response: { 200: SessionResponse },
        },
      },
      async (request) => {
        const auth = authOfRequest(request);
        // Names of staff stand in records of decisions: only the administration changes them.
        if (auth.account.kind === 'staff' && request.body.name !== undefined)
          throw new ProblemError('forbidden');
        await audit(request, deps, {
          action: 'accountChanged',
          ...subjectOf(auth.account),
          detail: { fields: Object.keys(request.body) },
        });
        await updateAccount(deps.db, deps.keyring, auth.account.id, request.body);
        const account = await getAccount(deps.db, deps.keyring, auth.account.id);
        return sessionResponse(account ? { ...auth, account } : auth);
      },
    );

    app.post(
      '/api/session/password',
      {
        config: { access: 'signedIn', beforePasswordChange: true, ...sensitive(deps) },
        schema: {
          tags: ['session'],
          summary: 'パスワードの変更',
          body: ChangePasswordRequest,
          response: { 200: SessionResponse },
        },
      },
      async (request) => {
        const auth = authOfRequest(request);
        const { current, password } = request.body;
        if (!(await verifyPassword(auth.account.passwordHash, current))) {
          await countFailure(deps.db, auth.account.id, deps.now());
          await audit(request, deps, { action: 'signInFailed', ...subjectOf(auth.account) });
          throw new ProblemError('wrongPassword', {
            errors: [{ path: 'current', message: words.currentPasswordWrong }],
          });
        }
        checkPassword(password, auth.account);
        if (current === password) throw weak(words.passwordSame);
        await audit(request, deps, { action: 'passwordChanged', ...subjectOf(auth.account) });
        await setPassword(deps.db, auth.account.id, password);
        await endOtherSessions(deps.db, auth.account.id, auth.session.idHash);
        const account = await getAccount(deps.db, deps.keyring, auth.account.id);
        return sessionResponse(account ? { ...auth, account } : auth);
      },
    );
  };
};

function subjectOf(account: AccountRecord | undefined) {
  return account ? { subject: { kind: 'account' as const, id: account.id } } : {};
}

function locked(seconds: number): ProblemError {
  return new ProblemError('locked', {
    detail: lockedFor(seconds),
    retryAfterSeconds: seconds,
  });
}

function weak(message: Told): ProblemError {
  return new ProblemError('weakPassword', { detail: message, errors: [{ path: 'password', message }] });
}

/** @throws {ProblemError} `weakPassword` where a new password is easy to guess (Q44) */
export function checkPassword(
  password: string,
  account: { login: string; name: string; email?: string | null; phone?: string | null },
): void {
  const { login, name, email, phone } = account;
  const problem = passwordProblem(password, [login, name, email ?? '', phone ?? '']);
  if (problem !== null) throw weak(problem);
}
