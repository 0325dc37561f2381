import type { StaffActionInput, StaffActionType } from '../../../api/contract/index.ts';

/** Views of an application, in their order. */
export const TABS = [
  'answers',
  'documents',
  'review',
  'request',
  'escalations',
  'records',
  'timeline',
] as const;
export type TabId = (typeof TABS)[number];

export const TAB_LABELS: Readonly<Record<TabId, string>> = {
  answers: '申請内容',
  documents: '書類',
  review: '審査',
  request: '不備対応',
  escalations: '照会',
  records: '対応記録',
  timeline: '経過',
};

/** `now`: by one press; `go`: its form stands in a view; `form`: it opens as a dialog; `item`: it stands at what it concerns. */
type Way = 'now' | 'go' | 'form' | 'item';

interface Place {
  readonly tab: TabId;
  readonly way: Way;
  /** `main` and `second` stand as buttons in the head, `menu` under 「その他の操作」. */
  readonly look: 'main' | 'second' | 'menu';
}

/** Where each action stands on the page. Whether it stands there at all is the server's word (`actions`). */
export const PLACES: Readonly<Record<StaffActionType, Place>> = {
  claim: { tab: 'review', way: 'now', look: 'second' },
  confirmEntry: { tab: 'review', way: 'go', look: 'main' },
  returnEntry: { tab: 'review', way: 'item', look: 'menu' },
  correctEntry: { tab: 'answers', way: 'form', look: 'second' },
  completeFirstReview: { tab: 'review', way: 'go', look: 'main' },
  agreeSecondReview: { tab: 'review', way: 'go', look: 'main' },
  returnToFirst: { tab: 'review', way: 'item', look: 'menu' },
  decide: { tab: 'review', way: 'go', look: 'main' },
  reviseDecision: { tab: 'review', way: 'form', look: 'second' },
  waitlist: { tab: 'review', way: 'item', look: 'menu' },
  returnToReview: { tab: 'review', way: 'form', look: 'second' },
  instruct: { tab: 'escalations', way: 'go', look: 'main' },
  confirmTold: { tab: 'request', way: 'form', look: 'main' },
  markLetterPosted: { tab: 'request', way: 'form', look: 'main' },
  chase: { tab: 'request', way: 'form', look: 'main' },
  extendDeadline: { tab: 'request', way: 'form', look: 'second' },
  proceedWithoutAnswer: { tab: 'request', way: 'form', look: 'menu' },
  waiveItem: { tab: 'request', way: 'item', look: 'menu' },
  correctMinor: { tab: 'request', way: 'item', look: 'menu' },
  followUpMail: { tab: 'records', way: 'form', look: 'main' },
  confirmContact: { tab: 'records', way: 'go', look: 'second' },
  recordContact: { tab: 'records', way: 'form', look: 'menu' },
  addNote: { tab: 'records', way: 'form', look: 'menu' },
  escalate: { tab: 'escalations', way: 'form', look: 'menu' },
  withdrawEscalation: { tab: 'escalations', way: 'item', look: 'menu' },
  assign: { tab: 'review', way: 'form', look: 'menu' },
  unassign: { tab: 'review', way: 'now', look: 'menu' },
  settleKintoneChange: { tab: 'answers', way: 'go', look: 'main' },
  cancel: { tab: 'timeline', way: 'form', look: 'menu' },
};

export function isTab(value: unknown): value is TabId {
  return TABS.some((tab) => tab === value);
}

/** An action of the API that these screens know. */
export function isKnownAction(type: string): type is StaffActionType {
  return Object.hasOwn(PLACES, type);
}

/** Actions that want nothing further. */
export const AT_ONCE: Partial<Record<StaffActionType, StaffActionInput>> = {
  claim: { type: 'claim' },
  unassign: { type: 'unassign' },
};
