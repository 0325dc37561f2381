import { isLocalDate } from '../calendar/dates.ts';
import type { WorkCalendar } from '../calendar/working-days.ts';

/** Working days that a month has at least, so that a slip of the hand does not close the office for good. */
const LONGEST_YEAR_END = 31;

/** What is wrong with the ward's calendar, each at its place; messages for the ward's screen. */
export function calendarProblems(calendar: WorkCalendar): readonly { path: string; message: string }[] {
  const { closedDates, yearEnd, knownUntil } = calendar;
  const last = closedDates.toSorted().at(-1);
  const monthDay = (text: string) => isLocalDate(`2028-${text}`);
  return [
    ...closedDates.flatMap((day, index) =>
      closedDates.indexOf(day) === index
        ? []
        : [{ path: `closedDates.${String(index)}`, message: '同じ日が2回入っています。' }],
    ),
    ...(monthDay(yearEnd.from)
      ? []
      : [{ path: 'yearEnd.from', message: '月日（MM-DD）を正しく入力してください。' }]),
    ...(monthDay(yearEnd.to)
      ? []
      : [{ path: 'yearEnd.to', message: '月日（MM-DD）を正しく入力してください。' }]),
    ...(monthDay(yearEnd.from) && monthDay(yearEnd.to) && lengthOf(yearEnd) > LONGEST_YEAR_END
      ? [{ path: 'yearEnd.to', message: '年末年始の休業は、31日以内にしてください。' }]
      : []),
    ...(last !== undefined && knownUntil < last
      ? [{ path: 'knownUntil', message: '入力した休業日の最後の日以降にしてください。' }]
      : []),
  ];
}

/** How many days the yearly closing takes; it may run over the turn of the year. */
function lengthOf({ from, to }: WorkCalendar['yearEnd']): number {
  const day = (text: string, year: number) => Date.parse(`${String(year)}-${text}T00:00:00Z`) / 86_400_000;
  return day(to, from <= to ? 2028 : 2029) - day(from, 2028) + 1;
}
