import { createTransport } from 'nodemailer';
import type { Config } from '../../config/env.ts';
import type { Locale } from '../../domain/texts/locale.ts';
import { codeMail, type CodeMailKind } from './code-mails.ts';

/** Mails that belong to an account, not to an application: somebody waits for them in front of the screen. */
export interface CodeMailer {
  /** @throws where the mail server does not take it */
  send(to: string, kind: CodeMailKind, locale: Locale): Promise<void>;
  /** Does the mail server answer? */
  check(): Promise<boolean>;
  close(): void;
}

const TIMEOUT_MS = 8000;

/** Sends over the configured mail server, at once. */
export function createCodeMailer(mail: Config['mail'], publicUrl: string): CodeMailer {
  const transport = createTransport({
    url: mail.smtpUrl,
    pool: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  // Its own connection: the pool's may all be in use.
  const probe = createTransport({
    url: mail.smtpUrl,
    connectionTimeout: 2000,
    greetingTimeout: 2000,
    socketTimeout: 2000,
  });
  return {
    async send(to, kind, locale) {
      const { subject, text } = codeMail(kind, locale, { footer: mail.footer, publicUrl });
      await transport.sendMail({
        from: mail.from,
        to,
        subject,
        text,
        headers: { 'auto-submitted': 'auto-generated' },
      });
    },
    async check() {
      try {
        return await probe.verify();
      } catch {
        return false;
      }
    },
    close() {
      transport.close();
      probe.close();
    },
  };
}
