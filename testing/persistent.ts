import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, type ApiClient } from '../embedded/demo/client.ts';

/** Repeats what the person would: the same call with the same id, until it is answered. */
export async function untilConfirmed<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      const unconfirmed = !(error instanceof ApiError) || error.status >= 500;
      if (!unconfirmed || tries > 20) throw error;
      await delay(300);
    }
  }
}

/** A client whose calls are repeated by the same ids, as the screens do. */
export function persistent(client: ApiClient): ApiClient {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      if (property === 'act') {
        return (...[id, action, actionId = randomUUID()]: Parameters<ApiClient['act']>) =>
          untilConfirmed(() => target.act(id, action, actionId));
      }
      if (property === 'answer') {
        return (id: string, body: Record<string, unknown>) => {
          const answerId = randomUUID();
          return untilConfirmed(() => target.answer(id, { answerId, ...body }));
        };
      }
      if (['open', 'mine', 'upload'].includes(String(property))) {
        return (...args: unknown[]) =>
          untilConfirmed(() => (value as (...a: unknown[]) => Promise<unknown>).apply(target, args));
      }
      return value.bind(target) as unknown;
    },
  });
}
