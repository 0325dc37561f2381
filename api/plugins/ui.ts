import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import { sendProblem } from './problems.ts';

/** Entries of the built pages, the longest path first; any address below one that is no file belongs to it. */
const ENTRIES = [
  { path: '/staff', file: 'staff/index.html' },
  { path: '/', file: 'index.html' },
] as const;

/** Serves the built pages, where they have been built: applicant portal at `/`, staff console at `/staff`. */
export async function addUi(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  const root = path.resolve(deps.config.http.uiDir);
  if (!existsSync(root)) {
    app.log.warn({ root }, 'no built pages: run npm run build');
    app.setNotFoundHandler((request, reply) => {
      sendProblem(request, reply, notFound());
    });
    return;
  }
  await app.register(fastifyStatic, {
    root,
    index: false,
    redirect: false,
    cacheControl: false,
    // Every file has an ending; a folder (`/staff/`) is an address of a page, not something forbidden.
    allowedPath: (name) => path.extname(name) !== '',
    setHeaders: (reply, file) => {
      // Names of assets carry a hash of their content; everything else may change with the next release.
      const forEver = file.startsWith(path.join(root, 'assets') + path.sep);
      void reply.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const entry of ENTRIES) {
    app.get(entry.path, { schema: { hide: true } }, (_request, reply) => reply.sendFile(entry.file));
  }
  app.setNotFoundHandler((request, reply) => {
    const [where = '/'] = request.url.split('?');
    const page = (request.method === 'GET' || request.method === 'HEAD') && !/\.\w+$/.test(where);
    if (!page || where.startsWith('/api/')) {
      sendProblem(request, reply, notFound());
      return;
    }
    const entry = ENTRIES.find((one) => where.startsWith(`${one.path}/`)) ?? ENTRIES[1];
    void reply.sendFile(entry.file);
  });
}
