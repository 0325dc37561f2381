import { createContext, useContext, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { LiveApplication } from '../../../api/contract/index.ts';
import { apiUrl, useLiveUpdates } from '../../lib/index.ts';
import type { LiveEvent, LiveState } from '../../lib/index.ts';
import { SESSION_KEY } from './session.tsx';

const LiveContext = createContext<LiveState>('connecting');

/** Whether what others do arrives by itself at present. */
export function useLiveState(): LiveState {
  return useContext(LiveContext);
}

function isLiveApplication(data: unknown): data is LiveApplication {
  return typeof data === 'object' && data !== null && 'applicationId' in data;
}

/** Lists are loaded again at most once in so many milliseconds, however much happens elsewhere. */
const LIST_PAUSE = 2000;

/** Listens to what changes on the server, and has what is on screen loaded again. Once, around all signed-in pages. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const refreshLists = () => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: ['queues'] });
      for (const queryKey of [['list'], ['round'], ['places']]) void client.invalidateQueries({ queryKey });
    }, LIST_PAUSE);
  };

  const receive = (event: LiveEvent) => {
    if (event.type === 'application' && isLiveApplication(event.data)) {
      void client.invalidateQueries({ queryKey: ['application', event.data.applicationId] });
      refreshLists();
      return;
    }
    if (event.type === 'bulk' || event.type === 'round') {
      void client.invalidateQueries({ queryKey: [event.type] });
      return;
    }
    if (event.type === 'signedOut') {
      void client.invalidateQueries({ queryKey: SESSION_KEY });
      return;
    }
    if (event.type === 'resync') {
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
    }
  };

  const state = useLiveUpdates(apiUrl('live'), receive, {
    events: ['application', 'bulk', 'round', 'signedOut', 'resync'],
  });
  return <LiveContext value={state}>{children}</LiveContext>;
}
