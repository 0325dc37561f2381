import type { Keyring } from './crypto.ts';
import type { DbOrTransaction } from './db.ts';

export interface ReviewDraftKey {
  applicationId: string;
  stage: string;
  reviewerId: string;
}

const place = (key: ReviewDraftKey) => ({
  table: 'review_drafts',
  column: 'content_ct',
  id: `${key.applicationId}:${key.stage}:${key.reviewerId}`,
});

/** Keeps a reviewer's unfinished checklist. */
export async function saveReviewDraft(
  db: DbOrTransaction,
  keyring: Keyring,
  key: ReviewDraftKey,
  content: unknown,
): Promise<void> {
  const row = { content_ct: keyring.encryptJson(content, place(key)), updated_at: new Date() };
  await db
    .insertInto('review_drafts')
    .values({
      application_id: key.applicationId,
      stage: key.stage,
      reviewer_id: key.reviewerId,
      ...row,
    })
    .onConflict((conflict) => conflict.columns(['application_id', 'stage', 'reviewer_id']).doUpdateSet(row))
    .execute();
}

/** One's own unfinished checklist; the caller says what was put in. */
export async function getReviewDraft(
  db: DbOrTransaction,
  keyring: Keyring,
  key: ReviewDraftKey,
): Promise<{ content: unknown; updatedAt: string } | undefined> {
  const row = await db
    .selectFrom('review_drafts')
    .select(['content_ct', 'updated_at'])
    .where('application_id', '=', key.applicationId)
    .where('stage', '=', key.stage)
    .where('reviewer_id', '=', key.reviewerId)
    .executeTakeFirst();
  return row && { content: keyring.decryptJson(row.content_ct, place(key)), updatedAt: row.updated_at };
}

/** The review is done: what was kept for it goes. */
export async function dropReviewDrafts(
  db: DbOrTransaction,
  applicationId: string,
  stage: string,
): Promise<void> {
  await db
    .deleteFrom('review_drafts')
    .where('application_id', '=', applicationId)
    .where('stage', '=', stage)
    .execute();
}
