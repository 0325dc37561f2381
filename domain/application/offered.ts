import type { Actor } from '../people/actor.ts';
import { whyNotOffered } from './decide.ts';
import { openItems, type ApplicationState } from './state.ts';

/** What staff can do about one item of a request (Q18, Q20). */
export const ITEM_ACTIONS = ['correctMinor', 'waiveItem'] as const;
export type ItemAction = (typeof ITEM_ACTIONS)[number];

/** The actions that may be offered to this person for this item: none once it has been answered or settled. */
export function offeredForItem(state: ApplicationState, actor: Actor, itemId: string): readonly ItemAction[] {
  if (!openItems(state).some((item) => item.id === itemId)) return [];
  return ITEM_ACTIONS.filter((type) => whyNotOffered(state, actor, type) === null);
}
