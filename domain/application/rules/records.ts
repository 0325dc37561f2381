import { tokyoDate, type Instant, type LocalDate } from '../../calendar/dates.ts';
import type { WorkCalendar } from '../../calendar/working-days.ts';
import { deadlineUnder } from '../deadlines.ts';
import type { ApplicationState } from '../state.ts';
import { byRole, bySystem, contactFilled, firstOf, idOf, notEnded, refuse, type Rule } from './common.ts';
import { contactBy } from './deficiency.ts';

/** A note for colleagues; also after the end, when families still call. */
export const addNote: Rule<'addNote'> = {
  may: (_state, actor) => byRole(actor, 'operator', 'leader', 'ward'),
  check: (_state, _actor, { note }) => (note ? null : refuse('reasonMissing')),
  events: (_state, _actor, { note }) => [{ type: 'noted', note }],
};

/** Every contact with the family is recorded (Q21). */
export const recordContact: Rule<'recordContact'> = {
  may: (_state, actor) => byRole(actor, 'operator', 'leader', 'ward'),
  check: (_state, _actor, { contact }) => contactFilled(contact),
  events: (_state, actor, { contact }, { now }) => [
    { type: 'contactRecorded', contact: contactBy(actor, contact, now) },
  ],
};

/** A leader confirms that a record is complete; never their own (Q21, 5(4)④). */
export const confirmContact: Rule<'confirmContact'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'leader'),
      () =>
        state.contacts.some((c) => !c.confirmedBy && c.recordedBy !== idOf(actor))
          ? null
          : refuse('noSuchContact'),
    ),
  check: (state, actor, { contactId }) => {
    const contact = state.contacts.find((c) => c.id === contactId);
    if (!contact) return refuse('noSuchContact', contactId);
    if (contact.confirmedBy) return refuse('alreadyConfirmed', contactId);
    return contact.recordedBy === idOf(actor) ? refuse('ownContact', contactId) : null;
  },
  events: (_state, _actor, { contactId }) => [{ type: 'contactConfirmed', contactId }],
};

/** Mails that did not arrive were followed up another way. */
export const followUpMail: Rule<'followUpMail'> = {
  may: (state, actor) =>
    firstOf(
      () => byRole(actor, 'operator', 'leader'),
      () => (state.failedMails.length > 0 ? null : refuse('noFailedMail')),
    ),
  check: (_state, _actor, { contact }) => contactFilled(contact),
  events: (state, actor, { contact }, { now }) => [
    { type: 'contactRecorded', contact: contactBy(actor, contact, now) },
    { type: 'mailFollowedUp', mailIds: state.failedMails.map((mail) => mail.mailId) },
  ],
};

export const reportMailFailure: Rule<'reportMailFailure'> = {
  may: (_state, actor) => bySystem(actor),
  events: (state, _actor, { mailId, template }) =>
    state.failedMails.some((mail) => mail.mailId === mailId)
      ? []
      : [{ type: 'mailFailed', mailId, template }],
};

export const reportIntakeCheck: Rule<'reportIntakeCheck'> = {
  may: (_state, actor) => bySystem(actor),
  events: (_state, _actor, { lookAlikes, hints }) => [{ type: 'intakeChecked', lookAlikes, hints }],
};

/** The ward changed its calendar, its deadlines or the day of the round: what is open follows. Criteria stay as they were at receipt. */
export const changeSettings: Rule<'changeSettings'> = {
  may: (state, actor) =>
    firstOf(
      () => bySystem(actor),
      () => notEnded(state),
    ),
  events: (state, _actor, { calendar, deadlines, noticesOn, keepsDays }, { now }) => {
    const deadline = keepsDays === true ? laterDeadline(state, calendar, now) : undefined;
    return [
      {
        type: 'settingsChanged',
        calendar,
        deadlines,
        ...(noticesOn === undefined ? {} : { noticesOn }),
        ...(deadline === undefined ? {} : { deadline }),
      },
    ];
  },
};

/** The deadline that a changed calendar gives an open request; undefined where it stays. */
function laterDeadline(
  { stage, request, settings }: ApplicationState,
  calendar: WorkCalendar,
  now: Instant,
): LocalDate | undefined {
  if (stage !== 'awaitingApplicant' || !request || request.overdue) return undefined;
  const days = { before: settings.calendar, after: calendar, today: tokyoDate(now) };
  const deadline = deadlineUnder(request.deadline, days);
  return deadline === request.deadline ? undefined : deadline;
}
