import { createHmac, randomBytes } from 'node:crypto';
import { openAccount, type AccountRecord } from './accounts.ts';
import type { Keyring } from './crypto.ts';
import { withoutWaiting, type DbOrTransaction } from './db.ts';

/** Signed in for so long at most, however active (hours). */
export const LONGEST_SESSION_HOURS = 12;
/** Activity is written down at most this often, so that a busy screen does not write with every request. */
const TOUCH_SECONDS = 20;

export interface SessionRecord {
  idHash: string;
  accountId: string;
  csrfToken: string;
  lastSeenAt: string;
  expiresAt: string;
  factors: readonly string[];
}

/** What is stored of a session's id: without the secret nobody can make a cookie from a copy of the table. */
export function hashSessionId(secret: string, id: string): string {
  return createHmac('sha256', secret).update(id).digest('base64url');
}

/** Begins a session. @returns the id for the cookie, which is stored nowhere, and the CSRF token */
export async function beginSession(
  db: DbOrTransaction,
  secret: string,
  accountId: string,
  now: Date,
): Promise<{ id: string; csrfToken: string; expiresAt: string }> {
  const id = randomBytes(32).toString('base64url');
  const csrfToken = randomBytes(24).toString('base64url');
  const { expires_at: expiresAt } = await db
    .insertInto('sessions')
    .values({
      id_hash: hashSessionId(secret, id),
      account_id: accountId,
      csrf_token: csrfToken,
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + LONGEST_SESSION_HOURS * 3_600_000),
    })
    .returning('expires_at')
    .executeTakeFirstOrThrow();
  return { id, csrfToken, expiresAt };
}

/**
 * The session of a cookie with its account, unless it is over: one query, for every request asks. Whether it has been idle too
 * long is for the caller, who knows the account.
 */
export async function findSession(
  db: DbOrTransaction,
  keyring: Keyring,
  secret: string,
  id: string,
  now: Date,
): Promise<{ session: SessionRecord; account: AccountRecord } | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .selectAll('accounts')
    .select(['id_hash', 'account_id', 'csrf_token', 'last_seen_at', 'expires_at', 'factors'])
    .where('id_hash', '=', hashSessionId(secret, id))
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
  if (!row) return undefined;
  const session = {
    idHash: row.id_hash,
    accountId: row.account_id,
    csrfToken: row.csrf_token,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    factors: row.factors,
  };
  return { session, account: openAccount(keyring, row) };
}

/** A session as far as it decides whether a line that is open may stay open. */
export interface OpenSession {
  idHash: string;
  kind: 'staff' | 'applicant';
  role: string;
  placeCode: string | null;
  lastSeenAt: string;
}

/** Those of these sessions that are not over, of accounts that may still sign in: one query for every open line. */
export async function openSessions(
  db: DbOrTransaction,
  idHashes: readonly string[],
  now: Date,
): Promise<readonly OpenSession[]> {
  if (idHashes.length === 0) return [];
  return db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select(['id_hash as idHash', 'kind', 'role', 'place_code as placeCode', 'last_seen_at as lastSeenAt'])
    .where('id_hash', 'in', idHashes)
    .where('expires_at', '>', now.toISOString())
    .where('status', '=', 'active')
    .execute();
}

/** Notes activity. @returns when the person was last seen, as it now stands */
export async function touchSession(db: DbOrTransaction, session: SessionRecord, now: Date): Promise<string> {
  if (now.getTime() - Date.parse(session.lastSeenAt) < TOUCH_SECONDS * 1000) return session.lastSeenAt;
  await withoutWaiting(db)
    .updateTable('sessions')
    .from('relaxed')
    .set({ last_seen_at: now })
    .where('id_hash', '=', session.idHash)
    .execute();
  return now.toISOString();
}

export async function endSession(db: DbOrTransaction, idHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
}

/** Ends all sessions of an account (a new password), but for one. */
export async function endOtherSessions(
  db: DbOrTransaction,
  accountId: string,
  exceptIdHash?: string,
): Promise<void> {
  let query = db.deleteFrom('sessions').where('account_id', '=', accountId);
  if (exceptIdHash !== undefined) query = query.where('id_hash', '!=', exceptIdHash);
  await query.execute();
}

/** Deletes sessions that are over. @returns how many */
export async function dropExpiredSessions(db: DbOrTransaction, now: Date): Promise<number> {
  const result = await db
    .deleteFrom('sessions')
    .where('expires_at', '<=', now.toISOString())
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
