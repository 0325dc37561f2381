import { setTimeout as delay } from 'node:timers/promises';

export interface CaughtMail {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
}

interface ListedMail {
  readonly id: string;
  readonly subject: string;
  readonly recipients: readonly string[];
}

/** The newest mail to an address with these words in its subject, from the mail catcher; waits up to 30 s for it to come. */
export async function mailTo(mailUrl: string, address: string, subject: string): Promise<CaughtMail> {
  const get = async <T>(path: string) => (await (await fetch(`${mailUrl}/api/mails${path}`)).json()) as T;
  for (let tries = 0; tries < 150; tries += 1) {
    const list = await get<ListedMail[]>(`?q=${encodeURIComponent(address)}`);
    const found = list.find((mail) => mail.recipients.includes(address) && mail.subject.includes(subject));
    if (found) return get<CaughtMail>(`/${found.id}`);
    await delay(200);
  }
  throw new Error(`no mail 「${subject}」 to ${address}`);
}
