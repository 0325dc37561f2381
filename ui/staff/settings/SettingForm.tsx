import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { WardSettingCode, PreviewSettingResponse } from '../../../api/contract/index.ts';
import { dayProblem, isDated } from '../../../domain/settings/ward.ts';
import {
  Button,
  ButtonGroup,
  DataTable,
  DateField,
  Dialog,
  ErrorSummary,
  NotificationBanner,
  TextField,
  useToast,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { api, formatDate, problemMessage, UnsavedChangesGuard, useForm } from '../../lib/index.ts';
import type { FieldErrors, Form } from '../../lib/index.ts';
import { settingKey, type SettingOf } from './queries.ts';

export interface SettingValues<V> {
  readonly value: V;
  readonly validFrom: string;
  readonly note: string;
}

interface SettingFormProps<K extends WardSettingCode, V> {
  readonly settingCode: K;
  readonly setting: SettingOf<K>;
  /** What the fields begin with; numbers may be emptied while one types. */
  readonly initial: V;
  /** The day that is proposed, for settings that hold from a day on. */
  readonly validFrom?: string;
  /** From when it holds. */
  readonly validFromHint: string;
  readonly fields: (form: Form<SettingValues<V>>, disabled: boolean) => ReactNode;
  /** Where `rows`: what would change is worked out and shown before anything is saved. */
  readonly preview: 'rows' | 'none';
  readonly onForm?: (form: Form<SettingValues<V>>) => ReactNode;
}

type Difference = PreviewSettingResponse['rows'][number];
const COLUMNS: readonly Column<Difference>[] = [
  { id: 'label', header: '項目', primary: true, cell: (row) => row.label },
  { id: 'before', header: 'これまで', align: 'right', nowrap: true, cell: (row) => row.before },
  {
    id: 'after',
    header: '変更後',
    align: 'right',
    nowrap: true,
    cell: (row) => (row.before === row.after ? row.after : <b className="text-blue-900">{row.after}</b>),
  },
];

/** A setting's fields, from when and why; before it is saved, what it changes. Leaders look only. */
export function SettingForm<K extends WardSettingCode, V>(props: SettingFormProps<K, V>) {
  const { settingCode: key, setting } = props;
  const client = useQueryClient();
  const toast = useToast();
  const [shown, setShown] = useState<PreviewSettingResponse>();
  const [problem, setProblem] = useState<unknown>();
  const [saving, setSaving] = useState(false);

  const save = async ({ value, validFrom, note }: SettingValues<V>) => {
    const saved = await api.put<SettingOf<K>>(`staff/settings/${encodeURIComponent(key)}`, {
      value,
      validFrom,
      basedOn: setting.version,
      note: note.trim(),
    });
    form.reset({ value, validFrom, note: '' });
    client.setQueryData(settingKey(key), saved);
    await client.invalidateQueries({ queryKey: ['ward-setting', 'all'] });
    toast.show('保存しました', { tone: 'success' });
  };
  const form = useForm<SettingValues<V>>({
    idPrefix: 'setting',
    initial: { value: props.initial, validFrom: props.validFrom ?? '', note: '' },
    validate: ({ validFrom, note }): FieldErrors => {
      const day = dayProblem(key, validFrom);
      return {
        ...(day !== undefined && { validFrom: day }),
        ...(note.trim() === '' && { note: '変更の理由を入力してください。' }),
      };
    },
    onSubmit: async (values) => {
      if (props.preview === 'none') return save(values);
      const { value, validFrom } = values;
      setProblem(undefined);
      setShown(
        await api.post<PreviewSettingResponse>(`staff/settings/${encodeURIComponent(key)}/preview`, {
          value,
          validFrom,
        }),
      );
    },
  });
  const confirm = async () => {
    setSaving(true);
    setProblem(undefined);
    try {
      await save(form.values);
      setShown(undefined);
    } catch (error) {
      setProblem(error);
    } finally {
      setSaving(false);
    }
  };
  const { mayEdit } = setting;
  return (
    <>
      <UnsavedChangesGuard when={mayEdit && form.dirty && !saving && !form.submitting} />
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-6">
        <ErrorSummary errors={form.summary} focusKey={form.failures} />
        {props.fields(form, !mayEdit)}
        {mayEdit && (
          <>
            {isDated(key) ? (
              <DateField
                {...form.field('validFrom')}
                label="適用する日"
                labelSize="sm"
                hint={props.validFromHint}
                hideYearHint
                required
              />
            ) : (
              <p className="text-solid-gray-700">{props.validFromHint}</p>
            )}
            <TextField
              {...form.field('note')}
              label="変更の理由"
              labelSize="sm"
              hint="履歴に残ります。何に基づく変更かを書いてください。"
              required
              maxLength={500}
            />
            <ButtonGroup>
              <Button type="submit" busy={form.submitting}>
                {props.preview === 'rows' ? '影響を確認する' : '保存する'}
              </Button>
            </ButtonGroup>
          </>
        )}
        {props.onForm?.(form)}
      </form>
      <Dialog
        open={shown !== undefined}
        size="lg"
        title={
          isDated(key)
            ? `変わること（${formatDate(form.values.validFrom, { era: true })}から）`
            : '変わること'
        }
        onClose={() => !saving && setShown(undefined)}
        actions={
          <>
            <Button busy={saving} onClick={() => void confirm()}>
              この内容で保存する
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
        {shown && (
          <>
            <DataTable
              caption="これまでと変更後"
              columns={COLUMNS}
              rows={shown.rows}
              rowKey={(row) => row.label}
              dense
            />
            <ul className="mt-4 list-disc pl-6">
              {shown.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </>
        )}
      </Dialog>
    </>
  );
}
