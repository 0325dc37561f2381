import type { ActionType, Refusal } from '../actions.ts';
import { concernsReview } from '../kintone-changes.ts';
import type { ApplicationState, Stage } from '../state.ts';
import { byRole, bySystem, firstOf, refuse, type Rule } from './common.ts';

/** Somebody changed or deleted the record in kintone. Telling it twice is telling it once. */
export const reportKintoneChange: Rule<'reportKintoneChange'> = {
  may: (_state, actor) => bySystem(actor),
  events: (state, _actor, { type: _type, ...seen }) =>
    state.kintoneChangeIds?.includes(seen.changeId) ? [] : [{ type: 'changedInKintone', ...seen }],
};

/** Stages in which somebody has already judged the answers as they were. */
const JUDGED: readonly Stage[] = ['secondReview', 'awaitingDecision', 'awaitingRelease'];

/**
 * A person judges a change: it stands, and what was reviewed before it is reviewed again; or what was there before is written
 * again. Also after the end, where nothing is reviewed any more.
 */
export const settleKintoneChange: Rule<'settleKintoneChange'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader', 'ward'),
      () => (state.kintoneChanges?.length ? null : refuse('noSuchItem')),
    ),
  check: (state, _actor, { changeId, choice }) => {
    const change = state.kintoneChanges?.find(({ id }) => id === changeId);
    if (!change) return refuse('noSuchItem', changeId);
    return choice === 'restore' && change.restorable === false ? refuse('cannotRestore', changeId) : null;
  },
  events: (state, _actor, { changeId, choice }) => {
    const change = state.kintoneChanges?.find(({ id }) => id === changeId);
    if (!change) return [];
    const { fields, record } = change;
    const settled = {
      type: 'kintoneChangeSettled',
      changeId,
      choice,
      fields,
      ...(record ? { record } : {}),
    } as const;
    const again = choice === 'accept' && concernsReview(change) && JUDGED.includes(state.stage);
    return again ? [settled, { type: 'reviewReopened', cause: 'changedInKintone' }] : [settled];
  },
};

const JUDGEMENTS: ReadonlySet<ActionType> = new Set(['completeFirstReview', 'agreeSecondReview', 'decide']);

/** Nobody judges what is filed or reviewed while it is open which of it is right. */
export function openInKintone(state: ApplicationState, type: ActionType): Refusal | null {
  return JUDGEMENTS.has(type) && state.kintoneChanges?.some(concernsReview)
    ? refuse('changedInKintone')
    : null;
}
