import { ApplicationFailure } from '@temporalio/common';
import nodemailer, { type Transporter } from 'nodemailer';
import { replay } from '../../domain/application/evolve.ts';
import { isStillDue } from '../../domain/application/still-due.ts';
import type { DeliveryParts } from '../../domain/application/ports.ts';
import type { ApplicationState } from '../../domain/application/state.ts';
import type { Locale } from '../../domain/texts/locale.ts';
import { eventsOf } from '../../store/events.ts';
import {
  beginMail,
  markMailFailed,
  markMailSent,
  markMailUnsent,
  noteMailTrouble,
  toldTogether,
} from '../../store/mails.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import type { Db } from '../../store/db.ts';
import { criteriaOf, newestSetting } from '../../store/settings.ts';
import { mailContent, type MailFacts } from '../../domain/mails/content.ts';
import { factsAt, notesAt } from '../../domain/mails/facts.ts';
import { renderMail } from '../../domain/mails/render.ts';

/** Where mails go out, and in whose name. */
export interface MailSettings {
  smtpUrl: string;
  from: string;
  /** Used until the ward sets a footer of its own. */
  footer: string;
  publicUrl: string;
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

/** SMTP answers of the 5xx family about the recipient: trying again will not help. */
function refusedForGood(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  return responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
}

/** What went wrong, without the address that servers like to repeat. */
function trouble(error: unknown): string {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return [code, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown';
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
 * The way to the mail server. Its deadlines end a silent server's attempt well before the activity's own: an attempt that
 * lived on beside the next one could send twice.
 */
export function createTransport(
  { smtpUrl }: Pick<MailSettings, 'smtpUrl'>,
  timeouts: { connectMs?: number; silenceMs?: number } = {},
): Transporter {
  const { connectMs = 10_000, silenceMs = 60_000 } = timeouts;
  // As options of the transport: what stands in the second argument are defaults of the mails.
  return nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
  });
}

/**
 * Sends the mail of one event (Q18, Q20), once: its row says whether it has gone, and its Message-ID is made from `mailId`, so
 * that receiving servers drop a second copy. A process that dies between the server's "accepted" and the row's mark sends it
 * again: this window cannot be closed with SMTP, and is a few milliseconds long.
 */
export function createSendMail(
  deps: { db: Db; transport: Transporter; settings: MailSettings } & MailSources,
): DeliveryParts['sendMail'] {
  const { db, transport, settings } = deps;
  const domain = /@([^>\s]+)/.exec(settings.from)?.[1] ?? 'localhost';

  return async ({ mailId, applicationId, template, seq }) => {
    const messageId = `<${mailId}@${domain}>`;
    const soFar = await beginMail(db, { mailId, applicationId, template, messageId });
    if (soFar !== 'sending') return { outcome: soFar };
    const events = await eventsOf(db, applicationId);
    if (!isStillDue(events, template, seq)) {
      await markMailUnsent(db, mailId, 'superseded');
      return { outcome: 'superseded' };
    }
    const together = template === 'received' ? await toldTogether(db, applicationId) : [];
    if (together.some(({ id, leads }) => leads && id !== applicationId)) {
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
    try {
      await transport.sendMail({
        messageId,
        from: settings.from,
        to: recipient.address,
        ...mail,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
    } catch (error) {
      if (refusedForGood(error)) {
        await markMailFailed(db, mailId, trouble(error));
        return { outcome: 'failed' };
      }
      await noteMailTrouble(db, mailId, trouble(error));
      // The original error could quote the address, and would stand in Temporal's history.
      throw ApplicationFailure.retryable(`mail server: ${trouble(error)}`, 'MailServerAway');
    }
    await markMailSent(db, mailId);
    return { outcome: 'sent' };
  };
}
