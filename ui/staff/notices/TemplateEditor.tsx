import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { TemplateBody, TemplateResponse } from '../../../api/contract/index.ts';
import {
  Button,
  ButtonGroup,
  CheckboxGroup,
  Disclosure,
  DocumentViewer,
  ErrorSummary,
  NotificationBanner,
  Select,
  TextArea,
  TextField,
  useToast,
} from '../../components/index.ts';
import { api, ApiProblem, problemMessage, UnsavedChangesGuard } from '../../lib/index.ts';
import { Paragraphs } from './Paragraphs.tsx';
import { previewOf } from './preview.ts';

const DELIVERIES = [
  { value: 'post', label: '郵送する（画面でも表示）' },
  { value: 'portal', label: '画面のみ' },
];

type Errors = Readonly<Record<string, string>>;

/** Errors of the API by the field that they belong to; without the `template.` in front. */
function errorsOf(problem: unknown): Errors {
  if (!(problem instanceof ApiProblem)) return {};
  return Object.fromEntries(
    problem.errors.map(({ path, message }) => [path.replace(/^template\./u, ''), message]),
  );
}

/** The form, with a sample of what it gives. */
export function TemplateEditor({ setting }: { setting: TemplateResponse }) {
  const { kind, version, mayEdit, procedures } = setting;
  const [template, setTemplate] = useState<TemplateBody>(setting.template);
  const [note, setNote] = useState('');
  const [receiptNumber, setReceiptNumber] = useState('');
  const [sample, setSample] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [failures, setFailures] = useState(0);
  const [busy, setBusy] = useState<'save' | 'preview'>();
  const client = useQueryClient();
  const toast = useToast();
  const errors = errorsOf(problem);
  const changed = JSON.stringify(template) !== JSON.stringify(setting.template);
  const set = (part: Partial<TemplateBody>) => setTemplate((before) => ({ ...before, ...part }));

  const run = async (what: 'save' | 'preview', work: () => Promise<void>) => {
    setBusy(what);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error);
      setFailures((before) => before + 1);
    } finally {
      setBusy(undefined);
    }
  };
  const preview = () =>
    run('preview', async () => {
      setSample(await previewOf(kind, { template, ...(receiptNumber === '' ? {} : { receiptNumber }) }));
    });
  const save = () =>
    run('save', async () => {
      const saved = await api.put<TemplateResponse>(`staff/notice-templates/${kind}`, {
        template,
        basedOn: version,
        note,
      });
      client.setQueryData(['notice-template', kind], saved);
      await client.invalidateQueries({ queryKey: ['notice-templates'] });
      toast.show('保存しました', { tone: 'success' });
    });
  const texts = (name: 'opening' | 'closing' | 'sender', label: string, hint: ReactNode) => (
    <Paragraphs
      id={name}
      label={label}
      hint={hint}
      values={template[name]}
      errors={errors}
      readOnly={!mayEdit}
      onChange={(values) => set({ [name]: values })}
    />
  );

  return (
    <div className="grid gap-8 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-6">
        <UnsavedChangesGuard when={changed && busy !== 'save'} />
        {problem !== undefined && (
          <>
            <ErrorSummary
              focusKey={failures}
              errors={Object.entries(errors).map(([path, message]) => ({ fieldId: fieldOf(path), message }))}
            />
            {Object.keys(errors).length === 0 && (
              <NotificationBanner tone="error" title={problemMessage(problem)} announce />
            )}
          </>
        )}
        <TextField
          id="title"
          label="表題"
          required
          value={template.title}
          error={errors['title']}
          readOnly={!mayEdit}
          onChange={(title) => set({ title })}
        />
        <TextField
          id="number"
          label="文書番号"
          hint={`${setting.numberPlaceholders.map(({ name, label }) => `{${name}}＝${label}`).join('、')}。番号は年度と種類ごとに1から付きます。`}
          required
          value={template.number}
          error={errors['number']}
          readOnly={!mayEdit}
          onChange={(number) => set({ number })}
        />
        {texts('opening', '前文', '表の前に置く段落です。')}
        <Rows rows={template.rows} errors={errors} readOnly={!mayEdit} onChange={(rows) => set({ rows })} />
        {texts('closing', '後文', '表の後に置く段落です。')}
        <CheckboxGroup
          id="objection.procedures"
          label="処分とする手続き（教示を印字する）"
          hint="区が行政処分と定めた手続きだけを選びます。選ばない手続きの通知書には、教示は印字されません。"
          value={template.objection.procedures}
          options={procedures.map(({ code, name }) => ({ value: code, label: name }))}
          error={errors['objection.procedures']}
          disabled={!mayEdit}
          onChange={(chosen) => set({ objection: { ...template.objection, procedures: [...chosen] } })}
        />
        <Paragraphs
          id="objection.text"
          label="教示の文"
          hint="区が定めた文を入力してください。"
          values={template.objection.text}
          errors={errors}
          readOnly={!mayEdit}
          onChange={(text) => set({ objection: { ...template.objection, text } })}
        />
        {texts('sender', '差出人', '右上に印字します。4行まで。')}
        <div className="grid gap-4 sm:grid-cols-2">
          {(['online', 'paper'] as const).map((channel) => (
            <Select
              key={channel}
              id={`delivery.${channel}`}
              label={channel === 'online' ? 'オンライン申請への届け方' : '紙の申請への届け方'}
              placeholder={null}
              required
              options={DELIVERIES}
              value={template.delivery[channel]}
              disabled={!mayEdit}
              onChange={(value) =>
                set({ delivery: { ...template.delivery, [channel]: value === 'portal' ? 'portal' : 'post' } })
              }
            />
          ))}
        </div>
        <Placeholders setting={setting} />
        {mayEdit && (
          <>
            <TextArea
              id="note"
              label="変更の理由"
              required
              rows={2}
              value={note}
              error={errors['note']}
              onChange={setNote}
            />
            <ButtonGroup>
              <Button busy={busy === 'save'} disabled={!changed} onClick={() => void save()}>
                保存する
              </Button>
            </ButtonGroup>
          </>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-4 xl:self-start">
        <h2 className="text-std-20B-160">見本</h2>
        <TextField
          id="receiptNumber"
          label="受付番号（実際の申請で見るとき）"
          hint="空のままなら、架空の例で作ります。"
          value={receiptNumber}
          error={errors['receiptNumber']}
          onChange={setReceiptNumber}
        />
        <ButtonGroup>
          <Button variant="outline" busy={busy === 'preview'} onClick={() => void preview()}>
            見本を表示する
          </Button>
        </ButtonGroup>
        {sample !== undefined && (
          <DocumentViewer
            key={sample.length}
            documents={[{ id: sample, name: '見本.pdf', url: sample, contentType: 'application/pdf' }]}
          />
        )}
      </div>
    </div>
  );
}

/** The id of the control that an error of the API belongs to. */
function fieldOf(path: string): string {
  return path;
}

function Rows({
  rows,
  errors,
  readOnly,
  onChange,
}: {
  rows: TemplateBody['rows'];
  errors: Errors;
  readOnly: boolean;
  onChange: (rows: TemplateBody['rows']) => void;
}) {
  const change = (index: number, part: Partial<TemplateBody['rows'][number]>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <fieldset>
      <legend className="text-std-17B-170 mb-2">表の項目</legend>
      <p className="mb-2 text-solid-gray-700">差し込む内容がない行は、印字されません。</p>
      <ol className="flex flex-col gap-3">
        {rows.map((row, index) => (
          // Rows have no name of their own and keep their place while one types.
          <li key={index} className="flex flex-col gap-2 rounded-8 border border-solid-gray-420 p-3">
            <TextField
              id={`rows.${index}.label`}
              label={`項目${index + 1}の見出し`}
              labelSize="sm"
              hideMark
              value={row.label}
              error={errors[`rows.${index}.label`]}
              readOnly={readOnly}
              onChange={(label) => change(index, { label })}
            />
            <TextField
              id={`rows.${index}.value`}
              label={`項目${index + 1}の内容`}
              labelSize="sm"
              hideMark
              value={row.value}
              error={errors[`rows.${index}.value`]}
              readOnly={readOnly}
              onChange={(value) => change(index, { value })}
            />
            {!readOnly && (
              <div>
                <Button
                  variant="text"
                  size="sm"
                  onClick={() => onChange(rows.filter((_row, at) => at !== index))}
                >
                  項目{index + 1}を削除
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      {!readOnly && (
        <Button
          variant="outline"
          size="sm"
          className="mt-3"
          onClick={() => onChange([...rows, { label: '', value: '' }])}
        >
          項目を追加
        </Button>
      )}
    </fieldset>
  );
}

function Placeholders({ setting }: { setting: TemplateResponse }) {
  const list = (names: TemplateResponse['placeholders']) => (
    <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
      {names.map(({ name, label }) => (
        <div key={name}>
          <dt className="font-mono break-all">{`{${name}}`}</dt>
          <dd className="text-solid-gray-700">{label}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <div>
      <Disclosure summary="差し込める項目">{list(setting.placeholders)}</Disclosure>
      <Disclosure summary="申請の回答から差し込める項目">{list(setting.answers)}</Disclosure>
    </div>
  );
}
