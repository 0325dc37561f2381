import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import { describe, FieldError, FieldGroup, Hint } from './Field.tsx';
import type { FieldProps } from './Field.tsx';
import { frameOf } from './TextField.tsx';
import type { ValueProps } from './TextField.tsx';

export interface Choice<V extends string = string> {
  readonly value: V;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
  /** Shown under the choice while it is chosen (a further question). */
  readonly reveals?: ReactNode;
}

export interface RadioGroupProps<V extends string> extends FieldProps, Omit<ValueProps<V>, 'value'> {
  /** '' while nothing is chosen. */
  readonly value: V | '' | undefined;
  readonly options: readonly Choice<V>[];
  /** Side by side where there is room (はい・いいえ). */
  readonly inline?: boolean;
  /** Drawn as boxes with borders: easier to hit, for the main question of a page. */
  readonly boxed?: boolean;
}

/** One of a few, all visible. */
export function RadioGroup<V extends string>(props: RadioGroupProps<V>) {
  const { id, name, value, onChange, onBlur, options, inline = false, boxed = false } = props;
  return (
    <FieldGroup {...frameOf(props)} role="radiogroup">
      <div
        className={cx(
          'flex gap-x-8',
          boxed ? 'gap-y-2' : 'gap-y-1',
          inline ? 'flex-row flex-wrap' : 'flex-col',
        )}
      >
        {options.map((option, index) => (
          <ChoiceRow
            key={option.value}
            type="radio"
            id={index === 0 ? id : `${id}-${option.value}`}
            name={name ?? id}
            option={option}
            boxed={boxed}
            checked={value === option.value}
            disabled={props.disabled === true || option.disabled === true}
            invalid={Boolean(props.error)}
            onChange={() => onChange(option.value)}
            onBlur={onBlur}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

export interface CheckboxGroupProps<V extends string>
  extends FieldProps, Omit<ValueProps<V>, 'value' | 'onChange'> {
  readonly value: readonly V[] | undefined;
  readonly onChange: (value: V[]) => void;
  readonly options: readonly Choice<V>[];
  readonly inline?: boolean;
  readonly boxed?: boolean;
  /** A choice that excludes all others (「いずれもあてはまらない」). */
  readonly exclusive?: V;
}

/** Any number of a few. The value keeps the order of the options. */
export function CheckboxGroup<V extends string>(props: CheckboxGroupProps<V>) {
  const { id, name, value = [], onChange, onBlur, options, inline = false, boxed = false, exclusive } = props;
  const toggle = (changed: V, on: boolean) => {
    if (on && changed === exclusive) {
      onChange([changed]);
      return;
    }
    const kept = options
      .map((option) => option.value)
      .filter((one) => {
        if (one === changed) return on;
        return value.includes(one) && !(on && one === exclusive);
      });
    onChange(kept);
  };
  return (
    <FieldGroup {...frameOf(props)}>
      <div
        className={cx(
          'flex gap-x-8',
          boxed ? 'gap-y-2' : 'gap-y-1',
          inline ? 'flex-row flex-wrap' : 'flex-col',
        )}
      >
        {options.map((option, index) => (
          <ChoiceRow
            key={option.value}
            type="checkbox"
            id={index === 0 ? id : `${id}-${option.value}`}
            name={name ?? id}
            option={option}
            boxed={boxed}
            checked={value.includes(option.value)}
            disabled={props.disabled === true || option.disabled === true}
            invalid={Boolean(props.error)}
            onChange={(on) => toggle(option.value, on)}
            onBlur={onBlur}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

export interface CheckboxProps extends ValueProps<boolean> {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly boxed?: boolean;
}

/** One yes or no (同意する). */
export function Checkbox({
  id,
  name,
  value,
  onChange,
  onBlur,
  label,
  hint,
  error,
  required,
  disabled,
  boxed,
}: CheckboxProps) {
  return (
    <div className="flex flex-col gap-2">
      <ChoiceRow
        type="checkbox"
        id={id}
        name={name ?? id}
        option={{ value: 'on', label, hint }}
        boxed={boxed ?? false}
        checked={value ?? false}
        disabled={disabled ?? false}
        invalid={Boolean(error)}
        describedBy={describe(id, { error })}
        required={required ?? false}
        onChange={onChange}
        onBlur={onBlur}
      />
      {Boolean(error) && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

interface RowProps {
  readonly type: 'radio' | 'checkbox';
  readonly id: string;
  readonly name: string;
  readonly option: Choice;
  readonly boxed: boolean;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly invalid: boolean;
  readonly describedBy?: string | undefined;
  readonly required?: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly onBlur?: (() => void) | undefined;
}

function ChoiceRow(props: RowProps) {
  const { type, id, name, option, boxed, checked, disabled, invalid } = props;
  const hintId = option.hint === undefined ? undefined : `${id}-choice-hint`;
  const described = [hintId, props.describedBy].filter((part) => part !== undefined).join(' ');
  return (
    <div>
      <div
        className={cx(
          'relative flex items-start gap-3',
          boxed
            ? 'rounded-8 border border-solid-gray-420 px-4 py-2 hover:bg-blue-50 has-checked:border-blue-900 has-checked:bg-blue-50 has-checked:outline-1 has-checked:outline-blue-900'
            : 'py-1',
        )}
      >
        <input
          type={type}
          id={id}
          name={name}
          value={option.value}
          checked={checked}
          disabled={disabled}
          required={props.required}
          aria-invalid={invalid && type === 'checkbox' ? true : undefined}
          aria-describedby={described === '' ? undefined : described}
          onChange={(event) => props.onChange(event.target.checked)}
          onBlur={props.onBlur}
          className={cx(
            // Above the label's area, so that a click on the box itself lands on it.
            'peer relative z-10 my-2 size-6 shrink-0 cursor-pointer appearance-none border-2 bg-white forced-colors:appearance-auto',
            'checked:border-blue-900 hover:border-black disabled:cursor-not-allowed disabled:border-solid-gray-300 disabled:bg-solid-gray-50',
            invalid ? 'border-error-1' : 'border-solid-gray-600',
            type === 'radio'
              ? 'rounded-full checked:shadow-[inset_0_0_0_4px_white] checked:bg-blue-900 focus-visible:rounded-full'
              : 'rounded-4 checked:bg-blue-900',
          )}
        />
        {type === 'checkbox' && (
          <svg
            aria-hidden="true"
            viewBox="0 0 24 24"
            className={cx(
              'pointer-events-none absolute z-20 size-6 text-white opacity-0 peer-checked:opacity-100 forced-colors:hidden',
              boxed ? 'top-4 left-4' : 'top-3 left-0',
            )}
          >
            <path fill="none" stroke="currentColor" strokeWidth="3" d="m5 12.5 4.5 4.5L19 7.5" />
          </svg>
        )}
        <div className="min-w-0 flex-1">
          <label
            htmlFor={id}
            className={cx(
              'block py-1.5 leading-160 before:absolute before:inset-0 before:content-[""]',
              disabled && 'cursor-not-allowed text-solid-gray-536',
            )}
          >
            {option.label}
          </label>
          {option.hint !== undefined && hintId !== undefined && <Hint id={hintId}>{option.hint}</Hint>}
        </div>
      </div>
      {checked && option.reveals !== undefined && (
        <div className="mt-2 mb-2 ml-3 border-l-4 border-solid-gray-300 py-2 pl-6">{option.reveals}</div>
      )}
    </div>
  );
}
