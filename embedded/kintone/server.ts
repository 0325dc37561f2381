/**
 * A server that speaks kintone's REST API, for a machine without a kintone domain. All data is in PostgreSQL, in a schema of its
 * own. See README.md for the seed document and the differences from kintone.
 */
import type { AddressInfo } from 'node:net';
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { resumeDeployments } from './apps/deploy.ts';
import { IndexKeeper } from './apps/indexes.ts';
import { AppStore } from './apps/store.ts';
import { Authenticator } from './auth.ts';
import type { Services } from './context.ts';
import { createSchema, openDatabase } from './database.ts';
import { Directory } from './directory.ts';
import type { Language } from './errors.ts';
import { errors } from './errors.ts';
import { Faults, registerFaultControl } from './faults.ts';
import { removeStaleUploads } from './files.ts';
import { registerApi, sendError } from './http.ts';
import { registerAddressLimit, registerConcurrencyLimit } from './limits.ts';
import { registerPeople } from './people.ts';
import type { Seed } from './seed.ts';
import { applySeed } from './seed.ts';
import { registerUsage, RequestCounts } from './usage.ts';
import { registerPages } from './web/routes.ts';
import { WebhookSender } from './webhooks.ts';

export interface KintoneServerOptions {
  /** A PostgreSQL connection string. */
  databaseUrl: string;
  /** The schema for all tables; made where it is missing. Default `kintone`. */
  schema?: string;
  /** 0 (default) takes any free port. */
  port?: number;
  /** Where to listen. Default `localhost`, the only name under which kintone's client takes plain HTTP. */
  host?: string;
  /** The language of people who have none set. Default `ja`. */
  language?: Language;
  seed?: Seed;
  /** Takes faults on demand. Default off. */
  faults?: boolean;
  /** Requests at one time. Default 100, as kintone. */
  concurrencyLimit?: number;
  /** Connections to the database. Default 10. */
  poolSize?: number;
  /** Default: the machine's. */
  clock?: () => Date;
  /** Writes what goes wrong inside the server to the standard error output. Default true. */
  log?: boolean;
}

export interface KintoneServer {
  fastify: FastifyInstance;
  /** `http://localhost:PORT`, as kintone's client wants it. */
  url: string;
  port: number;
  /** Arms faults from within the process; the same as the control endpoint. */
  faults: Faults;
  /** How many calls were made, by app. */
  requests: RequestCounts;
  /** Whether anybody can sign in. */
  hasUsers: () => boolean;
  /** Applies a seed while running. */
  seed: (seed: Seed) => Promise<void>;
  /** Waits for deployments and webhooks under way. */
  settle: () => Promise<void>;
  close: () => Promise<void>;
}

const BODY_LIMIT = 64 * 1024 * 1024;
const FILE_LIMIT = 1024 * 1024 * 1024;
const CLEANING_MS = 60 * 60 * 1000;

/** Starts the server; resolves when it takes requests. */
export async function createKintoneServer(options: KintoneServerOptions): Promise<KintoneServer> {
  const schema = options.schema ?? 'kintone';
  const db = openDatabase(options.databaseUrl, schema, options.poolSize ?? 10);
  const underWay = new Set<Promise<void>>();
  const apps = new AppStore();
  const background = (work: Promise<void>): void => {
    // The work of nobody's request must not end the process.
    const guarded = work
      .catch((error: unknown) => {
        if (options.log !== false) console.error('kintone stand-in:', error);
      })
      .finally(() => underWay.delete(guarded));
    underWay.add(guarded);
  };
  const services: Services = {
    db,
    schema,
    apps,
    directory: new Directory(),
    webhooks: new WebhookSender(apps),
    url: () => url,
    defaultLanguage: options.language ?? 'ja',
    clock: options.clock ?? (() => new Date()),
    indexes: new IndexKeeper(db, background),
    requests: new RequestCounts(),
    background,
  };
  const authenticator = new Authenticator(services);
  const reload = async (): Promise<void> => {
    await services.directory.load(db);
    await authenticator.load(db);
    await services.webhooks.load(db);
  };
  let url = '';
  const faults = new Faults();
  let fastify: FastifyInstance | undefined;
  try {
    await createSchema(db, schema);
    await apps.load(db);
    await reload();
    await resumeDeployments(services);
    await removeStaleUploads(db, services.clock());
    if (options.seed) await applySeed(services, options.seed, reload);
    fastify = await buildServer(services, authenticator, options, faults);
    await fastify.listen({ port: options.port ?? 0, host: options.host ?? 'localhost' });
  } catch (error) {
    await fastify?.close();
    await db.destroy();
    throw error;
  }
  const { port } = fastify.server.address() as AddressInfo;
  url = `http://localhost:${port}`;
  const cleaning = setInterval(() => {
    services.background(removeStaleUploads(db, services.clock()).catch(() => undefined));
  }, CLEANING_MS);
  cleaning.unref();
  const settle = async (): Promise<void> => {
    await Promise.all(underWay);
    await services.webhooks.settle();
  };
  const running = fastify;
  return {
    fastify: running,
    url,
    port,
    faults,
    requests: services.requests,
    hasUsers: () =>
      [...services.directory.people.values()].some((person) => person.active && person.password !== null),
    seed: (seed) => applySeed(services, seed, reload),
    settle,
    close: async () => {
      clearInterval(cleaning);
      await running.close();
      await settle();
      await db.destroy();
    },
  };
}

async function buildServer(
  services: Services,
  authenticator: Authenticator,
  options: KintoneServerOptions,
  faults: Faults,
): Promise<FastifyInstance> {
  const fastify = Fastify({
    bodyLimit: BODY_LIMIT,
    logger: options.log === false ? false : { level: 'error', stream: process.stderr },
    forceCloseConnections: true,
  });
  // Reads may carry their parameters in a body.
  fastify.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : (JSON.parse(body as string) as unknown));
    } catch {
      done(errors.badJson());
    }
  });
  await fastify.register(multipart, { limits: { files: 1, fileSize: FILE_LIMIT } });
  fastify.setErrorHandler((error, request, reply) => sendError(services, request, reply, error));
  fastify.setNotFoundHandler((request, reply) => sendError(services, request, reply, errors.noApi()));
  await fastify.register(async (api) => {
    registerConcurrencyLimit(api, options.concurrencyLimit ?? 100);
    registerAddressLimit(api);
    if (options.faults) faults.register(api);
    registerApi(api, services, authenticator);
    registerPeople(api, services, authenticator);
  });
  await fastify.register(async (pages) => registerPages(pages, services, authenticator));
  registerUsage(fastify, services.requests);
  if (options.faults) registerFaultControl(fastify, faults);
  return fastify;
}
