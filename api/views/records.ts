import { chaserDeadline } from '../../domain/application/deadlines.ts';
import { offeredActions, whyNotOffered } from '../../domain/application/decide.ts';
import { MAIL_TEMPLATES } from '../../domain/application/effects.ts';
import { offeredForItem } from '../../domain/application/offered.ts';
import type { ApplicationEvent } from '../../domain/application/events.ts';
import type { ApplicationState } from '../../domain/application/state.ts';
import { timelineEntry, type TimelineNames } from '../../domain/application/timeline.ts';
import { workingDaysBetween } from '../../domain/calendar/working-days.ts';
import { mailLabel } from '../../domain/mails/content.ts';
import type { StaffActor } from '../../domain/people/actor.ts';
import type { Criterion } from '../../domain/procedures/definition.ts';
import { ACTION_LABELS, REFUSAL_TEXTS } from '../../domain/texts/application.ts';
import type { PaperEntry } from '../../store/paper-entries.ts';
import type { MailRecord } from '../../store/mails.ts';
import type { StaffApplication } from '../contract/staff.ts';
import { StaffAction } from '../contract/staff-actions.ts';
import { today } from '../services/ward-settings.ts';
import type { TextOf } from './checklist.ts';
import type { People } from './people.ts';

/** Questions to the ward and its instructions (Q16, Q20), oldest first. */
export function escalationViews(
  state: ApplicationState,
  people: People,
  textOf: TextOf,
): StaffApplication['escalations'] {
  return state.escalations.map((one) => ({
    id: one.id,
    criterionId: one.criterionId ?? null,
    question: textOf(one.question),
    askedBy: people.ref(one.askedBy),
    askedAt: one.askedAt,
    from: one.from,
    instruction: textOf(one.instruction),
    answeredBy: people.refOrNull(one.answeredBy),
    answeredAt: one.answeredAt ?? null,
    withdrawnAt: one.withdrawnAt ?? null,
  }));
}

/** Contacts with the family (Q21), oldest first. */
export function contactViews(
  state: ApplicationState,
  reader: StaffActor,
  people: People,
  textOf: TextOf,
): StaffApplication['contacts'] {
  const mayConfirm = whyNotOffered(state, reader, 'confirmContact') === null;
  return state.contacts.map((one) => ({
    id: one.id,
    kind: one.kind,
    direction: one.direction,
    content: textOf(one.content),
    recordedBy: people.ref(one.recordedBy),
    occurredAt: one.occurredAt,
    recordedAt: one.recordedAt,
    confirmedBy: people.refOrNull(one.confirmedBy),
    confirmedAt: one.confirmedAt ?? null,
    confirmable: mayConfirm && one.confirmedBy === undefined && one.recordedBy !== reader.id,
  }));
}

/** What a checker found different in the entry of a paper application; null where nothing is returned. */
export function entryReturnedView(
  { entryReturned }: ApplicationState,
  people: People,
  textOf: TextOf,
): StaffApplication['entryReturned'] {
  if (!entryReturned) return null;
  const { by, at, differences } = entryReturned;
  return {
    by: people.ref(by),
    at,
    differences: differences.map(({ field, note }) => ({ field, note: textOf(note) })),
  };
}

/** The receipt stamp of a paper application. */
export function paperView(paper: PaperEntry | undefined, people: People): StaffApplication['paper'] {
  if (!paper) return null;
  const { id, serial, receivedOn, arrivedBy, receiverId, stampedAt } = paper;
  return { id, serial, receivedOn, arrivedBy, receiver: people.ref(receiverId), stampedAt };
}

/** What the applicant is asked now (Q18, Q20); null where nothing is. */
export function requestView(
  state: ApplicationState,
  reader: StaffActor,
  criteria: readonly Criterion[],
  textOf: TextOf,
  now: Date,
): StaffApplication['request'] {
  const { request, settings } = state;
  if (!request) return null;
  return {
    id: request.id,
    round: request.round,
    method: request.method,
    requestedAt: request.requestedAt,
    deadline: request.deadline,
    overdue: request.overdue,
    workingDaysLeft: workingDaysBetween(today(now), request.deadline, settings.calendar),
    reminders: [...request.reminders],
    chasers: request.chasers,
    postedOn: request.postedOn ?? null,
    toldAt: request.toldAt ?? null,
    proposedDeadline: chaserDeadline(now.toISOString(), settings),
    items: request.items.map((item) => {
      const criterion = criteria.find((one) => one.id === item.criterionId);
      const reason = criterion?.reasons.find((one) => one.code === item.reasonCode);
      return {
        id: item.id,
        criterionId: item.criterionId,
        title: criterion?.title ?? item.criterionId,
        reasonCode: item.reasonCode,
        reasonLabel: reason?.label ?? item.reasonCode,
        targets: [...item.targets],
        applicantNote: textOf(item.applicantNote),
        status: item.status,
        offered: [...offeredForItem(state, reader, item.id)],
      };
    }),
  };
}

/** Notes of colleagues, oldest first. */
export function noteViews(
  events: readonly ApplicationEvent[],
  people: People,
  textOf: TextOf,
): StaffApplication['notes'] {
  return events.flatMap((event) =>
    event.type === 'noted'
      ? [{ seq: event.seq, at: event.at, by: people.actor(event.by), text: textOf(event.note) }]
      : [],
  );
}

/** The mails that went to the applicant. */
export function mailViews(mails: readonly MailRecord[]): StaffApplication['mails'] {
  return mails.map(({ mailId, template, status, at, sentAt, error }) => {
    const known = MAIL_TEMPLATES.find((one) => one === template);
    return { mailId, template, label: known ? mailLabel(known) : template, status, at, sentAt, error };
  });
}

/** Everything that happened, in words. */
export function timelineViews(
  events: readonly ApplicationEvent[],
  people: People,
  names: TimelineNames,
): StaffApplication['timeline'] {
  return events.map((event) => {
    const { seq, at, type, text, detail } = timelineEntry(event, names);
    return { seq, at, type, by: people.actor(event.by), title: { ja: text }, detail };
  });
}

const STAFF_ACTIONS = StaffAction.options.map((option) => option.shape.type.value);

/** The actions as buttons: offered, or why not. The workflow decides when one is pressed. */
export function actionViews(state: ApplicationState, reader: StaffActor): StaffApplication['actions'] {
  const offered = offeredActions(state, reader);
  return STAFF_ACTIONS.map((type) => {
    const refusal = whyNotOffered(state, reader, type);
    return {
      type,
      label: ACTION_LABELS[type],
      offered: offered.includes(type),
      refusal: refusal && { code: refusal.code, text: REFUSAL_TEXTS[refusal.code] },
    };
  });
}
