import { useState } from 'react';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/index.tsx';
import type { Message } from '../i18n/index.tsx';
import type { Binding } from '../lib/form.ts';
import { formatPostalCode } from '../lib/format.ts';
import { toDialable, toKatakana } from '../lib/kana.ts';
import { Button } from './Button.tsx';
import { FieldError, FieldGroup } from './Field.tsx';
import type { FieldProps } from './Field.tsx';
import { componentMessages as m } from './messages.ts';
import { TextField } from './TextField.tsx';
import type { ValueProps } from './TextField.tsx';

export interface NameFieldsProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  readonly hideMark?: boolean;
  readonly kind?: 'kanji' | 'kana';
  readonly family: Binding<string>;
  readonly given: Binding<string>;
  /** Section of the autocomplete tokens: `self` for the applicant, nothing for other people. */
  readonly person?: 'self' | 'other';
  readonly disabled?: boolean;
  /** Other words for 姓 and 名 (foreign names in one field: leave `given` required={false}). */
  readonly familyLabel?: ReactNode;
  readonly givenLabel?: ReactNode;
}

/**
 * 姓 and 名, or セイ and メイ. Kana typed as hiragana or half-width become katakana when the field is left; names in
 * kanji are never changed, whatever characters they have.
 */
export function NameFields({
  label,
  hint,
  required,
  hideMark,
  kind = 'kanji',
  family,
  given,
  person = 'other',
  disabled,
  familyLabel,
  givenLabel,
}: NameFieldsProps) {
  const { t } = useI18n();
  const kana = kind === 'kana';
  const words: [Message, Message] = kana ? [m.familyKana, m.givenKana] : [m.familyName, m.givenName];
  const part = (binding: Binding<string>, word: ReactNode, token: string) => (
    <TextField
      {...binding}
      label={word}
      labelSize="sm"
      hideMark
      {...(required === undefined ? {} : { required })}
      {...(disabled === undefined ? {} : { disabled })}
      className="flex-1 basis-40"
      lang="ja"
      autoComplete={person === 'self' && !kana ? token : 'off'}
      {...(kana ? { normalize: toKatakana } : {})}
    />
  );
  return (
    <FieldGroup
      id={family.id}
      label={label}
      hint={hint}
      {...(required === undefined ? {} : { required })}
      {...(hideMark === undefined ? {} : { hideMark })}
    >
      <div className="measure flex flex-wrap items-start gap-4">
        {part(family, familyLabel ?? t(words[0]), 'family-name')}
        {part(given, givenLabel ?? t(words[1]), 'given-name')}
      </div>
    </FieldGroup>
  );
}

export interface PhoneFieldProps extends FieldProps, ValueProps<string> {
  readonly autoComplete?: string;
}

/** A phone number, with or without hyphens, full-width digits taken too. */
export function PhoneField({ autoComplete = 'tel', ...props }: PhoneFieldProps) {
  return <TextField width={18} {...props} type="tel" autoComplete={autoComplete} normalize={toDialable} />;
}

export interface Address {
  readonly prefecture: string;
  readonly city: string;
  readonly town: string;
}

export interface PostalCodeFieldProps extends FieldProps, ValueProps<string> {
  /** Finds the addresses of seven digits. Without it there is no look-up button. */
  readonly lookup?: (digits: string) => Promise<readonly Address[]>;
  /** Called with the address that was found (the first, where a postcode has several towns: check `all`). */
  readonly onAddress?: (address: Address, all: readonly Address[]) => void;
  readonly autoComplete?: string;
}

/** A postcode with a button that fills in the address. Typing the address by hand always works too. */
export function PostalCodeField({
  lookup,
  onAddress,
  autoComplete = 'postal-code',
  ...props
}: PostalCodeFieldProps) {
  const { t } = useI18n();
  const [state, setState] = useState<'idle' | 'busy' | 'done' | 'none' | 'failed'>('idle');
  const code = toDialable(props.value ?? '').replaceAll('-', '');
  const find = async () => {
    if (!lookup) return;
    setState('busy');
    try {
      const found = await lookup(code);
      const first = found[0];
      if (first) onAddress?.(first, found);
      setState(first ? 'done' : 'none');
    } catch {
      setState('failed');
    }
  };
  const field = (
    <TextField
      width={10}
      {...props}
      inputMode="numeric"
      autoComplete={autoComplete}
      normalize={(value) => formatPostalCode(toDialable(value))}
      onChange={(value) => {
        setState('idle');
        props.onChange(value);
      }}
    />
  );
  if (!lookup) return field;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-4">
        {field}
        <Button
          variant="outline"
          busy={state === 'busy'}
          disabled={!/^\d{7}$/u.test(code)}
          onClick={() => void find()}
        >
          {t(m.lookupAddress)}
        </Button>
      </div>
      <div role="status">
        {state === 'done' && <p>{t(m.lookupDone)}</p>}
        {state === 'none' && <FieldError>{t(m.lookupNone)}</FieldError>}
        {state === 'failed' && <FieldError>{t(m.lookupFailed)}</FieldError>}
      </div>
    </div>
  );
}
