import { Navigate, useNavigate, useSearchParams } from 'react-router';
import type { SignUpRequest, SignUpResponse } from '../../../api/contract/index.ts';
import {
  Button,
  ErrorSummary,
  PageTitle,
  PhoneField,
  RadioGroup,
  TextField,
  TextLink,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, toDialable, toHalfWidth, useDocumentTitle, useForm } from '../../lib/index.ts';
import { useSession } from '../session.tsx';
import { safeNext } from '../shared/ids.ts';
import { PASSWORD_MIN, PasswordField } from '../shared/PasswordField.tsx';
import { translated } from '../shared/problems.ts';
import { account as m } from '../texts/account.ts';
import { common } from '../texts/common.ts';

interface Values {
  way: '' | 'mail' | 'id';
  email: string;
  loginId: string;
  password: string;
  name: string;
  phone: string;
}

const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/u;
const LOGIN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{5,39}$/u;
const PHONE = /^0\d{1,4}-?\d{1,4}-?\d{3,4}$/u;

/** A new account: with a mail address and a code, or without one by a login id of one's own. */
export function Component() {
  const i18n = useI18n();
  const { t, s, language } = i18n;
  const session = useSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const query = search.get('next') === null ? '' : `?${search.toString()}`;
  const form = useForm<Values>({
    initial: { way: '', email: '', loginId: '', password: '', name: '', phone: '' },
    validate: (v) => ({
      ...(v.way === '' && { way: s(m.wayMissing) }),
      ...(v.way === 'mail' && !EMAIL.test(v.email.trim()) && { email: s(m.emailWrong) }),
      ...(v.way === 'id' && !LOGIN_ID.test(v.loginId.trim()) && { loginId: s(m.loginIdWrong) }),
      ...(Array.from(v.password).length < PASSWORD_MIN && {
        password: s(m.passwordShort, { min: PASSWORD_MIN }),
      }),
      ...(v.name.trim() === '' && { name: s(m.nameMissing) }),
      ...(!PHONE.test(toDialable(v.phone)) && { phone: s(m.phoneWrong) }),
    }),
    onSubmit: async (v) => {
      const body: SignUpRequest = {
        ...(v.way === 'mail' ? { email: v.email.trim() } : { loginId: v.loginId.trim() }),
        password: v.password,
        name: v.name.trim(),
        phone: toDialable(v.phone),
        locale: language,
      };
      try {
        const answer = await api.post<SignUpResponse>('applicants', body);
        if (answer.status === 'active') session.signedIn(answer.session);
        else {
          await navigate(`/register/verify${query}`, {
            state: { login: answer.login, expiresAt: answer.expiresAt },
          });
        }
      } catch (error) {
        throw translated(error, i18n);
      }
    },
  });
  useDocumentTitle(s(m.registerTitle), {
    hasErrors: form.summary.length > 0,
    errorWord: s(common.errorWord),
  });
  if (session.account) return <Navigate to={safeNext(search.get('next'))} replace />;
  return (
    <div className="measure">
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <PageTitle lead={<p>{t(m.registerLead)}</p>}>{t(m.registerTitle)}</PageTitle>
      <p className="mb-8">
        {t(m.hasAccount)} <TextLink to={`/sign-in${query}`}>{t(common.signIn)}</TextLink>
      </p>
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-8">
        <RadioGroup
          {...form.field('way')}
          label={t(m.way)}
          required
          boxed
          options={[
            { value: 'mail', label: t(m.wayMail), hint: t(m.wayMailHint) },
            { value: 'id', label: t(m.wayId), hint: t(m.wayIdHint) },
          ]}
        />
        {form.values.way === 'mail' && (
          <TextField
            {...form.field('email')}
            label={t(m.email)}
            hint={t(m.emailHint)}
            required
            type="email"
            autoComplete="email"
            normalize={(value) => toHalfWidth(value).trim()}
          />
        )}
        {form.values.way === 'id' && (
          <TextField
            {...form.field('loginId')}
            label={t(m.loginId)}
            hint={t(m.loginIdHint)}
            required
            autoComplete="username"
            normalize={(value) => toHalfWidth(value).trim()}
          />
        )}
        <PasswordField
          {...form.field('password')}
          label={t(m.password)}
          hint={t(m.passwordHint, { min: PASSWORD_MIN })}
          required
          fresh
        />
        <TextField
          {...form.field('name')}
          label={t(m.name)}
          hint={t(m.nameHint)}
          required
          autoComplete="name"
        />
        <PhoneField {...form.field('phone')} label={t(m.phone)} hint={t(m.phoneHint)} required />
        <div>
          <Button type="submit" size="lg" busy={form.submitting} className="w-full sm:w-auto">
            {t(m.doRegister)}
          </Button>
        </div>
      </form>
    </div>
  );
}
