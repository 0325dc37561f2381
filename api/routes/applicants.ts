import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  activateAccount,
  createAccount,
  findAccountByLogin,
  getAccount,
  LoginTakenError,
  replaceUnverified,
  setPassword,
  type AccountRecord,
} from '../../store/accounts.ts';
import { endOtherSessions } from '../../store/sessions.ts';
import { recordSignIn } from '../../store/sign-in.ts';
import { CODE_MINUTES, issueCode, redeemCode, type CodePurpose } from '../../store/verification.ts';
import {
  CodeRequest,
  CodeResponse,
  ResetPasswordRequest,
  SessionResponse,
  SignUpRequest,
  SignUpResponse,
  VerifyRequest,
} from '../contract/session.ts';
import type { ApiDeps } from '../deps.ts';
import { sensitive } from '../plugins/security.ts';
import { audit, hasSignedUp, rememberSignUp, sessionResponse, signIn } from '../plugins/session.ts';
import { words } from '../problem-words.ts';
import { ProblemError } from '../problems.ts';
import type { CodeMailKind } from '../services/code-mails.ts';
import { checkPassword } from './session.ts';

/** Sign-up of families, and forgotten passwords. Nothing here tells whether an address has an account. */
export const applicantRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { access: 'public', ...sensitive(deps) } as const;

    app.post(
      '/api/applicants',
      {
        config,
        schema: {
          tags: ['session'],
          summary: '利用登録',
          body: SignUpRequest,
          response: { 201: SignUpResponse, 202: SignUpResponse },
        },
      },
      async (request, reply) => {
        const { email, loginId, ...person } = request.body;
        checkPassword(person.password, { login: loginId ?? email ?? '', ...person, email: email ?? null });
        if (loginId !== undefined) return signUpWithoutMail(request, reply, loginId);
        await signUpByMail(request, reply, email ?? '', person);
        return reply
          .code(202)
          .send({ status: 'verify' as const, login: email ?? '', expiresAt: codeExpiry(deps) });
      },
    );

    async function signUpWithoutMail(
      request: FastifyRequest<{ Body: unknown }>,
      reply: FastifyReply,
      login: string,
    ) {
      const { password, name, phone, locale } = request.body as SignUpBody;
      const id = await createAccount(deps.db, deps.keyring, {
        role: 'applicant',
        login,
        password,
        name,
        phone,
        locale,
      }).catch((error: unknown) => {
        if (!(error instanceof LoginTakenError)) throw error;
        throw new ProblemError('loginTaken', { errors: [{ path: 'loginId', message: words.loginTaken }] });
      });
      await audit(request, deps, { action: 'signUp', subject: { kind: 'account', id } });
      const session = await enter(request, reply, id);
      return reply.code(201).send({ status: 'active' as const, session });
    }

    async function signUpByMail(
      request: FastifyRequest,
      reply: FastifyReply,
      email: string,
      person: Omit<SignUpBody, 'email' | 'loginId'>,
    ): Promise<void> {
      const known = await findAccountByLogin(deps.db, deps.keyring, email);
      if (known && known.status !== 'unverified') {
        rememberSignUp(reply, deps, undefined);
        await send(email, { type: 'alreadyRegistered' }, known);
        return;
      }
      let id = known?.id;
      if (id === undefined) {
        id = randomUUID();
        await createAccount(deps.db, deps.keyring, {
          id,
          role: 'applicant',
          login: email,
          email,
          status: 'unverified',
          ...person,
        });
      } else await replaceUnverified(deps.db, deps.keyring, id, person);
      await audit(request, deps, { action: 'signUp', subject: { kind: 'account', id } });
      rememberSignUp(reply, deps, await getAccount(deps.db, deps.keyring, id));
      await sendCode(request, id, 'verify');
    }

    app.post(
      '/api/applicants/verify',
      {
        config,
        schema: {
          tags: ['session'],
          summary: 'メールアドレスの確認',
          body: VerifyRequest,
          response: { 200: SessionResponse },
        },
      },
      async (request, reply) => {
        const { login, code } = request.body;
        const known = await findAccountByLogin(deps.db, deps.keyring, login);
        if (known && !hasSignedUp(request, deps, known)) {
          throw new ProblemError('wrongCode', { detail: words.codeOtherDevice });
        }
        const account = await redeem(login, 'verify', code);
        await audit(request, deps, { action: 'verified', subject: { kind: 'account', id: account.id } });
        await activateAccount(deps.db, account.id);
        return enter(request, reply, account.id);
      },
    );

    app.post(
      '/api/applicants/code',
      {
        config: {
          ...config,
          rateLimit: { ...config.rateLimit, max: Math.ceil(config.rateLimit.max / 6) },
        },
        schema: {
          tags: ['session'],
          summary: '確認コードの再送・パスワード再設定',
          body: CodeRequest,
          response: { 202: CodeResponse },
        },
      },
      async (request, reply) => {
        const { login, purpose } = request.body;
        const account = await findAccountByLogin(deps.db, deps.keyring, login);
        const wanted = purpose === 'verify' ? 'unverified' : 'active';
        if (account?.kind === 'applicant' && account.status === wanted && account.email !== null) {
          await sendCode(request, account.id, purpose);
        }
        return reply.code(202).send({ expiresAt: codeExpiry(deps) });
      },
    );

    app.post(
      '/api/applicants/password',
      {
        config,
        schema: {
          tags: ['session'],
          summary: 'パスワードの再設定',
          body: ResetPasswordRequest,
          response: { 200: SessionResponse },
        },
      },
      async (request, reply) => {
        const { login, code, password } = request.body;
        const known = await findAccountByLogin(deps.db, deps.keyring, login);
        // Before the code is used up: it must still be good for a better password.
        checkPassword(password, known ?? { login, name: '' });
        const account = await redeem(login, 'reset', code);
        await audit(request, deps, { action: 'passwordReset', subject: { kind: 'account', id: account.id } });
        await setPassword(deps.db, account.id, password);
        await endOtherSessions(deps.db, account.id);
        return enter(request, reply, account.id);
      },
    );

    async function redeem(login: string, purpose: CodePurpose, code: string): Promise<AccountRecord> {
      const account = await findAccountByLogin(deps.db, deps.keyring, login);
      const wanted = purpose === 'verify' ? 'unverified' : 'active';
      const right =
        account?.kind === 'applicant' &&
        account.status === wanted &&
        (await redeemCode(deps.db, deps.config.sessionSecret, account.id, purpose, code));
      if (!right) {
        throw new ProblemError('wrongCode', { errors: [{ path: 'code', message: words.codeWrong }] });
      }
      return account;
    }

    async function enter(request: FastifyRequest, reply: FastifyReply, id: string): Promise<SessionResponse> {
      const account = await getAccount(deps.db, deps.keyring, id);
      if (!account) throw new ProblemError('internal');
      const auth = await signIn(reply, deps, account);
      await audit(request, deps, { actor: auth.actor, action: 'signIn', subject: { kind: 'account', id } });
      await recordSignIn(deps.db, id, deps.now());
      return sessionResponse(auth);
    }

    async function sendCode(request: FastifyRequest, id: string, purpose: CodePurpose): Promise<void> {
      const account = await getAccount(deps.db, deps.keyring, id);
      if (!account || account.email === null) return;
      const code = await issueCode(deps.db, deps.config.sessionSecret, id, purpose);
      await audit(request, deps, {
        action: 'codeSent',
        subject: { kind: 'account', id },
        detail: { purpose },
      });
      await send(account.email, { type: purpose, code }, account);
    }

    async function send(to: string, kind: CodeMailKind, account: AccountRecord): Promise<void> {
      try {
        await deps.mailer.send(to, kind, account.locale);
      } catch (error) {
        throw new ProblemError('mailUnavailable', { cause: error, retryAfterSeconds: 60 });
      }
    }
  };

type SignUpBody = {
  email?: string | undefined;
  loginId?: string | undefined;
  password: string;
  name: string;
  phone: string;
  locale: AccountRecord['locale'];
};

function codeExpiry(deps: ApiDeps): string {
  return new Date(deps.now().getTime() + CODE_MINUTES * 60_000).toISOString();
}
