import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import { ProblemError } from '../problems.ts';

/** Calls a minute: by account once signed in, else by address (families behind one address share it). */
export const REQUESTS_PER_MINUTE = 1200;
/** Calls that try passwords or codes, or that send mails, by address. */
export const SENSITIVE_LIMIT = { max: 60, timeWindow: '1 minute' } as const;

/** Headers, cookies and limits for every route. */
export async function addSecurity(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  const https = deps.config.http.publicUrl.startsWith('https://');
  await app.register(cookie);
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'none'"],
        'connect-src': ["'self'"],
        'font-src': ["'self'", 'data:', 'blob:'],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'img-src': ["'self'", 'blob:', 'data:'],
        'object-src': ["'none'"],
        // pdf.js decodes some images with WebAssembly.
        'script-src': ["'self'", "'wasm-unsafe-eval'"],
        // React sets positions of popovers in style attributes; style sheets are our own files.
        'style-src': ["'self'"],
        'style-src-attr': ["'unsafe-inline'"],
        'worker-src': ["'self'", 'blob:'],
        ...(https ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
  await app.register(rateLimit, {
    global: true,
    max: deps.limits?.requestsPerMinute ?? REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    keyGenerator: (request: FastifyRequest) => request.auth?.account.id ?? request.ip,
    allowList: (request: FastifyRequest) => !request.url.startsWith('/api/'),
    errorResponseBuilder: (_request, context) =>
      new ProblemError('tooMany', { retryAfterSeconds: Math.ceil(context.ttl / 1000) }),
  });
  app.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    void reply.header('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=()');
    // Answers hold personal data: no browser or proxy keeps them.
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) {
      void reply.header('cache-control', 'no-store');
    }
  });
}

/** The limit of a sensitive route; counted apart from the others, by address. */
export function sensitive(deps: ApiDeps) {
  return {
    rateLimit: {
      ...SENSITIVE_LIMIT,
      max: deps.limits?.sensitivePerMinute ?? SENSITIVE_LIMIT.max,
      keyGenerator: (request: FastifyRequest) => request.ip,
    },
  };
}
