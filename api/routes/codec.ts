import proto from '@temporalio/proto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { audit } from '../plugins/session.ts';
import { ProblemError } from '../problems.ts';

const PayloadProto = proto.temporal.api.common.v1.Payload;

/** Payloads as Temporal's web UI sends them: proto3 JSON, bytes in base64. */
const Payloads = z.object({
  payloads: z.array(
    z.object({ metadata: z.record(z.string(), z.string()).optional(), data: z.string().optional() }),
  ),
});

type JsonPayload = z.output<typeof Payloads>['payloads'][number];

const fromJson = ({ metadata = {}, data = '' }: JsonPayload) =>
  PayloadProto.fromObject({
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([key, value]) => [key, Buffer.from(value, 'base64')]),
    ),
    data: Buffer.from(data, 'base64'),
  });

const toJson = (payload: {
  metadata?: Record<string, Uint8Array> | null;
  data?: Uint8Array | null;
}): JsonPayload => ({
  metadata: Object.fromEntries(
    Object.entries(payload.metadata ?? {}).map(([key, value]) => [
      key,
      Buffer.from(value).toString('base64'),
    ]),
  ),
  data: Buffer.from(payload.data ?? []).toString('base64'),
});

/**
 * Temporal's codec server: lets supervisors read encrypted payloads in Temporal's web UI, with their own session here, and only
 * from the origins that are configured (design 5). Decoding only: nothing needs the UI to encode.
 */
export const codecRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { codec } = deps;
    if (!codec) return;
    const allow = (origin: string | undefined) =>
      origin !== undefined && codec.origins.includes(origin) ? origin : null;

    app.addHook('onRequest', async (request, reply) => {
      const origin = allow(request.headers.origin);
      if (origin === null) return;
      void reply
        .header('access-control-allow-origin', origin)
        .header('access-control-allow-credentials', 'true')
        .header('access-control-allow-headers', 'content-type, x-namespace')
        .header('vary', 'origin');
    });

    app.options('/api/codec/decode', { config: { access: 'public', csrf: false } }, (_request, reply) =>
      reply.code(204).send(),
    );

    app.post(
      '/api/codec/decode',
      {
        config: { access: ['leader', 'ward'], csrf: false },
        schema: {
          tags: ['operations'],
          summary: 'Temporal の画面での復号',
          body: Payloads,
          response: { 200: Payloads },
        },
      },
      async (request) => {
        // Without the token of our own screens, the origin has to be the configured one.
        if (allow(request.headers.origin) === null) throw new ProblemError('csrf');
        await audit(request, deps, { action: 'read', detail: { codec: request.body.payloads.length } });
        const decoded = await codec.codec.decode(request.body.payloads.map(fromJson));
        return { payloads: decoded.map(toJson) };
      },
    );
  };
