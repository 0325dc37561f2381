import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Account, SessionResponse } from '../../api/contract/index.ts';
import { useI18n } from '../i18n/index.tsx';
import { api, onSessionExpired } from '../lib/index.ts';

const KEY = ['session'];
const NOBODY: SessionResponse = { account: null, csrfToken: null, idleSeconds: null, expiresAt: null };

interface SessionState {
  /** Who is signed in. Stays when the session ends by itself, so that a page keeps what was entered; see `expired`. */
  readonly account: Account | undefined;
  readonly expiresAt: string | undefined;
  /** The session of `account` has ended; a dialog asks to sign in again. */
  readonly expired: boolean;
  readonly loading: boolean;
  readonly error: unknown;
  readonly reload: () => void;
  /** Takes what a sign-in answered. */
  readonly signedIn: (session: SessionResponse) => void;
  readonly signOut: () => Promise<void>;
  readonly extend: () => Promise<void>;
  readonly markExpired: () => void;
}

const SessionContext = createContext<SessionState | undefined>(undefined);

/** Who is signed in, for all pages. Asks every minute, which keeps no session alive but learns of its end and of other tabs. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const { language, setLanguage } = useI18n();
  const { data, isPending, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<SessionResponse>('session', { signal }),
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
  const [last, setLast] = useState<Account>();
  const [lost, setLost] = useState(false);
  if (data?.account && data.account !== last) setLast(data.account);
  const gone = data !== undefined && data.account === null && last !== undefined;
  const expired = last !== undefined && (lost || gone);

  useEffect(() => onSessionExpired(() => setLost(true)), []);

  const signedIn = useCallback(
    (session: SessionResponse) => {
      queryClient.setQueryData(KEY, session);
      setLost(false);
      if (session.account) {
        setLast(session.account);
        void queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] });
      }
    },
    [queryClient],
  );
  const signOut = useCallback(async () => {
    await api.delete('session');
    queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] });
    setLast(undefined);
    setLost(false);
    queryClient.setQueryData(KEY, NOBODY);
  }, [queryClient]);
  const extend = useCallback(async () => {
    queryClient.setQueryData(KEY, await api.post<SessionResponse>('session/extend'));
  }, [queryClient]);
  const markExpired = useCallback(() => setLost(true), []);

  // The language a person chooses here is also that of their mails.
  const before = useRef(language);
  const ownLanguage = last?.locale;
  useEffect(() => {
    if (before.current === language) return;
    before.current = language;
    if (ownLanguage === undefined || ownLanguage === language) return;
    api.patch<SessionResponse>('session', { locale: language }).then(
      (session) => queryClient.setQueryData(KEY, session),
      () => undefined, // The page shows the language all the same; the next choice tries again.
    );
  }, [language, ownLanguage, queryClient]);
  // On a device where nothing was chosen yet the account's language counts.
  const accountId = last?.id;
  useEffect(() => {
    if (accountId === undefined || ownLanguage === undefined || hasChosenLanguage()) return;
    before.current = ownLanguage;
    setLanguage(ownLanguage);
    // Only when somebody signs in.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [accountId]);

  const state = useMemo<SessionState>(
    () => ({
      account: last,
      expiresAt: data?.expiresAt ?? undefined,
      expired,
      loading: isPending,
      error: data === undefined ? error : undefined,
      reload: () => void refetch(),
      signedIn,
      signOut,
      extend,
      markExpired,
    }),
    [last, data, expired, isPending, error, refetch, signedIn, signOut, extend, markExpired],
  );
  return <SessionContext value={state}>{children}</SessionContext>;
}

/** The session; only below the portal's layout. */
export function useSession(): SessionState {
  const state = useContext(SessionContext);
  if (!state) throw new Error('useSession outside of SessionProvider');
  return state;
}

function hasChosenLanguage(): boolean {
  try {
    return window.localStorage.getItem('language') !== null;
  } catch {
    return false;
  }
}
