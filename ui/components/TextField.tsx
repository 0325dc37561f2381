import type { HTMLAttributes, ReactNode } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { describe, FieldFrame } from './Field.tsx';
import type { FieldProps } from './Field.tsx';
import { componentMessages as m } from './messages.ts';

/** Value side of a control: what `form.field()` gives besides id and error. */
export interface ValueProps<V> {
  readonly name?: string;
  /** A draft may not have it yet. */
  readonly value: V | undefined;
  readonly onChange: (value: V) => void;
  readonly onBlur?: () => void;
}

export interface TextFieldProps extends FieldProps, ValueProps<string> {
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'password';
  readonly autoComplete?: string;
  readonly inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  readonly lang?: string;
  /** Width by content, in characters; full width unless told. */
  readonly width?: number;
  readonly maxLength?: number;
  readonly readOnly?: boolean;
  readonly prefix?: ReactNode;
  readonly suffix?: ReactNode;
  readonly spellCheck?: boolean;
  /** Changes the value when the field is left (e.g. full-width digits to half-width). */
  readonly normalize?: (value: string) => string;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { id, hint, error, name, value, onChange, onBlur, normalize, width, prefix, suffix } = props;
  const input = (
    <input
      id={id}
      name={name}
      type={props.type ?? 'text'}
      className={cx('control', width !== undefined && 'w-auto self-start')}
      size={width === undefined ? undefined : Math.max(width, 4)}
      value={value ?? ''}
      lang={props.lang}
      autoComplete={props.autoComplete ?? 'off'}
      inputMode={props.inputMode}
      maxLength={props.maxLength}
      readOnly={props.readOnly}
      disabled={props.disabled}
      spellCheck={props.spellCheck ?? false}
      autoCapitalize="none"
      aria-required={props.required ?? undefined}
      aria-invalid={error ? true : undefined}
      aria-describedby={describe(id, { hint, error })}
      onChange={(event) => onChange(event.target.value)}
      onBlur={(event) => {
        const next = normalize?.(event.target.value);
        if (next !== undefined && next !== event.target.value) onChange(next);
        onBlur?.();
      }}
    />
  );
  return (
    <FieldFrame {...frameOf(props)}>
      {prefix === undefined && suffix === undefined ? (
        input
      ) : (
        <div className="flex items-center gap-2">
          {prefix !== undefined && <span className="whitespace-nowrap">{prefix}</span>}
          {input}
          {suffix !== undefined && <span className="whitespace-nowrap">{suffix}</span>}
        </div>
      )}
    </FieldFrame>
  );
}

/** The part of a control's props that its frame takes. */
export function frameOf(props: FieldProps): FieldProps {
  const { id, label, hint, error, required, hideMark, labelSize, className } = props;
  return {
    id,
    label,
    hint,
    error,
    ...(required === undefined ? {} : { required }),
    ...(hideMark === undefined ? {} : { hideMark }),
    ...(labelSize === undefined ? {} : { labelSize }),
    ...(className === undefined ? {} : { className }),
  };
}

export interface TextAreaProps extends FieldProps, ValueProps<string> {
  readonly rows?: number;
  /** Shows how many characters are left; does not cut what is typed. */
  readonly maxCharacters?: number;
  readonly readOnly?: boolean;
}

/** Several lines of text, with a counter that is read out when typing pauses. */
export function TextArea(props: TextAreaProps) {
  const { id, hint, error, name, value, onChange, onBlur, rows = 4, maxCharacters } = props;
  const { t } = useI18n();
  const count = Array.from(value ?? '').length;
  const over = maxCharacters !== undefined && count > maxCharacters;
  return (
    <FieldFrame {...frameOf(props)}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        className="control"
        value={value ?? ''}
        readOnly={props.readOnly}
        disabled={props.disabled}
        aria-required={props.required ?? undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={describe(
          id,
          { hint, error },
          maxCharacters === undefined ? undefined : `${id}-count`,
        )}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
      />
      {maxCharacters !== undefined && (
        <p
          id={`${id}-count`}
          aria-live={over ? 'polite' : 'off'}
          className={cx(
            'text-dns-16N-130 text-right',
            over ? 'font-bold text-red-900' : 'text-solid-gray-700',
          )}
        >
          {over
            ? t(m.charactersOver, { count: count - maxCharacters })
            : t(m.characters, { count, max: maxCharacters })}
        </p>
      )}
    </FieldFrame>
  );
}

export interface NumberFieldProps extends FieldProps, ValueProps<number | null> {
  readonly suffix?: ReactNode;
  readonly width?: number;
  readonly min?: number;
  readonly max?: number;
  /** Takes a decimal point. */
  readonly decimal?: boolean;
}

export interface SelectOption {
  readonly value: string;
  /** A string: a native select shows no markup, so no furigana. */
  readonly label: string;
  readonly disabled?: boolean;
  /** Options of the same group stand under its name. */
  readonly group?: string;
}

export interface SelectProps extends FieldProps, ValueProps<string> {
  readonly options: readonly SelectOption[];
  /** First, empty choice; 「選択してください」 unless told, `null` for none. */
  readonly placeholder?: string | null;
  readonly autoComplete?: string;
  readonly width?: 'auto' | 'full';
}

/** One of many. The device's own list: best on phones and for assistive technology. */
export function Select(props: SelectProps) {
  const { id, hint, error, name, value, onChange, onBlur, options, placeholder, width = 'full' } = props;
  const { s } = useI18n();
  const groups = [...new Set(options.map((option) => option.group))];
  return (
    <FieldFrame {...frameOf(props)}>
      <div className={cx('relative', width === 'auto' && 'w-fit max-w-full')}>
        <select
          id={id}
          name={name}
          className="control appearance-none pr-11 forced-colors:appearance-auto"
          value={value ?? ''}
          disabled={props.disabled}
          autoComplete={props.autoComplete}
          aria-required={props.required ?? undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={describe(id, { hint, error })}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
        >
          {placeholder !== null && <option value="">{placeholder ?? s(m.choose)}</option>}
          {groups.map((group) => {
            const own = options
              .filter((option) => option.group === group)
              .map((option) => (
                <option key={option.value} value={option.value} disabled={option.disabled}>
                  {option.label}
                </option>
              ));
            return group === undefined ? (
              own
            ) : (
              <optgroup key={group} label={group}>
                {own}
              </optgroup>
            );
          })}
        </select>
        <svg
          aria-hidden="true"
          viewBox="0 0 24 24"
          className="pointer-events-none absolute top-1/2 right-3 size-6 -translate-y-1/2 forced-colors:hidden"
        >
          <path fill="currentColor" d="m12 16-7-7 1.4-1.4 5.6 5.6 5.6-5.6L19 9l-7 7Z" />
        </svg>
      </div>
    </FieldFrame>
  );
}
