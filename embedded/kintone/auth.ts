/** Who sent a request: `X-Cybozu-Authorization` (user and password) or `X-Cybozu-API-Token` (up to nine tokens). */
import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import type { Principal, Services, TokenGrant, TokenPermission } from './context.ts';
import { rows } from './database.ts';
import type { Db } from './database.ts';
import type { Person } from './directory.ts';
import { errors, invalid } from './errors.ts';

const MAX_TOKENS = 9;
const derive = promisify(scrypt) as (password: string, salt: Buffer, length: number) => Promise<Buffer>;

/** A salted hash of a password, to be stored. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, 32);
  return `scrypt:${salt.toString('base64')}:${key.toString('base64')}`;
}

async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, salt, key] = stored.split(':');
  if (scheme !== 'scrypt' || !salt || !key) return false;
  const expected = Buffer.from(key, 'base64');
  const actual = await derive(password, Buffer.from(salt, 'base64'), expected.length);
  return timingSafeEqual(actual, expected);
}

/** What is stored of an API token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

interface StoredToken {
  appRef: string;
  permissions: TokenPermission[];
  draft: boolean;
}

export class Authenticator {
  private readonly services: Services;
  private tokens = new Map<string, StoredToken>();
  /** Credentials that were right lately, so that not every request pays for the slow hash. Keyed by a MAC, never in clear. */
  private readonly proven = new Map<string, string>();
  private readonly macKey = randomBytes(32);

  constructor(services: Services) {
    this.services = services;
  }

  async load(db: Db): Promise<void> {
    const stored = await rows<StoredToken & { hash: string }>(
      db,
      sql`select token_hash as hash, app_ref as "appRef", permissions, draft from api_token`,
    );
    this.tokens = new Map(stored.map((token) => [token.hash, token]));
    this.proven.clear();
  }

  /** The user with this code and password. */
  async password(code: string, password: string): Promise<Person> {
    const person = this.services.directory.people.get(code);
    if (!person?.active || person.password === null) throw errors.badPassword();
    const mac = createHmac('sha256', this.macKey).update(`${code}\0${password}`).digest('base64');
    if (this.proven.get(mac) !== person.password) {
      if (!(await verifyPassword(password, person.password))) throw errors.badPassword();
      if (this.proven.size > 1000) this.proven.clear();
      this.proven.set(mac, person.password);
    }
    return person;
  }

  /** The sender of a request. A password wins over tokens, as with kintone's own clients. */
  async principal(headers: IncomingHttpHeaders): Promise<Principal> {
    const authorization = headers['x-cybozu-authorization'];
    if (typeof authorization === 'string' && authorization !== '') {
      const [code, ...rest] = Buffer.from(authorization, 'base64').toString('utf8').split(':');
      return { kind: 'user', person: await this.password(code ?? '', rest.join(':')) };
    }
    const given = headers['x-cybozu-api-token'];
    const tokens = (Array.isArray(given) ? given.join(',') : (given ?? ''))
      .split(',')
      .map((token) => token.trim())
      .filter((token) => token !== '');
    if (tokens.length === 0) throw errors.notLoggedIn();
    if (tokens.length > MAX_TOKENS) {
      throw invalid('X-Cybozu-API-Token', {
        ja: `APIトークンは${MAX_TOKENS}個まで指定できます。`,
        en: `A maximum of ${MAX_TOKENS} API tokens can be specified.`,
      });
    }
    return { kind: 'tokens', grants: this.grants(tokens) };
  }

  private grants(tokens: string[]): TokenGrant[] {
    const grants = new Map<number, TokenGrant>();
    for (const token of tokens) {
      const stored = this.tokens.get(hashToken(token));
      const app = stored && !stored.draft ? this.services.apps.findLive(stored.appRef) : undefined;
      if (!stored || !app) throw errors.badToken();
      if (grants.has(app.id)) throw errors.tokensOfOneApp();
      grants.set(app.id, { appId: app.id, permissions: new Set(stored.permissions) });
    }
    return [...grants.values()];
  }
}
