import type { ExportColumn, ExportFormat, SourceKind } from '../../../domain/exports/profile.ts';
import { fieldsOf } from '../../../domain/procedures/fields.ts';
import { PROCEDURES } from '../../../domain/procedures/registry.ts';
import { Checkbox, NumberField, Select, TextField } from '../../components/index.ts';
import type { Form } from '../../lib/form.ts';
import { CodeMapField } from './CodeMapField.tsx';
import { emptyFormat, emptySource } from './empty.ts';
import {
  APPLICATION_LABELS,
  DECISION_ITEM_LABELS,
  ENROLMENT_LABELS,
  FACILITY_LABELS,
  FORMAT_LABELS,
  optionsOf,
  PERSON_LABELS,
  SOURCE_LABELS,
} from './labels.ts';
import type { ProfileValues } from './profile-values.ts';

const ITEMS: Partial<Record<SourceKind, Readonly<Record<string, string>>>> = {
  person: PERSON_LABELS,
  application: APPLICATION_LABELS,
  decision: DECISION_ITEM_LABELS,
  enrolment: ENROLMENT_LABELS,
  facility: FACILITY_LABELS,
};

/** Every question of every form, once; the procedure's name where it is not the admission's. */
const ANSWER_OPTIONS = [
  ...new Map(
    PROCEDURES.flatMap((procedure) =>
      fieldsOf(procedure).map((field): [string, { value: string; label: string; group: string }] => [
        field.code,
        { value: field.code, label: `${field.label.ja}（${field.code}）`, group: procedure.name.ja },
      ]),
    ),
  ).values(),
];

const common = { labelSize: 'sm', required: true, placeholder: null } as const;

/** What one column is made of, in which form, how wide. */
export function ColumnFields(props: { form: Form<ProfileValues>; index: number; column: ExportColumn }) {
  const { form, index, column } = props;
  const at = `profile.columns.${String(index)}`;
  const id = (name: string) => `profile-columns-${String(index)}-${name}-kind`;
  const { source, format } = column;
  const fixed = form.values.profile.layout.kind === 'fixed';
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <TextField {...form.field(`${at}.title`)} value={column.title} label="項目名" labelSize="sm" required />
      <Select
        {...common}
        id={id('source')}
        name={id('source')}
        value={source.kind}
        onChange={(kind) => form.setValue(`${at}.source`, emptySource(kind as SourceKind))}
        label="値の出どころ"
        options={optionsOf(SOURCE_LABELS)}
      />
      {'item' in source && (
        <Select
          {...common}
          {...form.field(`${at}.source.item`)}
          value={source.item}
          label="値"
          options={optionsOf(ITEMS[source.kind] ?? {})}
        />
      )}
      {source.kind === 'answer' && (
        <>
          <Select
            {...common}
            {...form.field(`${at}.source.field`)}
            value={source.field}
            label="入力項目"
            width="full"
            options={ANSWER_OPTIONS}
          />
          <Checkbox
            {...form.field(`${at}.source.label`)}
            value={source.label}
            label="選択肢は、画面の言葉で書く（コードではなく）"
          />
        </>
      )}
      {source.kind === 'constant' && (
        <TextField {...form.field(`${at}.source.value`)} value={source.value} label="値" labelSize="sm" />
      )}
      <Select
        {...common}
        id={id('format')}
        name={id('format')}
        value={format.kind}
        onChange={(kind) => form.setValue(`${at}.format`, emptyFormat(kind as ExportFormat['kind']))}
        label="書き方"
        options={optionsOf(FORMAT_LABELS)}
      />
      {format.kind === 'text' && (
        <>
          <Select
            {...common}
            {...form.field(`${at}.format.kana`)}
            value={format.kana}
            label="かな"
            options={[
              { value: 'asIs', label: 'そのまま' },
              { value: 'katakana', label: '全角カタカナ' },
              { value: 'halfKatakana', label: '半角カタカナ' },
              { value: 'hiragana', label: 'ひらがな' },
            ]}
          />
          <Select
            {...common}
            {...form.field(`${at}.format.width`)}
            value={format.width}
            label="英数字・記号・空白"
            options={[
              { value: 'asIs', label: 'そのまま' },
              { value: 'full', label: '全角' },
              { value: 'half', label: '半角' },
            ]}
          />
        </>
      )}
      {format.kind === 'date' && (
        <TextField
          {...form.field(`${at}.format.pattern`)}
          value={format.pattern}
          label="日付の書式"
          labelSize="sm"
          required
          hint="yyyy/mm/dd → 2026/11/23、ggge年m月d日 → 令和8年11月23日、gee.mm.dd → R08.11.23、neemmdd → 5081123"
        />
      )}
      {format.kind === 'number' && (
        <NumberField
          {...form.field(`${at}.format.digits`)}
          value={format.digits}
          label="ゼロで埋める桁数"
          labelSize="sm"
          hint="0なら埋めません"
          min={0}
          max={30}
          width={4}
        />
      )}
      {format.kind === 'code' && <CodeMapField form={form} at={`${at}.format`} format={format} />}
      <NumberField
        {...form.field(`${at}.width`)}
        value={column.width}
        label={fixed ? '幅' : '幅の上限'}
        labelSize="sm"
        required={fixed}
        min={1}
        max={5000}
        width={6}
        suffix={form.values.profile.unit === 'bytes' ? 'バイト' : '文字'}
      />
      <Select
        {...common}
        {...form.field(`${at}.overflow`)}
        value={column.overflow}
        label="幅を超えるとき"
        options={[
          { value: 'problem', label: '出力を止めて知らせる' },
          { value: 'cut', label: 'はみ出す分を切る（記録に残す）' },
        ]}
      />
      {(fixed || column.width !== null) && (
        <>
          <Select
            {...common}
            {...form.field(`${at}.pad.side`)}
            value={column.pad.side}
            label="埋める側"
            options={[
              { value: 'right', label: '右（左詰め）' },
              { value: 'left', label: '左（右詰め）' },
            ]}
          />
          <Select
            {...common}
            {...form.field(`${at}.pad.char`)}
            value={column.pad.char}
            label="埋める文字"
            options={[
              { value: ' ', label: '半角の空白' },
              { value: '\u3000', label: '全角の空白' },
              { value: '0', label: '0' },
              ...([' ', '\u3000', '0'].includes(column.pad.char)
                ? []
                : [{ value: column.pad.char, label: column.pad.char }]),
            ]}
          />
        </>
      )}
      <Checkbox
        {...form.field(`${at}.required`)}
        value={column.required}
        label="空なら出力を止めて知らせる"
      />
      <TextField
        {...form.field(`${at}.whenEmpty`)}
        value={column.whenEmpty}
        label="空のときに書く値"
        labelSize="sm"
        width={12}
      />
    </div>
  );
}
