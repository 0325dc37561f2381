import type { MailTemplate } from './effects.ts';
import type { ApplicationEvent, EventType } from './events.ts';

/** After these nothing is asked of the applicant any more. */
const ASKING_ENDS: readonly EventType[] = ['reviewReopened', 'cancelled', 'decided'];
/** After these the deadline that a mail names is not the deadline any more. */
const DEADLINE_MOVES: readonly EventType[] = ['deadlineExtended', 'chased', 'letterPosted'];

/** What makes a mail pointless that has not gone out yet; a mail that is not here always goes, for it says what was. */
const OVERTAKEN_BY: Readonly<Partial<Record<MailTemplate, readonly EventType[]>>> = {
  deficiencyRequested: ASKING_ENDS,
  letterComing: ASKING_ENDS,
  reminder: [...ASKING_ENDS, ...DEADLINE_MOVES, 'deadlinePassed'],
  chaser: [...ASKING_ENDS, ...DEADLINE_MOVES],
  deadlineExtended: [...ASKING_ENDS, ...DEADLINE_MOVES],
};

/**
 * Is the mail of the event `seq` still to be sent, after everything that has happened since (Q18, Q20)? Where the mail server
 * was away for long, the applicant may have answered, or the deadline may be another one: a mail that asks for what has come,
 * or names a day that does not count any more, only confuses.
 * @param events the whole history as it is now
 */
export function isStillDue(
  events: readonly ApplicationEvent[],
  template: MailTemplate,
  seq: number,
): boolean {
  const overtakenBy = OVERTAKEN_BY[template] ?? [];
  return !events.some((event) => event.seq > seq && overtakenBy.includes(event.type));
}
