import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { KINTONE_BOOKS } from '../../domain/application/kintone-changes.ts';
import { keepSuspect, noteWebhook } from '../../store/kintone.ts';
import { Nothing } from '../contract/common.ts';
import { KintoneWebhook } from '../contract/kintone.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';

/** kintone sends up to a megabyte. */
const BODY_LIMIT = 2 * 1024 * 1024;

/** The apps whose records are compared with what was written there. */
const isCompared = (key: string) =>
  key.startsWith('application_') || (KINTONE_BOOKS as readonly string[]).includes(key);

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Where kintone tells that somebody changed a record. kintone signs nothing, so the address itself is the secret, and what it
 * tells is a hint only: which record to look at. What the record says is read from kintone itself.
 */
export const kintoneWebhookRoutes =
  (deps: ApiDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { webhookSecret, appIds = {} } = deps.config.kintone ?? {};
    if (webhookSecret === undefined) return;
    const expected = digest(webhookSecret);
    const keys = new Map(Object.entries(appIds).map(([key, id]) => [id, key]));
    app.post(
      '/api/kintone/webhook/:secret',
      {
        config: { access: 'public', csrf: false, passive: true },
        bodyLimit: BODY_LIMIT,
        schema: {
          tags: ['operations'],
          summary: 'kintone の Webhook の受け口',
          params: z.object({ secret: z.string().max(200) }),
          body: KintoneWebhook,
          response: { 204: Nothing },
        },
      },
      async (request, reply) => {
        if (!timingSafeEqual(digest(request.params.secret), expected)) throw notFound();
        const { type, app: told, record = {}, recordId, deletedBy } = request.body;
        const key = keys.get(told.id);
        const of = (name: string) => Object.values(record).find((field) => field.type === name)?.value;
        const modifier = of('MODIFIER') as { name?: unknown } | undefined;
        const id = recordId ?? of('__ID__');
        if (key !== undefined) {
          await noteWebhook(deps.db, key);
          // The others hold what nobody else is told of.
          if (isCompared(key) && typeof id === 'string' && /^\d{1,18}$/u.test(id)) {
            const by = deletedBy?.name ?? (typeof modifier?.name === 'string' ? modifier.name : null);
            await keepSuspect(deps.db, deps.keyring, { app: key, recordId: id, event: type, by });
          }
        }
        return reply.code(204).send(null);
      },
    );
  };
