import { useState } from 'react';
import type { Account, SessionResponse } from '../../../api/contract/index.ts';
import { Button, Dialog, NotificationBanner, TextField } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api } from '../../lib/index.ts';
import { useSession } from '../session.tsx';
import { PasswordField } from '../shared/PasswordField.tsx';
import { problemText } from '../shared/problems.ts';
import { account as m } from '../texts/account.ts';
import { common } from '../texts/common.ts';

/**
 * The session has ended while a page was open: signing in here goes on where the person was, with all that was entered. Somebody
 * else gets a fresh page.
 */
export function SignInAgain({ account }: { account: Account }) {
  const i18n = useI18n();
  const { t, s } = i18n;
  const session = useSession();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (busy) return;
    if (password === '') {
      setProblem(s(m.passwordMissing));
      return;
    }
    setBusy(true);
    try {
      session.signedIn(await api.post<SessionResponse>('session', { login: account.login, password }));
    } catch (error) {
      setProblem(problemText(error, i18n));
      setBusy(false);
    }
  };
  const otherPerson = () => {
    window.location.assign('/sign-in');
  };
  return (
    <Dialog open mustAnswer role="alertdialog" title={t(m.expiredTitle)} onClose={() => undefined}>
      <p>{t(m.expiredBody)}</p>
      {problem !== undefined && <NotificationBanner tone="error" title={problem} announce />}
      <form
        noValidate
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          id="again-login"
          label={t(m.login)}
          hideMark
          readOnly
          value={account.login}
          onChange={() => undefined}
          autoComplete="username"
        />
        <PasswordField
          id="again-password"
          label={t(m.password)}
          required
          hideMark
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" busy={busy}>
          {t(common.signIn)}
        </Button>
        <Button variant="text" onClick={otherPerson}>
          {t(m.otherPerson)}
        </Button>
      </form>
    </Dialog>
  );
}
