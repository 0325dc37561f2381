import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router';
import type { Account, SessionResponse } from '../../../api/contract/index.ts';
import { EXPORT_ROLES } from '../../../domain/exports/runs.ts';
import { ROLE_LABELS, seesAll } from '../../../domain/people/actor.ts';
import {
  Button,
  LoadError,
  Loading,
  NotificationBanner,
  SessionTimeoutWarning,
  SkipLink,
  StaffHeader,
} from '../../components/index.ts';
import { api, formatDateTime, onSessionExpired, RouteFocus } from '../../lib/index.ts';
import { LiveProvider, useLiveState } from './live.tsx';
import { QuickSearch } from './QuickSearch.tsx';
import { AccountProvider, SESSION_KEY, useSession } from './session.tsx';
import { ShortcutsProvider } from './shortcuts.tsx';

const SERVICE = '新BOP学童クラブ 審査事務';

/** Frame of every page for signed-in staff: who one is, where one can go, the end of the session. */
export function Component() {
  const session = useSession();
  const location = useLocation();
  const client = useQueryClient();

  useEffect(
    () =>
      onSessionExpired(() => {
        client.setQueryData<SessionResponse>(SESSION_KEY, {
          account: null,
          csrfToken: null,
          idleSeconds: null,
          expiresAt: null,
        });
      }),
    [client],
  );

  if (session.isPending) return <Loading />;
  if (session.isError) {
    return (
      <div className="page py-12">
        <LoadError error={session.error} onRetry={() => void session.refetch()} />
      </div>
    );
  }
  const { account } = session.data;
  const here = `${location.pathname}${location.search}`;
  if (!account) return <Navigate to={`/sign-in?next=${encodeURIComponent(here)}`} replace />;
  if (account.kind !== 'staff') return <NotStaff />;
  if (account.passwordTemporary && location.pathname !== '/password') {
    return <Navigate to="/password" replace />;
  }
  return (
    <AccountProvider account={account}>
      <LiveProvider>
        <ShortcutsProvider>
          <SkipLink />
          <RouteFocus />
          <div className="flex min-h-dvh flex-col">
            <Header account={account} />
            <LineIsDown />
            <Outlet />
          </div>
          <SessionEnd expiresAt={session.data.expiresAt} here={here} />
        </ShortcutsProvider>
      </LiveProvider>
    </AccountProvider>
  );
}

function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    try {
      await api.delete('session');
    } finally {
      client.clear();
      await navigate('/sign-in?signedOut=1');
    }
  };
}

function lastTimes({ lastSignInAt, lastSignOutAt }: Account): string | undefined {
  const parts = [
    lastSignInAt !== null && `前回のログイン ${formatDateTime(lastSignInAt)}`,
    lastSignOutAt !== null && `ログアウト ${formatDateTime(lastSignOutAt)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? '初めてのログインです' : parts.join('／');
}

function Header({ account }: { account: Account }) {
  const signOut = useSignOut();
  return (
    <StaffHeader
      serviceName={SERVICE}
      nav={[
        { to: '/', label: 'ホーム', end: true },
        { to: '/applications', label: '申請一覧' },
        { to: '/enrolments', label: '在籍', also: ['/year-change'] },
        ...(seesAll(account.role) ? [{ to: '/paper', label: '紙の申請' }] : []),
        ...(account.role === 'leader' || account.role === 'ward'
          ? [{ to: '/rounds', label: '受付回・決定・枠', also: ['/bulk-decisions', '/places'] }]
          : []),
        ...(EXPORT_ROLES.some((role) => role === account.role)
          ? [{ to: '/exports', label: 'データ出力' }]
          : []),
        { to: '/notices', label: '通知書' },
        ...(account.role === 'leader' || account.role === 'ward'
          ? [{ to: '/settings', label: '区の設定' }]
          : []),
        { to: '/password', label: 'パスワード変更' },
      ]}
      user={{
        name: account.name,
        role: ROLE_LABELS[account.role],
        ...(account.place ? { place: account.place.name } : {}),
      }}
      lastSignIn={lastTimes(account)}
      onSignOut={() => void signOut()}
      search={<QuickSearch wide={seesAll(account.role)} />}
    />
  );
}

function LineIsDown() {
  const state = useLiveState();
  return (
    <div role="status" className="no-print">
      {state === 'waiting' && (
        <p className="text-dns-14N-130 bg-yellow-100 px-4 py-1.5 text-center">
          ほかの人の操作を自動で受け取れていません。再接続しています…
        </p>
      )}
    </div>
  );
}

function SessionEnd({ expiresAt, here }: { expiresAt: string | null; here: string }) {
  const client = useQueryClient();
  const signOut = useSignOut();
  if (expiresAt === null) return null;
  return (
    <SessionTimeoutWarning
      expiresAt={expiresAt}
      keepsDraft
      signInTo={`/staff/sign-in?next=${encodeURIComponent(here)}`}
      onSignOut={() => void signOut()}
      onContinue={async () => {
        client.setQueryData(SESSION_KEY, await api.post<SessionResponse>('session/extend'));
      }}
    />
  );
}

function NotStaff() {
  const signOut = useSignOut();
  return (
    <div className="page py-12">
      <NotificationBanner
        tone="warning"
        title="この画面は職員用です"
        actions={<Button onClick={() => void signOut()}>ログアウトして、職員のIDでログインする</Button>}
      >
        <p>保護者のIDでログインしています。職員の画面を使うには、職員のIDでログインし直してください。</p>
      </NotificationBanner>
    </div>
  );
}
