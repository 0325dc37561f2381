import { ApplicationFailure } from '@temporalio/common';
import nodemailer, { type Transporter } from 'nodemailer';
import pLimit from 'p-limit';
import type { RenderedMail } from '../../domain/mails/render.ts';
import type { Db } from '../../store/db.ts';
import { markMailFailed, markMailSent, noteMailTrouble } from '../../store/mails.ts';

/** A mail that has not come to its turn by then is tried again later, so that no attempt lives on beside the next one. */
const LONGEST_WAIT_MS = 60_000;

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

/**
 * The way to the mail server. Its deadlines end a silent server's attempt well before the activity's own: an attempt that
 * lived on beside the next one could send twice.
 */
export function createTransport(
  { smtpUrl }: { smtpUrl: string },
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

export interface Handed {
  mailId: string;
  /** With the angle brackets. */
  messageId: string;
  to: string;
  mail: RenderedMail;
}

/**
 * Hands mails over to the mail server and marks what became of each; so many at one time, the others wait for their turn.
 * @throws ApplicationFailure, to be tried again: the server is away, or too many wait
 */
export function createHandOver({
  db,
  transport,
  settings: { from, maxConnections },
  longestWaitMs = LONGEST_WAIT_MS,
}: {
  db: Db;
  transport: Transporter;
  settings: { from: string; maxConnections: number };
  longestWaitMs?: number;
}): (handed: Handed) => Promise<{ outcome: 'sent' | 'failed' }> {
  const turns = pLimit(maxConnections);

  const hand = async ({ mailId, messageId, to, mail }: Handed): Promise<{ outcome: 'sent' | 'failed' }> => {
    try {
      await transport.sendMail({
        messageId,
        from,
        to,
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

  return (handed) => {
    const since = performance.now();
    return turns(() => {
      if (performance.now() - since < longestWaitMs) return hand(handed);
      throw ApplicationFailure.retryable('mail server: too many mails wait', 'MailServerBusy');
    });
  };
}
