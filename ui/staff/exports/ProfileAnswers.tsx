import { useState } from 'react';
import type { AnswerLayout } from '../../../domain/exports/profile.ts';
import { NumberField, RadioGroup, Select, TextArea, TextField } from '../../components/index.ts';
import type { Form } from '../../lib/form.ts';
import { mapOfText, textOfMap } from './code-map.ts';
import type { ProfileValues } from './profile-values.ts';

const common = { labelSize: 'sm', required: true, placeholder: null } as const;
const DELIMITED: AnswerLayout['layout'] = {
  kind: 'delimited',
  delimiter: ',',
  keyColumn: 1,
  resultColumn: 2,
  reasonColumn: 3,
};
const FIXED: AnswerLayout['layout'] = {
  kind: 'fixed',
  key: { from: 1, length: 12 },
  result: { from: 13, length: 1 },
  reason: { from: 14, length: 3 },
};

/** How the ward's answer file is read. */
export function ProfileAnswers({ form }: { form: Form<ProfileValues> }) {
  const { answers } = form.values.profile;
  const at: string = 'profile.answers';
  const number = (path: string, value: number, label: string) => (
    <NumberField
      {...form.field(path)}
      value={value}
      label={label}
      labelSize="sm"
      required
      min={0}
      max={5000}
      width={6}
    />
  );
  const { layout } = answers;
  return (
    <section aria-labelledby="answers-title" className="flex flex-col gap-6">
      <h2 id="answers-title" className="text-std-22B-150">
        回答ファイル
      </h2>
      <p>学童クラブ管理システムが出す、受入・却下の結果のファイルの読み方です。</p>
      <Select
        {...common}
        {...form.field(`${at}.encoding`)}
        value={answers.encoding}
        label="回答ファイルの文字コード"
        options={[
          { value: 'cp932', label: 'CP932（Windowsの日本語）' },
          { value: 'utf-8', label: 'UTF-8' },
        ]}
      />
      {number(`${at}.skipLines`, answers.skipLines, '読み飛ばす行（見出しなど）')}
      <RadioGroup
        {...form.field(`${at}.key`)}
        value={answers.key}
        label="どの記録の結果かを示す値"
        labelSize="sm"
        required
        options={[
          { value: 'receiptNumber', label: '受付番号' },
          { value: 'line', label: '出力したファイルの行番号（見出しを数えない）' },
        ]}
      />
      <RadioGroup
        id="profile-answers-layout-kind"
        name="answers-layout"
        value={layout.kind}
        onChange={(kind) => form.setValue(`${at}.layout`, kind === 'fixed' ? FIXED : DELIMITED)}
        label="回答ファイルの形"
        labelSize="sm"
        required
        options={[
          { value: 'delimited', label: '区切り文字' },
          { value: 'fixed', label: '固定長（バイト）' },
        ]}
      />
      {layout.kind === 'delimited' ? (
        <>
          <Select
            {...common}
            {...form.field(`${at}.layout.delimiter`)}
            value={layout.delimiter}
            label="回答ファイルの区切り文字"
            options={[
              { value: ',', label: 'コンマ' },
              { value: '\t', label: 'タブ' },
              { value: ';', label: 'セミコロン' },
              { value: '|', label: '縦線' },
            ]}
          />
          {number(`${at}.layout.keyColumn`, layout.keyColumn, '受付番号（行番号）の列')}
          {number(`${at}.layout.resultColumn`, layout.resultColumn, '結果の列')}
          <NumberField
            {...form.field(`${at}.layout.reasonColumn`)}
            value={layout.reasonColumn}
            label="理由の列"
            labelSize="sm"
            hint="なければ空"
            width={6}
          />
        </>
      ) : (
        <>
          {number(`${at}.layout.key.from`, layout.key.from, '受付番号（行番号）の始まり')}
          {number(`${at}.layout.key.length`, layout.key.length, '受付番号（行番号）の長さ')}
          {number(`${at}.layout.result.from`, layout.result.from, '結果の始まり')}
          {number(`${at}.layout.result.length`, layout.result.length, '結果の長さ')}
          {layout.reason && number(`${at}.layout.reason.from`, layout.reason.from, '理由の始まり')}
          {layout.reason && number(`${at}.layout.reason.length`, layout.reason.length, '理由の長さ')}
        </>
      )}
      <Values form={form} at={`${at}.accepted`} values={answers.accepted} label="受入を示す値" />
      <Values form={form} at={`${at}.rejected`} values={answers.rejected} label="却下を示す値" />
      <Reasons form={form} reasons={answers.reasons} />
    </section>
  );
}

function Values(props: { form: Form<ProfileValues>; at: string; values: readonly string[]; label: string }) {
  const { form, at, values, label } = props;
  const [text, setText] = useState(() => values.join('、'));
  return (
    <TextField
      {...form.field(at)}
      value={text}
      onChange={(typed) => {
        setText(typed);
        form.setValue(
          at,
          typed.split(/[、,]/u).flatMap((one) => (one.trim() === '' ? [] : [one.trim()])),
        );
      }}
      label={label}
      labelSize="sm"
      required
      hint="いくつかあるときは「、」で区切ります"
    />
  );
}

function Reasons(props: { form: Form<ProfileValues>; reasons: AnswerLayout['reasons'] }) {
  const { form, reasons } = props;
  const [text, setText] = useState(() =>
    textOfMap(reasons.map(({ code, text: to }) => ({ from: code, to }))),
  );
  return (
    <TextArea
      {...form.field('profile.answers.reasons')}
      value={text}
      onChange={(typed) => {
        setText(typed);
        form.setValue(
          'profile.answers.reasons',
          mapOfText(typed).map(({ from, to }) => ({ code: from, text: to })),
        );
      }}
      label="理由コードの言葉"
      labelSize="sm"
      rows={4}
      hint="1行に1つ、コード=言葉。表にないコードはそのまま示します"
    />
  );
}
