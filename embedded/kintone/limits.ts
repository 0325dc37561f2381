/** kintone's limit of requests at one time over the whole domain. */
import type { FastifyInstance } from 'fastify';
import { errors } from './errors.ts';

/** Counts requests under way; what goes over the limit is refused with 429. */
export function registerConcurrencyLimit(server: FastifyInstance, limit: number): void {
  let running = 0;
  server.addHook('onRequest', async (_request, reply) => {
    running += 1;
    reply.raw.once('close', () => {
      running -= 1;
    });
    reply.header('X-ConcurrencyLimit-Limit', limit);
    reply.header('X-ConcurrencyLimit-Running', Math.min(running, limit));
    if (running > limit) {
      const error = errors.tooManyRequests();
      reply.header('X-Cybozu-Error', error.code);
      throw error;
    }
  });
}
