import { sql } from 'kysely';
import type { DbOrTransaction } from './db.ts';

/** Wrong passwords that are forgiven before the account is locked for a while (Q43). */
export const FREE_ATTEMPTS = 5;
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 3600;

/** How long an account is locked after so many failures in a row: 30 s, doubling with each, one hour at most. */
export function lockSeconds(failures: number): number {
  if (failures < FREE_ATTEMPTS) return 0;
  return Math.min(FIRST_LOCK_SECONDS * 2 ** (failures - FREE_ATTEMPTS), LONGEST_LOCK_SECONDS);
}

/**
 * Counts a wrong password, in one statement, so that attempts at the same moment all count.
 * @param now by the clock that also says whether the lock is over: with the database's, a difference of the two would lengthen or
 * end locks
 * @returns failures in a row
 */
export async function countFailure(db: DbOrTransaction, accountId: string, now: Date): Promise<number> {
  const { failed_attempts: failures } = await db
    .updateTable('accounts')
    .set({ failed_attempts: sql`failed_attempts + 1` })
    .where('id', '=', accountId)
    .returning('failed_attempts')
    .executeTakeFirstOrThrow();
  const seconds = lockSeconds(failures);
  if (seconds > 0) {
    await db
      .updateTable('accounts')
      .set({ locked_until: new Date(now.getTime() + seconds * 1000).toISOString() })
      .where('id', '=', accountId)
      .execute();
  }
  return failures;
}

export async function recordSignIn(db: DbOrTransaction, accountId: string, now: Date): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ failed_attempts: 0, locked_until: null, last_sign_in_at: now.toISOString() })
    .where('id', '=', accountId)
    .execute();
}

export async function recordSignOut(db: DbOrTransaction, accountId: string, now: Date): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ last_sign_out_at: now.toISOString() })
    .where('id', '=', accountId)
    .execute();
}
