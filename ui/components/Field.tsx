import type { ReactNode } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { Read } from '../i18n/reading.tsx';
import { cx } from '../lib/cx.ts';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';

/** What every form control has. `form.field('path')` of useForm gives id, name, value, onChange, onBlur, error. */
export interface FieldProps {
  /** Id of the control that takes the focus when the error summary links here. */
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  /** Shows 必須 and tells assistive technology; otherwise 任意. */
  readonly required?: boolean;
  /** Leaves the 必須／任意 mark out (filters, a page with one question only). */
  readonly hideMark?: boolean;
  /** `page`: the label is the h1 of a page with one question. */
  readonly labelSize?: 'sm' | 'md' | 'page';
  readonly disabled?: boolean;
  readonly className?: string;
}

/** Ids that tie hint and error to a control. */
export function describe(
  id: string,
  parts: { hint?: ReactNode; error?: ReactNode },
  ...more: readonly (string | undefined)[]
): string | undefined {
  const ids = [has(parts.hint) && `${id}-hint`, has(parts.error) && `${id}-error`, ...more];
  const text = ids.filter((part) => typeof part === 'string').join(' ');
  return text === '' ? undefined : text;
}

function has(node: ReactNode): boolean {
  return node !== undefined && node !== null && node !== false && node !== '';
}

/** 必須 or 任意. */
export function RequirementMark({ required = false }: { required?: boolean }) {
  const { t } = useI18n();
  return required ? (
    <span className="text-dns-16N-130 whitespace-nowrap text-red-900">※{t(m.required)}</span>
  ) : (
    <span className="text-dns-16N-130 whitespace-nowrap text-solid-gray-700">{t(m.optional)}</span>
  );
}

/** Help under a label, before the control. */
export function Hint({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <div id={id} className="text-std-16N-170 text-solid-gray-700">
      {children}
    </div>
  );
}

/** What is wrong and what to do, at the field. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  const { s } = useI18n();
  return (
    <p id={id} className="flex items-start gap-1 font-bold text-red-900">
      <Icon name="error" size={20} className="mt-1" />
      <span>
        <span className="sr-only">{s(m.errorMark)}: </span>
        <Read>{children}</Read>
      </span>
    </p>
  );
}

const LABEL_SIZES = {
  sm: 'text-std-16B-170',
  md: 'text-std-17B-170',
  page: 'text-std-28B-150 sm:text-std-32B-150',
};

function LabelText({ size, children }: { size: 'sm' | 'md' | 'page'; children: ReactNode }) {
  return size === 'page' ? (
    <h1 tabIndex={-1} className={LABEL_SIZES.page}>
      {children}
    </h1>
  ) : (
    <span className={LABEL_SIZES[size]}>{children}</span>
  );
}

type FrameProps = Omit<FieldProps, 'disabled'> & { readonly children: ReactNode };

/** Label, hint, control, error of one single control. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  required,
  hideMark,
  labelSize = 'md',
  className,
  children,
}: FrameProps) {
  return (
    <div className={cx('flex flex-col gap-2', className)} data-invalid={has(error) || undefined}>
      <label htmlFor={id} className="flex flex-wrap items-baseline gap-x-2">
        <LabelText size={labelSize}>{label}</LabelText>
        {hideMark !== true && <RequirementMark required={required ?? false} />}
      </label>
      {has(hint) && <Hint id={`${id}-hint`}>{hint}</Hint>}
      {children}
      {has(error) && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

/**
 * Several controls with one question (radio buttons, the parts of a date). Hint and error belong to the group
 * and are read when it is entered. `id` is the id of the first control; the group gets `${id}-group`.
 */
export function FieldGroup({
  id,
  label,
  hint,
  error,
  required,
  hideMark,
  labelSize = 'md',
  className,
  role,
  children,
}: FrameProps & { readonly role?: 'radiogroup' | 'group' }) {
  return (
    <fieldset
      id={`${id}-group`}
      role={role}
      aria-describedby={describe(id, { hint, error })}
      aria-required={role === 'radiogroup' ? (required ?? false) : undefined}
      aria-invalid={role === 'radiogroup' && has(error) ? true : undefined}
      className={cx('m-0 flex min-w-0 flex-col gap-2 border-0 p-0', className)}
    >
      <Legend size={labelSize} mark={hideMark === true ? undefined : (required ?? false)}>
        {label}
      </Legend>
      {has(hint) && <Hint id={`${id}-hint`}>{hint}</Hint>}
      {children}
      {has(error) && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}

function Legend({
  size,
  mark,
  children,
}: {
  size: 'sm' | 'md' | 'page';
  mark: boolean | undefined;
  children: ReactNode;
}) {
  return (
    <legend className="mb-2 flex w-full flex-wrap items-baseline gap-x-2 p-0">
      <LabelText size={size}>{children}</LabelText>
      {mark !== undefined && <RequirementMark required={mark} />}
    </legend>
  );
}

/** A plain group of fields under a heading (保護者1, 保護者2), without hint or error of its own. */
export function Fieldset({
  legend,
  children,
  className,
}: {
  legend: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <fieldset className={cx('m-0 min-w-0 border-0 p-0', className)}>
      <legend className="text-std-20B-150 mb-4 w-full border-l-4 border-blue-900 pl-3">{legend}</legend>
      <div className="flex flex-col gap-8">{children}</div>
    </fieldset>
  );
}
