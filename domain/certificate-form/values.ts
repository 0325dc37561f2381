import { isLocalDate, type LocalDate } from '../calendar/dates.ts';

const ERA_STARTS: Readonly<Record<string, number>> = {
  令和: 2019,
  R: 2019,
  平成: 1989,
  H: 1989,
  昭和: 1926,
  S: 1926,
};

const pad = (value: string | number) => String(value).padStart(2, '0');

function dayFrom(year: number, month: string | undefined, day: string | undefined): LocalDate | undefined {
  const text = `${String(year)}-${pad(month ?? '')}-${pad(day ?? '')}`;
  return isLocalDate(text) ? text : undefined;
}

/** Days in a text with the place where each begins: `2026-11-02`, `2026年11月2日`, `令和 8 年 11 月 2 日`, `2026/11/2`. */
export function daysIn(text: string): readonly { day: LocalDate; index: number }[] {
  const found: { day: LocalDate; index: number }[] = [];
  const pattern =
    /(?:(令和|平成|昭和|[RHS])\s*(元|\d{1,2})|(\d{4}))\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?/gu;
  for (const match of text.matchAll(pattern)) {
    const [, era, eraYear, western, month, day] = match;
    const year =
      western === undefined
        ? (ERA_STARTS[era ?? ''] ?? 0) + (eraYear === '元' ? 1 : Number(eraYear)) - 1
        : Number(western);
    const value = dayFrom(year, month, day);
    if (value !== undefined) found.push({ day: value, index: match.index });
  }
  return found;
}

const TIME = String.raw`(\d{1,2})\s*(?::|時)\s*(\d{1,2})?\s*分?`;
const RANGE = new RegExp(String.raw`${TIME}\s*(?:~|〜|から|-|ー|–|―)+\s*${TIME}`, 'u');

/** A span of time `9時00分～17時30分`, `9:00 - 17:30`, also over several cells. */
export function timeRangeIn(text: string): { from: string; to: string; index: number } | undefined {
  const match = RANGE.exec(text);
  if (!match) return undefined;
  const [, fromHour = '', fromMinute = '0', toHour = '', toMinute = '0'] = match;
  if (Number(fromHour) > 23 || Number(toHour) > 24 || Number(fromMinute) > 59 || Number(toMinute) > 59) {
    return undefined;
  }
  // Work until midnight counts as until its last minute.
  const to = Number(toHour) === 24 ? '23:59' : `${pad(toHour)}:${pad(toMinute)}`;
  return { from: `${pad(fromHour)}:${pad(fromMinute)}`, to, index: match.index };
}

/** Minutes of a break after 「休憩」. */
export function breakIn(text: string): { minutes: number; index: number } | undefined {
  const match = /休憩(?:時間)?[^\d\n]{0,8}(?:(\d{1,2})\s*時間\s*)?(\d{1,4})\s*分/u.exec(text);
  if (!match) return undefined;
  return { minutes: Number(match[1] ?? '0') * 60 + Number(match[2]), index: match.index };
}

const TICKED = '[☑☒✓✔✅■●◉レ]';
const WEEK = '月火水木金土';

/** How many of the days from Monday to Saturday are ticked; undefined where the form has no ticks among its cells. */
export function tickedDays(text: string): { days: number; index: number } | undefined {
  const boxes = [
    ...text.matchAll(/([☐□○◯☑☒✓✔✅■●◉レ])\s*([月火水木金土日祝])(?=[\s曜祝日☐□○◯☑☒✓✔✅■●◉レ]|$)/gu),
  ];
  if (boxes.length < 5) return undefined;
  const ticked = boxes.filter(
    (box) => new RegExp(TICKED, 'u').test(box[1] ?? '') && WEEK.includes(box[2] ?? ''),
  );
  const [first] = ticked;
  return first && { days: new Set(ticked.map((box) => box[2])).size, index: first.index };
}

/** Is one of these words ticked? */
export function isTicked(text: string, word: string): boolean {
  return new RegExp(`${TICKED}\\s*${word}`, 'u').test(text);
}
