import type { ApplicationEvent } from '../../domain/application/events.ts';
import type { NoticeContent } from '../../domain/notices/content.ts';
import { changesOfApplication } from '../../store/kintone.ts';
import { keptByKeys } from '../../store/kintone-kept.ts';
import type { ActivityDeps } from '../deps.ts';
import { isNoticeToRemake } from '../reconcile/mending.ts';

/** A notice that people changed or deleted in kintone, with what it said when it was made. */
export interface NoticeToRemake {
  content: NoticeContent;
  /** The changes that are seen to by it. */
  changes: readonly string[];
}

/**
 * The notices whose records are not in kintone as they were made, as the application has been told, by id. What a notice says was
 * decided and signed: nobody judges it anew, it is written again with a PDF made from the same content.
 */
export async function noticesToRemake(
  { db, keyring }: Pick<ActivityDeps, 'db' | 'keyring'>,
  applicationId: string,
  events: readonly ApplicationEvent[],
): Promise<ReadonlyMap<string, NoticeToRemake>> {
  const told = new Map(
    events.flatMap((event): [string, string][] =>
      event.type === 'changedInKintone' && event.record && isNoticeToRemake(event)
        ? [[event.changeId, event.record.key]]
        : [],
    ),
  );
  if (told.size === 0) return new Map();
  const changes = await changesOfApplication(db, keyring, applicationId);
  const open = changes.filter(({ id, settledAt }) => settledAt === null && told.has(id));
  const kept = await keptByKeys(db, keyring, 'notices', [...new Set(told.values())]);
  const found = new Map<string, NoticeToRemake>();
  for (const { id } of open) {
    const key = told.get(id) ?? '';
    const { content, hashed = true } = kept.get(key) ?? {};
    const text = content?.['content'];
    if (hashed || typeof text !== 'string') continue;
    const before = found.get(key);
    found.set(key, {
      content: before?.content ?? (JSON.parse(text) as NoticeContent),
      changes: [...(before?.changes ?? []), id],
    });
  }
  return found;
}
