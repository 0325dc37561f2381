/** How many calls were made, by app: kintone counts them a day, and whoever uses it wants to know what a piece of work costs. */
import type { FastifyInstance } from 'fastify';
import type { Params } from './params.ts';
import { isObject, plainText } from './params.ts';

export interface Usage {
  /** Empty for calls that are not about one app. */
  app: string;
  call: string;
  count: number;
}

export class RequestCounts {
  private readonly counts = new Map<string, Usage>();

  /** Notes one request; a bulkRequest counts once, for the app of its first part. */
  note(call: string, params: Params): void {
    const [first] = Array.isArray(params.raw['requests']) ? (params.raw['requests'] as unknown[]) : [];
    const payload = isObject(first) && isObject(first['payload']) ? first['payload'] : params.raw;
    const app = plainText(payload['app']);
    const key = `${app} ${call}`;
    const usage = this.counts.get(key) ?? { app, call, count: 0 };
    this.counts.set(key, { ...usage, count: usage.count + 1 });
  }

  /** The counts since the start or the last reset. */
  list(): Usage[] {
    return [...this.counts.values()];
  }

  reset(): void {
    this.counts.clear();
  }
}

/** `GET /_stand-in/requests` lists the counts, `DELETE` begins anew. */
export function registerUsage(server: FastifyInstance, counts: RequestCounts): void {
  server.get('/_stand-in/requests', async () => ({ requests: counts.list() }));
  server.delete('/_stand-in/requests', async () => {
    counts.reset();
    return {};
  });
}
