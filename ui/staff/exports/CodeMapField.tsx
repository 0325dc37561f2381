import type { ExportFormat } from '../../../domain/exports/profile.ts';
import { TextArea, TextField } from '../../components/index.ts';
import type { Form } from '../../lib/form.ts';
import { useState } from 'react';
import { mapOfText, textOfMap } from './code-map.ts';
import type { ProfileValues } from './profile-values.ts';

/** A table of codes, one a line: `approved=1`. */
export function CodeMapField(props: {
  form: Form<ProfileValues>;
  at: string;
  format: Extract<ExportFormat, { kind: 'code' }>;
}) {
  const { form, at, format } = props;
  const binding = form.field(`${at}.map`);
  // What is typed, half-finished lines too; the form has what they mean.
  const [text, setText] = useState(() => textOfMap(format.map));
  return (
    <>
      <TextArea
        id={binding.id}
        name={binding.name}
        onBlur={binding.onBlur}
        error={binding.error}
        value={text}
        onChange={(typed) => {
          setText(typed);
          form.setValue(`${at}.map`, mapOfText(typed));
        }}
        label="コード表"
        labelSize="sm"
        required
        rows={5}
        hint="1行に1つ、システムの値=書く値（例 approved=1）"
      />
      <TextField
        {...form.field(`${at}.otherwise`)}
        value={format.otherwise ?? ''}
        onChange={(value) => form.setValue(`${at}.otherwise`, value === '' ? null : value)}
        label="表にない値のときに書く値"
        labelSize="sm"
        hint="空なら、出力を止めて知らせます"
        width={12}
      />
    </>
  );
}
