import { useState } from 'react';
import { Navigate } from 'react-router';
import type { SessionResponse } from '../../../api/contract/index.ts';
import { BackLink, Button, Disclosure, ErrorSummary, PageTitle, TextField } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, toHalfWidth, useDocumentTitle, useForm } from '../../lib/index.ts';
import { useSession } from '../session.tsx';
import { PASSWORD_MIN, PasswordField } from '../shared/PasswordField.tsx';
import { translated } from '../shared/problems.ts';
import { account as m } from '../texts/account.ts';
import { common } from '../texts/common.ts';

/** A forgotten password: a code by mail, then a new one. */
export function Component() {
  const i18n = useI18n();
  const { t, s } = i18n;
  const session = useSession();
  const [sent, setSent] = useState(false);
  const form = useForm({
    initial: { login: '', code: '', password: '' },
    validate: (v) => ({
      ...(v.login.trim() === '' && { login: s(m.loginMissing) }),
      ...(sent && !/^\d{6}$/u.test(toHalfWidth(v.code).trim()) && { code: s(m.codeWrong) }),
      ...(sent &&
        Array.from(v.password).length < PASSWORD_MIN && {
          password: s(m.passwordShort, { min: PASSWORD_MIN }),
        }),
    }),
    onSubmit: async (v) => {
      const login = v.login.trim();
      try {
        if (!sent) {
          await api.post('applicants/code', { login, purpose: 'reset' });
          setSent(true);
          return;
        }
        const body = { login, code: toHalfWidth(v.code).trim(), password: v.password };
        session.signedIn(await api.post<SessionResponse>('applicants/password', body));
      } catch (error) {
        throw translated(error, i18n);
      }
    },
  });
  useDocumentTitle(s(m.resetTitle), { hasErrors: form.summary.length > 0, errorWord: s(common.errorWord) });
  if (session.account) return <Navigate to="/applications" replace />;
  return (
    <div className="measure">
      <BackLink to="/sign-in" />
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <PageTitle
        lead={
          <p role="status">
            {sent ? t(m.resetSent, { login: <b>{form.values.login.trim()}</b> }) : t(m.resetLead)}
          </p>
        }
      >
        {t(m.resetTitle)}
      </PageTitle>
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-8">
        <TextField
          {...form.field('login')}
          label={t(m.login)}
          required
          hideMark
          readOnly={sent}
          autoComplete="username"
          inputMode="email"
        />
        {sent && (
          <>
            <TextField
              {...form.field('code')}
              label={t(m.code)}
              required
              hideMark
              width={10}
              inputMode="numeric"
              autoComplete="one-time-code"
            />
            <PasswordField
              {...form.field('password')}
              label={t(m.newPassword)}
              hint={t(m.passwordHint, { min: PASSWORD_MIN })}
              required
              hideMark
              fresh
            />
          </>
        )}
        <div className="flex flex-col gap-4 sm:flex-row">
          <Button type="submit" size="lg" busy={form.submitting}>
            {sent ? t(m.doReset) : t(m.sendCode)}
          </Button>
          {sent && (
            <Button variant="outline" size="lg" onClick={() => setSent(false)}>
              {t(m.resend)}
            </Button>
          )}
        </div>
      </form>
      {sent && (
        <div className="mt-8">
          <Disclosure summary={t(m.noMail)}>
            <p>{t(m.noMailBody)}</p>
          </Disclosure>
        </div>
      )}
    </div>
  );
}
