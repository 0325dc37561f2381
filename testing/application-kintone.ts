import { KINTONE_BOOKS, KINTONE_CHANGE_KINDS } from '../domain/application/kintone-changes.ts';
import type { Action } from '../domain/application/actions.ts';
import type { ApplicationState } from '../domain/application/state.ts';
import { Run, SYSTEM } from './domain.ts';

/** An application whose answers somebody has changed in kintone. */
export const changedInKintone = () =>
  new Run().do(SYSTEM, {
    type: 'reportKintoneChange',
    changeId: 'change-1',
    kind: 'answers',
    fields: ['child_given_name'],
  });

/** A review that somebody has deleted in kintone, of which nothing is kept any more. */
export const deletedForGood = () =>
  new Run().do(SYSTEM, {
    type: 'reportKintoneChange',
    changeId: 'change-1',
    kind: 'deleted',
    fields: [],
    record: { app: 'documents', key: 'document-1' },
    restorable: false,
  });

/** What a random walk tells of kintone, or answers to it. */
export function kintoneAction(
  type: 'reportKintoneChange' | 'settleKintoneChange',
  { pick, good }: { pick: number; good: boolean },
  { kintoneChanges = [] }: ApplicationState,
): Action {
  if (type === 'reportKintoneChange') {
    // Questions hold up reviews: too many of them, and the walk never gets to the end.
    const kind = KINTONE_CHANGE_KINDS[pick % 8] ?? 'system';
    const book = kind === 'answers' ? undefined : KINTONE_BOOKS[pick % (KINTONE_BOOKS.length + 1)];
    return {
      type,
      changeId: `change-${pick % 4}`,
      kind,
      fields: ['child_given_name'],
      ...(book ? { record: { app: book, key: 'record-1' } } : {}),
      ...(pick % 5 === 0 ? { restorable: false } : {}),
    };
  }
  const changeId = kintoneChanges[pick % Math.max(1, kintoneChanges.length)]?.id ?? 'none';
  return { type, changeId, choice: good ? 'restore' : 'accept' };
}
