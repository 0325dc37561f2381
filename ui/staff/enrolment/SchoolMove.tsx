import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  EnrolmentResponse,
  PreviewMoveResponse,
  RecordMoveRequest,
} from '../../../api/contract/index.ts';
import { MOVE_REASON_LABELS, MOVE_REASONS } from '../../../domain/enrolment/school-move.ts';
import { HALLS } from '../../../domain/facilities/facilities.ts';
import {
  Button,
  Checkbox,
  DateField,
  Dialog,
  ErrorSummary,
  NotificationBanner,
  RadioGroup,
  Select,
  TextArea,
  useToast,
} from '../../components/index.ts';
import { api, dateProblem, formatDate, problemMessage, useForm } from '../../lib/index.ts';
import { newId } from '../lib/ids.ts';

const BOPS = HALLS.flatMap((hall) =>
  hall.bops.map(({ code, name }) => ({ value: code, label: name, group: hall.name })),
);

/** A change of school (転校): the child goes on at another 新BOP from a day on. Looked at first, then recorded with its reason. */
export function SchoolMove({ enrolment }: { enrolment: EnrolmentResponse }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="mt-4">
      <Button variant="outline" size="sm" onClick={() => setOpen(true)}>
        転校（新BOPの変更）を記録する
      </Button>
      {open && <MoveDialog enrolment={enrolment} onClose={() => setOpen(false)} />}
    </div>
  );
}

function MoveDialog({ enrolment, onClose }: { enrolment: EnrolmentResponse; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [id] = useState(newId);
  const [shown, setShown] = useState<PreviewMoveResponse>();
  const [knows, setKnows] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const url = `staff/enrolments/${encodeURIComponent(enrolment.id)}/school-moves`;
  const form = useForm({
    idPrefix: 'move',
    initial: { bop: '', from: '', reason: '', note: '' },
    validate: (values) => ({
      ...(values.bop === '' && { bop: '移る先の新BOPを選んでください。' }),
      ...(dateProblem(values.from) !== undefined && { from: '移る日を正しく入力してください。' }),
      ...(values.reason === '' && { reason: '理由を選んでください。' }),
      ...(values.note.trim() === '' && { note: '誰から、どのように聞いたかを入力してください。' }),
    }),
    onSubmit: async ({ bop, from }) => {
      setProblem(undefined);
      setShown(await api.post<PreviewMoveResponse>(`${url}/preview`, { bop, from }));
    },
  });
  const record = async () => {
    setSaving(true);
    setProblem(undefined);
    try {
      const { bop, from, reason, note } = form.values;
      const body: RecordMoveRequest = {
        id,
        bop,
        from,
        reason: reason as RecordMoveRequest['reason'],
        note: note.trim(),
        revision: enrolment.revision,
        overPlaces: knows,
      };
      client.setQueryData(['enrolment', enrolment.id], await api.post<EnrolmentResponse>(url, body));
      await client.invalidateQueries({ queryKey: ['enrolments'] });
      toast.show('転校を記録しました', { tone: 'success' });
      onClose();
    } catch (error) {
      setProblem(error);
      await client.invalidateQueries({ queryKey: ['enrolment', enrolment.id] });
    } finally {
      setSaving(false);
    }
  };
  if (shown === undefined) {
    return (
      <Dialog
        open
        size="lg"
        title="転校（新BOPの変更）を記録する"
        onClose={() => !form.submitting && onClose()}
        actions={
          <>
            <Button busy={form.submitting} onClick={() => void form.submit()}>
              内容を確認する
            </Button>
            <Button variant="outline" disabled={form.submitting} onClick={onClose}>
              キャンセル
            </Button>
          </>
        }
      >
        <p className="mb-4">
          在籍したまま、別の新BOPに移ります。退会や入会の申請は要りません。延長利用・減免・利用料は変わりません。
        </p>
        <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-5">
          <ErrorSummary errors={form.summary} focusKey={form.failures} />
          <Select
            {...form.field('bop')}
            label="移る先の新BOP"
            labelSize="sm"
            required
            placeholder="選んでください"
            options={BOPS}
          />
          <DateField
            {...form.field('from')}
            label="移る日（新しい新BOPでの最初の日）"
            labelSize="sm"
            hint="過ぎた日も入力できます。"
            hideYearHint
            required
          />
          <RadioGroup
            {...form.field('reason')}
            label="理由"
            labelSize="sm"
            required
            options={MOVE_REASONS.map((value) => ({ value, label: MOVE_REASON_LABELS[value] }))}
          />
          <TextArea
            {...form.field('note')}
            label="連絡の内容"
            labelSize="sm"
            hint="誰から、いつ、どのように聞いたか。決定の記録に残ります。"
            required
            rows={3}
            maxCharacters={500}
          />
        </form>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      size="lg"
      title="転校の内容を確認する"
      onClose={() => !saving && onClose()}
      actions={
        <>
          <Button
            busy={saving}
            disabled={!shown.mayRecord || (shown.over.length > 0 && !knows)}
            onClick={() => void record()}
          >
            記録する
          </Button>
          <Button variant="outline" disabled={saving} onClick={() => setShown(undefined)}>
            直す
          </Button>
        </>
      }
    >
      {problem !== undefined && (
        <NotificationBanner tone="error" title={problemMessage(problem)} announce className="mb-4" />
      )}
      <Periods title="これまで" periods={shown.before} />
      <Periods title="記録した後" periods={shown.after} />
      {shown.over.length > 0 && (
        <NotificationBanner tone="warning" title="移る先に延長利用の枠がない月があります" className="mt-4">
          <p>{shown.over.join('、')}</p>
          {shown.mayRecord ? (
            <Checkbox
              id="move-over"
              label="枠を超えて延長利用を続けることを確認しました"
              value={knows}
              onChange={setKnows}
            />
          ) : (
            <p>枠を超えるかどうかは児童課が決めます。児童課に連絡して、児童課で記録してください。</p>
          )}
        </NotificationBanner>
      )}
      <ul className="mt-4 list-disc pl-6">
        {shown.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {shown.open.length > 0 && (
          <li>
            審査中の申請（
            {shown.open
              .map(({ receiptNumber, procedureName }) => `${procedureName} ${receiptNumber}`)
              .join('、')}
            ）は、申請したときの新BOPのままです。延長利用の枠も、その新BOPで数えます。
          </li>
        )}
      </ul>
    </Dialog>
  );
}

function Periods({ title, periods }: { title: string; periods: PreviewMoveResponse['before'] }) {
  return (
    <section className="mt-3">
      <h3 className="text-std-16B-170">{title}</h3>
      <ul>
        {periods.map(({ bop, from, to }) => (
          <li key={from}>
            {bop.name}：{formatDate(from)}〜{formatDate(to)}
          </li>
        ))}
      </ul>
    </section>
  );
}
