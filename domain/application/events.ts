import type { Instant, LocalDate } from '../calendar/dates.ts';
import type { ActorRef, PersonId } from '../people/actor.ts';
import type { ApplicationSettings } from './settings.ts';
import type { Channel, ContactRecord, DeficiencyRequest, Finding, ReminderKind, TextRef } from './state.ts';

/** What has happened to an application. Past tense, with everything needed to replay the state; no personal data. */
export type EventBody =
  | {
      type: 'received';
      applicationId: string;
      receiptNumber: string;
      procedure: string;
      fiscalYear: number;
      round: string;
      bopCode: string;
      channel: Channel;
      applicantId: PersonId | null;
      hasMail: boolean;
      enteredBy?: PersonId;
      receivedAt: Instant;
      settings: ApplicationSettings;
    }
  | { type: 'intakeChecked'; lookAlikes: number; hints: number }
  | { type: 'entryConfirmed' }
  | { type: 'entryCorrected'; correctionId: string }
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
  | { type: 'reviewReopened'; cause: 'answered' | 'withoutAnswer' | 'byWard'; reason?: TextRef }
  | {
      type: 'decided';
      outcome: 'approved' | 'refused';
      effectiveFrom?: LocalDate;
      reasonCode?: string;
      reason?: TextRef;
    }
  | { type: 'cancelled'; reason?: TextRef }
  | { type: 'noted'; note: TextRef }
  | { type: 'contactRecorded'; contact: ContactRecord }
  | { type: 'contactConfirmed'; contactId: string }
  | { type: 'mailFailed'; mailId: string; template: string }
  | { type: 'mailFollowedUp'; mailIds: readonly string[] }
  | {
      type: 'settingsChanged';
      calendar: ApplicationSettings['calendar'];
      deadlines: ApplicationSettings['deadlines'];
    };

export type EventType = EventBody['type'];

/** An event with its place in the order, its time and its author. */
export type ApplicationEvent = EventBody & { seq: number; at: Instant; by: ActorRef };

/** The event of one type. */
export type EventOf<T extends EventType> = Extract<ApplicationEvent, { type: T }>;
