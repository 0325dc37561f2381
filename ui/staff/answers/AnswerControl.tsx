import { BOPS, hallOfBop } from '../../../domain/facilities/facilities.ts';
import type { AnswerValue, Field, TableRow } from '../../../domain/procedures/definition.ts';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  Combobox,
  DateField,
  Fieldset,
  MonthField,
  NumberField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
  TimeField,
} from '../../components/index.ts';
import { toKatakana } from '../../lib/index.ts';
import { tableRows } from './format.ts';

const YES_NO = [
  { value: 'yes', label: 'はい' },
  { value: 'no', label: 'いいえ' },
] as const;

const BOP_OPTIONS = BOPS.map(({ code, name }) => ({
  value: code,
  label: name,
  detail: hallOfBop(code)?.name ?? '',
}));

interface ControlProps {
  readonly id: string;
  readonly field: Field;
  readonly value: AnswerValue | undefined;
  readonly onChange: (value: AnswerValue) => void;
  readonly error?: string | undefined;
}

function textOf(value: AnswerValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The control of one question, for staff who correct an answer. What is allowed, the server judges. */
export function AnswerControl({ id, field, value, onChange, error }: ControlProps) {
  const shared = { id, label: field.label.ja, error, hideMark: true, labelSize: 'sm' } as const;
  const text = { ...shared, value: textOf(value), onChange } as const;
  switch (field.kind) {
    case 'textarea':
      return <TextArea {...text} maxCharacters={field.maxLength} />;
    case 'kana':
      return <TextField {...text} normalize={toKatakana} />;
    case 'date':
      return <DateField {...text} hideYearHint />;
    case 'month':
      return <MonthField {...text} hideYearHint />;
    case 'time':
      return <TimeField {...text} />;
    case 'number':
      return (
        <NumberField
          {...shared}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next)}
          min={field.min}
          max={field.max}
          decimal={(field.decimals ?? 0) > 0}
          suffix={field.unit?.ja}
          width={6}
        />
      );
    case 'fiscalYear':
    case 'grade':
      return (
        <NumberField
          {...shared}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next)}
          suffix={field.kind === 'grade' ? '年生' : '年度'}
          width={5}
        />
      );
    case 'choice':
      return (
        <Select
          {...text}
          width="auto"
          options={field.options.map((option) => ({ value: option.value, label: option.label.ja }))}
        />
      );
    case 'choices':
      return (
        <CheckboxGroup
          {...shared}
          inline
          value={Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []}
          onChange={onChange}
          options={field.options.map((option) => ({ value: option.value, label: option.label.ja }))}
        />
      );
    case 'boolean':
      return (
        <RadioGroup
          {...shared}
          inline
          value={value === true ? 'yes' : value === false ? 'no' : ''}
          onChange={(next) => onChange(next === 'yes')}
          options={YES_NO}
        />
      );
    case 'consent':
      return (
        <Checkbox id={id} label={field.label.ja} error={error} value={value === true} onChange={onChange} />
      );
    case 'bop':
      return <Combobox {...text} options={BOP_OPTIONS} />;
    case 'table':
      return <TableControl id={id} field={field} value={value} onChange={onChange} />;
    default:
      return <TextField {...text} />;
  }
}

function cellOf(value: AnswerValue): TableRow[string] {
  return typeof value === 'object' ? null : value;
}

function TableControl({
  id,
  field,
  value,
  onChange,
}: Omit<ControlProps, 'field'> & { field: Field & { kind: 'table' } }) {
  const rows = tableRows(value);
  const change = (index: number, column: string, cell: AnswerValue) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, [column]: cellOf(cell) } : row)));
  const rowName = field.rowLabel.ja;
  return (
    <Fieldset legend={field.label.ja}>
      {rows.map((row, index) => (
        <div key={index} className="flex flex-col gap-3 rounded-8 border border-solid-gray-420 p-3">
          <p className="font-bold">
            {rowName}
            {index + 1}
          </p>
          {field.columns.map((column) => (
            <AnswerControl
              key={column.code}
              id={`${id}-${index}-${column.code}`}
              field={column}
              value={row[column.code]}
              onChange={(cell) => change(index, column.code, cell)}
            />
          ))}
          <div>
            <Button
              variant="text"
              size="sm"
              danger
              onClick={() => onChange(rows.filter((_row, at) => at !== index))}
            >
              {rowName}
              {index + 1}を削除する
            </Button>
          </div>
        </div>
      ))}
      {rows.length < field.maxRows && (
        <div>
          <Button variant="outline" size="sm" onClick={() => onChange([...rows, {}])}>
            {rowName}を追加する
          </Button>
        </div>
      )}
    </Fieldset>
  );
}
