import type { Criterion, DeficiencyReason } from '../../../domain/procedures/definition.ts';
import { fieldsOf } from '../../../domain/procedures/fields.ts';
import { procedureOfCriteria, type CriteriaKey } from '../../../domain/settings/ward.ts';
import { Button, Checkbox, CheckboxGroup, Disclosure, TextArea, TextField } from '../../components/index.ts';
import { dateInTokyo, fieldId } from '../../lib/index.ts';
import type { Form } from '../../lib/index.ts';
import { Editions } from './Editions.tsx';
import type { SettingProps } from './queries.ts';
import { SettingForm, type SettingValues } from './SettingForm.tsx';

type CriteriaForm = Form<SettingValues<readonly Criterion[]>>;

/** An id or code that is not there yet; what it is called may change, what it is known by may not. */
function freshCode(prefix: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const code = `${prefix}_${String(number)}`;
    if (!taken.includes(code)) return code;
  }
}

const newReason = (taken: readonly string[]): DeficiencyReason => ({
  code: freshCode('ward_reason', taken),
  label: '',
  applicantText: { ja: '' },
});

/** The review criteria (審査基準) of a procedure, which the ward supplies (Q10): items, what to look at, reasons to ask. */
export function CriteriaSetting({
  settingCode,
  setting,
  from,
  onTake,
  formKey,
}: SettingProps<CriteriaKey> & { settingCode: CriteriaKey }) {
  return (
    <>
      <p className="mb-6">
        一次審査・二次審査の項目です。申請は、受け付けた日の基準で最後まで審査します。ここで変えても、すでに受け付けた申請の審査は変わりません。
      </p>
      <SettingForm
        key={formKey}
        settingCode={settingCode}
        setting={setting}
        initial={setting.value}
        validFrom={from ?? dateInTokyo(new Date().toISOString())}
        validFromHint="この日以降に受け付ける申請の審査に使います。"
        preview="rows"
        fields={(form, disabled) => <Items settingCode={settingCode} form={form} disabled={disabled} />}
      />
      <Editions
        setting={setting}
        onTake={onTake}
        show={(criteria) => (
          <ol className="list-decimal pl-6">
            {criteria.map(({ id, title, guidance, required, reasons }) => (
              <li key={id} className="mb-2">
                <b>{title}</b>
                {required ? '' : '（任意）'}
                <p>{guidance}</p>
                <p className="text-solid-gray-700">
                  不備の理由：{reasons.map(({ label }) => label).join('、')}
                </p>
              </li>
            ))}
          </ol>
        )}
      />
    </>
  );
}

function Items({
  settingCode,
  form,
  disabled,
}: {
  settingCode: CriteriaKey;
  form: CriteriaForm;
  disabled: boolean;
}) {
  const criteria = form.values.value;
  const set = (list: readonly Criterion[]) => form.setValue('value', list);
  const move = (index: number, by: number) => {
    const list = [...criteria];
    const [one] = list.splice(index, 1);
    if (one) list.splice(index + by, 0, one);
    set(list);
  };
  const add = () =>
    set([
      ...criteria,
      {
        id: freshCode(
          'ward',
          criteria.map(({ id }) => id),
        ),
        title: '',
        guidance: '',
        required: true,
        fields: [],
        documents: [],
        reasons: [newReason([])],
      },
    ]);
  return (
    <div id={fieldId('value', 'setting')} className="flex flex-col gap-3">
      {criteria.map((criterion, index) => (
        <section
          key={criterion.id}
          className="rounded-8 border border-solid-gray-420 p-4"
          aria-label={`審査項目 ${String(index + 1)}`}
        >
          <Disclosure
            summary={`${String(index + 1)}．${criterion.title || '（新しい項目）'}${criterion.required ? '' : '（任意）'}`}
            open={criterion.title === ''}
          >
            <Item settingCode={settingCode} form={form} index={index} disabled={disabled} />
          </Disclosure>
          {!disabled && (
            <p className="mt-2 flex flex-wrap gap-2">
              <Button variant="text" size="sm" disabled={index === 0} onClick={() => move(index, -1)}>
                上へ<span className="sr-only">（{criterion.title}）</span>
              </Button>
              <Button
                variant="text"
                size="sm"
                disabled={index === criteria.length - 1}
                onClick={() => move(index, 1)}
              >
                下へ<span className="sr-only">（{criterion.title}）</span>
              </Button>
              <Button
                variant="text"
                size="sm"
                disabled={criteria.length === 1}
                onClick={() => set(criteria.filter(({ id }) => id !== criterion.id))}
              >
                この項目を外す<span className="sr-only">（{criterion.title}）</span>
              </Button>
            </p>
          )}
        </section>
      ))}
      {!disabled && (
        <div>
          <Button variant="outline" size="sm" onClick={add}>
            審査項目を加える
          </Button>
        </div>
      )}
    </div>
  );
}

function Item({
  settingCode,
  form,
  index,
  disabled,
}: {
  settingCode: CriteriaKey;
  form: CriteriaForm;
  index: number;
  disabled: boolean;
}) {
  const definition = procedureOfCriteria(settingCode);
  const path = `value.${String(index)}`;
  const criterion = form.values.value[index];
  if (!criterion) return null;
  const { reasons } = criterion;
  return (
    <div className="flex flex-col gap-5 pt-3">
      <TextField
        {...form.field(`${path}.title`)}
        label="項目の名前"
        labelSize="sm"
        required
        disabled={disabled}
      />
      <TextArea
        {...form.field(`${path}.guidance`)}
        label="何を見て、どう判断するか"
        labelSize="sm"
        required
        rows={3}
        disabled={disabled}
      />
      <Checkbox
        {...form.field(`${path}.required`)}
        label="必ず審査する（「該当しない」を選べない）"
        disabled={disabled || criterion.appliesWhen !== undefined}
      />
      {criterion.appliesWhen !== undefined && (
        <p className="text-solid-gray-700">申請の内容により、この項目を審査しない場合があります。</p>
      )}
      <Disclosure
        summary={`訂正をお願いできる質問（${String(criterion.fields.length)}）・書類（${String(criterion.documents.length)}）`}
      >
        <CheckboxGroup
          {...form.field(`${path}.fields`)}
          label="質問"
          labelSize="sm"
          disabled={disabled}
          options={fieldsOf(definition).map(({ code, label }) => ({ value: code, label: label.ja }))}
        />
        {definition.documents.length > 0 && (
          <CheckboxGroup
            {...form.field(`${path}.documents`)}
            label="書類"
            labelSize="sm"
            disabled={disabled}
            options={definition.documents.map(({ type, label }) => ({ value: type, label: label.ja }))}
          />
        )}
      </Disclosure>
      <fieldset id={fieldId(`${path}.reasons`, 'setting')} className="flex flex-col gap-4">
        <legend className="text-std-16B-170 mb-2">不備の理由</legend>
        {reasons.map((reason, at) => (
          <div key={reason.code} className="flex flex-col gap-3 border-l-4 border-solid-gray-420 pl-4">
            <TextField
              {...form.field(`${path}.reasons.${String(at)}.label`)}
              label={`理由 ${String(at + 1)}（職員の画面での名前）`}
              labelSize="sm"
              required
              disabled={disabled}
            />
            <TextArea
              {...form.field(`${path}.reasons.${String(at)}.applicantText.ja`)}
              label="申請者に伝える文"
              labelSize="sm"
              required
              rows={2}
              disabled={disabled}
            />
            {(['ja-easy', 'en'] as const).map((locale) => (
              <TextArea
                key={locale}
                id={fieldId(`${path}.reasons.${String(at)}.applicantText.${locale}`, 'setting')}
                label={locale === 'en' ? '申請者に伝える文（英語）' : '申請者に伝える文（やさしい日本語）'}
                labelSize="sm"
                rows={2}
                value={reason.applicantText[locale] ?? ''}
                onChange={(text) =>
                  form.setValue(
                    `${path}.reasons.${String(at)}.applicantText.${locale}`,
                    text === '' ? undefined : text,
                  )
                }
                disabled={disabled}
              />
            ))}
            {!disabled && reasons.length > 1 && (
              <div>
                <Button
                  variant="text"
                  size="sm"
                  onClick={() =>
                    form.setValue(
                      `${path}.reasons`,
                      reasons.filter(({ code }) => code !== reason.code),
                    )
                  }
                >
                  この理由を外す<span className="sr-only">（{reason.label}）</span>
                </Button>
              </div>
            )}
          </div>
        ))}
        {!disabled && (
          <div>
            <Button
              variant="outline"
              size="sm"
              onClick={() =>
                form.setValue(`${path}.reasons`, [...reasons, newReason(reasons.map(({ code }) => code))])
              }
            >
              理由を加える
            </Button>
          </div>
        )}
      </fieldset>
    </div>
  );
}
