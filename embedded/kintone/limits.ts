/** kintone's limits of whole requests: how many at one time over the whole domain, and how long an address may be. */
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

const LONGEST_ADDRESS = 8 * 1024;

/** Refuses addresses of more than 8 KB, before anything is read of them: not as JSON, for kintone never sees them. */
export function registerAddressLimit(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (request.url.length <= LONGEST_ADDRESS) return;
    await reply
      .code(414)
      .type('text/html')
      .send('<html><body><h1>414 Request-URI Too Large</h1></body></html>');
  });
}
