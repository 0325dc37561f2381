/**
 * Faults on demand, for tests of those who use kintone: what kintone does when it is overloaded, under maintenance, slow, or when
 * the connection breaks after it has saved. Off unless the server was started with faults enabled.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { errorBody, errors } from './errors.ts';
import { methodOf } from './http.ts';

const faultSchema = z.strictObject({
  /** HTTP method (after an override); any where absent. */
  method: z.string().optional(),
  /** Part of the path, e.g. `records.json`; any where absent. */
  path: z.string().optional(),
  /** How many requests it strikes; without end where absent. */
  count: z.int().min(1).optional(),
  /** How many matching requests pass first. */
  skip: z.int().min(0).default(0),
  kind: z.enum([
    'too-many-requests',
    'maintenance',
    'lock',
    'slow',
    'slow-after',
    'drop-before',
    'drop-after',
  ]),
  /** How long a slow answer takes: `slow` before anything is done, `slow-after` once it is saved. */
  delayMs: z.int().min(0).max(600_000).default(1000),
});

/** A fault as it is asked for. */
export type Fault = z.input<typeof faultSchema>;

interface ArmedFault extends z.output<typeof faultSchema> {
  id: number;
  struck: number;
}

/** The faults that wait for a request. */
export class Faults {
  private armed: ArmedFault[] = [];
  private nextId = 1;
  private readonly dropping = new WeakSet<FastifyRequest>();
  private readonly holding = new WeakMap<FastifyRequest, number>();

  /** Arms a fault; gives back its id. */
  add(fault: Fault): number {
    const id = this.nextId++;
    this.armed.push({ ...faultSchema.parse(fault), id, struck: 0 });
    return id;
  }

  clear(): void {
    this.armed = [];
  }

  list(): readonly ArmedFault[] {
    return this.armed;
  }

  private take(method: string, path: string): ArmedFault | undefined {
    for (const fault of this.armed) {
      if (fault.method && fault.method.toUpperCase() !== method) continue;
      if (fault.path && !path.includes(fault.path)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      if (fault.count !== undefined && fault.struck >= fault.count) continue;
      fault.struck += 1;
      return fault;
    }
    return undefined;
  }

  /** Lets armed faults strike the requests of a server. */
  register(server: FastifyInstance): void {
    server.addHook('onRequest', async (request, reply) => {
      const fault = this.take(methodOf(request), request.url);
      if (!fault) return;
      if (fault.kind === 'slow') await delay(fault.delayMs);
      else if (fault.kind === 'slow-after') this.holding.set(request, fault.delayMs);
      else if (fault.kind === 'drop-before') {
        // Nothing of the request is done.
        reply.hijack();
        request.raw.socket.destroy();
      } else if (fault.kind === 'drop-after') this.dropping.add(request);
      else await refuse(fault.kind, reply);
    });
    server.addHook('onSend', async (request, _reply, payload) => {
      if (this.dropping.has(request)) request.raw.socket.destroy();
      const held = this.holding.get(request);
      if (held !== undefined) await delay(held, undefined, { ref: false });
      return payload;
    });
  }
}

async function refuse(
  kind: 'too-many-requests' | 'maintenance' | 'lock',
  reply: FastifyReply,
): Promise<void> {
  if (kind === 'maintenance') {
    await reply.code(503).type('text/plain; charset=utf-8').send('Service Unavailable');
    return;
  }
  const error = kind === 'lock' ? errors.lockFailed() : errors.tooManyRequests();
  if (kind === 'too-many-requests') reply.header('X-Cybozu-Error', error.code);
  await reply.code(error.status).send(errorBody(error, 'ja'));
}

/** The control endpoint, apart from kintone's own paths: `POST /_stand-in/faults`, `GET`, `DELETE`. */
export function registerFaultControl(server: FastifyInstance, faults: Faults): void {
  server.post('/_stand-in/faults', async (request, reply) => {
    const parsed = faultSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ message: z.prettifyError(parsed.error) });
    return { id: faults.add(request.body as Fault) };
  });
  server.get('/_stand-in/faults', async () => ({ faults: faults.list() }));
  server.delete('/_stand-in/faults', async () => {
    faults.clear();
    return {};
  });
}
