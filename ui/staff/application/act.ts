import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { ActResponse, StaffActionInput } from '../../../api/contract/index.ts';
import { ApiProblem, api } from '../../lib/index.ts';
import { newId } from '../lib/ids.ts';

/** Pauses before the same action is sent again by itself, in milliseconds. */
const PAUSES = [1000, 3000];

/** Was it perhaps done all the same? Then only the same `actionId` may be sent again. */
export function isUnconfirmed(error: unknown): boolean {
  return error instanceof ApiProblem && (error.isNetwork || error.status >= 500);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/**
 * Sends one action, again and again with the same id while it is not known whether it arrived: the server does it once.
 * @throws ApiProblem when it was refused, or when it is still not known after the last try
 */
export async function sendAction(
  applicationId: string,
  actionId: string,
  action: StaffActionInput,
  pauses: readonly number[] = PAUSES,
): Promise<ActResponse> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await api.post<ActResponse>(`staff/applications/${applicationId}/actions`, { actionId, action });
    } catch (error) {
      const ms = pauses[attempt];
      if (ms === undefined || !isUnconfirmed(error)) throw error;
      await pause(ms);
    }
  }
}

export type Act = (action: StaffActionInput) => Promise<ActResponse>;

/**
 * Does something to an application. The id of an action is kept until its outcome is known, so that pressing the button
 * again after a lost connection does nothing twice. Afterwards everything that shows the application is loaded again.
 */
export function useAct(applicationId: string): Act {
  const client = useQueryClient();
  const ids = useRef(new Map<string, string>());
  return useCallback(
    async (action) => {
      const content = JSON.stringify(action);
      const actionId = ids.current.get(content) ?? newId();
      ids.current.set(content, actionId);
      try {
        const answer = await sendAction(applicationId, actionId, action);
        ids.current.delete(content);
        return answer;
      } catch (error) {
        if (!isUnconfirmed(error)) ids.current.delete(content);
        throw error;
      } finally {
        void client.invalidateQueries({ queryKey: ['queues'] });
        void client.invalidateQueries({ queryKey: ['list'] });
        await client.invalidateQueries({ queryKey: ['application', applicationId] }).catch(() => undefined);
      }
    },
    [applicationId, client],
  );
}
