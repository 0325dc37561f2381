/** What every request handler is given. */
import type { IndexKeeper } from './apps/indexes.ts';
import type { AppStore } from './apps/store.ts';
import type { Db } from './database.ts';
import type { Directory, Person } from './directory.ts';
import { ADMINISTRATOR } from './directory.ts';
import type { Language } from './errors.ts';
import type { RequestCounts } from './usage.ts';
import type { WebhookSender } from './webhooks.ts';

export type TokenPermission = 'view' | 'add' | 'edit' | 'delete' | 'manage';

export interface TokenGrant {
  appId: number;
  permissions: ReadonlySet<TokenPermission>;
}

/** Who sent a request: a user, or the holder of one or more API tokens. */
export type Principal = { kind: 'user'; person: Person } | { kind: 'tokens'; grants: TokenGrant[] };

/** What lives as long as the server. */
export interface Services {
  db: Db;
  schema: string;
  apps: AppStore;
  directory: Directory;
  webhooks: WebhookSender;
  indexes: IndexKeeper;
  requests: RequestCounts;
  /** The address of this server as clients see it, without a slash at the end. */
  url: () => string;
  defaultLanguage: Language;
  clock: () => Date;
  /** Work that goes on after the answer; the server waits for it when it closes. */
  background: (work: Promise<void>) => void;
}

/** One request. */
export interface Ctx {
  services: Services;
  /** The pool, or the transaction of a write. */
  db: Db;
  who: Principal;
  language: Language;
  guestSpaceId: number | null;
  now: Date;
  /** True inside a bulkRequest: webhooks are for single operations only. */
  inBulk: boolean;
  /** Done once the write has been committed, before the answer. */
  afterCommit: (() => void | Promise<void>)[];
}

/** The user code a write is recorded under. */
export function actorCode(ctx: Ctx): string {
  return ctx.who.kind === 'user' ? ctx.who.person.code : ADMINISTRATOR;
}
