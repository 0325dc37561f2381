import { useNavigate } from 'react-router';
import type { ExportListResponse, ExportRunResponse } from '../../../api/contract/index.ts';
import {
  Button,
  Dialog,
  ErrorSummary,
  NotificationBanner,
  RadioGroup,
  Select,
} from '../../components/index.ts';
import { api, useForm } from '../../lib/index.ts';
import { SUBJECT_LABELS } from './labels.ts';

interface Values {
  profileId: string;
  scope: string;
  fiscalYear: string;
}

/** What to export: profile, all or changes, year. The preparation then runs by itself; nothing is handed out yet. */
export function NewExportDialog({ list, onClose }: { list: ExportListResponse; onClose: () => void }) {
  const navigate = useNavigate();
  const form = useForm<Values>({
    idPrefix: 'new-export',
    initial: { profileId: '', scope: 'full', fiscalYear: String(list.fiscalYears[0] ?? '') },
    validate: (values) => ({
      ...(values.profileId === '' && { profileId: '様式を選んでください。' }),
    }),
    onSubmit: async (values) => {
      const { run } = await api.post<ExportRunResponse>('staff/exports', {
        profileId: values.profileId,
        scope: values.scope,
        fiscalYear: values.fiscalYear === '' ? null : Number(values.fiscalYear),
      });
      await navigate(`/exports/${run.id}`);
    },
  });
  const chosen = list.profiles.find((one) => one.id === form.values.profileId);
  return (
    <Dialog
      open
      size="lg"
      title="新しい出力"
      onClose={() => !form.submitting && onClose()}
      actions={
        <>
          <Button variant="outline" onClick={onClose} disabled={form.submitting}>
            やめる
          </Button>
          <Button onClick={() => void form.submit()} busy={form.submitting}>
            準備して内容を確かめる
          </Button>
        </>
      }
    >
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-6">
        <ErrorSummary errors={form.summary} focusKey={form.failures} />
        <RadioGroup
          {...form.field('profileId')}
          label="様式"
          labelSize="sm"
          required
          options={list.profiles.map((profile) => ({
            value: profile.id,
            label: profile.name,
            hint: SUBJECT_LABELS[profile.subject],
          }))}
        />
        {chosen?.isDefault === true && (
          <NotificationBanner tone="warning" title="既定の様式のままです">
            <p>区の学童クラブ管理システムの取込仕様に合わせてあるか、児童課に確かめてください。</p>
          </NotificationBanner>
        )}
        <RadioGroup
          {...form.field('scope')}
          label="範囲"
          labelSize="sm"
          required
          options={[
            { value: 'full', label: '全件' },
            {
              value: 'changes',
              label: '変更分のみ',
              hint: '受入を確認した出力のあとで、新しくなったものと変わったもの、却下されたもの',
            },
          ]}
        />
        {chosen && form.values.scope === 'changes' && chosen.unconfirmed.length > 0 && (
          <NotificationBanner tone="warning" title="受入を確認していない出力があります">
            <p>
              {chosen.unconfirmed.map((number) => `第${String(number)}号`).join('、')}
              に入れたものも、まだ届いていないものとして、もう一度入ります。
            </p>
          </NotificationBanner>
        )}
        {chosen && form.values.scope === 'changes' && !chosen.hasConfirmed && (
          <p>この様式では、受入を確認した出力がまだないため、全件と同じになります。</p>
        )}
        <Select
          {...form.field('fiscalYear')}
          label="年度"
          labelSize="sm"
          required
          placeholder={null}
          options={[
            ...list.fiscalYears.map((year) => ({ value: String(year), label: `${String(year)}年度` })),
            { value: '', label: 'すべての年度' },
          ]}
        />
      </form>
    </Dialog>
  );
}
