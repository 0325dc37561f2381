import { useQueryClient } from '@tanstack/react-query';
import type { RoundResponse, SetDatesRequest } from '../../../api/contract/index.ts';
import { datesProblems } from '../../../domain/rounds/assign.ts';
import {
  Button,
  DateField,
  Dialog,
  ErrorSummary,
  NotificationBanner,
  TextField,
  useToast,
} from '../../components/index.ts';
import { api, dateProblem, useForm } from '../../lib/index.ts';

interface DatesDialogProps {
  readonly round: RoundResponse;
  readonly dates: RoundResponse['dates'][number];
  readonly onClose: () => void;
}

const FIELDS = ['opensOn', 'closesOn', 'noticesOn'] as const;

/** The ward changes a round's dates for one procedure; the round and its applications follow. */
export function DatesDialog({ round, dates, onClose }: DatesDialogProps) {
  const client = useQueryClient();
  const toast = useToast();
  const form = useForm({
    idPrefix: 'dates',
    initial: {
      opensOn: dates.opensOn ?? '',
      closesOn: dates.closesOn ?? '',
      noticesOn: dates.noticesOn ?? '',
      note: '',
    },
    validate: (values) => {
      const wrong = FIELDS.filter((name) => {
        const problem = dateProblem(values[name]);
        return problem !== undefined && problem !== 'empty';
      });
      const given = Object.fromEntries(
        FIELDS.map((name) => [name, values[name] === '' ? null : values[name]]),
      );
      return {
        ...Object.fromEntries(wrong.map((name) => [name, '日付を正しく入力してください。'])),
        ...(wrong.length === 0 ? datesProblems(given as never) : {}),
        ...(values.note.trim() === '' && { note: '変更の理由を入力してください。' }),
      };
    },
    onSubmit: async ({ note, ...values }) => {
      const day = (name: (typeof FIELDS)[number]) => (values[name] === '' ? null : values[name]);
      const body: SetDatesRequest = {
        procedure: dates.procedure,
        opensOn: day('opensOn'),
        closesOn: day('closesOn'),
        noticesOn: day('noticesOn'),
        basedOn: dates.version,
        note: note.trim(),
      };
      await api.put(`staff/rounds/${String(round.fiscalYear)}/${round.round}/dates`, body);
      await client.invalidateQueries({ queryKey: ['round'] });
      toast.show('日程を変更しました', { tone: 'success' });
      onClose();
    },
  });
  return (
    <Dialog
      open
      title={`日程を変更する（${dates.procedureName}）`}
      onClose={() => !form.submitting && onClose()}
      actions={
        <>
          <Button busy={form.submitting} onClick={() => void form.submit()}>
            変更する
          </Button>
          <Button variant="outline" disabled={form.submitting} onClick={onClose}>
            キャンセル
          </Button>
        </>
      }
    >
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      {round.totals.awaitingRelease > 0 && (
        <NotificationBanner tone="warning" title="決定済みで通知を待つ申請があります">
          <p>
            {round.totals.awaitingRelease}
            件の通知も、新しい通知日に変わります。通知日を今日以前にすると、すぐに通知します。
          </p>
          <p>
            作成済みの通知書は取り消しになり、新しい日付と番号で作り直されます。印刷ファイルに入れた通知書は、印刷ファイルから作り直してください。
          </p>
        </NotificationBanner>
      )}
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-5">
        <DateField {...form.field('opensOn')} label="受付開始" labelSize="sm" hideYearHint />
        <DateField {...form.field('closesOn')} label="受付終了" labelSize="sm" hideYearHint />
        <DateField
          {...form.field('noticesOn')}
          label="通知日"
          hint="この日の朝に、決定をまとめて申請者に知らせます。空欄にすると、決定するとすぐに知らせます。"
          labelSize="sm"
          hideYearHint
        />
        <TextField {...form.field('note')} label="変更の理由" labelSize="sm" required maxLength={500} />
      </form>
    </Dialog>
  );
}
