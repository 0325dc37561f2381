import { useState } from 'react';
import type { FileInfo } from '../../../api/contract/index.ts';
import type { Answers, AnswerValue, Field } from '../../../domain/procedures/definition.ts';
import { askedFields } from '../../../domain/procedures/fields.ts';
import { FileUpload } from '../../components/index.ts';
import { ACCEPT_DOCUMENTS, apiUrl, uploadFile } from '../../lib/index.ts';
import type { FieldErrors } from '../../lib/index.ts';
import type { Form } from '../../lib/form.ts';
import { AnswerControl } from '../answers/AnswerControl.tsx';
import { sameAnswer } from '../answers/format.ts';
import { documentLabel, fieldIn, useOpened } from '../application/context.tsx';
import { EntryReturned } from '../review/EntryReturned.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { ContactFields, contactPath, contactProblems, newContact, toContact } from './contact.tsx';
import type { ContactValues } from './contact.tsx';

const MAX_BYTES = 20 * 1024 * 1024;

type Changes = Record<string, AnswerValue>;

/** Only what differs from the answers as they are. */
function changedOnly(fields: readonly Field[], before: Answers, now: Answers): Changes {
  const changes: Changes = {};
  for (const { code } of fields) {
    if (!sameAnswer(before[code], now[code])) changes[code] = now[code] ?? null;
  }
  return changes;
}

/** Copied, for the API's type is mutable. */
function forApi(changes: Changes): Record<string, never> {
  return structuredClone(changes) as Record<string, never>;
}

interface MinorValues extends ContactValues {
  readonly answers: Answers;
  readonly files: readonly FileInfo[];
}

/** A minor point put right after talking to the family, with the record of it (Q18). */
export function CorrectMinorDialog({ about, onClose }: { about: string; onClose: () => void }) {
  const { application, procedure } = useOpened();
  const item = application.request?.items.find((one) => one.id === about);
  const before: Answers = application.answers ?? {};
  const fields = (item?.targets ?? []).flatMap((target) => {
    const field = target.kind === 'field' ? fieldIn(procedure, target.code) : undefined;
    return field ? [field] : [];
  });
  const documents = (item?.targets ?? []).flatMap((target) =>
    target.kind === 'document' ? [target.type] : [],
  );
  const validate = (values: MinorValues): FieldErrors => {
    const untouched =
      Object.keys(changedOnly(fields, before, values.answers)).length === 0 && values.files.length === 0;
    const first = fields[0];
    return {
      ...(untouched && {
        [first ? `answers.${first.code}` : 'files']: '直した内容を入力するか、書類を添付してください。',
      }),
      ...contactProblems(values, new Date()),
    };
  };
  return (
    <ActionDialog<MinorValues>
      title="軽微な点を補正する"
      confirmLabel="補正する"
      done="補正しました"
      size="lg"
      initial={{ ...newContact(new Date()), answers: before, files: [] }}
      validate={validate}
      toAction={(values) => ({
        type: 'correctMinor',
        itemId: about,
        changes: forApi(changedOnly(fields, before, values.answers)),
        files: values.files.map(({ id, documentType }) => ({ fileId: id, documentType })),
        contact: toContact(values),
      })}
      mapPath={(path) =>
        path.startsWith('changes.') ? path.replace('changes.', 'answers.') : contactPath(path)
      }
      onClose={onClose}
    >
      {(form) => (
        <>
          <p>
            <b>{item?.title}</b>（{item?.reasonLabel}）
          </p>
          <p>
            電話などで申請者に確認した軽微な点を、代わりに直します。補正した人は、この後の二次審査をできません。
          </p>
          <AnswerFields form={form} fields={fields} />
          {documents.map((type) => (
            <Upload key={type} type={type} label={documentLabel(procedure, type)} form={form} />
          ))}
          <h3 className="text-std-18B-160 border-t border-solid-gray-300 pt-4">確認したときの記録</h3>
          <ContactFields form={form} contentHint="話した相手、確認した内容、補正してよいと言われたこと" />
        </>
      )}
    </ActionDialog>
  );
}

/** Controls of some fields; `form` keeps them under `answers`. */
function AnswerFields<T extends { readonly answers: Answers }>({
  form,
  fields,
}: {
  form: Form<T>;
  fields: readonly Field[];
}) {
  return fields.map((field) => (
    <AnswerControl
      key={field.code}
      id={`action-answers-${field.code}`}
      field={field}
      value={form.values.answers[field.code]}
      error={form.errors[`answers.${field.code}`]}
      onChange={(value) => form.setValue(`answers.${field.code}`, value)}
    />
  ));
}

function Upload({ type, label, form }: { type: string; label: string; form: Form<MinorValues> }) {
  const { application } = useOpened();
  const all = form.values.files;
  const files = all.filter((file) => file.documentType === type);
  return (
    <FileUpload<FileInfo>
      id={`action-files-${type}`}
      label={label}
      labelSize="sm"
      hideMark
      hint="申請者から受け取った書類の画像・PDF"
      value={[...files]}
      onChange={(next) =>
        form.setValue('files', [...all.filter((file) => file.documentType !== type), ...next])
      }
      error={form.errors['files']}
      accept={ACCEPT_DOCUMENTS}
      maxBytes={MAX_BYTES}
      maxFiles={5}
      urlOf={(file) => apiUrl(`files/${file.id}`)}
      upload={(file, options) =>
        uploadFile<FileInfo>('files', file, {
          ...options,
          fields: { documentType: type, applicationId: application.id },
        })
      }
    />
  );
}

/** Paper: the entry differed from the scan (Q14). Every answer can be put right; only what was changed is sent. */
export function CorrectEntryDialog({ onClose }: { onClose: () => void }) {
  const { application, procedure } = useOpened();
  const [before] = useState<Answers>(application.answers ?? {});
  return (
    <ActionDialog<{ answers: Answers }>
      title="入力を訂正する"
      confirmLabel="訂正する"
      done="訂正しました。別の人がもう一度照合します。"
      size="lg"
      initial={{ answers: before }}
      validate={({ answers }) => {
        const fields = procedure ? askedFields(procedure, answers) : [];
        return Object.keys(changedOnly(fields, before, answers)).length === 0
          ? { [`answers.${fields[0]?.code ?? ''}`]: '画像と違っていた項目を直してください。' }
          : {};
      }}
      toAction={({ answers }) => ({
        type: 'correctEntry',
        changes: forApi(changedOnly(procedure ? askedFields(procedure, answers) : [], before, answers)),
      })}
      mapPath={(path) => path.replace(/^changes\./u, 'answers.')}
      onClose={onClose}
    >
      {(form) => (
        <>
          <EntryReturned />
          <p>申請書の画像と違っている項目を直してください。訂正した人は、照合と二次審査をできません。</p>
          {procedure && <AnswerFields form={form} fields={askedFields(procedure, form.values.answers)} />}
        </>
      )}
    </ActionDialog>
  );
}
