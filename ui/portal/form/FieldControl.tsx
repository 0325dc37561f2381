import { useMemo } from 'react';
import type { Field } from '../../../domain/procedures/definition.ts';
import { displayPhone, displayPostalCode } from '../../../domain/procedures/format.ts';
import { displayFiscalYear } from '../../../domain/procedures/format-dates.ts';
import { normaliseValue } from '../../../domain/procedures/normalise.ts';
import { bopKeywords, HALLS } from '../../../domain/facilities/facilities.ts';
import {
  Checkbox,
  CheckboxGroup,
  Combobox,
  DateField,
  MonthField,
  NumberField,
  PhoneField,
  PostalCodeField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
  TimeField,
} from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import type { Binding } from '../../lib/index.ts';
import { marked } from '../shared/Marked.tsx';
import { common } from '../texts/common.ts';
import { form as m } from '../texts/form.ts';
import { TableControl } from './TableControl.tsx';

/** How a control is tied to a form: its place, its value, how to change it. Values are as typed. */
export type AnswerBinding = Binding<unknown>;
export type Bind = (path: string) => AnswerBinding;

export interface FieldControlProps {
  readonly field: Field;
  readonly binding: AnswerBinding;
  readonly required: boolean;
  /** The years that can be applied for now. */
  readonly fiscalYears: readonly number[];
  /** Binds the cells of a table. */
  readonly bind: Bind;
  readonly labelSize?: 'sm' | 'md';
  readonly className?: string;
}

const BOP_OPTIONS = HALLS.flatMap((hall) =>
  hall.bops.map((bop) => ({
    value: bop.code,
    label: bop.name,
    detail: hall.name,
    keywords: bopKeywords(bop.code),
  })),
);
const MANY_OPTIONS = 12;
const GRADES = [1, 2, 3, 4, 5, 6];

/** The control that fits a question of a procedure, whatever the procedure. */
export function FieldControl(props: FieldControlProps) {
  const { field, binding, required, fiscalYears, bind, labelSize, className } = props;
  const { t, s, language } = useI18n();
  const { value } = binding;
  const shared = {
    id: binding.id,
    name: binding.name,
    onBlur: binding.onBlur,
    error: binding.error === undefined ? undefined : marked(binding.error),
    label: t(field.label),
    required,
    ...(field.hint ? { hint: t(field.hint) } : {}),
    ...(labelSize ? { labelSize } : {}),
    ...(className === undefined ? {} : { className }),
  };
  const text = { ...shared, value: asText(value), onChange: (next: string) => binding.onChange(next) };
  const normalize = (next: string) => {
    const normal = normaliseValue(field, next);
    return typeof normal === 'string' ? normal : '';
  };
  const number = {
    ...shared,
    value: asText(value),
    onChange: (next: string) => binding.onChange(next === '' ? null : Number(next)),
  };

  switch (field.kind) {
    case 'text':
      return (
        <TextField
          {...text}
          className={className ?? 'measure'}
          lang="ja"
          {...(field.autocomplete === undefined ? {} : { autoComplete: field.autocomplete })}
        />
      );
    case 'kana':
      return <TextField {...text} className={className ?? 'measure'} lang="ja" normalize={normalize} />;
    case 'textarea':
      return <TextArea {...text} className={className ?? 'measure'} maxCharacters={field.maxLength} />;
    case 'phone':
      return (
        <PhoneFieldOf
          {...text}
          autoComplete={field.autocomplete ?? 'off'}
          show={(next) => displayPhone(normalize(next))}
        />
      );
    case 'postalCode':
      return (
        <PostalCodeField
          {...text}
          value={displayPostalCode(text.value)}
          autoComplete={field.autocomplete ?? 'off'}
        />
      );
    case 'email':
      return (
        <TextField
          {...text}
          className={className ?? 'measure'}
          type="email"
          autoComplete={field.autocomplete ?? 'off'}
          normalize={normalize}
        />
      );
    case 'date':
      return <DateField {...text} birthday={field.autocomplete === 'bday'} />;
    case 'month':
      return <MonthField {...text} />;
    case 'time':
      return <TimeField {...text} />;
    case 'number':
      return (
        <NumberField
          {...shared}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => binding.onChange(next)}
          decimal
          {...(field.unit ? { suffix: t(field.unit) } : {})}
        />
      );
    case 'choice':
      return field.style === 'select' || field.options.length > MANY_OPTIONS ? (
        <Select {...text} options={field.options.map((o) => ({ value: o.value, label: s(o.label) }))} />
      ) : (
        <RadioGroup {...text} options={field.options.map((o) => ({ value: o.value, label: t(o.label) }))} />
      );
    case 'choices':
      return (
        <CheckboxGroup
          {...shared}
          inline={field.options.every((o) => s(o.label).length <= 4)}
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={(next) => binding.onChange(next)}
          options={field.options.map((o) => ({ value: o.value, label: t(o.label) }))}
        />
      );
    case 'boolean':
      return (
        <RadioGroup
          {...shared}
          inline
          value={value === true ? 'yes' : value === false ? 'no' : ''}
          onChange={(next) => binding.onChange(next === 'yes')}
          options={[
            { value: 'yes', label: t(common.yes) },
            { value: 'no', label: t(common.no) },
          ]}
        />
      );
    case 'consent':
      return (
        <div className="measure">
          <Checkbox {...shared} boxed value={value === true} onChange={(next) => binding.onChange(next)} />
        </div>
      );
    case 'fiscalYear':
      return (
        <RadioGroup
          {...number}
          options={fiscalYears.map((year) => ({
            value: String(year),
            label: marked(displayFiscalYear(year, language)),
          }))}
        />
      );
    case 'grade':
      return (
        <Select
          {...number}
          width="auto"
          options={GRADES.map((grade) => ({
            value: String(grade),
            label: s(m.gradeOption, { grade }),
          }))}
        />
      );
    case 'bop':
      return (
        <Combobox
          {...text}
          className={className ?? 'measure'}
          hint={
            <>
              {field.hint && <div>{t(field.hint)}</div>}
              <div>{t(m.searchBop)}</div>
            </>
          }
          options={BOP_OPTIONS}
        />
      );
    case 'table':
      return <TableControl field={field} binding={binding} bind={bind} fiscalYears={fiscalYears} />;
  }
}

/** A phone number that is shown with its hyphens once the field is left. */
function PhoneFieldOf({
  show,
  ...props
}: React.ComponentProps<typeof PhoneField> & { show: (text: string) => string }) {
  const shown = useMemo(
    () => (/^\d+$/u.test(props.value ?? '') ? show(props.value ?? '') : props.value),
    [props.value, show],
  );
  return (
    <PhoneField
      {...props}
      value={shown}
      onBlur={() => {
        const next = show(props.value ?? '');
        if (next !== props.value) props.onChange(next);
        props.onBlur?.();
      }}
    />
  );
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}
