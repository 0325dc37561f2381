import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface CapturedMail {
  /** Envelope sender. */
  from: string;
  /** Envelope recipients. */
  recipients: string[];
  subject: string;
  text: string;
  html: string;
  /** Header addresses of To. */
  to: string[];
  messageId: string;
  headers: ParsedMail['headers'];
  attachments: { filename: string; contentType: string; content: Buffer }[];
  raw: string;
  receivedAt: Date;
}

/** How the server treats what comes: `accept`; `refuse` for good (550); `defer` for now (451); `hang` without an answer. */
export type MailBehaviour = 'accept' | 'refuse' | 'defer' | 'hang';

export interface TestMailServer {
  port: number;
  /** smtp://127.0.0.1:port; stays the same over `down()` and `up()`. */
  url: string;
  mails: readonly CapturedMail[];
  /** Mails to an address, oldest first. */
  to: (address: string) => CapturedMail[];
  /** Resolves with the mail that matches, one that is there already included. Rejects after `timeoutMs` (30 s). */
  waitFor: (match: (mail: CapturedMail) => boolean, timeoutMs?: number) => Promise<CapturedMail>;
  /** For all mails, or only for those to `address`. */
  behave: (behaviour: MailBehaviour, address?: string) => void;
  /** Connections are refused until `up()`, as with a mail server that is away. */
  down: () => Promise<void>;
  up: () => Promise<void>;
  clear: () => void;
  stop: () => Promise<void>;
}

/** An SMTP server in this process that keeps what it gets, and can refuse, defer, hang or be away. */
export async function startTestMail(): Promise<TestMailServer> {
  const mails: CapturedMail[] = [];
  const waiting = new Set<() => void>();
  let general: MailBehaviour = 'accept';
  const byAddress = new Map<string, MailBehaviour>();
  let server: SMTPServer | undefined;
  let port = 0;

  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onRcptTo: (address, _session, callback) => {
      const behaviour = byAddress.get(address.address.toLowerCase()) ?? general;
      if (behaviour === 'hang') return;
      if (behaviour === 'accept') {
        callback();
        return;
      }
      const refused = behaviour === 'refuse';
      const error = new Error(refused ? '5.1.1 No such user' : '4.3.0 Try again later');
      callback(Object.assign(error, { responseCode: refused ? 550 : 451 }));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        simpleParser(raw).then(
          (mail) => {
            const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
            mails.push(
              capture(
                mail,
                raw,
                from,
                session.envelope.rcptTo.map((rcpt) => rcpt.address),
              ),
            );
            callback();
            for (const wake of waiting) wake();
          },
          (error: unknown) => {
            callback(error instanceof Error ? error : new Error(String(error)));
          },
        );
      });
    },
  };

  const up = async () => {
    if (server !== undefined) return;
    const next = new SMTPServer(options);
    // Clients that vanish in the middle of a test are no failure of the server.
    next.on('error', () => undefined);
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
    port = (next.server.address() as AddressInfo).port;
    server = next;
  };
  const down = async () => {
    const closing = server;
    server = undefined;
    if (closing !== undefined) await new Promise<void>((resolve) => closing.close(resolve));
  };
  await up();

  return {
    port,
    url: `smtp://127.0.0.1:${String(port)}`,
    mails,
    to: (address) => mails.filter((mail) => mail.recipients.includes(address)),
    waitFor: (match, timeoutMs = 30_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = mails.find(match);
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          const got = mails.map((mail) => `${mail.recipients.join(',')}: ${mail.subject}`).join('; ');
          reject(new Error(`no such mail within ${String(timeoutMs)} ms; got: ${got || 'none'}`));
        }, timeoutMs);
        waiting.add(look);
        look();
      }),
    behave: (behaviour, address) => {
      if (address === undefined) general = behaviour;
      else byAddress.set(address.toLowerCase(), behaviour);
    },
    down,
    up,
    clear: () => {
      mails.length = 0;
    },
    stop: down,
  };
}

function capture(mail: ParsedMail, raw: Buffer, from: string, recipients: string[]): CapturedMail {
  return {
    from,
    recipients,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: typeof mail.html === 'string' ? mail.html : '',
    to: addresses(mail.to),
    messageId: mail.messageId ?? '',
    headers: mail.headers,
    attachments: mail.attachments.map((file) => ({
      filename: file.filename ?? '',
      contentType: file.contentType,
      content: file.content,
    })),
    raw: raw.toString('utf8'),
    receivedAt: new Date(),
  };
}

function addresses(field: AddressObject | AddressObject[] | undefined): string[] {
  return [field ?? []].flat().flatMap((object) => object.value.map((entry) => entry.address ?? ''));
}
