import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser, type AddressObject } from 'mailparser';

/** What the list shows of a mail. */
export interface StoredMail {
  /** Sorts by time of arrival; also the name of its file. */
  id: string;
  receivedAt: string;
  envelopeFrom: string;
  recipients: string[];
  from: string;
  to: string;
  subject: string;
  preview: string;
  /** By which a receiving server drops a second copy; empty where the mail has none. */
  messageId: string;
}

export interface MailContent extends StoredMail {
  text: string;
  html: string;
  headers: { name: string; value: string }[];
  attachments: { filename: string; contentType: string; content: Buffer }[];
  raw: Buffer;
}

const idPattern = /^\d{13}-[0-9a-f]{8}$/;

/** The caught mails, one `.eml` file each with a small `.json` for the list; they stay over restarts. */
export class MailStore {
  private readonly mails = new Map<string, StoredMail>();
  private readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** Opens a folder, created when missing. A file that cannot be read is left out, and the count of such is kept. */
  static async open(dir: string): Promise<MailStore> {
    const store = new MailStore(dir);
    await mkdir(dir, { recursive: true });
    for (const name of (await readdir(dir)).sort()) {
      const id = path.basename(name, '.json');
      if (!name.endsWith('.json') || !idPattern.test(id)) continue;
      try {
        store.mails.set(id, JSON.parse(await readFile(path.join(dir, name), 'utf8')) as StoredMail);
      } catch {
        store.unreadable += 1;
      }
    }
    return store;
  }

  unreadable = 0;

  /** Keeps a mail as it came over SMTP. Once it resolves the mail is in its file. */
  async add(raw: Buffer, envelope: { from: string; recipients: string[] }, now: Date): Promise<StoredMail> {
    const parsed = await simpleParser(raw);
    const mail: StoredMail = {
      id: `${String(now.getTime()).padStart(13, '0')}-${randomBytes(4).toString('hex')}`,
      receivedAt: now.toISOString(),
      envelopeFrom: envelope.from,
      recipients: envelope.recipients,
      from: parsed.from?.text ?? envelope.from,
      to: addressText(parsed.to) || envelope.recipients.join(', '),
      subject: parsed.subject ?? '',
      preview: (parsed.text ?? '').replace(/\s+/g, ' ').trim().slice(0, 120),
      messageId: parsed.messageId ?? '',
    };
    await writeFile(path.join(this.dir, `${mail.id}.eml`), raw);
    // The list entry appears only once it is complete: a kill in between leaves no half mail in the list.
    const entry = path.join(this.dir, `${mail.id}.json`);
    await writeFile(`${entry}.tmp`, JSON.stringify(mail));
    await rename(`${entry}.tmp`, entry);
    this.mails.set(mail.id, mail);
    return mail;
  }

  /** Newest first; `search` looks in recipients, subject and the beginning of the text. */
  list(search = ''): StoredMail[] {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return [...this.mails.values()]
      .filter((mail) => {
        const text = [mail.to, ...mail.recipients, mail.subject, mail.preview].join(' ').toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** The whole mail, or undefined when there is none with that id. */
  async read(id: string): Promise<MailContent | undefined> {
    const mail = this.mails.get(id);
    if (mail === undefined) return undefined;
    const raw = await readFile(path.join(this.dir, `${id}.eml`)).catch(() => undefined);
    if (raw === undefined) return undefined;
    const parsed = await simpleParser(raw);
    return {
      ...mail,
      raw,
      text: parsed.text ?? '',
      html: typeof parsed.html === 'string' ? parsed.html : '',
      headers: parsed.headerLines.map(({ key, line }) => ({
        name: key,
        value: line.slice(line.indexOf(':') + 1).trim(),
      })),
      attachments: parsed.attachments.map((file, index) => ({
        filename: file.filename ?? `attachment-${String(index + 1)}`,
        contentType: file.contentType,
        content: file.content,
      })),
    };
  }

  /** Deletes every mail. */
  async clear(): Promise<void> {
    const ids = [...this.mails.keys()];
    this.mails.clear();
    for (const id of ids) {
      await rm(path.join(this.dir, `${id}.json`), { force: true });
      await rm(path.join(this.dir, `${id}.eml`), { force: true });
    }
  }
}

function addressText(field: AddressObject | AddressObject[] | undefined): string {
  return [field ?? []]
    .flat()
    .map((object) => object.text)
    .join(', ');
}
