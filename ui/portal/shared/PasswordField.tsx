import { useState } from 'react';
import { Checkbox, TextField } from '../../components/index.ts';
import type { FieldProps, ValueProps } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { account as m } from '../texts/account.ts';

/** A password that can be looked at while typing, so that it need not be typed twice. */
export function PasswordField(props: FieldProps & ValueProps<string> & { fresh?: boolean }) {
  const { fresh = false, ...field } = props;
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  return (
    <div className="measure flex flex-col gap-1">
      <TextField
        {...field}
        type={shown ? 'text' : 'password'}
        autoComplete={fresh ? 'new-password' : 'current-password'}
      />
      <Checkbox id={`${field.id}-show`} label={t(m.showPassword)} value={shown} onChange={setShown} />
    </div>
  );
}

/** Least length of a new password (Q44); the API checks it again. */
export const PASSWORD_MIN = 12;
