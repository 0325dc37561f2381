import type { StaffRole } from '../people/actor.ts';

/**
 * A run (出力) from its preparation to the ward's word on it. `preparing` reads and writes the file; `ready` and `blocked` are
 * its outcome, shown as a preview; `made` has a number and a file that never changes; `confirmed` and `withdrawn` are the
 * ward's word.
 */
export const RUN_STATES = [
  'preparing',
  'failed',
  'blocked',
  'ready',
  'discarded',
  'made',
  'confirmed',
  'withdrawn',
] as const;
export type RunState = (typeof RUN_STATES)[number];

export const RUN_STATE_LABELS: Readonly<Record<RunState, string>> = {
  preparing: '準備中',
  failed: '準備できませんでした',
  blocked: '直すところがあります',
  ready: '出力の確認待ち',
  discarded: '取りやめ',
  made: '出力済み（受入の確認待ち）',
  confirmed: '受入を確認',
  withdrawn: '取消し',
};

export const RUN_ACTIONS = ['make', 'discard', 'download', 'importAnswers', 'confirm', 'withdraw'] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

const FROM: Readonly<Record<RunAction, readonly RunState[]>> = {
  make: ['ready'],
  discard: ['preparing', 'failed', 'blocked', 'ready'],
  download: ['made', 'confirmed', 'withdrawn'],
  importAnswers: ['made', 'confirmed'],
  confirm: ['made'],
  withdraw: ['made', 'confirmed'],
};

/** Who may see runs and make files: contractor's managers hand the data over (3(4)④), the ward receives it. */
export const EXPORT_ROLES: readonly StaffRole[] = ['leader', 'ward'];
/** The ward alone says what a file looks like, that one was taken, or that one does not count. */
export const EXPORT_WARD_ROLES: readonly StaffRole[] = ['ward'];

const BY: Readonly<Record<RunAction, readonly StaffRole[]>> = {
  make: EXPORT_ROLES,
  discard: EXPORT_ROLES,
  download: EXPORT_ROLES,
  importAnswers: EXPORT_ROLES,
  confirm: EXPORT_WARD_ROLES,
  withdraw: EXPORT_WARD_ROLES,
};

/** May somebody do this with a run that stands so? */
export function mayDo(
  action: RunAction,
  state: RunState,
  role: StaffRole,
): 'yes' | 'notYourRole' | 'wrongState' {
  if (!BY[action].includes(role)) return 'notYourRole';
  return FROM[action].includes(state) ? 'yes' : 'wrongState';
}

/** What somebody is offered for a run. */
export function offeredActions(state: RunState, role: StaffRole): readonly RunAction[] {
  return RUN_ACTIONS.filter((action) => mayDo(action, state, role) === 'yes');
}
