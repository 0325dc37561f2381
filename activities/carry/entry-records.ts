import { displayValue } from '../../domain/procedures/format.ts';
import { fieldOf } from '../../domain/procedures/fields.ts';
import { CONTACT_LABELS, DIRECTION_LABELS } from '../../domain/texts/application.ts';
import { ENTRY_LABELS, type EntryKind } from '../../kintone/apps/common.ts';
import { NO, YES } from '../../kintone/apps/values.ts';
import type { GatewayWrite } from '../../kintone/gateway/index.ts';
import type { WaitingText } from '../../store/texts.ts';
import type { WaitingVersion } from '../../store/versions.ts';
import { belongs, type CarryContext } from './context.ts';

function isEntryKind(kind: string): kind is EntryKind {
  return kind in ENTRY_LABELS;
}

/** What people wrote: notes, contacts, questions, instructions, reasons (Q21). */
export function textWrites(context: CarryContext, texts: readonly WaitingText[]): GatewayWrite[] {
  return texts.map((text) => {
    const contact = context.state.contacts.find((c) => c.content === text.id);
    const kind = isEntryKind(text.kind) ? text.kind : 'note';
    return {
      app: 'contacts',
      key: text.id,
      record: {
        ...belongs(context),
        kind: { value: ENTRY_LABELS[kind] },
        content: { value: text.content },
        author: { value: context.nameOf(text.authorId) },
        at: { value: contact?.occurredAt ?? text.at },
        ...(contact
          ? {
              means: { value: CONTACT_LABELS[contact.kind] },
              direction: { value: DIRECTION_LABELS[contact.direction] },
              confirmed: { value: contact.confirmedBy ? YES : NO },
            }
          : {}),
      },
    };
  });
}

/** A leader's confirmation, on the contact's record. */
export function confirmationWrites(context: CarryContext): GatewayWrite[] {
  return context.fresh.flatMap((event): GatewayWrite[] => {
    if (event.type !== 'contactConfirmed') return [];
    const contact = context.state.contacts.find((c) => c.id === event.contactId);
    if (!contact) return [];
    return [
      {
        app: 'contacts',
        key: contact.content,
        record: {
          confirmed: { value: YES },
          confirmed_by: { value: context.nameOf(contact.confirmedBy) },
          confirmed_at: { value: contact.confirmedAt ?? event.at },
        },
      },
    ];
  });
}

/** A change of the answers in words, with both values, beside the record that it changed. */
export function changeWrites(context: CarryContext, versions: readonly WaitingVersion[]): GatewayWrite[] {
  return versions.flatMap((version): GatewayWrite[] => {
    if (version.kind === 'filed') return [];
    const { answers, before = {} } = version.content;
    const lines = Object.keys(answers).map((code) => {
      const field = fieldOf(context.definition, code);
      const show = (value: (typeof answers)[string]) =>
        field ? displayValue(field, value, 'ja') || '（なし）' : '';
      return `${field?.label.ja ?? code}：${show(before[code])} → ${show(answers[code])}`;
    });
    const { by } = version;
    return [
      {
        app: 'contacts',
        key: version.sourceId,
        record: {
          ...belongs(context),
          kind: { value: ENTRY_LABELS[version.kind] },
          content: { value: lines.join('\n') || '書類のみ' },
          data: { value: JSON.stringify({ answers, before }) },
          author: { value: by === context.state.applicantId ? '申請者' : context.nameOf(by ?? undefined) },
          at: { value: version.at },
        },
      },
    ];
  });
}
