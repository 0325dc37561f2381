import { useState } from 'react';
import type { StaffApplication } from '../../../api/contract/index.ts';
import { CONTACT_LABELS, DIRECTION_LABELS, MAIL_STATUS_LABELS } from '../../../domain/texts/application.ts';
import { Button, EmptyState, StatusTag, useToast } from '../../components/index.ts';
import type { StatusTone } from '../../components/index.ts';
import { formatDateTime, problemMessage } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';
import { personName } from '../lib/people.ts';

type Contact = StaffApplication['contacts'][number];
type Mail = StaffApplication['mails'][number];

/** Contacts with the family, notes, mails: everything that was said (Q21). */
export function ContactsTab() {
  return (
    <div className="flex flex-col gap-8">
      <Contacts />
      <Notes />
      <Mails />
    </div>
  );
}

function Contacts() {
  const { application, offers, openForm, actionOf } = useOpened();
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-std-20B-150">対応記録</h2>
        {offers('recordContact') && (
          <Button variant="outline" size="sm" onClick={() => openForm('recordContact')}>
            {actionOf('recordContact')?.label}
          </Button>
        )}
      </div>
      {application.contacts.length === 0 ? (
        <EmptyState title="対応記録はありません" />
      ) : (
        <ol className="flex flex-col">
          {application.contacts
            .toSorted((a, b) => b.occurredAt.localeCompare(a.occurredAt))
            .map((contact) => (
              <ContactItem key={contact.id} contact={contact} />
            ))}
        </ol>
      )}
    </section>
  );
}

function ContactItem({ contact }: { contact: Contact }) {
  return (
    <li className="flex flex-col gap-1 border-t border-solid-gray-300 py-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b>{formatDateTime(contact.occurredAt, { weekday: true })}</b>
        <span>
          {CONTACT_LABELS[contact.kind]}・{DIRECTION_LABELS[contact.direction]}
        </span>
        <StatusTag tone={contact.confirmedAt === null ? 'warning' : 'success'}>
          {contact.confirmedAt === null ? '未確認' : '確認済み'}
        </StatusTag>
      </p>
      <p className="whitespace-pre-wrap">{contact.content ?? '（一時的に読み込めません）'}</p>
      <p className="text-dns-14N-130 text-solid-gray-700">
        記録：{personName(contact.recordedBy)}（{formatDateTime(contact.recordedAt)}）
        {contact.confirmedBy && contact.confirmedAt !== null && (
          <>
            　確認：{personName(contact.confirmedBy)}（{formatDateTime(contact.confirmedAt)}）
          </>
        )}
      </p>
      {contact.confirmable && <ConfirmButton contact={contact} />}
    </li>
  );
}

function ConfirmButton({ contact }: { contact: Contact }) {
  const { act, actionOf } = useOpened();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await act({ type: 'confirmContact', contactId: contact.id });
      toast.show('対応記録を確認しました', { tone: 'success' });
    } catch (error) {
      toast.show(problemMessage(error), { tone: 'error' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <Button variant="outline" size="sm" busy={busy} onClick={() => void confirm()}>
        {actionOf('confirmContact')?.label ?? '確認する'}
        <span className="sr-only">：{formatDateTime(contact.occurredAt)}の記録</span>
      </Button>
    </div>
  );
}

function Notes() {
  const { application, offers, openForm, actionOf } = useOpened();
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-std-20B-150">メモ</h2>
        {offers('addNote') && (
          <Button variant="outline" size="sm" onClick={() => openForm('addNote')}>
            {actionOf('addNote')?.label}
          </Button>
        )}
      </div>
      {application.notes.length === 0 ? (
        <p className="text-solid-gray-700">メモはありません。</p>
      ) : (
        <ol className="flex flex-col">
          {application.notes.toReversed().map((note) => (
            <li key={note.seq} className="border-t border-solid-gray-300 py-2">
              <p className="whitespace-pre-wrap">{note.text ?? '（一時的に読み込めません）'}</p>
              <p className="text-dns-14N-130 text-solid-gray-700">
                {formatDateTime(note.at)}　{personName(note.by)}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const MAIL_TONES: Readonly<Record<Mail['status'], StatusTone>> = {
  sending: 'info',
  sent: 'success',
  failed: 'danger',
  superseded: 'neutral',
  joined: 'neutral',
};

function Mails() {
  const { application, offers, openForm, actionOf } = useOpened();
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-std-20B-150">申請者へのメール</h2>
        {offers('followUpMail') && (
          <Button variant="outline" size="sm" onClick={() => openForm('followUpMail')}>
            {actionOf('followUpMail')?.label}
          </Button>
        )}
      </div>
      {application.mails.length === 0 ? (
        <p className="text-solid-gray-700">
          {application.hasMail
            ? '送ったメールはありません。'
            : 'メールアドレスのない申請者です。電話または郵便で連絡してください。'}
        </p>
      ) : (
        <ul className="flex flex-col">
          {application.mails.map((mail) => (
            <li key={mail.mailId} className="border-t border-solid-gray-300 py-2">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <StatusTag tone={MAIL_TONES[mail.status]}>{MAIL_STATUS_LABELS[mail.status]}</StatusTag>
                <span>{mail.label}</span>
                <span className="text-solid-gray-700">{formatDateTime(mail.sentAt ?? mail.at)}</span>
              </p>
              {mail.error !== null && <p className="text-red-1000">{mail.error}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
