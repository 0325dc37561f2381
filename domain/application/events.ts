import type { Instant, LocalDate } from '../calendar/dates.ts';
import type { ActorRef, PersonId, StaffRole } from '../people/actor.ts';
import type { KintoneChangeChoice, KintoneRecordRef, SeenInKintone } from './kintone-changes.ts';
import type { ApplicationSettings } from './settings.ts';
import type {
  Channel,
  ContactRecord,
  DeficiencyRequest,
  EntryDifference,
  Finding,
  RelatedApplication,
  RelatedRole,
  ReminderKind,
  TextRef,
} from './state.ts';

/** What an application begins with: ids and codes only, as its workflow is told and as its first event says. */
export interface ReceivedFacts {
  applicationId: string;
  receiptNumber: string;
  procedure: string;
  fiscalYear: number;
  round: string;
  bopCode: string;
  channel: Channel;
  applicantId: PersonId | null;
  /** Is there a mail address to write to? */
  hasMail: boolean;
  /** For paper: who entered it, and in which role; applications from before that was kept do not say. */
  enteredBy?: PersonId;
  enteredRole?: StaffRole;
  /** For paper: everybody whose hand is in the entry, where it was more than one. */
  enterers?: readonly PersonId[];
  /** When the submission was committed, ISO 8601 UTC. */
  receivedAt: Instant;
}

/** Whose doing the receipt was. */
export function receivedBy({ enteredBy, enteredRole, applicantId }: ReceivedFacts): ActorRef {
  if (enteredBy !== undefined) return { kind: 'staff', id: enteredBy, role: enteredRole ?? 'operator' };
  return applicantId === null ? { kind: 'system' } : { kind: 'applicant', id: applicantId };
}

/** What has happened to an application. Past tense, with everything needed to replay the state; no personal data. */
export type EventBody =
  | ({ type: 'received'; settings: ApplicationSettings } & ReceivedFacts)
  | { type: 'intakeChecked'; lookAlikes: number; hints: number }
  | { type: 'entryConfirmed' }
  | { type: 'entryCorrected'; correctionId: string }
  | { type: 'entryReturned'; differences: readonly EntryDifference[] }
  | { type: 'assigned'; assignee: PersonId }
  | { type: 'unassigned' }
  | { type: 'firstReviewCompleted'; findings: readonly Finding[] }
  | { type: 'secondReviewAgreed'; findings: readonly Finding[] }
  | { type: 'returnedToFirst'; findings: readonly Finding[]; reason: TextRef }
  | { type: 'escalated'; escalationId: string; criterionId?: string; question: TextRef }
  | { type: 'instructed'; escalationId: string; instruction: TextRef }
  | { type: 'escalationWithdrawn'; escalationId: string }
  | { type: 'deficiencyRequested'; request: DeficiencyRequest }
  | { type: 'applicantTold'; requestId: string }
  | { type: 'letterPosted'; requestId: string; postedOn: LocalDate; deadline: LocalDate }
  | { type: 'reminded'; requestId: string; kind: ReminderKind }
  | { type: 'deadlinePassed'; requestId: string; deadline: LocalDate }
  | { type: 'deadlineExtended'; requestId: string; deadline: LocalDate; reason: TextRef }
  | { type: 'chased'; requestId: string; method: 'phone' | 'mail'; deadline: LocalDate }
  | { type: 'itemWaived'; itemId: string; reason: TextRef }
  | { type: 'minorCorrected'; itemId: string; correctionId: string }
  | { type: 'answered'; answerId: string; itemIds: readonly string[]; unchanged: boolean }
  | {
      type: 'reviewReopened';
      cause: 'answered' | 'withoutAnswer' | 'byWard' | 'changedInKintone';
      reason?: TextRef;
    }
  | {
      type: 'decided';
      outcome: 'approved' | 'refused';
      effectiveFrom?: LocalDate;
      reasonCode?: string;
      reason?: TextRef;
      /** Set where it is told on the day of the round: the application then waits for `released`. */
      releaseOn?: LocalDate;
    }
  /** The day of the round has come: the decision takes effect and is told. */
  | { type: 'released'; outcome: 'approved' | 'refused' }
  /** No place is free: the decision stays open. `tellOn`: told with the round, by `waitlistTold`. */
  | { type: 'waitlisted'; rank: number; tellOn?: LocalDate }
  | { type: 'waitlistTold' }
  /** The ward took its decision back before anybody was told. */
  | { type: 'decisionRevised'; reason: TextRef }
  /** `onRequest` names the application whose approval ended this one, where the procedure 取り下げ did. */
  | { type: 'cancelled'; reason?: TextRef; onRequest?: { applicationId: string; receiptNumber: string } }
  | { type: 'relatedChanged'; role: RelatedRole; related: RelatedApplication }
  | { type: 'cancelledTooLate'; applicationId: string }
  /** Seen by webhook or by comparing; who did it and what it says now is in the store under `changeId`. */
  | ({ type: 'changedInKintone'; changeId: string } & SeenInKintone)
  | {
      type: 'kintoneChangeSettled';
      changeId: string;
      choice: KintoneChangeChoice;
      fields: readonly string[];
      /** Absent: the application's own record. */
      record?: KintoneRecordRef;
    }
  | { type: 'noted'; note: TextRef }
  | { type: 'contactRecorded'; contact: ContactRecord }
  | { type: 'contactConfirmed'; contactId: string }
  | { type: 'mailFailed'; mailId: string; template: string }
  | { type: 'mailFollowedUp'; mailIds: readonly string[] }
  | {
      type: 'settingsChanged';
      calendar: ApplicationSettings['calendar'];
      deadlines: ApplicationSettings['deadlines'];
      /** The new day of the round; absent where it has none that is known: what was fixed before stays. */
      noticesOn?: LocalDate;
      /** The later deadline that an open request has from now on; the family is told. Absent where it stays. */
      deadline?: LocalDate;
    };

export type EventType = EventBody['type'];

/** An event with its place in the order, its time and its author. */
export type ApplicationEvent = EventBody & { seq: number; at: Instant; by: ActorRef };

/** The event of one type. */
export type EventOf<T extends EventType> = Extract<ApplicationEvent, { type: T }>;
