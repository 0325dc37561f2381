import type { ReactNode } from 'react';
import { useState } from 'react';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { joinDate, joinMonth, pad, splitDate, splitMonth, unpad } from '../lib/dates.ts';
import { eraYear, eraYearsOf, parseDate } from '../lib/format.ts';
import { toHalfWidth, toWesternYear } from '../lib/kana.ts';
import { FieldGroup } from './Field.tsx';
import type { FieldProps } from './Field.tsx';
import { componentMessages as m } from './messages.ts';
import { frameOf } from './TextField.tsx';
import type { ValueProps } from './TextField.tsx';

interface PartProps {
  readonly id: string;
  readonly name: string | undefined;
  readonly unit: ReactNode;
  readonly value: string;
  readonly width: 'year' | 'short';
  readonly autoComplete?: string | undefined;
  readonly invalid: boolean;
  readonly disabled: boolean;
  readonly required: boolean;
  readonly onChange: (value: string) => void;
  readonly onBlur: (() => void) | undefined;
  readonly finish: (value: string) => string;
}

function Part({
  id,
  name,
  unit,
  value,
  width,
  autoComplete,
  invalid,
  disabled,
  required,
  onChange,
  onBlur,
  finish,
}: PartProps) {
  return (
    <div className="flex items-center gap-1.5 sm:gap-2">
      <input
        id={id}
        name={name}
        type="text"
        inputMode="numeric"
        className={cx('control px-2 text-center', width === 'year' ? 'w-20' : 'w-14')}
        autoComplete={autoComplete ?? 'off'}
        value={value}
        disabled={disabled}
        aria-required={required || undefined}
        aria-invalid={invalid || undefined}
        onChange={(event) => onChange(event.target.value)}
        onBlur={(event) => {
          const next = finish(event.target.value);
          if (next !== event.target.value) onChange(next);
          onBlur?.();
        }}
      />
      <label htmlFor={id} className="whitespace-nowrap">
        {unit}
      </label>
    </div>
  );
}

export interface DateFieldProps extends FieldProps, ValueProps<string> {
  /** A birthday gets the autocomplete tokens for one. */
  readonly birthday?: boolean;
  /** Leaves the line 「西暦、または「令和8」…」 out. */
  readonly hideYearHint?: boolean;
}

/**
 * A day as 年 月 日, three plain fields: quicker and surer than a calendar for birthdays and known dates. The value
 * is `YYYY-MM-DD`, '' when empty, or the unfinished parts with hyphens (see dateProblem). The era stands beside it.
 */
export function DateField(props: DateFieldProps) {
  const { id, name, value, onChange, onBlur, birthday = false, hideYearHint = false } = props;
  const { t } = useI18n();
  const parts = splitDate(value ?? '');
  const shared = {
    invalid: Boolean(props.error),
    disabled: props.disabled ?? false,
    required: props.required ?? false,
    onBlur,
  };
  const hint = hideYearHint ? (
    props.hint
  ) : (
    <>
      {props.hint !== undefined && <div>{props.hint}</div>}
      {t(m.yearHint)}
    </>
  );
  const part = (name_: string) => (name === undefined ? undefined : `${name}.${name_}`);
  return (
    <FieldGroup {...frameOf(props)} hint={hint}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2 sm:gap-x-3">
        <Part
          {...shared}
          id={id}
          name={part('year')}
          unit={t(m.year)}
          width="year"
          value={parts.year}
          autoComplete={birthday ? 'bday-year' : undefined}
          onChange={(year) => onChange(joinDate({ ...parts, year: noHyphen(year) }))}
          finish={(year) => noHyphen(toWesternYear(year))}
        />
        <Part
          {...shared}
          id={`${id}-month`}
          name={part('month')}
          unit={t(m.month)}
          width="short"
          value={parts.month}
          autoComplete={birthday ? 'bday-month' : undefined}
          onChange={(month) => onChange(joinDate({ ...parts, month: noHyphen(month) }))}
          finish={digits}
        />
        <Part
          {...shared}
          id={`${id}-day`}
          name={part('day')}
          unit={t(m.day)}
          width="short"
          value={parts.day}
          autoComplete={birthday ? 'bday-day' : undefined}
          onChange={(day) => onChange(joinDate({ ...parts, day: noHyphen(day) }))}
          finish={digits}
        />
        <Era text={parseDate(value ?? '') ? eraYear(value ?? '') : eraOfYear(parts.year)} />
      </div>
    </FieldGroup>
  );
}

export interface MonthFieldProps extends FieldProps, ValueProps<string> {
  readonly hideYearHint?: boolean;
}

/** A month as 年 月. The value is `YYYY-MM`. */
export function MonthField(props: MonthFieldProps) {
  const { id, name, value, onChange, onBlur } = props;
  const { t } = useI18n();
  const { year, month } = splitMonth(value ?? '');
  const shared = {
    invalid: Boolean(props.error),
    disabled: props.disabled ?? false,
    required: props.required ?? false,
    onBlur,
  };
  return (
    <FieldGroup
      {...frameOf(props)}
      hint={props.hideYearHint === true ? props.hint : (props.hint ?? t(m.yearHint))}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2 sm:gap-x-3">
        <Part
          {...shared}
          id={id}
          name={name === undefined ? undefined : `${name}.year`}
          unit={t(m.year)}
          width="year"
          value={year}
          onChange={(next) => onChange(joinMonth(noHyphen(next), month))}
          finish={(next) => noHyphen(toWesternYear(next))}
        />
        <Part
          {...shared}
          id={`${id}-month`}
          name={name === undefined ? undefined : `${name}.month`}
          unit={t(m.month)}
          width="short"
          value={month}
          onChange={(next) => onChange(joinMonth(year, noHyphen(next)))}
          finish={digits}
        />
        <Era text={parseDate(`${value}-01`) ? eraYear(`${value}-01`) : eraOfYear(year)} />
      </div>
    </FieldGroup>
  );
}

/** A time of day as 時 分, 24 hours. The value is `HH:MM`. */
export function TimeField(props: FieldProps & ValueProps<string>) {
  const { id, name, value, onChange, onBlur } = props;
  const { t } = useI18n();
  // The single digit of an hour stays as typed until the field is left, so that 1 can become 15.
  const [hour = '', minute = ''] = (value ?? '').split(':');
  const [typing, setTyping] = useState<{ part: 'hour' | 'minute'; text: string }>();
  const shared = {
    invalid: Boolean(props.error),
    disabled: props.disabled ?? false,
    required: props.required ?? false,
  };
  const emit = (nextHour: string, nextMinute: string) => {
    onChange(nextHour === '' && nextMinute === '' ? '' : `${pad(nextHour)}:${pad(nextMinute)}`);
  };
  const leave = () => {
    setTyping(undefined);
    onBlur?.();
  };
  return (
    <FieldGroup {...frameOf(props)}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2 sm:gap-x-3">
        <Part
          {...shared}
          id={id}
          name={name === undefined ? undefined : `${name}.hour`}
          unit={t(m.hour)}
          width="short"
          value={typing?.part === 'hour' ? typing.text : unpad(hour)}
          onChange={(text) => {
            setTyping({ part: 'hour', text });
            emit(noColon(digits(text)), minute);
          }}
          onBlur={leave}
          finish={(text) => text}
        />
        <Part
          {...shared}
          id={`${id}-minute`}
          name={name === undefined ? undefined : `${name}.minute`}
          unit={t(m.minute)}
          width="short"
          value={typing?.part === 'minute' ? typing.text : minute}
          onChange={(text) => {
            setTyping({ part: 'minute', text });
            emit(hour, noColon(digits(text)));
          }}
          onBlur={leave}
          finish={(text) => text}
        />
      </div>
    </FieldGroup>
  );
}

function Era({ text }: { text: string }) {
  const { locale } = useI18n();
  if (text === '' || !locale.startsWith('ja')) return null;
  return (
    <output className="whitespace-nowrap text-solid-gray-700" aria-live="off">
      （{text}）
    </output>
  );
}

function eraOfYear(year: string): string {
  return /^(?:18[789]\d|19\d\d|20\d\d)$/u.test(year) ? eraYearsOf(Number(year)) : '';
}

function digits(text: string): string {
  return noHyphen(toHalfWidth(text).trim());
}

function noHyphen(text: string): string {
  return text.replaceAll('-', '');
}

function noColon(text: string): string {
  return text.replaceAll(':', '');
}
