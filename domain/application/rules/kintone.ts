import type { ActionType, Refusal } from '../actions.ts';
import type { ApplicationState, Stage } from '../state.ts';
import { byRole, bySystem, firstOf, refuse, type Rule } from './common.ts';

/** Somebody changed or deleted the record in kintone. Telling it twice is telling it once. */
export const reportKintoneChange: Rule<'reportKintoneChange'> = {
  may: (_state, actor) => bySystem(actor),
  events: (state, _actor, { changeId, kind, fields }) =>
    state.kintoneChangeIds?.includes(changeId) ? [] : [{ type: 'changedInKintone', changeId, kind, fields }],
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
  check: (state, _actor, { changeId }) =>
    state.kintoneChanges?.some(({ id }) => id === changeId) ? null : refuse('noSuchItem', changeId),
  events: (state, _actor, { changeId, choice }) => {
    const fields = state.kintoneChanges?.find(({ id }) => id === changeId)?.fields ?? [];
    const settled = { type: 'kintoneChangeSettled', changeId, choice, fields } as const;
    const again = choice === 'accept' && JUDGED.includes(state.stage);
    return again ? [settled, { type: 'reviewReopened', cause: 'changedInKintone' }] : [settled];
  },
};

const JUDGEMENTS: ReadonlySet<ActionType> = new Set(['completeFirstReview', 'agreeSecondReview', 'decide']);

/** Nobody judges answers while it is open which of them are right. */
export function openInKintone(state: ApplicationState, type: ActionType): Refusal | null {
  return state.kintoneChanges?.length && JUDGEMENTS.has(type) ? refuse('changedInKintone') : null;
}
