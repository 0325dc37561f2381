import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Account, SessionResponse } from '../../../api/contract/index.ts';
import type { Actor, Role, StaffRole } from '../../../domain/people/actor.ts';
import { STAFF_ROLES } from '../../../domain/people/actor.ts';
import { api } from '../../lib/index.ts';

export const SESSION_KEY = ['session'] as const;

/**
 * Who is signed in, and until when. Asking is no activity for the server, so it is asked again each minute: the end of the
 * session on screen is then never older than that.
 */
export function useSession() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => api.get<SessionResponse>('session', { signal }),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
}

const AccountContext = createContext<Account | undefined>(undefined);

export function AccountProvider({ account, children }: { account: Account; children: ReactNode }) {
  return <AccountContext value={account}>{children}</AccountContext>;
}

/** The person who is signed in. Only inside the pages that need somebody. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error('useAccount outside of the signed-in pages');
  return account;
}

function isStaffRole(role: Role): role is StaffRole {
  return STAFF_ROLES.some((one) => one === role);
}

/** The account as the domain's functions take it. An applicant's account is nobody here. */
export function actorOf(account: Account): Extract<Actor, { kind: 'staff' }> | undefined {
  if (!isStaffRole(account.role)) return undefined;
  const { place } = account;
  return {
    kind: 'staff',
    id: account.id,
    role: account.role,
    ...(place ? { place: { kind: place.kind, code: place.code } } : {}),
  };
}
