import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isLocalDate, type LocalDate } from '../../../domain/calendar/dates.ts';
import type { WorkCalendar } from '../../../domain/calendar/working-days.ts';
import { Button, DateField, DescriptionList, TextField } from '../../components/index.ts';
import { dateInTokyo, formatDate } from '../../lib/index.ts';
import type { Form } from '../../lib/index.ts';
import { Editions } from './Editions.tsx';
import type { SettingProps } from './queries.ts';
import { SettingForm, type SettingValues } from './SettingForm.tsx';

const YEAR_END = [
  ['from', '年末年始の休業の最初の日'],
  ['to', '年末年始の休業の最後の日'],
] as const;

/** The names of the national holidays; the table is large and comes only here. */
function useHolidays() {
  return useQuery({
    queryKey: ['national-holidays'],
    queryFn: () => import('../../../domain/calendar/holidays.ts'),
    staleTime: Infinity,
  }).data;
}

/** On which days the office centre does not work (Q26). Told deadlines follow, and are only ever extended. */
export function CalendarSetting({ setting, onTake, formKey }: SettingProps<'calendar'>) {
  const initial: WorkCalendar = {
    ...setting.value,
    closedDates: setting.value.closedDates.toSorted(),
    yearEnd: { ...setting.value.yearEnd },
  };
  return (
    <>
      <p className="mb-6">
        土曜日・日曜日のほかに、事務センターが休む日です。回答の期限・お知らせ・督促は、この日を除いて数えます。
      </p>
      <SettingForm
        key={formKey}
        settingCode="calendar"
        setting={setting}
        initial={initial}
        validFromHint="保存するとすぐに、受付中の申請にも反映します。申請者に伝えた期限は、休む日が増えた分だけ延び、早まることはありません。"
        preview="rows"
        fields={(form, disabled) => (
          <>
            <ClosedDays form={form} disabled={disabled} />
            <fieldset className="rounded-8 border border-solid-gray-420 p-4">
              <legend className="text-std-16B-170 px-1">毎年の休業（年末年始）</legend>
              <div className="grid gap-6 md:grid-cols-2">
                {YEAR_END.map(([name, label]) => (
                  <TextField
                    key={name}
                    {...form.field(`value.yearEnd.${name}`)}
                    label={label}
                    labelSize="sm"
                    hint="例：12-29"
                    required
                    disabled={disabled}
                  />
                ))}
              </div>
            </fieldset>
            <DateField
              {...form.field('value.knownUntil')}
              label="休業日を入力した最後の日"
              labelSize="sm"
              hint="この日より後は、土・日曜日と年末年始だけを休みとして数えます。"
              hideYearHint
              required
              disabled={disabled}
            />
          </>
        )}
      />
      <Editions setting={setting} onTake={onTake} show={(calendar) => <Days calendar={calendar} />} />
    </>
  );
}

function ClosedDays({ form, disabled }: { form: Form<SettingValues<WorkCalendar>>; disabled: boolean }) {
  const holidays = useHolidays();
  const [day, setDay] = useState('');
  const [problem, setProblem] = useState<string>();
  const { closedDates, knownUntil } = form.values.value;
  const today = dateInTokyo(new Date().toISOString());
  const year = Number(today.slice(0, 4));
  const names = new Map(
    holidays
      ?.nationalHolidays(year, holidays.HOLIDAYS_KNOWN_UNTIL_YEAR)
      .map(({ date, name }) => [date, name]),
  );
  const coming = closedDates.filter((date) => date >= today);
  const set = (dates: readonly LocalDate[]) =>
    form.setValue('value.closedDates', [...new Set(dates)].toSorted());
  const add = () => {
    if (!isLocalDate(day)) setProblem('日付を正しく入力してください。');
    else if (closedDates.includes(day)) setProblem('この日は、すでに休業日です。');
    else {
      set([...closedDates, day]);
      setDay('');
      setProblem(undefined);
    }
  };
  const nextYear = Number(knownUntil.slice(0, 4)) + 1;
  const addYear = () => {
    if (!holidays) return;
    set([...closedDates, ...holidays.nationalHolidays(nextYear, nextYear).map(({ date }) => date)]);
    form.setValue('value.knownUntil', `${String(nextYear)}-12-31`);
  };
  return (
    <fieldset className="rounded-8 border border-solid-gray-420 p-4">
      <legend className="text-std-16B-170 px-1">休業日（祝日・区が定めた休み）</legend>
      {!disabled && (
        <div className="mb-4 flex flex-wrap items-end gap-4">
          <DateField
            id="closed-day"
            label="加える日"
            labelSize="sm"
            value={day}
            error={problem}
            onChange={setDay}
            hideYearHint
          />
          <Button variant="outline" size="sm" onClick={add}>
            休業日に加える
          </Button>
          {holidays && nextYear <= holidays.HOLIDAYS_KNOWN_UNTIL_YEAR && (
            <Button variant="outline" size="sm" onClick={addYear}>
              {nextYear}年の祝日を加える
            </Button>
          )}
        </div>
      )}
      <p className="mb-2">今日からの休業日（{coming.length}日）</p>
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2" id="setting-value-closedDates">
        {coming.map((date) => (
          <li key={date} className="flex flex-wrap items-center gap-2">
            <span>
              {formatDate(date, { weekday: true })}　{names.get(date) ?? '区の休業日'}
            </span>
            {!disabled && (
              <Button variant="text" size="sm" onClick={() => set(closedDates.filter((one) => one !== date))}>
                外す<span className="sr-only">（{formatDate(date)}）</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Days({ calendar }: { calendar: WorkCalendar }) {
  return (
    <DescriptionList
      items={[
        { term: '年末年始', description: `${calendar.yearEnd.from}〜${calendar.yearEnd.to}` },
        { term: '入力した最後の日', description: formatDate(calendar.knownUntil) },
        {
          term: '休業日',
          description: calendar.closedDates
            .toSorted()
            .map((date) => formatDate(date))
            .join('、'),
        },
      ]}
    />
  );
}
