import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { DbOrTransaction } from './db.ts';

export type CodePurpose = 'verify' | 'reset';
/** How long a mailed code is good for. */
export const CODE_MINUTES = 30;
/** Wrong codes until a new one has to be asked for: six digits cannot be found out by trying. */
const MAX_ATTEMPTS = 5;

function hashCode(secret: string, accountId: string, purpose: CodePurpose, code: string): string {
  return createHmac('sha256', secret).update(`${accountId}\u0000${purpose}\u0000${code}`).digest('base64url');
}

/** Makes a new code of six digits in place of an earlier one. */
export async function issueCode(
  db: DbOrTransaction,
  secret: string,
  accountId: string,
  purpose: CodePurpose,
): Promise<string> {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const fresh = {
    code_hash: hashCode(secret, accountId, purpose, code),
    attempts: 0,
    expires_at: sql<string>`now() + make_interval(mins => ${CODE_MINUTES})`,
  };
  await db
    .insertInto('verification_codes')
    .values({ account_id: accountId, purpose, ...fresh })
    .onConflict((conflict) => conflict.columns(['account_id', 'purpose']).doUpdateSet(fresh))
    .execute();
  return code;
}

/** Is it the code? A right one is used up; each try counts. */
export async function redeemCode(
  db: DbOrTransaction,
  secret: string,
  accountId: string,
  purpose: CodePurpose,
  code: string,
): Promise<boolean> {
  const row = await db
    .updateTable('verification_codes')
    .set({ attempts: sql`attempts + 1` })
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .where('attempts', '<', MAX_ATTEMPTS)
    .where('expires_at', '>', sql<string>`now()`)
    .returning('code_hash')
    .executeTakeFirst();
  if (!row) return false;
  const given = Buffer.from(hashCode(secret, accountId, purpose, code));
  const stored = Buffer.from(row.code_hash);
  if (given.length !== stored.length || !timingSafeEqual(given, stored)) return false;
  const used = await db
    .deleteFrom('verification_codes')
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .where('code_hash', '=', row.code_hash)
    .executeTakeFirst();
  return Number(used.numDeletedRows) === 1;
}
