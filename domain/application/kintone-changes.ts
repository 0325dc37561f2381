import type { Instant } from '../calendar/dates.ts';

/**
 * What people did in kintone itself, beside this system. `answers`: what the family filed reads otherwise now. `deleted`: the
 * record was gone. `system`: a field that this system writes was changed. These two are put right by themselves, and told.
 */
export const KINTONE_CHANGE_KINDS = ['answers', 'deleted', 'system'] as const;
export type KintoneChangeKind = (typeof KINTONE_CHANGE_KINDS)[number];

/** `accept`: what kintone says is right. `restore`: what was there before is written again. */
export type KintoneChangeChoice = 'accept' | 'restore';

/** A change that nobody has judged yet. Who made it, and the words themselves, are in the store under `id`. */
export interface KintoneChange {
  id: string;
  kind: KintoneChangeKind;
  /** Codes of the fields. */
  fields: readonly string[];
  at: Instant;
}
