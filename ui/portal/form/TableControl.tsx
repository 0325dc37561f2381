import { useState } from 'react';
import type { Field } from '../../../domain/procedures/definition.ts';
import { holds } from '../../../domain/procedures/condition.ts';
import type { Answers } from '../../../domain/procedures/definition.ts';
import { isRequired } from '../../../domain/procedures/fields.ts';
import { Button, FieldError, Hint, RequirementMark, useAnnounce } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { marked } from '../shared/Marked.tsx';
import { form as m } from '../texts/form.ts';
import { FieldControl } from './FieldControl.tsx';
import type { AnswerBinding, Bind } from './FieldControl.tsx';

export interface TableControlProps {
  readonly field: Field & { kind: 'table' };
  readonly binding: AnswerBinding;
  readonly bind: Bind;
  readonly fiscalYears: readonly number[];
}

type Row = Readonly<Record<string, unknown>>;

/** Rows of the same questions (the household, contacts): each a group of its own, to be added and taken away. */
export function TableControl({ field, binding, bind, fiscalYears }: TableControlProps) {
  const { t, s } = useI18n();
  const announce = useAnnounce();
  const given = Array.isArray(binding.value) ? (binding.value as readonly Row[]) : [];
  // A list that needs rows shows them from the beginning.
  const rows: readonly Row[] = [...given, ...Array.from({ length: field.minRows }, () => ({}))].slice(
    0,
    Math.max(given.length, field.minRows),
  );
  const [{ keys, made }, setKeys] = useState<{ keys: readonly number[]; made: number }>({
    keys: [],
    made: 0,
  });
  if (keys.length < rows.length) {
    const fresh = Array.from({ length: rows.length - keys.length }, (_, index) => made + index);
    setKeys({ keys: [...keys, ...fresh], made: made + fresh.length });
  }
  const name = s(field.rowLabel);
  const { id } = binding;

  const add = () => {
    binding.onChange([...rows, {}]);
    const first = field.columns[0]?.code ?? '';
    // The new row is drawn first.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        document.getElementById(bind(`${field.code}.${rows.length}.${first}`).id)?.focus(),
      ),
    );
  };
  const remove = (index: number) => {
    setKeys({ keys: keys.filter((_, position) => position !== index), made });
    binding.onChange(rows.filter((_, position) => position !== index));
    announce(s(m.rowRemoved, { name, number: index + 1 }));
    document.getElementById(`${id}-add`)?.focus();
  };

  const hintId = field.hint ? `${id}-hint` : undefined;
  const errorId = binding.error === undefined ? undefined : `${id}-error`;
  return (
    <fieldset
      id={`${id}-group`}
      tabIndex={-1}
      data-invalid={binding.error !== undefined || undefined}
      aria-describedby={[hintId, errorId].filter((one) => one !== undefined).join(' ') || undefined}
      className="measure m-0 min-w-0 border-0 p-0"
    >
      <legend className="mb-2 flex w-full flex-wrap items-baseline gap-x-2 p-0">
        <span className="text-std-17B-170">{t(field.label)}</span>
        <RequirementMark required={field.required === true || field.minRows > 0} />
      </legend>
      <div className="flex flex-col gap-4">
        {field.hint && <Hint id={`${id}-hint`}>{t(field.hint)}</Hint>}
        {binding.error !== undefined && <FieldError id={`${id}-error`}>{marked(binding.error)}</FieldError>}
        {rows.map((row, index) => (
          <fieldset
            key={keys[index] ?? index}
            className="m-0 min-w-0 rounded-12 border border-solid-gray-420 p-4 sm:p-6"
          >
            <legend className="text-std-16B-170 px-2">
              {t(m.rowTitle, { name: t(field.rowLabel), number: index + 1 })}
            </legend>
            <div className="flex flex-col gap-6">
              {field.columns
                .filter((column) => !column.visibleWhen || holds(column.visibleWhen, row as Answers))
                .map((column) => (
                  <FieldControl
                    key={column.code}
                    field={column}
                    binding={bind(`${field.code}.${index}.${column.code}`)}
                    required={isRequired(column, row as Answers)}
                    fiscalYears={fiscalYears}
                    bind={bind}
                    labelSize="sm"
                  />
                ))}
              {rows.length > field.minRows && (
                <div>
                  <Button variant="outline" size="sm" danger onClick={() => remove(index)}>
                    {t(m.removeRow, { name: t(field.rowLabel), number: index + 1 })}
                  </Button>
                </div>
              )}
            </div>
          </fieldset>
        ))}
        {rows.length < field.maxRows ? (
          <div>
            <Button id={`${id}-add`} variant="outline" onClick={add}>
              {t(m.addRow, { name: t(field.rowLabel) })}
            </Button>
          </div>
        ) : (
          <p id={`${id}-add`} tabIndex={-1} className="text-solid-gray-700">
            {t(m.rowsFull, { max: field.maxRows })}
          </p>
        )}
      </div>
    </fieldset>
  );
}
