import type { Instant, LocalDate } from '../calendar/dates.ts';
import type { ActorRef, PersonId } from '../people/actor.ts';
import type { KintoneChange } from './kintone-changes.ts';
import type { ApplicationSettings } from './settings.ts';

/** Points to a text a person wrote; the text itself never enters Temporal (design 5). */
export type TextRef = string;

/** Where an application stands. Everything a queue or a screen shows is derived from the whole state. */
export const STAGES = [
  'entryCheck',
  'firstReview',
  'secondReview',
  'awaitingApplicant',
  'awaitingDecision',
  'awaitingRelease',
  'approved',
  'refused',
  'cancelled',
] as const;
export type Stage = (typeof STAGES)[number];

export type Channel = 'online' | 'paper';

/** What a reviewer found for one criterion (Q16). */
export const FINDING_RESULTS = ['met', 'deficient', 'notApplicable', 'inDoubt', 'notMet'] as const;
export type FindingResult = (typeof FINDING_RESULTS)[number];

/** The field or document that a deficiency is about: what the applicant may then change, and nothing else. */
export type DeficiencyTarget = { kind: 'field'; code: string } | { kind: 'document'; type: string };

export interface Finding {
  criterionId: string;
  result: FindingResult;
  /** For `deficient`: why, as a code; what; and a note to the applicant. */
  reasonCode?: string;
  targets?: readonly DeficiencyTarget[];
  applicantNote?: TextRef;
  internalNote?: TextRef;
}

/** A field of a paper application whose entry differs from the scan (Q14), and what the scan says. */
export interface EntryDifference {
  field: string;
  note?: TextRef;
}

export interface Review {
  reviewer: PersonId;
  at: Instant;
  findings: readonly Finding[];
}

export type ItemStatus = 'open' | 'answered' | 'waived' | 'corrected';

/** One missing or wrong item that the applicant is asked about (Q18). */
export interface DeficiencyItem {
  id: string;
  criterionId: string;
  reasonCode: string;
  targets: readonly DeficiencyTarget[];
  applicantNote?: TextRef;
  status: ItemStatus;
}

export type RequestMethod = 'mail' | 'phone' | 'letter';

/** What the applicant has been asked, and by when (Q18, Q20). */
export interface DeficiencyRequest {
  id: string;
  /** 1 for the first request, 2 and more for what is still deficient after a new review. */
  round: number;
  /** The first asks by mail (by phone where there is no address), the later ones by posted letter. */
  method: RequestMethod;
  items: readonly DeficiencyItem[];
  requestedAt: Instant;
  deadline: LocalDate;
  /** The deadline has passed without a full answer. Changes nothing by itself (invariant: never refused for lateness). */
  overdue: boolean;
  /** Which reminders went out for the present deadline. */
  reminders: readonly ReminderKind[];
  /** When the latest of them went out. */
  remindedAt?: Instant;
  /** When its deadline was last extended by a person. */
  extendedAt?: Instant;
  chasers: number;
  /** For letters: when it was posted. For phone requests: when the applicant was told. */
  postedOn?: LocalDate;
  toldAt?: Instant;
  /** Items answered so far came in with these answers. */
  answerIds: readonly string[];
}

export type ReminderKind = 'before' | 'onDay';

/** A question of the contractor to the ward (区照会, Q16, Q20). */
export interface Escalation {
  id: string;
  criterionId?: string;
  question: TextRef;
  askedBy: PersonId;
  askedAt: Instant;
  from: Stage;
  instruction?: TextRef;
  answeredBy?: PersonId;
  answeredAt?: Instant;
  withdrawnAt?: Instant;
}

export const CONTACT_KINDS = ['phone', 'mail', 'letter', 'counter'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];
export type ContactDirection = 'toApplicant' | 'fromApplicant';

/** A contact with the family (Q21). Its content is a text kept outside. */
export interface ContactRecord {
  id: string;
  kind: ContactKind;
  direction: ContactDirection;
  content: TextRef;
  recordedBy: PersonId;
  /** When it happened, as the recorder says. */
  occurredAt: Instant;
  recordedAt: Instant;
  confirmedBy?: PersonId;
  confirmedAt?: Instant;
}

export interface Decision {
  outcome: 'approved' | 'refused';
  decidedBy: PersonId;
  decidedAt: Instant;
  /** For an approval: from when it takes effect. */
  effectiveFrom?: LocalDate;
  reasonCode?: string;
  reason?: TextRef;
  /** Where it is told on the day of the whole round (Q23): that day, until which nobody outside learns of it. */
  releaseOn?: LocalDate;
  /** When it took effect and was told; absent while it waits for that day. */
  releasedAt?: Instant;
}

/** How another application of the same child stands, as far as this one depends on it. */
export const RELATED_OUTCOMES = ['undecided', 'approved', 'refused', 'cancelled'] as const;
export type RelatedOutcome = (typeof RELATED_OUTCOMES)[number];

/** Another application that this one depends on (domain.md, "Effects between applications"). */
export interface RelatedApplication {
  applicationId: string;
  receiptNumber: string;
  procedure: string;
  outcome: RelatedOutcome;
  /** Nothing about it can change any more: told to the family, or cancelled. */
  ended: boolean;
  /** While its decision waits for the day of its round: that day. What depends on it is told no sooner. */
  releaseOn?: LocalDate;
  /** Number of the other application's event that this was told with: what comes late does not undo what is newer. */
  seq: number;
}

/** `waitsFor`: the admission that has to be decided first. `cancels`: an application that this one is to end. */
export type RelatedRole = 'waitsFor' | 'cancels';

/** One pass through first and second review. A new one begins with each answer or return by the ward. */
export interface ReviewCycle {
  number: number;
  first?: Review;
  second?: Review;
  /** Everyone who did a first review in this cycle, also where it was returned: none of them may do the second. */
  firstReviewers: readonly PersonId[];
  /** Everyone who changed the application's data for the applicant: none of them may check it. */
  correctors: readonly PersonId[];
  /** Set while the second reviewer has sent it back to first review. */
  returned?: { by: PersonId; at: Instant; reason: TextRef };
}

export interface ApplicationState {
  applicationId: string;
  receiptNumber: string;
  procedure: string;
  fiscalYear: number;
  round: string;
  bopCode: string;
  channel: Channel;
  applicantId: PersonId | null;
  /** Is there a mail address to write to? Where not, staff get tasks to phone. */
  hasMail: boolean;
  /** For paper: who entered the data, or corrected the entry last (Q14). */
  enteredBy?: PersonId;
  /** For paper: everyone whose hand is in the entry; none of them may check it. */
  enterers: readonly PersonId[];
  /** Set while a checker has returned the entry to who made it. */
  entryReturned?: { by: PersonId; at: Instant; differences: readonly EntryDifference[] };
  /** Number of the newest version of the application's data: 1 as filed, one more for every answer or correction. */
  dataVersion: number;
  receivedAt: Instant;
  settings: ApplicationSettings;
  stage: Stage;
  assignee?: PersonId;
  /** When somebody first took up the review. */
  reviewBegunAt?: Instant;
  cycle: ReviewCycle;
  request?: DeficiencyRequest;
  requestCount: number;
  escalations: readonly Escalation[];
  contacts: readonly ContactRecord[];
  decision?: Decision;
  /** Extended use: on the waiting list (待機), and whether the family knows. */
  waitlist?: { rank: number; at: Instant; toldAt?: Instant };
  /** The admission whose decision this application's decision waits for. */
  waitsFor?: RelatedApplication;
  /** For a cancellation: the applications that it is to end. */
  cancels?: readonly RelatedApplication[];
  /** A cancellation was approved, but these had been decided in the same moment. */
  cancelledTooLate?: readonly string[];
  cancelledBy?: ActorRef;
  /** What people changed in kintone and nobody has judged yet. */
  kintoneChanges?: readonly KintoneChange[];
  /** All that were told, judged or not. */
  kintoneChangeIds?: readonly string[];
  /** Mails that could not be delivered and that nobody has followed up yet. */
  failedMails: readonly { mailId: string; at: Instant }[];
  /** How many possible duplicates the machine saw (domain.md: shown to the reviewer, never blocked). */
  lookAlikes: number;
  /** Number of the newest event. */
  seq: number;
  /** Number of the newest event that a decision rests on (`decisive.ts`); absent in states of before it was counted. */
  decisiveSeq?: number;
}

/** Has the application ended: decided or cancelled? */
export function isEnded(state: ApplicationState): boolean {
  return state.stage === 'approved' || state.stage === 'refused' || state.stage === 'cancelled';
}

/** The escalations that wait for the ward; none once the application has ended. */
export function openEscalations(state: ApplicationState): readonly Escalation[] {
  if (isEnded(state)) return [];
  return state.escalations.filter((e) => !e.answeredAt && !e.withdrawnAt);
}

/** The items that the applicant still has to answer. */
export function openItems(state: ApplicationState): readonly DeficiencyItem[] {
  return state.request?.items.filter((item) => item.status === 'open') ?? [];
}
