import type { Keyring } from './crypto.ts';
import type { DbOrTransaction } from './db.ts';
import { openChild, type ChildIdentity } from './intake.ts';
import { selectApplications, type Application } from './applications.ts';

/** One of an account's own applications, with what ties it to others. */
export interface FamilyApplication extends Application {
  /** The keyed hash of the child's identity, as in the lock. */
  childKey: string;
  batchId: string | null;
  /** As it was filed, or corrected since. */
  child: ChildIdentity | undefined;
}

/** The child's part of a lock key (`lockKey` of the domain: procedure, fiscal year, child, …). */
export function childKeyOf(lockKey: string): string {
  return lockKey.split(':')[2] ?? '';
}

/** An account's own applications, the newest first, each with its child. Nobody else's can come out of it. */
export async function familyApplications(
  db: DbOrTransaction,
  keyring: Keyring,
  applicantId: string,
): Promise<readonly FamilyApplication[]> {
  const rows = await selectApplications(db)
    .leftJoin('child_index', 'child_index.application_id', 'applications.id')
    .select(['lock_key', 'batch_id', 'child_ct'])
    .where('applicant_id', '=', applicantId)
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ lock_key: lock, batch_id: batchId, child_ct: sealed, ...application }) => ({
    ...application,
    childKey: childKeyOf(lock),
    batchId,
    child: sealed === null ? undefined : openChild(keyring, application.id, sealed),
  }));
}

/** What ties applications to others: child and filing. By their ids. */
export async function tiesOf(
  db: DbOrTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { childKey: string; batchId: string | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('applications')
    .select(['id', 'lock_key', 'batch_id'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, { childKey: childKeyOf(row.lock_key), batchId: row.batch_id }]));
}
