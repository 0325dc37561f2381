import { useState } from 'react';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import type { CodeResponse, SessionResponse } from '../../../api/contract/index.ts';
import {
  BackLink,
  Button,
  Disclosure,
  ErrorSummary,
  PageTitle,
  TextField,
  useToast,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, formatTime, toHalfWidth, useDocumentTitle, useForm } from '../../lib/index.ts';
import { useSession } from '../session.tsx';
import { safeNext } from '../shared/ids.ts';
import { problemText, translated } from '../shared/problems.ts';
import { account as m } from '../texts/account.ts';
import { common } from '../texts/common.ts';

interface Arrival {
  login?: string;
  expiresAt?: string;
}

/** The code of six digits that confirms a mail address. */
export function Component() {
  const i18n = useI18n();
  const { t, s } = i18n;
  const session = useSession();
  const toast = useToast();
  const [search] = useSearchParams();
  const arrival = (useLocation().state ?? {}) as Arrival;
  const [expiresAt, setExpiresAt] = useState(arrival.expiresAt);
  const [sending, setSending] = useState(false);
  const known = arrival.login !== undefined;
  const form = useForm({
    initial: { login: arrival.login ?? '', code: '' },
    validate: (v) => ({
      ...(v.login.trim() === '' && { login: s(m.loginMissing) }),
      ...(!/^\d{6}$/u.test(toHalfWidth(v.code).trim()) && { code: s(m.codeWrong) }),
    }),
    onSubmit: async (v) => {
      const body = { login: v.login.trim(), code: toHalfWidth(v.code).trim() };
      try {
        session.signedIn(await api.post<SessionResponse>('applicants/verify', body));
      } catch (error) {
        throw translated(error, i18n);
      }
    },
  });
  useDocumentTitle(s(m.verifyTitle), { hasErrors: form.summary.length > 0, errorWord: s(common.errorWord) });
  if (session.account) return <Navigate to={safeNext(search.get('next'))} replace />;
  const resend = async () => {
    setSending(true);
    try {
      const answer = await api.post<CodeResponse>('applicants/code', {
        login: form.values.login.trim(),
        purpose: 'verify',
      });
      setExpiresAt(answer.expiresAt);
      toast.show(t(m.resent), { tone: 'success' });
    } catch (error) {
      toast.show(problemText(error, i18n), { tone: 'error' });
    } finally {
      setSending(false);
    }
  };
  return (
    <div className="measure">
      <BackLink to="/register" />
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <PageTitle
        lead={
          known && (
            <p>
              {t(m.verifyLead, { login: <b>{arrival.login}</b> })}
              {expiresAt !== undefined && <> {t(m.codeUntil, { time: formatTime(expiresAt) })}</>}
            </p>
          )
        }
      >
        {t(m.verifyTitle)}
      </PageTitle>
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-8">
        {!known && (
          <TextField
            {...form.field('login')}
            label={t(m.email)}
            required
            hideMark
            type="email"
            autoComplete="email"
          />
        )}
        <TextField
          {...form.field('code')}
          label={t(m.code)}
          required
          hideMark
          width={10}
          inputMode="numeric"
          autoComplete="one-time-code"
          normalize={(value) => toHalfWidth(value).trim()}
        />
        <div className="flex flex-col gap-4 sm:flex-row">
          <Button type="submit" size="lg" busy={form.submitting}>
            {t(m.doVerify)}
          </Button>
          <Button variant="outline" size="lg" busy={sending} onClick={() => void resend()}>
            {t(m.resend)}
          </Button>
        </div>
      </form>
      <div className="mt-8">
        <Disclosure summary={t(m.noMail)}>
          <p>{t(m.noMailBody)}</p>
        </Disclosure>
      </div>
    </div>
  );
}
