import type { ExportProfile, FileLayout } from '../../../domain/exports/profile.ts';
import { PROCEDURES } from '../../../domain/procedures/registry.ts';
import { STAGE_LABELS } from '../../../domain/texts/application.ts';
import { Checkbox, CheckboxGroup, RadioGroup, Select, TextArea, TextField } from '../../components/index.ts';
import type { Form } from '../../lib/form.ts';
import { ENCODING_LABELS, LINE_END_LABELS, optionsOf, SUBJECT_LABELS } from './labels.ts';
import type { ProfileValues } from './profile-values.ts';

const DELIMITED: FileLayout = { kind: 'delimited', delimiter: ',', quote: 'whenNeeded', header: true };

/** Name, what the lines are about, and how the file is written. */
export function ProfileBasics({ form, isNew }: { form: Form<ProfileValues>; isNew: boolean }) {
  const { profile } = form.values;
  const set = (part: Partial<ExportProfile>) => form.setValue('profile', { ...profile, ...part });
  // A plain string: selects give strings, and the profile's check judges them.
  const at: string = 'profile';
  const { layout } = profile;
  const tab = layout.kind === 'delimited' && layout.delimiter === '\t';
  const usual = layout.kind === 'delimited' && (layout.delimiter === ',' || tab);
  return (
    <>
      <section aria-labelledby="basics-title" className="flex flex-col gap-6">
        <h2 id="basics-title" className="text-std-22B-150">
          様式
        </h2>
        <TextField {...form.field('profile.name')} label="名前" labelSize="sm" required width={30} />
        <TextField
          {...form.field('profile.id')}
          label="記号"
          labelSize="sm"
          required
          width={20}
          readOnly={!isNew}
          hint="小文字の英字で始め、英数字と _ 。「変更分のみ」は同じ記号の出力と比べるため、あとから変えられません。"
        />
        <TextArea {...form.field('profile.note')} label="メモ" labelSize="sm" rows={2} />
        <Checkbox {...form.field('profile.active')} label="新しい出力に使う" />
        <RadioGroup
          {...form.field('profile.subject')}
          label="1行の単位"
          labelSize="sm"
          required
          options={optionsOf(SUBJECT_LABELS)}
        />
        {profile.subject === 'applications' && (
          <>
            <CheckboxGroup
              {...form.field('profile.procedures')}
              value={[...profile.procedures]}
              label="手続き"
              labelSize="sm"
              required
              options={PROCEDURES.map((one) => ({ value: one.code, label: one.name.ja }))}
            />
            <CheckboxGroup
              {...form.field('profile.stages')}
              value={[...profile.stages]}
              label="申請の状態"
              labelSize="sm"
              required
              options={optionsOf(STAGE_LABELS)}
            />
          </>
        )}
      </section>
      <section aria-labelledby="file-title" className="flex flex-col gap-6">
        <h2 id="file-title" className="text-std-22B-150">
          ファイルの形
        </h2>
        <RadioGroup
          id="profile-layout-kind"
          name="layout-kind"
          value={layout.kind}
          onChange={(kind) => set({ layout: kind === 'fixed' ? { kind: 'fixed' } : DELIMITED })}
          label="形"
          labelSize="sm"
          required
          options={[
            { value: 'delimited', label: '区切り文字（CSVなど）' },
            { value: 'fixed', label: '固定長' },
          ]}
        />
        {layout.kind === 'delimited' && (
          <>
            <Select
              id="profile-delimiter-kind"
              name="delimiter-kind"
              value={tab ? 'tab' : usual ? ',' : 'other'}
              onChange={(value) =>
                set({ layout: { ...layout, delimiter: value === 'tab' ? '\t' : value === ',' ? ',' : ';' } })
              }
              label="区切り文字"
              labelSize="sm"
              required
              placeholder={null}
              options={[
                { value: ',', label: 'コンマ' },
                { value: 'tab', label: 'タブ' },
                { value: 'other', label: 'その他' },
              ]}
            />
            {!usual && (
              <TextField
                {...form.field('profile.layout.delimiter')}
                value={layout.delimiter}
                label="区切りに使う半角の1文字"
                labelSize="sm"
                required
                width={4}
                maxLength={1}
              />
            )}
            <Select
              {...form.field('profile.layout.quote')}
              value={layout.quote}
              label='引用符（"）'
              labelSize="sm"
              required
              placeholder={null}
              options={[
                { value: 'whenNeeded', label: '必要な値だけ囲む' },
                { value: 'always', label: 'すべての値を囲む' },
                { value: 'never', label: '囲まない' },
              ]}
            />
            <Checkbox
              {...form.field('profile.layout.header')}
              value={layout.header}
              label="1行目に項目名を書く"
            />
          </>
        )}
        <Select
          {...form.field(`${at}.unit`)}
          value={profile.unit}
          label="幅の数え方"
          labelSize="sm"
          required
          placeholder={null}
          options={[
            { value: 'bytes', label: 'バイト（CP932では漢字1文字が2）' },
            { value: 'characters', label: '文字' },
          ]}
        />
        <Select
          {...form.field(`${at}.encoding`)}
          value={profile.encoding}
          label="文字コード"
          labelSize="sm"
          required
          placeholder={null}
          options={optionsOf(ENCODING_LABELS)}
        />
        <Select
          {...form.field(`${at}.lineEnd`)}
          value={profile.lineEnd}
          label="改行コード"
          labelSize="sm"
          required
          placeholder={null}
          options={optionsOf(LINE_END_LABELS)}
        />
        <Checkbox {...form.field('profile.endsWithLineEnd')} label="最後の行にも改行を付ける" />
        <Select
          {...form.field(`${at}.lineBreaks`)}
          value={profile.lineBreaks}
          label="値の中の改行"
          labelSize="sm"
          required
          placeholder={null}
          options={[
            { value: 'space', label: '空白にする' },
            { value: 'keep', label: '残す' },
            { value: 'problem', label: '出力を止めて知らせる' },
          ]}
        />
        <TextField
          {...form.field('profile.fileName')}
          label="ファイル名"
          labelSize="sm"
          required
          width={40}
          hint="{number:4} 番号（4桁）、{date:yyyymmdd} 日付（{date:gee} なら R08）、{time} 時刻、{fiscalYear} 年度、{count} 件数"
        />
        <TextField
          {...form.field('profile.extension')}
          label="拡張子"
          labelSize="sm"
          width={8}
          hint="点は付けません。空なら拡張子なし"
        />
      </section>
    </>
  );
}
