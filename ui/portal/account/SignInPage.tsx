import { Navigate, useNavigate, useSearchParams } from 'react-router';
import type { SessionResponse, SignInRequest } from '../../../api/contract/index.ts';
import { Button, ErrorSummary, PageTitle, TextField, TextLink } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, ApiProblem, useDocumentTitle, useForm } from '../../lib/index.ts';
import { useSession } from '../session.tsx';
import { safeNext } from '../shared/ids.ts';
import { PasswordField } from '../shared/PasswordField.tsx';
import { translated } from '../shared/problems.ts';
import { account as m } from '../texts/account.ts';
import { common } from '../texts/common.ts';

/** Signing in; goes on to where the person wanted to go. */
export function Component() {
  const i18n = useI18n();
  const { t, s } = i18n;
  const session = useSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const query = search.get('next') === null ? '' : `?${search.toString()}`;
  const form = useForm<SignInRequest>({
    initial: { login: '', password: '' },
    validate: (v) => ({
      ...(v.login.trim() === '' && { login: s(m.loginMissing) }),
      ...(v.password === '' && { password: s(m.passwordMissing) }),
    }),
    onSubmit: async (v) => {
      try {
        session.signedIn(await api.post<SessionResponse>('session', v));
      } catch (error) {
        if (!(error instanceof ApiProblem && error.code === 'unverified')) throw translated(error, i18n);
        // Right password, address not confirmed yet: a fresh code, and on with the registration.
        await api
          .post('applicants/code', { login: v.login.trim(), purpose: 'verify' })
          .catch(() => undefined);
        await navigate(`/register/verify${query}`, { state: { login: v.login.trim() } });
      }
    },
  });
  useDocumentTitle(s(m.signInTitle), { hasErrors: form.summary.length > 0, errorWord: s(common.errorWord) });
  if (session.account) return <Navigate to={safeNext(search.get('next'))} replace />;
  return (
    <div className="measure">
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <PageTitle>{t(m.signInTitle)}</PageTitle>
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-8">
        <TextField
          {...form.field('login')}
          label={t(m.login)}
          required
          hideMark
          autoComplete="username"
          inputMode="email"
        />
        <PasswordField {...form.field('password')} label={t(m.password)} required hideMark />
        <div>
          <Button type="submit" size="lg" busy={form.submitting} className="w-full sm:w-auto">
            {t(common.signIn)}
          </Button>
        </div>
      </form>
      <div className="mt-8 flex flex-col gap-3">
        <p>
          <TextLink to="/password">{t(m.forgot)}</TextLink>
        </p>
        <p>
          {t(m.noAccount)} <TextLink to={`/register${query}`}>{t(common.register)}</TextLink>
        </p>
      </div>
    </div>
  );
}
