import { DateField, RadioGroup, TextArea } from '../../components/index.ts';
import { dateInTokyo, dateProblem, formatDate } from '../../lib/index.ts';
import { useOpened } from '../application/context.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { ContactFields, contactPath, contactProblems, newContact, toContact } from './contact.tsx';
import type { ContactValues } from './contact.tsx';

interface FormProps {
  readonly onClose: () => void;
}

const NEW_DEADLINE_HINT = '土曜・日曜・祝日・年末年始を除く日にしてください。';

/** A later deadline, with its reason. Whether the day is a working day, the server knows. */
export function ExtendDialog({ onClose }: FormProps) {
  const { application } = useOpened();
  const { request } = application;
  return (
    <ActionDialog
      title="期限を延ばす"
      confirmLabel="期限を延ばす"
      done="期限を延ばしました"
      initial={{ deadline: request?.proposedDeadline ?? '', reason: '' }}
      validate={({ deadline, reason }) => ({
        ...(dateProblem(deadline) !== undefined && { deadline: '新しい期限を正しく入力してください。' }),
        ...(reason.trim() === '' && { reason: '延ばす理由を入力してください。' }),
      })}
      toAction={({ deadline, reason }) => ({ type: 'extendDeadline', deadline, reason: reason.trim() })}
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>今の期限：{formatDate(request?.deadline, { weekday: true })}</p>
          <DateField
            {...form.field('deadline')}
            label="新しい期限"
            labelSize="sm"
            hint={`${NEW_DEADLINE_HINT}${weekdayOf(form.values.deadline)}`}
            required
            hideYearHint
          />
          <TextArea
            {...form.field('reason')}
            label="延ばす理由"
            labelSize="sm"
            hint="職員の記録に残ります。"
            required
            maxCharacters={1000}
          />
          <p>メールアドレスのある申請者には、新しい期限をメールで知らせます。</p>
        </>
      )}
    </ActionDialog>
  );
}

function weekdayOf(date: string): string {
  return dateProblem(date) === undefined ? `（入力中の日：${formatDate(date, { weekday: true })}）` : '';
}

/** The day on which the deficiency letter went to the post. */
export function PostedDialog({ onClose }: FormProps) {
  return (
    <ActionDialog
      title="不備連絡文書を発送済みにする"
      confirmLabel="発送済みにする"
      done="発送済みにしました"
      initial={{ postedOn: dateInTokyo(new Date()) }}
      validate={({ postedOn }) => ({
        ...(dateProblem(postedOn) !== undefined && { postedOn: '発送した日を正しく入力してください。' }),
      })}
      toAction={({ postedOn }) => ({ type: 'markLetterPosted', postedOn })}
      mapPath={(path) => (path === '' ? 'postedOn' : path)}
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>回答の期限は、発送した日から数え直します。</p>
          <DateField {...form.field('postedOn')} label="発送した日" labelSize="sm" required hideYearHint />
        </>
      )}
    </ActionDialog>
  );
}

const CHASE_METHODS = [
  { value: 'mail', label: 'メール', hint: '新しい期限を書いたメールが、すぐに送られます。' },
  { value: 'phone', label: '電話', hint: '話した内容を、下に記録します。' },
] as const;

interface ChaseValues extends ContactValues {
  readonly method: 'phone' | 'mail' | '';
  readonly deadline: string;
}

/** A chaser after the deadline, agreed with the ward, by phone or mail, with a new deadline (Q20). */
export function ChaseDialog({ onClose }: FormProps) {
  const { application } = useOpened();
  const { request } = application;
  const methods = CHASE_METHODS.filter(({ value }) => value === 'phone' || application.hasMail);
  return (
    <ActionDialog<ChaseValues>
      title="督促する"
      confirmLabel="督促する"
      done="督促を記録しました"
      size="lg"
      initial={{
        ...newContact(new Date()),
        method: application.hasMail ? 'mail' : 'phone',
        deadline: request?.proposedDeadline ?? '',
      }}
      validate={(values) => ({
        ...(dateProblem(values.deadline) !== undefined && {
          deadline: '新しい期限を正しく入力してください。',
        }),
        ...(values.method === 'phone' && contactProblems(values, new Date())),
      })}
      toAction={(values) => ({
        type: 'chase',
        method: values.method || 'phone',
        deadline: values.deadline,
        ...(values.method === 'phone' ? { contact: toContact(values) } : {}),
      })}
      mapPath={(path) => (path.startsWith('contact') ? contactPath(path) : path)}
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>
            期限（{formatDate(request?.deadline, { weekday: true })}
            ）を過ぎています。区と協議してから督促してください。協議は「区に照会する」で記録できます。
          </p>
          <RadioGroup
            {...form.field('method')}
            label="督促の方法"
            labelSize="sm"
            required
            options={methods}
          />
          <DateField
            {...form.field('deadline')}
            label="新しい期限"
            labelSize="sm"
            hint={`${NEW_DEADLINE_HINT}${weekdayOf(form.values.deadline)}`}
            required
            hideYearHint
          />
          {form.values.method === 'phone' && (
            <ContactFields form={form} contentHint="話した相手、伝えた不備と新しい期限、相手の返事" />
          )}
        </>
      )}
    </ActionDialog>
  );
}
