import type { StaffActionInput, StaffActionType } from '../../../api/contract/index.ts';
import type { ContactKind } from '../../../domain/application/state.ts';
import { ActionDialog } from './ActionDialog.tsx';
import { ContactFields, contactPath, contactProblems, newContact, toContact } from './contact.tsx';
import type { ContactValues } from './contact.tsx';

interface ContactForm {
  readonly title: string;
  readonly explanation?: string;
  readonly contentHint?: string;
  readonly kind?: ContactKind;
  readonly done: string;
  readonly action: (contact: ReturnType<typeof toContact>) => StaffActionInput;
}

/** Actions that are a record of a contact. */
export const CONTACT_FORMS = {
  recordContact: {
    title: '対応を記録する',
    explanation: '記録すると、区と事務センターの全員がすぐに見られます。後でリーダーが確認します。',
    done: '対応を記録しました',
    action: (contact) => ({ type: 'recordContact', contact }),
  },
  confirmTold: {
    title: '電話で伝えたことを記録する',
    explanation: '不備の内容・必要な対応・回答の期限を伝えたことを記録します。',
    contentHint: '話した相手、伝えた不備と期限、相手の返事',
    done: '電話で伝えたことを記録しました',
    action: (contact) => ({ type: 'confirmTold', contact }),
  },
  followUpMail: {
    title: 'メール不達に対応する',
    explanation: '届かなかったメールの内容を、電話などで伝えたことを記録します。',
    contentHint: '話した相手、伝えた内容、正しいメールアドレスを聞いたかどうか',
    done: 'メール不達への対応を記録しました',
    action: (contact) => ({ type: 'followUpMail', contact }),
  },
} as const satisfies Partial<Record<StaffActionType, ContactForm>>;

export type ContactFormType = keyof typeof CONTACT_FORMS;

export function isContactForm(type: string): type is ContactFormType {
  return Object.hasOwn(CONTACT_FORMS, type);
}

/** The form of an action that is a record of a contact. */
export function ContactDialog({ type, onClose }: { type: ContactFormType; onClose: () => void }) {
  const form: ContactForm = CONTACT_FORMS[type];
  return (
    <ActionDialog<ContactValues>
      title={form.title}
      confirmLabel="記録する"
      done={form.done}
      initial={newContact(new Date(), form.kind)}
      validate={(values) => contactProblems(values, new Date())}
      toAction={(values) => form.action(toContact(values))}
      mapPath={contactPath}
      onClose={onClose}
    >
      {(dialog) => (
        <>
          {form.explanation !== undefined && <p>{form.explanation}</p>}
          <ContactFields
            form={dialog}
            {...(form.contentHint === undefined ? {} : { contentHint: form.contentHint })}
          />
        </>
      )}
    </ActionDialog>
  );
}
