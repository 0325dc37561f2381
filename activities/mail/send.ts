import { ApplicationFailure } from '@temporalio/common';
import type { Transporter } from 'nodemailer';
import { replay } from '../../domain/application/evolve.ts';
import { isStillDue } from '../../domain/application/still-due.ts';
import type { DeliveryParts } from '../../domain/application/ports.ts';
import type { ApplicationState } from '../../domain/application/state.ts';
import type { Locale } from '../../domain/texts/locale.ts';
import { eventsOf } from '../../store/events.ts';
import { beginMail, failedBefore, markMailFailed, markMailUnsent, toldTogether } from '../../store/mails.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import type { Db } from '../../store/db.ts';
import { criteriaOf, newestSetting } from '../../store/settings.ts';
import { mailContent, type MailFacts } from '../../domain/mails/content.ts';
import { factsAt, notesAt } from '../../domain/mails/facts.ts';
import { renderMail } from '../../domain/mails/render.ts';
import { createHandOver } from './hand-over.ts';

/** Where mails go out, and in whose name. */
export interface MailSettings {
  smtpUrl: string;
  from: string;
  /** Used until the ward sets a footer of its own. */
  footer: string;
  publicUrl: string;
  /** Mails that one process hands over at one time: many servers allow few connections. */
  maxConnections: number;
}

export interface MailSources {
  /** The applicant's mail address and language; undefined where there is no address (any more). */
  recipientOf: (state: ApplicationState) => Promise<{ address: string; locale: Locale } | undefined>;
  /** The texts of an application that events refer to, wherever they are now. */
  textsOf: (
    state: ApplicationState,
    wanted: readonly string[],
  ) => Promise<(ref: string) => string | undefined>;
}

/** What one mail says of several applications: each with its number, and the list of all in place of one's page. */
function togetherFacts(
  together: readonly { receiptNumber: string; procedure: string }[],
  publicUrl: string,
): Partial<Pick<MailFacts, 'together' | 'url'>> {
  if (together.length < 2) return {};
  return {
    url: `${publicUrl}/applications`,
    together: together.map(({ receiptNumber, procedure }) => ({
      receiptNumber,
      procedure: procedureOf(procedure)?.name ?? { ja: procedure },
    })),
  };
}

/**
 * Sends the mail of one event (Q18, Q20), once: its row says whether it has gone, and its Message-ID is made from `mailId`, so
 * that receiving servers drop a second copy. A process that dies between the server's "accepted" and the row's mark sends it
 * again: this window cannot be closed with SMTP; it is a few milliseconds long, and only the few mails that are just being
 * handed over can fall into it.
 */
export function createSendMail(
  deps: {
    db: Db;
    transport: Transporter;
    settings: MailSettings;
    /** Told when the one mail for what was filed in one go has come to nothing; may be told again. */
    failedForAll?: (applicationId: string) => Promise<void>;
  } & MailSources,
): DeliveryParts['sendMail'] {
  const { db, transport, settings } = deps;
  const domain = /@([^>\s]+)/.exec(settings.from)?.[1] ?? 'localhost';
  const handOver = createHandOver({ db, transport, settings });

  const send: DeliveryParts['sendMail'] = async ({ mailId, applicationId, template, seq }) => {
    const messageId = `<${mailId}@${domain}>`;
    const soFar = await beginMail(db, { mailId, applicationId, template, messageId });
    if (soFar !== 'sending') return { outcome: soFar };
    const events = await eventsOf(db, applicationId);
    if (!isStillDue(events, template, seq)) {
      await markMailUnsent(db, mailId, 'superseded');
      return { outcome: 'superseded' };
    }
    const together = template === 'received' ? await toldTogether(db, applicationId) : [];
    const leader = together.find(({ id, leads }) => leads && id !== applicationId);
    if (leader) {
      if (await failedBefore(db, leader.id, template)) {
        await markMailFailed(db, mailId, 'the mail for all that was filed in one go has failed');
        return { outcome: 'failed' };
      }
      await markMailUnsent(db, mailId, 'joined');
      return { outcome: 'joined' };
    }
    const state = replay(events);
    const recipient = await deps.recipientOf(state);
    if (!recipient) {
      await markMailFailed(db, mailId, 'no address');
      return { outcome: 'failed' };
    }
    const definition = procedureOf(state.procedure);
    if (!definition)
      throw ApplicationFailure.nonRetryable(`unknown procedure ${state.procedure}`, 'UnknownProcedure');
    const criteria = await criteriaOf(db, state.procedure, state.settings.criteriaVersion);
    const textOf = await deps.textsOf(state, notesAt(events, seq));
    const facts = {
      ...factsAt(events, seq, { definition, criteria, textOf, portalUrl: settings.publicUrl }),
      ...togetherFacts(together, settings.publicUrl),
    };
    const footer = (await newestSetting(db, 'mail'))?.value.footer ?? settings.footer;
    const language = recipient.locale === 'en' ? 'en' : 'ja';
    const mail = renderMail(mailContent(template, facts, recipient.locale), footer, language);
    return handOver({ mailId, messageId, to: recipient.address, mail });
  };
  return async (input) => {
    const result = await send(input);
    if (result.outcome === 'failed' && input.template === 'received') {
      await deps.failedForAll?.(input.applicationId);
    }
    return result;
  };
}
