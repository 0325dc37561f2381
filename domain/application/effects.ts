import type { ApplicationEvent } from './events.ts';
import type { ApplicationState } from './state.ts';

/** Mails to applicants, each with a template of this name. */
export const MAIL_TEMPLATES = [
  'received',
  'deficiencyRequested',
  'letterComing',
  'reminder',
  'chaser',
  'deadlineExtended',
  'answerReceived',
  'decided',
  'waitlisted',
  'cancelled',
] as const;
export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

/** What has to follow from an event in the world outside. */
export type Effect =
  /** `mailId` is one for one event: sending it twice is sending it once. */
  | { kind: 'mail'; mailId: string; template: MailTemplate; seq: number }
  | { kind: 'letter'; letterId: string; requestId: string; seq: number };

function templateFor(event: ApplicationEvent): MailTemplate | undefined {
  switch (event.type) {
    case 'received':
      return event.channel === 'online' ? 'received' : undefined;
    case 'deficiencyRequested':
      return event.request.method === 'letter' ? 'letterComing' : 'deficiencyRequested';
    case 'reminded':
      return 'reminder';
    case 'chased':
      return event.method === 'mail' ? 'chaser' : undefined;
    case 'deadlineExtended':
      return 'deadlineExtended';
    case 'settingsChanged':
      return event.deadline === undefined ? undefined : 'deadlineExtended';
    case 'answered':
      return 'answerReceived';
    case 'decided':
      // Waits for the day of its round: nobody is told before.
      return event.releaseOn === undefined ? 'decided' : undefined;
    case 'waitlisted':
      return event.tellOn === undefined ? 'waitlisted' : undefined;
    case 'waitlistTold':
      return 'waitlisted';
    case 'released':
      return 'decided';
    case 'cancelled':
      return 'cancelled';
    default:
      return undefined;
  }
}

/**
 * What follows from events that have just happened: mails where the applicant has an address (staff get tasks otherwise,
 * see `tasks.ts`), and a deficiency letter to print (Q18, Q20). Pure, so that a replay finds the same.
 */
export function effectsOf(state: ApplicationState, events: readonly ApplicationEvent[]): readonly Effect[] {
  const effects: Effect[] = [];
  for (const event of events) {
    const template = templateFor(event);
    if (template && state.hasMail) {
      effects.push({ kind: 'mail', mailId: `${state.applicationId}-${event.seq}`, template, seq: event.seq });
    }
    if (event.type === 'deficiencyRequested' && event.request.method === 'letter') {
      const letterId = `${state.applicationId}-${event.request.id}`;
      effects.push({ kind: 'letter', letterId, requestId: event.request.id, seq: event.seq });
    }
  }
  return effects;
}
