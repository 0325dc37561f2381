/** For tests: a stand-in on a fresh database, and kintone's own client talking to it. */
import { KintoneRestAPIClient, KintoneRestAPIError } from '@kintone/rest-api-client';
import { createTestDatabase } from './postgres.ts';
import type { Seed } from '../embedded/kintone/seed.ts';
import type { KintoneServer, KintoneServerOptions } from '../embedded/kintone/server.ts';
import { createKintoneServer } from '../embedded/kintone/server.ts';

export const admin = { username: 'admin', password: 'admin-password' };

export interface TestKintone {
  server: KintoneServer;
  databaseUrl: string;
  /** kintone's client as a user (default: the administrator). */
  as: (username?: string, password?: string, guestSpaceId?: number) => KintoneRestAPIClient;
  withToken: (token: string | string[]) => KintoneRestAPIClient;
  close: () => Promise<void>;
}

/** Starts a stand-in with an administrator `admin` and what the seed adds. */
export async function startTestKintone(
  seed: Seed = {},
  options: Partial<KintoneServerOptions> = {},
): Promise<TestKintone> {
  const database = await createTestDatabase();
  const server = await createKintoneServer({
    databaseUrl: database.url,
    language: 'en',
    ...options,
    seed: {
      ...seed,
      users: [
        { code: admin.username, name: 'Admin', password: admin.password, isAdmin: true },
        ...(seed.users ?? []),
      ],
    },
  });
  return {
    server,
    databaseUrl: database.url,
    as: (username = admin.username, password = admin.password, guestSpaceId) =>
      new KintoneRestAPIClient({
        baseUrl: server.url,
        auth: { username, password },
        ...(guestSpaceId === undefined ? {} : { guestSpaceId }),
      }),
    withToken: (apiToken) => new KintoneRestAPIClient({ baseUrl: server.url, auth: { apiToken } }),
    close: async () => {
      await server.close();
      await database.drop();
    },
  };
}

type Properties = Parameters<KintoneRestAPIClient['app']['addFormFields']>[0]['properties'];

/** Makes an app with these fields and deploys it; gives back its id. */
export async function deployApp(
  client: KintoneRestAPIClient,
  name: string,
  properties: Properties,
): Promise<string> {
  const { app } = await client.app.addApp({ name });
  await client.app.addFormFields({ app, properties });
  await deploy(client, app);
  return app;
}

/** Deploys an app and waits until that is done. */
export async function deploy(client: KintoneRestAPIClient, app: string): Promise<string> {
  await client.app.deployApp({ apps: [{ app }] });
  for (;;) {
    const { apps } = await client.app.getDeployStatus({ apps: [app] });
    const status = apps[0]?.status ?? 'FAIL';
    if (status !== 'PROCESSING') return status;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What the client threw. */
export async function refusal(work: Promise<unknown>): Promise<KintoneRestAPIError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof KintoneRestAPIError) return error;
  throw new Error('The call was not refused by the server.', { cause: error });
}

/** Status and code of a refusal. */
export const brief = (error: KintoneRestAPIError): [number, string] => [error.status, error.code];

/** An answer to a request that was not made by kintone's client: its body, and the status. */
export interface RawAnswer {
  status: number;
  code?: string;
  message?: string;
  errors?: Record<string, { messages: string[] }>;
  [name: string]: unknown;
}

/** Who sends a raw request (default: the administrator), and in which language the answer is wanted. */
export interface RawSender {
  user?: string;
  token?: string;
  language?: string;
}

/** A request below `/k/v1/` as any program could send it. */
export async function sendRaw(
  kintone: TestKintone,
  method: string,
  path: string,
  body?: unknown,
  who: RawSender = {},
): Promise<RawAnswer> {
  const user = who.user ?? `${admin.username}:${admin.password}`;
  const response = await fetch(`${kintone.server.url}/k/v1/${path}`, {
    method,
    headers: {
      ...(who.token === undefined
        ? { 'X-Cybozu-Authorization': Buffer.from(user).toString('base64') }
        : { 'X-Cybozu-API-Token': who.token }),
      ...(who.language === undefined ? {} : { 'Accept-Language': who.language }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { ...((await response.json()) as object), status: response.status };
}
