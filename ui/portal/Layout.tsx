import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, Outlet } from 'react-router';
import {
  Footer,
  Main,
  PortalHeader,
  SessionTimeoutWarning,
  SkipLink,
  useToast,
} from '../components/index.ts';
import { useI18n } from '../i18n/index.tsx';
import { RouteFocus, useLiveUpdates } from '../lib/index.ts';
import { WithReadings } from './reading/Written.tsx';
import { SignInAgain } from './account/SignInAgain.tsx';
import { SessionProvider, useSession } from './session.tsx';
import { Office } from './shared/Office.tsx';
import { problemText } from './shared/problems.ts';
import { common } from './texts/common.ts';

/** What surrounds every page of the portal: header, footer, session, live updates. */
export function Component() {
  return (
    <SessionProvider>
      <WithReadings>
        <Frame />
      </WithReadings>
    </SessionProvider>
  );
}

function Frame() {
  const i18n = useI18n();
  const { t } = i18n;
  const session = useSession();
  const navigate = useNavigate();
  const toast = useToast();
  const { account, expired } = session;
  const leave = async () => {
    try {
      await session.signOut();
      await navigate('/');
      toast.show(t(common.signedOut), { tone: 'success' });
    } catch (error) {
      toast.show(problemText(error, i18n), { tone: 'error' });
    }
  };
  const nav = account
    ? [
        { to: '/applications', label: t(common.myApplications) },
        { to: '/account', label: t(common.account) },
        { to: '/help', label: t(common.help) },
      ]
    : [
        { to: '/sign-in', label: t(common.signIn) },
        { to: '/register', label: t(common.register) },
        { to: '/help', label: t(common.help) },
      ];
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <RouteFocus />
      <PortalHeader
        serviceName={t(common.service)}
        nav={nav}
        {...(account
          ? { account: { name: account.name, onSignOut: () => void leave(), to: '/account' } }
          : {})}
      />
      <Main>
        {/* Without a session nobody shall read on; what was entered stays in memory until the person is back. */}
        <div hidden={expired}>
          <Outlet />
        </div>
      </Main>
      <Footer links={[{ to: '/help', label: t(common.help) }]}>
        <div className="text-dns-16N-130 flex flex-col gap-1">
          <Office />
        </div>
      </Footer>
      {account && !expired && <Live />}
      {account && !expired && (
        <SessionTimeoutWarning
          expiresAt={session.expiresAt}
          onContinue={session.extend}
          onSignOut={() => void leave()}
          onExpired={session.markExpired}
          signInTo="/sign-in"
          keepsDraft
        />
      )}
      {account && expired && <SignInAgain account={account} />}
    </div>
  );
}

/** What others do with one's applications appears without reloading. */
function Live() {
  const queryClient = useQueryClient();
  useLiveUpdates('/api/live', () => void queryClient.invalidateQueries({ queryKey: ['applications'] }), {
    events: ['application', 'resync'],
  });
  return null;
}
