import { useNavigate } from 'react-router';
import type { SessionResponse } from '../../../api/contract/index.ts';
import {
  Button,
  DescriptionList,
  ErrorSummary,
  PageTitle,
  PhoneField,
  RadioGroup,
  TextField,
  useToast,
} from '../../components/index.ts';
import { LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, useI18n } from '../../i18n/index.tsx';
import { api, formatPhone, toDialable, useDocumentTitle, useForm } from '../../lib/index.ts';
import { useSession } from '../session.tsx';
import { PASSWORD_MIN, PasswordField } from '../shared/PasswordField.tsx';
import { problemText, translated } from '../shared/problems.ts';
import { moment } from '../shared/Marked.tsx';
import { account as m } from '../texts/account.ts';
import { common } from '../texts/common.ts';

/** One's account: language, name and phone, password, signing out. */
export function Component() {
  const i18n = useI18n();
  const { t, s, language, setLanguage } = i18n;
  const session = useSession();
  const { account } = session;
  const navigate = useNavigate();
  const toast = useToast();
  useDocumentTitle(s(m.accountTitle));
  if (!account) return null;
  const leave = async () => {
    try {
      await session.signOut();
      await navigate('/');
      toast.show(t(common.signedOut), { tone: 'success' });
    } catch (error) {
      toast.show(problemText(error, i18n), { tone: 'error' });
    }
  };
  const instant = (at: string | null) => (at === null ? t(m.none) : moment(at, language));
  return (
    <div className="measure flex flex-col gap-12">
      <div>
        <PageTitle>{t(m.accountTitle)}</PageTitle>
        <DescriptionList
          columns={2}
          items={[
            { key: 'login', term: t(m.login), description: account.login },
            { key: 'email', term: t(m.email), description: account.email ?? t(m.none) },
            { key: 'in', term: t(m.lastSignIn), description: instant(account.lastSignInAt) },
            { key: 'out', term: t(m.lastSignOut), description: instant(account.lastSignOutAt) },
          ]}
        />
      </div>
      <RadioGroup
        id="language"
        label={t(m.language)}
        hint={t(m.languageHint)}
        hideMark
        value={language}
        onChange={setLanguage}
        options={LANGUAGES.map((one) => ({
          value: one,
          label: <span lang={LANGUAGE_TAGS[one]}>{LANGUAGE_NAMES[one]}</span>,
        }))}
      />
      <Details key={account.id} />
      <ChangePassword />
      <div>
        <Button variant="outline" onClick={() => void leave()}>
          {t(common.signOut)}
        </Button>
      </div>
    </div>
  );
}

function Details() {
  const i18n = useI18n();
  const { t, s } = i18n;
  const session = useSession();
  const toast = useToast();
  const form = useForm({
    idPrefix: 'd',
    initial: { name: session.account?.name ?? '', phone: formatPhone(session.account?.phone ?? '') },
    validate: (v) => ({
      ...(v.name.trim() === '' && { name: s(m.nameMissing) }),
      ...(!/^0\d{1,4}-?\d{1,4}-?\d{3,4}$/u.test(toDialable(v.phone)) && { phone: s(m.phoneWrong) }),
    }),
    onSubmit: async (v) => {
      try {
        const body = { name: v.name.trim(), phone: toDialable(v.phone) };
        session.signedIn(await api.patch<SessionResponse>('session', body));
        toast.show(t(m.saved), { tone: 'success' });
      } catch (error) {
        throw translated(error, i18n);
      }
    },
  });
  return (
    <section>
      <h2 className="text-std-22B-150 mb-4">{t(m.yourData)}</h2>
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-6">
        <TextField {...form.field('name')} label={t(m.name)} required autoComplete="name" />
        <PhoneField {...form.field('phone')} label={t(m.phone)} required />
        <div>
          <Button type="submit" variant="outline" busy={form.submitting}>
            {t(m.save)}
          </Button>
        </div>
      </form>
    </section>
  );
}

function ChangePassword() {
  const i18n = useI18n();
  const { t, s } = i18n;
  const session = useSession();
  const toast = useToast();
  const form = useForm({
    idPrefix: 'p',
    initial: { current: '', password: '' },
    validate: (v) => ({
      ...(v.current === '' && { current: s(m.passwordMissing) }),
      ...(Array.from(v.password).length < PASSWORD_MIN && {
        password: s(m.passwordShort, { min: PASSWORD_MIN }),
      }),
    }),
    onSubmit: async (v) => {
      try {
        session.signedIn(await api.post<SessionResponse>('session/password', v));
        toast.show(t(m.passwordChanged), { tone: 'success' });
        form.reset({ current: '', password: '' });
      } catch (error) {
        throw translated(error, i18n);
      }
    },
  });
  return (
    <section>
      <h2 className="text-std-22B-150 mb-4">{t(m.changePassword)}</h2>
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-6">
        <PasswordField {...form.field('current')} label={t(m.presentPassword)} required />
        <PasswordField
          {...form.field('password')}
          label={t(m.newPassword)}
          hint={t(m.passwordHint, { min: PASSWORD_MIN })}
          required
          fresh
        />
        <div>
          <Button type="submit" variant="outline" busy={form.submitting}>
            {t(m.changePassword)}
          </Button>
        </div>
      </form>
    </section>
  );
}
