import type { ApplicationSettings } from './settings.ts';
import type { ApplicationEvent } from './events.ts';
import type { MailTemplate } from './effects.ts';
import type { ApplicationState, RelatedApplication, RelatedRole, Stage } from './state.ts';
import type { Task, Queue } from './tasks.ts';

/**
 * What the projection in PostgreSQL learns at a step: the events, and the summary that queues and lists are made of. Written
 * before the person gets the answer (design 8). Repeating it changes nothing.
 */
export interface ProjectionStep {
  applicationId: string;
  events: readonly ApplicationEvent[];
  summary: ProjectionSummary;
}
export interface ProjectionSummary {
  seq: number;
  stage: Stage;
  queues: readonly Queue[];
  tasks: readonly Task[];
  assignee: string | null;
  firstReviewer: string | null;
  deadline: string | null;
  overdue: boolean;
  dataVersion: number;
}

export interface SettingsForApplication {
  settings: ApplicationSettings;
}
export interface IntakeResult {
  lookAlikes: number;
  hints: number;
  /** Other applications of the child that this one depends on, as they stand (domain.md, "Effects between applications"). */
  related?: readonly { role: RelatedRole; related: RelatedApplication }[];
}

/** The side effects that the application's workflow asks for. Implemented in `activities/`, one file a concern. */
export interface ApplicationActivities {
  /** The ward's settings in force at this instant: calendar, deadlines, and the criteria by their ids (Q10). */
  loadSettings(input: {
    procedure: string;
    applicationId: string;
    at: string;
  }): Promise<SettingsForApplication>;
  /** The state that the projection's events give; only for applications that have ended. */
  loadState(input: { applicationId: string }): Promise<ApplicationState>;
  /** Machine checks and look-alikes (Q15): hints are stored for the reviewer; only counts come back. */
  checkIntake(input: { applicationId: string }): Promise<IntakeResult>;
  /** Writes events and summary to the projection, and wakes listening screens. Idempotent by `seq`. */
  project(step: ProjectionStep): Promise<void>;
  /**
   * Sees to everything that follows from the events in the projection and has not been done yet: mails, letters, and the
   * records in kintone. Every attempt looks at what has come by then, so a part that is away delays only its own. Idempotent.
   * @returns how far kintone has come, and mails that were refused for good
   */
  deliver(input: { applicationId: string }): Promise<Delivery>;
}

export interface Delivery {
  /** kintone has everything up to this event. */
  seq: number;
  failedMails: readonly { mailId: string; template: MailTemplate }[];
  /** Applications that an approved cancellation was to end and that had been decided in the same moment. */
  cancelledTooLate?: readonly string[];
}

/** What a part of a delivery is to see to. */
export interface DeliveryStep {
  applicationId: string;
  seq: number;
  /** The events up to `seq`, where somebody has read them already; else the part reads them. They never change. */
  events?: readonly ApplicationEvent[];
}

/** The parts of a delivery, each idempotent. */
export interface DeliveryParts {
  /**
   * Carries everything that kintone does not have yet for this application (record, documents, reviews, texts) up to `seq`
   * and then erases the waiting copies. Idempotent; batched with other applications by the gateway.
   */
  carryToKintone(step: DeliveryStep): Promise<void>;
  /**
   * Sends one mail, once. Resolves `failed` where the address is refused for good, `superseded` where it is pointless by now,
   * `joined` where the mail of another application that was filed with it tells of both: nothing to retry.
   */
  sendMail(input: {
    mailId: string;
    applicationId: string;
    template: MailTemplate;
    seq: number;
  }): Promise<{ outcome: 'sent' | 'failed' | 'superseded' | 'joined' }>;
  /** Has an approval take effect on the child's enrolment: one entry an application, then its fold in kintone. */
  writeEnrolment(step: DeliveryStep): Promise<void>;
  /** Tells the child's applications that depend on this one how it stands. */
  tellRelated(step: DeliveryStep): Promise<void>;
  /** Ends what an approved cancellation asks to end. */
  cancelRelated(step: DeliveryStep): Promise<{ cancelledTooLate: readonly string[] }>;
  /**
   * Makes the notices (通知書) of the decisions up to `seq` that have none yet, notes release days and decisions taken back, and
   * carries them into kintone with their PDFs (Q22). Idempotent.
   */
  makeNotices(step: DeliveryStep): Promise<void>;
  /** Makes the deficiency letter's PDF, once, from the data of that moment (Q20). */
  makeLetter(input: {
    letterId: string;
    applicationId: string;
    requestId: string;
    seq: number;
  }): Promise<void>;
}
