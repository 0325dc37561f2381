import { deadlineUnder, requestDeadline } from '../../domain/application/deadlines.ts';
import { tokyoDate, type LocalDate } from '../../domain/calendar/dates.ts';
import { isWorkingDay, type WorkCalendar } from '../../domain/calendar/working-days.ts';
import type { Criterion } from '../../domain/procedures/definition.ts';
import { displayDateWithEra, displayDateWithWeekday } from '../../domain/procedures/format-dates.ts';
import { criteriaChanges } from '../../domain/settings/criteria.ts';
import { editionOn } from '../../domain/settings/dated.ts';
import { procedureOfCriteria, type CriteriaKey } from '../../domain/settings/ward.ts';
import { settingAt, settingHistory } from '../../store/settings.ts';
import type { PreviewSettingResponse } from '../contract/settings.ts';
import type { ApiDeps } from '../deps.ts';

type Deps = Pick<ApiDeps, 'db' | 'now'>;

const count = (number: number) => `${number.toLocaleString('ja-JP')}件`;
/** So many are named; the rest is a number. */
const NAMED = 20;

/** Which days open and close, what is asked for today, and whose deadline moves: told ones are only ever extended. */
export async function previewCalendar(
  { db, now }: Deps,
  calendar: WorkCalendar,
): Promise<PreviewSettingResponse> {
  const at = now().toISOString();
  const today = tokyoDate(at);
  const [{ value: before }, { value: deadlines }] = await Promise.all([
    settingAt(db, 'calendar', at),
    settingAt(db, 'deadlines', at),
  ]);
  const due = (one: WorkCalendar) =>
    displayDateWithWeekday(
      requestDeadline('mail', at, { calendar: one, deadlines, criteriaVersion: '', criteria: [] }),
      'ja',
    );
  const all = [...new Set([...before.closedDates, ...calendar.closedDates])]
    .filter((day) => day >= today)
    .toSorted();
  const differ = (closes: boolean) =>
    all.filter((day) => isWorkingDay(day, before) === closes && isWorkingDay(day, calendar) !== closes);
  const asked = await db
    .selectFrom('applications')
    .select(['receipt_number as receiptNumber', 'deadline'])
    .where('stage', '=', 'awaitingApplicant')
    .where('deadline', 'is not', null)
    .orderBy('deadline')
    .orderBy('receipt_number')
    .execute();
  const moved = asked.flatMap(({ receiptNumber, deadline }) => {
    if (deadline === null) return [];
    const next = deadlineUnder(deadline, { before, after: calendar, today });
    return next === deadline ? [] : [{ receiptNumber, deadline, next }];
  });
  return {
    rows: [
      { label: '今日依頼したときの回答の期限', before: due(before), after: due(calendar) },
      {
        label: '年末年始の休業',
        before: yearEndText(before),
        after: yearEndText(calendar),
      },
      {
        label: '休業日がわかっている最後の日',
        before: displayDateWithEra(before.knownUntil, 'ja'),
        after: displayDateWithEra(calendar.knownUntil, 'ja'),
      },
      ...moved.slice(0, NAMED).map(({ receiptNumber, deadline, next }) => ({
        label: `${receiptNumber} の回答の期限`,
        before: displayDateWithWeekday(deadline, 'ja'),
        after: displayDateWithWeekday(next, 'ja'),
      })),
    ],
    notes: [
      ...daysNote('新しく休む日', differ(true)),
      ...daysNote('新しく開く日', differ(false)),
      moved.length === 0
        ? '回答を待っている申請で、期限が変わるものはありません。'
        : `回答を待っている申請${count(asked.length)}のうち、${count(moved.length)}の期限が延び、申請者にメールで知らせます。`,
      ...(moved.length > NAMED ? [`上の表は、そのうち期限の早い${count(NAMED)}です。`] : []),
      '保存するとすぐに、受付中のすべての申請に反映します。申請者に伝えた期限が早まることはありません。',
    ],
  };
}

function daysNote(label: string, days: readonly LocalDate[]): string[] {
  if (days.length === 0) return [];
  const named = days.slice(0, NAMED).map((day) => displayDateWithWeekday(day, 'ja'));
  return [
    `${label}：${named.join('、')}${days.length > NAMED ? `、ほか${String(days.length - NAMED)}日` : ''}`,
  ];
}

function yearEndText({ yearEnd }: WorkCalendar): string {
  const day = (text: string) => `${String(Number(text.slice(0, 2)))}月${String(Number(text.slice(3)))}日`;
  return `${day(yearEnd.from)}〜${day(yearEnd.to)}`;
}

/** What differs from the criteria that would hold on that day, and how many applications go on by the old ones. */
export async function previewCriteria(
  { db }: Deps,
  key: CriteriaKey,
  criteria: readonly Criterion[],
  from: LocalDate,
): Promise<PreviewSettingResponse> {
  const { code } = procedureOfCriteria(key);
  const before = editionOn(await settingHistory(db, key), from)?.value ?? [];
  const { added, removed, changed } = criteriaChanges(before, criteria);
  const { open } = await db
    .selectFrom('applications')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('procedure', '=', code)
    .where('stage', 'not in', ['approved', 'refused', 'cancelled'])
    .executeTakeFirstOrThrow();
  const required = (list: readonly Criterion[]) => `${String(list.filter((one) => one.required).length)}項目`;
  return {
    rows: [
      { label: '審査項目', before: `${String(before.length)}項目`, after: `${String(criteria.length)}項目` },
      { label: '必ず審査する項目', before: required(before), after: required(criteria) },
      ...added.map((title) => ({ label: title, before: 'なし', after: '加える' })),
      ...changed.map((title) => ({ label: title, before: 'あり', after: '変える' })),
      ...removed.map((title) => ({ label: title, before: 'あり', after: 'なくす' })),
    ],
    notes: [
      `${displayDateWithEra(from, 'ja')}以降に受け付ける申請の審査に使います。`,
      `審査中の${count(open)}は、受け付けた日の基準のまま審査します。`,
      ...(added.length + removed.length + changed.length === 0 ? ['その日の基準と、同じ内容です。'] : []),
    ],
  };
}
