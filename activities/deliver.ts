import { ApplicationFailure } from '@temporalio/common';
import { effectsOf, type Effect } from '../domain/application/effects.ts';
import type { ApplicationEvent } from '../domain/application/events.ts';
import { replay } from '../domain/application/evolve.ts';
import type { ApplicationState } from '../domain/application/state.ts';
import type { ApplicationActivities, Delivery, DeliveryParts } from '../domain/application/ports.ts';
import { completeEvents } from '../store/events.ts';
import { mailsOf } from '../store/mails.ts';
import type { Db } from '../store/db.ts';

/** Mails that came to nothing and that the application does not know of yet. */
function unreported(failed: readonly Delivery['failedMails'][number][], events: readonly ApplicationEvent[]) {
  const known = new Set(events.flatMap((event) => (event.type === 'mailFailed' ? [event.mailId] : [])));
  return failed.filter((mail) => !known.has(mail.mailId));
}

/** Can another application depend on what has happened to this one: an admission, or anything that a cancellation was to end? */
function concernsOthers(state: ApplicationState, events: readonly ApplicationEvent[]): boolean {
  return (
    state.procedure === 'admission' || events.some(({ type }) => type === 'decided' || type === 'cancelled')
  );
}

function isFinal(error: unknown): boolean {
  return error instanceof ApplicationFailure && error.nonRetryable === true;
}

/**
 * Everything that has to follow from an application's events: mails, letters, records in kintone, beside each other, so that one
 * that is away holds up only itself. What has been done is known by its id and not done again, so the next attempt does what
 * is left. Fails as final only when nothing is left that a retry could mend.
 */
export function createDeliver(db: Db, parts: DeliveryParts): ApplicationActivities['deliver'] {
  return async ({ applicationId }) => {
    const events = await completeEvents(db, applicationId);
    const seq = events.length;
    const state = replay(events);
    const step = { applicationId, seq, events };
    const effects = effectsOf(state, events);
    const mails = new Map((await mailsOf(db, applicationId)).map((mail) => [mail.mailId, mail.status]));
    const failed: Delivery['failedMails'][number][] = [];

    const carryOut = async (effect: Effect): Promise<void> => {
      if (effect.kind === 'letter') {
        const { letterId, requestId, seq: at } = effect;
        await parts.makeLetter({ letterId, applicationId, requestId, seq: at });
        return;
      }
      const { mailId, template, seq: at } = effect;
      const soFar = mails.get(mailId);
      if (soFar === 'sent' || soFar === 'superseded' || soFar === 'joined') return;
      const { outcome } = await parts.sendMail({ mailId, applicationId, template, seq: at });
      if (outcome === 'failed') failed.push({ mailId, template });
    };

    let tooLate: readonly string[] = [];
    const cancelRelated = async () => {
      ({ cancelledTooLate: tooLate } = await parts.cancelRelated(step));
    };
    const approved = state.stage === 'approved';
    const results = await Promise.allSettled([
      parts.carryToKintone(step),
      parts.makeNotices(step),
      ...(approved ? [parts.writeEnrolment(step)] : []),
      ...(approved && state.cancels ? [cancelRelated()] : []),
      ...(concernsOthers(state, events) ? [parts.tellRelated(step)] : []),
      ...effects.map((effect) => carryOut(effect)),
    ]);
    const errors = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    const worth = errors.find((error) => !isFinal(error)) ?? errors[0];
    if (worth !== undefined) throw worth as Error;
    const known = state.cancelledTooLate ?? [];
    const news = tooLate.filter((id) => !known.includes(id));
    return {
      seq,
      failedMails: unreported(failed, events),
      ...(news.length > 0 ? { cancelledTooLate: news } : {}),
    };
  };
}
