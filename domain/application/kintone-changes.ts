import type { Instant } from '../calendar/dates.ts';

/**
 * What people did in kintone itself, beside this system. `answers`: what the family filed reads otherwise now. `record`: a
 * document, a review or a contact record does. `deleted`: the record was gone. `system`: a field that this system writes was
 * changed. These two are put right by themselves, and told.
 */
export const KINTONE_CHANGE_KINDS = ['answers', 'record', 'deleted', 'system'] as const;
export type KintoneChangeKind = (typeof KINTONE_CHANGE_KINDS)[number];

/** The apps beside the application's own whose records are compared with what was written. */
export const KINTONE_BOOKS = ['documents', 'reviews', 'contacts', 'enrolments', 'ledger', 'notices'] as const;
export type KintoneBook = (typeof KINTONE_BOOKS)[number];

/** A record of one of those apps, by its key. */
export interface KintoneRecordRef {
  app: KintoneBook;
  key: string;
}

/** `accept`: what kintone says is right. `restore`: what was there before is written again. */
export type KintoneChangeChoice = 'accept' | 'restore';

/** What was seen in kintone; who did it, and the words themselves, are in the store. */
export interface SeenInKintone {
  kind: KintoneChangeKind;
  /** Codes of the fields. */
  fields: readonly string[];
  /** Absent: the application's own record. */
  record?: KintoneRecordRef;
  /** `false`: what was there before is kept nowhere any more, or is a file. */
  restorable?: false;
}

/** A change that nobody has judged yet. Who made it, and the words themselves, are in the store under `id`. */
export interface KintoneChange extends SeenInKintone {
  id: string;
  at: Instant;
}

/** Has a person to judge it? What can be put right by itself has not. */
export function isQuestion({ kind, restorable }: SeenInKintone): boolean {
  return kind === 'answers' || kind === 'record' || (kind === 'deleted' && restorable === false);
}

/** Does it bear on what reviewers and the ward go by: the answers, the documents, the reviews? */
export function concernsReview({ record }: Pick<SeenInKintone, 'record'>): boolean {
  return record === undefined || record.app === 'documents' || record.app === 'reviews';
}
