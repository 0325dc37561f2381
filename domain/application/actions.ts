import type { Instant, LocalDate } from '../calendar/dates.ts';
import type { PersonId, StaffRole } from '../people/actor.ts';
import type { KintoneChangeChoice, SeenInKintone } from './kintone-changes.ts';
import type { ApplicationSettings } from './settings.ts';
import type {
  ContactDirection,
  ContactKind,
  EntryDifference,
  Finding,
  RelatedApplication,
  RelatedRole,
  ReminderKind,
  TextRef,
} from './state.ts';

/** What a person (or the clock) wants to do to an application. Texts are references (design 5). */
export type Action =
  /** Paper: the entry agrees with the scan (Q14). By somebody else than who entered it. */
  | { type: 'confirmEntry' }
  /** Paper: the entry differed from the scan and was corrected; somebody else has to check it again. */
  | { type: 'correctEntry'; correctionId: string }
  /** Paper: the entry differs from the scan; who entered it looks at these fields again. The checker changes nothing. */
  | { type: 'returnEntry'; differences: readonly EntryDifference[] }
  | { type: 'claim' }
  | { type: 'assign'; assignee: { id: PersonId; role: StaffRole } }
  | { type: 'unassign' }
  | { type: 'completeFirstReview'; findings: readonly Finding[] }
  /** Second review: `met` means "agrees with the first", `deficient` "does not"; any disagreement needs a return. */
  | { type: 'agreeSecondReview'; findings: readonly Finding[] }
  | { type: 'returnToFirst'; findings: readonly Finding[]; reason: TextRef }
  | { type: 'escalate'; escalationId: string; criterionId?: string; question: TextRef }
  | { type: 'instruct'; escalationId: string; instruction: TextRef }
  | { type: 'withdrawEscalation'; escalationId: string }
  | { type: 'answer'; answerId: string; itemIds: readonly string[]; unchanged: boolean }
  | { type: 'confirmTold'; contact: ContactInput }
  | { type: 'markLetterPosted'; postedOn: LocalDate }
  | { type: 'extendDeadline'; deadline: LocalDate; reason: TextRef }
  | { type: 'chase'; method: 'phone' | 'mail'; deadline: LocalDate; contact?: ContactInput }
  | { type: 'waiveItem'; itemId: string; reason: TextRef }
  | { type: 'correctMinor'; itemId: string; correctionId: string; contact: ContactInput }
  | { type: 'proceedWithoutAnswer'; reason: TextRef }
  | {
      type: 'decide';
      outcome: 'approved' | 'refused';
      effectiveFrom?: LocalDate;
      reasonCode?: string;
      reason?: TextRef;
      /** The number of the newest event that the decider saw: refused where anything that it rests on has happened since. */
      expectedSeq?: number;
    }
  /** Before the day of the round: the ward takes its decision back. */
  | { type: 'reviseDecision'; reason: TextRef }
  /** Extended use: no place is free; `rank` is the one that the ward saw. */
  | { type: 'waitlist'; rank: number; expectedSeq?: number }
  | { type: 'returnToReview'; reason: TextRef }
  | { type: 'cancel'; reason?: TextRef }
  | { type: 'addNote'; note: TextRef }
  | { type: 'recordContact'; contact: ContactInput }
  | { type: 'confirmContact'; contactId: string }
  | { type: 'followUpMail'; contact: ContactInput }
  | { type: 'settleKintoneChange'; changeId: string; choice: KintoneChangeChoice }
  /** By the system only. */
  | ({ type: 'reportKintoneChange'; changeId: string } & SeenInKintone)
  | { type: 'remind'; kind: ReminderKind }
  | { type: 'passDeadline' }
  | { type: 'reportMailFailure'; mailId: string; template: string }
  | { type: 'reportIntakeCheck'; lookAlikes: number; hints: number }
  /** The day of the round has come. */
  | { type: 'release' }
  | { type: 'tellWaitlisted' }
  | { type: 'reportRelated'; role: RelatedRole; related: RelatedApplication }
  /** A cancellation (取り下げ) of this application (`targetId`) was approved; the rest names the cancellation. */
  | { type: 'cancelOnRequest'; targetId: string; applicationId: string; receiptNumber: string }
  | { type: 'reportCancelledTooLate'; applicationId: string }
  | {
      type: 'changeSettings';
      calendar: ApplicationSettings['calendar'];
      deadlines: ApplicationSettings['deadlines'];
      noticesOn?: LocalDate;
      /** A told deadline keeps its working days (`deadlineUnder`); absent in histories from before that rule. */
      keepsDays?: true;
    };

export type ActionType = Action['type'];
export type ActionOf<T extends ActionType> = Extract<Action, { type: T }>;

export interface ContactInput {
  id: string;
  kind: ContactKind;
  direction: ContactDirection;
  content: TextRef;
  occurredAt: Instant;
}

/** Why an action is refused. Words for people stand in `texts/refusals.ts`. */
export const REFUSALS = [
  'ended',
  'notYourRole',
  'notYourApplication',
  'wrongStage',
  'samePerson',
  'enteredByYou',
  'assignedToOther',
  'notAssigned',
  'assigneeNotAllowed',
  'openEscalation',
  'noSuchEscalation',
  'noDifference',
  'findingsIncomplete',
  'findingsUnknown',
  'alwaysApplies',
  'doubtUnresolved',
  'deficiencyIncomplete',
  'disagreementNeedsReturn',
  'returnNeedsDisagreement',
  'reasonMissing',
  'noSuchItem',
  'itemNotOpen',
  'nothingAnswered',
  'deadlineNotLater',
  'deadlineNotWorkingDay',
  'notOverdue',
  'noMailAddress',
  'notLetter',
  'notPhone',
  'alreadyPosted',
  'postedInFuture',
  'effectiveDateMissing',
  'noSuchContact',
  'ownContact',
  'alreadyConfirmed',
  'noFailedMail',
  'alreadyReminded',
  'changedSince',
  'waitsForAdmission',
  'admissionNotApproved',
  'nothingToCancel',
  'releaseNotDue',
  'changedInKintone',
  'cannotRestore',
  'noWaitingList',
  'alreadyWaiting',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

export interface Refusal {
  code: RefusalCode;
  /** The part of the action that is wrong (a criterion, an item), for the screen to point at. */
  at?: string;
}
