import { KINTONE_CHANGE_KINDS } from '../domain/application/kintone-changes.ts';
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

/** What a random walk tells of kintone, or answers to it. */
export function kintoneAction(
  type: 'reportKintoneChange' | 'settleKintoneChange',
  { pick, good }: { pick: number; good: boolean },
  { kintoneChanges = [] }: ApplicationState,
): Action {
  if (type === 'reportKintoneChange') {
    const kind = KINTONE_CHANGE_KINDS[pick % 3] ?? 'answers';
    return { type, changeId: `change-${pick % 4}`, kind, fields: ['child_given_name'] };
  }
  const changeId = kintoneChanges[pick % Math.max(1, kintoneChanges.length)]?.id ?? 'none';
  return { type, changeId, choice: good ? 'restore' : 'accept' };
}
