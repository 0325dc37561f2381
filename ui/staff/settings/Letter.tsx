import { LETTER_PLACEHOLDERS } from '../../../domain/settings/ward.ts';
import { Disclosure, TextField } from '../../components/index.ts';
import { fieldId } from '../../lib/index.ts';
import type { FieldErrors } from '../../lib/index.ts';
import { Paragraphs } from '../notices/Paragraphs.tsx';
import { Editions } from './Editions.tsx';
import type { LetterTemplate, SettingProps } from './queries.ts';
import { Sample } from './Sample.tsx';
import { SettingForm } from './SettingForm.tsx';

const LISTS = [
  ['opening', '前文', '不足しているものの一覧の前に置く段落です。'],
  ['closing', '後文', '一覧の後に置く段落です。'],
  ['sender', '差出人', '右上に印字します。'],
] as const;

/** The deficiency letter (不備連絡文書, Q20): the ward's words around the list of what is missing. */
export function LetterSetting({ setting, onTake, formKey }: SettingProps<'letter.deficiency'>) {
  return (
    <>
      <SettingForm
        key={formKey}
        settingCode="letter.deficiency"
        setting={setting}
        initial={setting.value}
        validFromHint="保存した後に依頼する分の文書から使います。すでに作成した文書は変わりません。"
        preview="none"
        fields={(form, disabled) => {
          const list = ([name, label, hint]: (typeof LISTS)[number]) => (
            <Paragraphs
              key={name}
              id={fieldId(`value.${name}`, 'setting')}
              separator="-"
              label={label}
              hint={hint}
              values={form.values.value[name]}
              errors={errorsOf(form.errors, name)}
              readOnly={disabled}
              onChange={(values) => form.setValue(`value.${name}`, values)}
            />
          );
          return (
            <>
              <TextField
                {...form.field('value.title')}
                label="表題"
                labelSize="sm"
                required
                disabled={disabled}
              />
              {list(LISTS[0])}
              <TextField
                {...form.field('value.listTitle')}
                label="一覧の見出し"
                labelSize="sm"
                required
                disabled={disabled}
              />
              {list(LISTS[1])}
              {list(LISTS[2])}
              <Disclosure summary="差し込める項目">
                <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
                  {Object.entries(LETTER_PLACEHOLDERS).map(([name, label]) => (
                    <div key={name}>
                      <dt className="font-mono">{`{${name}}`}</dt>
                      <dd className="text-solid-gray-700">{label}</dd>
                    </div>
                  ))}
                </dl>
              </Disclosure>
            </>
          );
        }}
        onForm={(form) => (
          <Sample<LetterTemplate>
            settingCode="letter.deficiency"
            form={form}
            about="入力した文面で作った、架空の不備連絡文書です。"
          />
        )}
      />
      <Editions setting={setting} onTake={onTake} show={(letter) => <Words letter={letter} />} />
    </>
  );
}

/** Errors of a list by the ids of its fields. */
function errorsOf(errors: FieldErrors, name: string): FieldErrors {
  const own = Object.entries(errors).filter(([path]) => path.startsWith(`value.${name}`));
  return Object.fromEntries(own.map(([path, message]) => [fieldId(path, 'setting'), message]));
}

function Words({ letter }: { letter: LetterTemplate }) {
  return (
    <div className="rounded-8 border border-solid-gray-420 p-4">
      <p className="text-std-18B-160">{letter.title}</p>
      {[...letter.opening, letter.listTitle, ...letter.closing, ...letter.sender].map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}
