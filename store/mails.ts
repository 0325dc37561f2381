import type { MailTemplate } from '../domain/application/effects.ts';
import type { DbOrTransaction } from './db.ts';
import { announcementOf } from './events.ts';

export interface MailRecord {
  mailId: string;
  template: string;
  status: 'sending' | 'sent' | 'failed' | 'superseded' | 'joined';
  attempts: number;
  at: string;
  sentAt: string | null;
  error: string | null;
}

/**
 * Opens an attempt to send a mail. The first attempt makes its row; later ones count.
 * @returns what became of it so far: all but `sending` are final, nothing is to be sent any more
 */
export async function beginMail(
  db: DbOrTransaction,
  mail: { mailId: string; applicationId: string; template: MailTemplate; messageId: string },
): Promise<MailRecord['status']> {
  const row = await db
    .insertInto('mails')
    .values({
      mail_id: mail.mailId,
      application_id: mail.applicationId,
      template: mail.template,
      status: 'sending',
      attempts: 1,
      message_id: mail.messageId,
    })
    .onConflict((conflict) =>
      conflict.column('mail_id').doUpdateSet((eb) => ({ attempts: eb('mails.attempts', '+', 1) })),
    )
    .returning('status')
    .executeTakeFirstOrThrow();
  return row.status;
}

/** The server took it; open screens are told. */
export async function markMailSent(db: DbOrTransaction, mailId: string): Promise<void> {
  await db
    .updateTable('mails')
    .set({ status: 'sent', sent_at: new Date(), error: null })
    .where('mail_id', '=', mailId)
    .returning(announcementOf('application_id').as('announced'))
    .execute();
}

/** The address was refused for good, or the mail came back; `error` is what the server said, without the address. */
export async function markMailFailed(db: DbOrTransaction, mailId: string, error: string): Promise<void> {
  await db
    .updateTable('mails')
    .set({ status: 'failed', error: error.slice(0, 500) })
    .where('mail_id', '=', mailId)
    .returning(announcementOf('application_id').as('announced'))
    .execute();
}

/** It is not sent: pointless by now (`isStillDue`), or told by the mail of another application that was filed with it. */
export async function markMailUnsent(
  db: DbOrTransaction,
  mailId: string,
  status: 'superseded' | 'joined',
): Promise<void> {
  await db
    .updateTable('mails')
    .set({ status, error: null })
    .where('mail_id', '=', mailId)
    .returning(announcementOf('application_id').as('announced'))
    .execute();
}

/** The last attempt did not get through; another follows. */
export async function noteMailTrouble(db: DbOrTransaction, mailId: string, error: string): Promise<void> {
  await db
    .updateTable('mails')
    .set({ error: error.slice(0, 500) })
    .where('mail_id', '=', mailId)
    .where('status', '=', 'sending')
    .execute();
}

/** The mails of an application, oldest first, for its page. */
export async function mailsOf(db: DbOrTransaction, applicationId: string): Promise<readonly MailRecord[]> {
  return db
    .selectFrom('mails')
    .select(['mail_id as mailId', 'template', 'status', 'attempts', 'at', 'sent_at as sentAt', 'error'])
    .where('application_id', '=', applicationId)
    .orderBy('at')
    .orderBy('mail_id')
    .execute();
}

/** Has an application's mail of this kind come to nothing? */
export async function failedBefore(
  db: DbOrTransaction,
  applicationId: string,
  template: MailTemplate,
): Promise<boolean> {
  const row = await db
    .selectFrom('mails')
    .select('mail_id')
    .where('application_id', '=', applicationId)
    .where('template', '=', template)
    .where('status', '=', 'failed')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The mails of others that one mail was to tell as well, and that do not know yet that it came to nothing: those that had
 * joined this application's.
 */
export async function joinedMails(
  db: DbOrTransaction,
  applicationId: string,
): Promise<readonly { mailId: string; workflowId: string }[]> {
  return db
    .selectFrom('applications as mate')
    .innerJoin('mails', 'mails.application_id', 'mate.id')
    .select(['mails.mail_id as mailId', 'mate.workflow_id as workflowId'])
    .where('mate.told_with', '=', applicationId)
    .where('mate.id', '!=', applicationId)
    .where('mails.template', '=', 'received')
    .where('mails.status', '=', 'joined')
    .execute();
}

/** Whose receipt is told in one mail: those filed in one go. Empty where an application was filed by itself. */
export async function toldTogether(
  db: DbOrTransaction,
  applicationId: string,
): Promise<readonly { id: string; receiptNumber: string; procedure: string; leads: boolean }[]> {
  const rows = await db
    .selectFrom('applications as own')
    .innerJoin('applications as mate', 'mate.told_with', 'own.told_with')
    .select([
      'mate.id as id',
      'mate.receipt_number as receiptNumber',
      'mate.procedure as procedure',
      'mate.told_with as leader',
    ])
    .where('own.id', '=', applicationId)
    .orderBy('mate.receipt_number')
    .execute();
  return rows.map(({ leader, ...row }) => ({ ...row, leads: row.id === leader }));
}
