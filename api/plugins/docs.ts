import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';

/** OpenAPI from the routes' own schemas: at `/api/openapi.json`, readable at `/api/docs`. */
export async function addDocs(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '新BOP学童クラブ利用手続きシステム API',
        description:
          'エラーは RFC 9457 (application/problem+json)。文は Accept-Language（ja・ja-easy・en）の言語。変更系の呼び出しには x-csrf-token が必要。',
        version: '0.1.0',
      },
      servers: [{ url: deps.config.http.publicUrl }],
      tags: [
        { name: 'session', description: 'ログイン・利用登録' },
        { name: 'applicant', description: '申請者' },
        { name: 'staff', description: '職員' },
        { name: 'operations', description: '運用' },
      ],
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-session' } },
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list', deepLinking: true },
  });
}

/** The route of the document; added last, so that it has all the others. */
export function addOpenApiRoute(app: FastifyInstance): void {
  app.get(
    '/api/openapi.json',
    { config: { access: 'public' }, schema: { hide: true, response: { 200: z.looseObject({}) } } },
    async () => app.swagger() as unknown as Record<string, unknown>,
  );
}
