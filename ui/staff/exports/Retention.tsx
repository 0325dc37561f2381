import { Button, ErrorSummary, LoadError, Loading, NumberField, TextField } from '../../components/index.ts';
import { useForm } from '../../lib/index.ts';
import type { FieldErrors } from '../../lib/index.ts';
import { History } from './History.tsx';
import { useExportSetting, type SettingOf } from './queries.ts';
import { useSaveSetting } from './save.ts';

/** How long files and their protocols are kept. */
export function Retention({ mayEdit }: { mayEdit: boolean }) {
  const query = useExportSetting('exportRetention');
  if (query.isPending) return <Loading />;
  if (query.isError) return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  return <RetentionForm key={query.data.version} setting={query.data} mayEdit={mayEdit} />;
}

function RetentionForm({ setting, mayEdit }: { setting: SettingOf<{ days: number }>; mayEdit: boolean }) {
  const save = useSaveSetting('exportRetention');
  const form = useForm<{ days: number | null; note: string }>({
    idPrefix: 'retention',
    initial: { days: setting.value.days, note: '' },
    validate: ({ days }): FieldErrors =>
      days !== null && Number.isInteger(days) && days >= 1 && days <= 3650
        ? {}
        : { days: '1から3650までの日数を入力してください。' },
    mapServerPath: (path) => path.replace(/^value\./u, ''),
    onSubmit: ({ days, note }) => save({ days }, setting.version, note),
  });
  return (
    <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-6">
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      <NumberField
        {...form.field('days')}
        label="出力したファイルの保存日数"
        labelSize="sm"
        hint="出力してからこの日数が過ぎると、ファイルと、はじめの行・書き換えの記録が消えます。番号・件数・確認用の値（SHA-256）・だれがいつ出力したかは残ります。"
        required
        suffix="日"
        width={6}
        disabled={!mayEdit}
      />
      {mayEdit && (
        <>
          <TextField {...form.field('note')} label="変更の理由" labelSize="sm" maxLength={500} />
          <div>
            <Button type="submit" busy={form.submitting}>
              保存する
            </Button>
          </div>
        </>
      )}
      <History history={setting.history} />
    </form>
  );
}
