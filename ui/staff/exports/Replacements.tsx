import { useState } from 'react';
import type { Replacement } from '../../../domain/exports/profile.ts';
import { codePointsOf } from '../../../domain/exports/write.ts';
import { Button, ErrorSummary, LoadError, Loading, TextField } from '../../components/index.ts';
import { useForm } from '../../lib/index.ts';
import { History } from './History.tsx';
import { useExportSetting, type SettingOf } from './queries.ts';
import { useSaveSetting } from './save.ts';

interface Values {
  rows: Replacement[];
  note: string;
}

/** The ward's table for characters that an encoding lacks. `added` are characters that an export has just missed. */
export function Replacements({ mayEdit, added }: { mayEdit: boolean; added: readonly string[] }) {
  const query = useExportSetting('exportReplacements');
  if (query.isPending) return <Loading />;
  if (query.isError) return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  return <ReplacementsForm key={query.data.version} setting={query.data} mayEdit={mayEdit} added={added} />;
}

function ReplacementsForm(props: {
  setting: SettingOf<readonly Replacement[]>;
  mayEdit: boolean;
  added: readonly string[];
}) {
  const { setting, mayEdit, added } = props;
  const save = useSaveSetting('exportReplacements');
  const known = new Set(setting.value.map((one) => one.from));
  const missing = mayEdit ? added.filter((character) => character !== '' && !known.has(character)) : [];
  const form = useForm<Values>({
    idPrefix: 'replacements',
    initial: {
      rows: [...missing.map((from) => ({ from, to: '', note: '' })), ...setting.value],
      note: '',
    },
    validate: ({ rows }) =>
      Object.fromEntries(
        rows.flatMap((row, index): [string, string][] => [
          ...(row.from === ''
            ? [[`rows.${String(index)}.from`, '置き換える文字を入力してください。'] as [string, string]]
            : []),
          ...(row.to === ''
            ? [[`rows.${String(index)}.to`, '置き換えた後の文字を入力してください。'] as [string, string]]
            : []),
        ]),
      ),
    mapServerPath: (path) => path.replace(/^value\./u, 'rows.'),
    onSubmit: ({ rows, note }) => save(rows, setting.version, note),
  });
  const { rows } = form.values;
  // Rows keep their own key, so that taking one away does not move what was typed in another.
  const [keys, setKeys] = useState(() => rows.map((_, index) => index));
  const change = (next: Replacement[], nextKeys: number[]) => {
    form.setValue('rows', next);
    setKeys(nextKeys);
  };
  return (
    <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-6">
      <p className="measure">
        出力の文字コードにない文字だけが、この表で置き換わります。1つずつ記録に残ります。表にない文字があると、出力は止まります。
      </p>
      <ErrorSummary errors={form.summary} focusKey={form.failures} />
      {mayEdit && (
        <div>
          <Button
            variant="outline"
            onClick={() =>
              change([{ from: '', to: '', note: '' }, ...rows], [Math.max(0, ...keys) + 1, ...keys])
            }
          >
            文字を加える
          </Button>
        </div>
      )}
      <ul className="flex flex-col gap-4">
        {rows.map((row, index) => (
          <li key={keys[index]} className="rounded-8 border border-solid-gray-420 p-4">
            <div className="flex flex-wrap items-start gap-4">
              <TextField
                {...form.field(`rows.${String(index)}.from`)}
                label="置き換える文字"
                labelSize="sm"
                hint={row.from === '' ? undefined : codePointsOf(row.from)}
                required
                hideMark
                width={4}
                disabled={!mayEdit}
              />
              <TextField
                {...form.field(`rows.${String(index)}.to`)}
                label="置き換えた後"
                labelSize="sm"
                hint={row.to === '' ? undefined : codePointsOf(row.to)}
                required
                hideMark
                width={4}
                disabled={!mayEdit}
              />
              <TextField
                {...form.field(`rows.${String(index)}.note`)}
                label="メモ"
                labelSize="sm"
                hideMark
                width={20}
                disabled={!mayEdit}
              />
              {mayEdit && (
                <Button
                  variant="text"
                  danger
                  onClick={() =>
                    change(
                      rows.filter((_, at) => at !== index),
                      keys.filter((_, at) => at !== index),
                    )
                  }
                >
                  外す<span className="sr-only">（{row.from}）</span>
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
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
