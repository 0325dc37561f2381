import type { Instant, LocalDate } from '../calendar/dates.ts';
import { ROLE_LABELS, type ActorRef } from '../people/actor.ts';
import {
  answerBy,
  APPLICANT_EVENTS,
  approvedFrom,
  chased,
  newDeadline,
  NEXT_STEPS,
  requested,
  STATUS_EXPLANATIONS,
  STATUS_LABELS,
  type StatusCode,
  type Words,
} from '../texts/applicant.ts';
import { staffWords, type TimelineNames } from '../texts/timeline.ts';
import type { ApplicationEvent, EventType } from './events.ts';
import { evolve } from './evolve.ts';
import { openItems, type ApplicationState } from './state.ts';

export type { StatusCode, TimelineNames };

/** One line of the whole history, for staff, in Japanese (Q09, Q21). */
export interface StaffEntry {
  seq: number;
  at: Instant;
  type: EventType;
  by: ActorRef;
  /** The person's name, or what acted. */
  who: string;
  text: string;
  /** What a person wrote, where its text is at hand. */
  detail: string | null;
}

function whoOf(by: ActorRef, names: TimelineNames): string {
  if (by.kind === 'system') return 'システム';
  const name = names.person(by.id);
  if (by.kind === 'applicant') return name ?? ROLE_LABELS.applicant;
  return name ?? ROLE_LABELS[by.role];
}

/** The reference to what a person wrote with an event. */
function textRefOf(event: ApplicationEvent): string | undefined {
  switch (event.type) {
    case 'returnedToFirst':
    case 'deadlineExtended':
    case 'itemWaived':
    case 'reviewReopened':
    case 'decided':
    case 'decisionRevised':
    case 'cancelled':
      return event.reason;
    case 'escalated':
      return event.question;
    case 'instructed':
      return event.instruction;
    case 'noted':
      return event.note;
    case 'contactRecorded':
      return event.contact.content;
    case 'changedInKintone':
      return event.changeId;
    default:
      return undefined;
  }
}

/** An event in words for staff: who, what, and what was written with it. */
export function timelineEntry(event: ApplicationEvent, names: TimelineNames): StaffEntry {
  const ref = textRefOf(event);
  return {
    seq: event.seq,
    at: event.at,
    type: event.type,
    by: event.by,
    who: whoOf(event.by, names),
    text: staffWords(event, names),
    detail: (ref === undefined ? undefined : names.text?.(ref)) ?? null,
  };
}

/** One line of what concerns the applicant (Q11). No names: who reviewed is the office's matter. */
export interface ApplicantEntry {
  seq: number;
  at: Instant;
  type: EventType;
  by: 'you' | 'office' | 'ward';
  title: Words;
}

/** What the applicant is told of an event; undefined where it does not concern them. */
function applicantWords(
  event: ApplicationEvent,
  before: ApplicationState | undefined,
  after: ApplicationState,
): Words | undefined {
  switch (event.type) {
    case 'received':
      return APPLICANT_EVENTS.received;
    case 'assigned':
    case 'firstReviewCompleted':
      return after.reviewBegunAt !== before?.reviewBegunAt ? APPLICANT_EVENTS.reviewBegun : undefined;
    case 'deficiencyRequested':
      return requested(event.request.items.length, event.request.deadline);
    case 'applicantTold':
      return APPLICANT_EVENTS.told;
    case 'letterPosted':
      return APPLICANT_EVENTS.letterPosted;
    case 'reminded':
      // Without an address a reminder is a task for staff; a phone call that was made is a contact record.
      return after.hasMail ? APPLICANT_EVENTS.reminded : undefined;
    case 'deadlinePassed':
      return APPLICANT_EVENTS.deadlinePassed;
    case 'deadlineExtended':
      return newDeadline(event.deadline);
    case 'settingsChanged': {
      const deadline = after.request?.deadline;
      return deadline !== undefined && deadline !== before?.request?.deadline
        ? newDeadline(deadline)
        : undefined;
    }
    case 'chased':
      return chased(event.deadline);
    case 'itemWaived':
      return APPLICANT_EVENTS.itemWaived;
    case 'minorCorrected':
      return APPLICANT_EVENTS.minorCorrected;
    case 'answered':
      return APPLICANT_EVENTS.answered;
    case 'reviewReopened':
      return event.cause === 'withoutAnswer' ? APPLICANT_EVENTS.withoutAnswer : APPLICANT_EVENTS.reviewAgain;
    case 'secondReviewAgreed':
      return after.cycle.first?.findings.some((f) => f.result === 'deficient')
        ? undefined
        : APPLICANT_EVENTS.reviewed;
    case 'decided':
      // Until the day of the round nobody is told.
      return event.releaseOn === undefined ? decidedWords(after) : undefined;
    case 'waitlisted':
      return event.tellOn === undefined ? APPLICANT_EVENTS.waitlisted : undefined;
    case 'waitlistTold':
      return APPLICANT_EVENTS.waitlisted;
    case 'released':
      return decidedWords(after);
    case 'cancelled':
      return APPLICANT_EVENTS.cancelled;
    case 'intakeChecked':
    case 'entryConfirmed':
    case 'entryCorrected':
    case 'entryReturned':
    case 'unassigned':
    case 'returnedToFirst':
    case 'escalated':
    case 'instructed':
    case 'escalationWithdrawn':
    case 'noted':
    case 'contactRecorded':
    case 'contactConfirmed':
    case 'mailFailed':
    case 'changedInKintone':
    case 'kintoneChangeSettled':
    case 'mailFollowedUp':
    case 'decisionRevised':
    case 'relatedChanged':
    case 'cancelledTooLate':
      return undefined;
  }
}

/** Procedures whose approval lets the child come from a day on. */
const BEGINS_USE = ['admission', 'extendedUse'];

function decidedWords({ decision, procedure }: ApplicationState): Words | undefined {
  if (!decision) return undefined;
  if (decision.outcome === 'refused') return APPLICANT_EVENTS.refused;
  return decision.effectiveFrom
    ? approvedFrom(decision.effectiveFrom, BEGINS_USE.includes(procedure))
    : APPLICANT_EVENTS.approved;
}

function byForApplicant({ type, by }: ApplicationEvent): ApplicantEntry['by'] {
  // The clock tells it, but it is the ward's decision.
  if (type === 'released' || type === 'waitlistTold') return 'ward';
  // It follows from the family's last answer, but it is the office that reviews.
  if (type === 'reviewReopened' && by.kind === 'applicant') return 'office';
  if (by.kind === 'applicant') return 'you';
  return by.kind === 'staff' && by.role === 'ward' ? 'ward' : 'office';
}

/**
 * A history as the applicant sees it: received, review, requests with their deadlines, reminders, answers, letters, decision,
 * cancellation. Never notes, escalations, contacts, returns between reviewers, or who reviewed.
 * @param events the whole history from `received` on
 */
export function applicantTimeline(events: readonly ApplicationEvent[]): readonly ApplicantEntry[] {
  const entries: ApplicantEntry[] = [];
  let state: ApplicationState | undefined;
  for (const event of events) {
    const after: ApplicationState = evolve(state, event);
    const title = applicantWords(event, state, after);
    if (title) {
      entries.push({ seq: event.seq, at: event.at, type: event.type, by: byForApplicant(event), title });
    }
    state = after;
  }
  return entries;
}

export interface ApplicantStatus {
  code: StatusCode;
  label: Words;
  explanation: Words;
  /** What to do, or what happens next; null after the decision, when the notice says it. */
  nextStep: Words | null;
  /** Set while an answer is awaited: the same day that staff see. */
  deadline?: LocalDate;
}

function statusCode(state: ApplicationState): StatusCode {
  switch (state.stage) {
    case 'entryCheck':
      return 'received';
    case 'firstReview':
    case 'secondReview':
      return state.reviewBegunAt ? 'underReview' : 'received';
    case 'awaitingApplicant':
      return state.request?.overdue ? 'answerOverdue' : 'answerNeeded';
    case 'awaitingDecision':
    case 'awaitingRelease':
      return state.waitlist?.toldAt === undefined ? 'awaitingDecision' : 'waitlisted';
    case 'approved':
    case 'refused':
    case 'cancelled':
      return state.stage;
  }
}

/**
 * The application as its applicant may know it: a decision that waits for the day of its round is not there yet (Q23).
 * Whatever is shown or sent to applicants is made from this.
 */
export function applicantView(state: ApplicationState): ApplicationState {
  const { waitlist, ...others } = state;
  const known = waitlist && waitlist.toldAt === undefined ? others : state;
  if (state.stage !== 'awaitingRelease') return known;
  const { decision: _hidden, ...rest } = known;
  return { ...rest, stage: 'awaitingDecision' };
}

/** How an application stands, in the applicant's words, derived from the state that staff see (Q09, Q11). */
export function applicantStatus(state: ApplicationState): ApplicantStatus {
  const code = statusCode(state);
  const { request } = state;
  const waiting = state.stage === 'awaitingApplicant' && request;
  const nextStep =
    waiting && !request.overdue
      ? answerBy(openItems(state).length, request.deadline)
      : (NEXT_STEPS[code] ?? null);
  return {
    code,
    label: STATUS_LABELS[code],
    explanation: STATUS_EXPLANATIONS[code],
    nextStep,
    ...(waiting ? { deadline: request.deadline } : {}),
  };
}
