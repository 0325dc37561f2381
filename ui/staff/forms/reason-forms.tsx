import type { StaffActionInput, StaffActionType } from '../../../api/contract/index.ts';
import { TextArea } from '../../components/index.ts';
import { useOpened } from '../application/context.tsx';
import { ActionDialog } from './ActionDialog.tsx';

interface ReasonForm {
  readonly title: string;
  /** What follows from it. */
  readonly explanation: string;
  readonly label: string;
  readonly missing: string;
  readonly confirmLabel: string;
  readonly done: string;
  readonly danger?: boolean;
  readonly action: (text: string, about: string) => StaffActionInput;
}

/** Actions that want one text and nothing else. */
export const REASON_FORMS = {
  waiveItem: {
    title: 'この不備の対応を不要にしますか',
    explanation: '申請者には、この項目の回答をお願いしなくなります。すべての項目が片付くと、審査に戻ります。',
    label: '不要にする理由',
    missing: '不要にする理由を入力してください。',
    confirmLabel: '不要にする',
    done: '提出を不要にしました',
    action: (reason, itemId) => ({ type: 'waiveItem', itemId, reason }),
  },
  proceedWithoutAnswer: {
    title: '回答なしで審査に進めますか',
    explanation:
      '期限を過ぎても回答がないため、今ある内容で一次審査からやり直します。区と協議した結果を残してください。',
    label: '進める理由・区との協議の結果',
    missing: '進める理由を入力してください。',
    confirmLabel: '審査に進める',
    done: '回答なしで審査に進めました',
    action: (reason) => ({ type: 'proceedWithoutAnswer', reason }),
  },
  reviseDecision: {
    title: '決定を取り消しますか',
    explanation:
      '申請者にはまだ通知されていません。区決定待ちに戻り、決定し直すか、審査に戻すことができます。',
    label: '取り消す理由',
    missing: '取り消す理由を入力してください。',
    confirmLabel: '決定を取り消す',
    done: '決定を取り消しました',
    action: (reason) => ({ type: 'reviseDecision', reason }),
  },
  returnToReview: {
    title: '審査に戻しますか',
    explanation: '一次審査からやり直します。',
    label: '戻す理由',
    missing: '戻す理由を入力してください。',
    confirmLabel: '審査に戻す',
    done: '審査に戻しました',
    action: (reason) => ({ type: 'returnToReview', reason }),
  },
  cancel: {
    title: 'この申請を取り下げますか',
    explanation:
      '申請者から電話や書面で取り下げの申し出があったときに使います。取り下げた申請は元に戻せません。',
    label: '取り下げの理由（申し出の日・方法・申し出た人）',
    missing: '取り下げの理由を入力してください。',
    confirmLabel: '取り下げる',
    done: '取り下げました',
    danger: true,
    action: (reason) => ({ type: 'cancel', reason }),
  },
  addNote: {
    title: 'メモを残す',
    explanation:
      '職員だけが見るメモです。申請者には見えません。申請者と話した内容は「対応を記録する」に書いてください。',
    label: 'メモ',
    missing: 'メモを入力してください。',
    confirmLabel: 'メモを残す',
    done: 'メモを残しました',
    action: (note) => ({ type: 'addNote', note }),
  },
  escalate: {
    title: '区に照会する',
    explanation: '審査項目について迷うときは、審査の各項目で「判断に迷う」を選んでも照会できます。',
    label: '区に確認したいこと',
    missing: '区に確認したいことを入力してください。',
    confirmLabel: '照会する',
    done: '区に照会しました',
    action: (question) => ({ type: 'escalate', question }),
  },
} as const satisfies Partial<Record<StaffActionType, ReasonForm>>;

export type ReasonFormType = keyof typeof REASON_FORMS;

export function isReasonForm(type: string): type is ReasonFormType {
  return Object.hasOwn(REASON_FORMS, type);
}

/** The form of an action that wants one text. */
export function ReasonDialog({
  type,
  about,
  onClose,
}: {
  type: ReasonFormType;
  about: string | undefined;
  onClose: () => void;
}) {
  const form: ReasonForm = REASON_FORMS[type];
  const { application } = useOpened();
  const item = application.request?.items.find((one) => one.id === about);
  return (
    <ActionDialog
      title={form.title}
      confirmLabel={form.confirmLabel}
      done={form.done}
      danger={form.danger ?? false}
      initial={{ text: '' }}
      validate={({ text }) => ({ ...(text.trim() === '' && { text: form.missing }) })}
      toAction={({ text }) => form.action(text.trim(), about ?? '')}
      mapPath={() => 'text'}
      onClose={onClose}
    >
      {(dialog) => (
        <>
          {item && (
            <p>
              <b>{item.title}</b>（{item.reasonLabel}）
            </p>
          )}
          <p>{form.explanation}</p>
          <TextArea
            {...dialog.field('text')}
            label={form.label}
            labelSize="sm"
            required
            maxCharacters={2000}
          />
        </>
      )}
    </ActionDialog>
  );
}
