import { KintoneRestAPIClient } from '@kintone/rest-api-client';

/** How to reach a kintone domain; the part of the configuration that this folder needs. */
export interface KintoneConnection {
  baseUrl: string;
  password?: { username: string; password: string } | undefined;
  /** By app key. Used for records where given; provisioning needs the password. */
  apiTokens?: Readonly<Record<string, string>>;
  guestSpaceId?: string | undefined;
  basicAuth?: { username: string; password: string } | undefined;
}

/** kintone takes so many API tokens in one request, each of another app. */
export const TOKENS_A_REQUEST = 9;

/**
 * The same connection with the tokens of these apps only: no request shows more than it needs, nor more than kintone takes.
 * A connection by password stays as it is.
 */
export function narrowed(connection: KintoneConnection, apps: readonly string[]): KintoneConnection {
  const tokens = connection.apiTokens ?? {};
  if (Object.keys(tokens).length === 0) return connection;
  const wanted = apps.flatMap((app) => (tokens[app] === undefined ? [] : [[app, tokens[app]] as const]));
  return { ...connection, password: undefined, apiTokens: Object.fromEntries(wanted) };
}

/** kintone's own client, with a deadline on every request. */
export function createClient(
  connection: KintoneConnection,
  options: { use: 'records' | 'provisioning'; timeoutMs: number },
): KintoneRestAPIClient {
  const tokens = Object.values(connection.apiTokens ?? {});
  const auth = options.use === 'records' && tokens.length > 0 ? { apiToken: tokens } : connection.password;
  if (!auth) {
    throw new Error(
      'kintone に接続するための API トークン（KINTONE_API_TOKENS）がないアプリがあります。kintone のアプリを設定するには KINTONE_USERNAME と KINTONE_PASSWORD が必要です（API トークンではできません）。',
    );
  }
  return new KintoneRestAPIClient({
    baseUrl: connection.baseUrl,
    auth,
    ...(connection.guestSpaceId === undefined ? {} : { guestSpaceId: connection.guestSpaceId }),
    ...(connection.basicAuth ? { basicAuth: connection.basicAuth } : {}),
    socketTimeout: options.timeoutMs,
  });
}

/** The same credentials as headers, for what kintone's client does not do (files as streams). */
export function authHeaders(connection: KintoneConnection): Record<string, string> {
  const tokens = Object.values(connection.apiTokens ?? {});
  const base64 = ({ username, password }: { username: string; password: string }) =>
    Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  return {
    ...(tokens.length > 0
      ? { 'X-Cybozu-API-Token': tokens.join(',') }
      : connection.password
        ? { 'X-Cybozu-Authorization': base64(connection.password) }
        : {}),
    ...(connection.basicAuth ? { Authorization: `Basic ${base64(connection.basicAuth)}` } : {}),
  };
}
