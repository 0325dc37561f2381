import type { ReactNode } from 'react';
import type { StaffActionType } from '../../../api/contract/index.ts';
import { ConfirmDialog, useToast } from '../../components/index.ts';
import { AssignDialog } from '../forms/AssignDialog.tsx';
import { ContactDialog, isContactForm } from '../forms/contact-forms.tsx';
import { CorrectEntryDialog, CorrectMinorDialog } from '../forms/CorrectDialogs.tsx';
import { isReasonForm, ReasonDialog } from '../forms/reason-forms.tsx';
import { ChaseDialog, ExtendDialog, PostedDialog } from '../forms/request-forms.tsx';
import { useOpened } from './context.tsx';

interface FormProps {
  readonly type: StaffActionType;
  /** The item, question or record that the action concerns. */
  readonly about: string | undefined;
  readonly onClose: () => void;
}

type OwnForm = (props: { about: string; onClose: () => void }) => ReactNode;

/** Actions with a form of their own kind. */
const OWN_FORMS: Partial<Record<StaffActionType, OwnForm>> = {
  assign: AssignDialog,
  extendDeadline: ExtendDialog,
  markLetterPosted: PostedDialog,
  chase: ChaseDialog,
  correctMinor: CorrectMinorDialog,
  correctEntry: CorrectEntryDialog,
  withdrawEscalation: WithdrawDialog,
};

/** The form of an action, as a dialog. Actions whose form stands on the page itself have none here. */
export function ActionForm({ type, about, onClose }: FormProps) {
  if (isReasonForm(type)) return <ReasonDialog type={type} about={about} onClose={onClose} />;
  if (isContactForm(type)) return <ContactDialog type={type} onClose={onClose} />;
  const Own = OWN_FORMS[type];
  return Own ? <Own about={about ?? ''} onClose={onClose} /> : null;
}

function WithdrawDialog({ about, onClose }: { about: string; onClose: () => void }) {
  const { act, application } = useOpened();
  const toast = useToast();
  const escalation = application.escalations.find((one) => one.id === about);
  return (
    <ConfirmDialog
      open
      title="区への照会を取り消しますか"
      confirmLabel="照会を取り消す"
      onClose={onClose}
      onConfirm={async () => {
        await act({ type: 'withdrawEscalation', escalationId: about });
        toast.show('照会を取り消しました', { tone: 'success' });
      }}
    >
      <p className="whitespace-pre-wrap">{escalation?.question}</p>
    </ConfirmDialog>
  );
}
