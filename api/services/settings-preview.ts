import { chaserDeadline, requestDeadline } from '../../domain/application/deadlines.ts';
import type { DeadlinePolicy } from '../../domain/application/settings.ts';
import { fiscalYearOf, isLocalDate, type LocalDate } from '../../domain/calendar/dates.ts';
import { addWorkingDays } from '../../domain/calendar/working-days.ts';
import { feeExamples } from '../../domain/enrolment/fee-examples.ts';
import { datedFees, monthlyFees, type Fees, type FeeTable } from '../../domain/enrolment/fees.ts';
import { monthOf } from '../../domain/enrolment/months.ts';
import { continuesNextYear, type YearChangePolicy } from '../../domain/enrolment/year-change.ts';
import { displayDateWithWeekday } from '../../domain/procedures/format-dates.ts';
import { inOrderOfForce, type DatedEdition } from '../../domain/settings/dated.ts';
import { enrolmentsOfYear, listEnrolments } from '../../store/enrolment-lists.ts';
import { settingOn, yearChangeOn } from '../../store/dated-settings.ts';
import { settingAt, settingHistory } from '../../store/settings.ts';
import type { PreviewSettingResponse } from '../contract/settings.ts';
import type { ApiDeps } from '../deps.ts';

type Deps = Pick<ApiDeps, 'db' | 'keyring'>;

const yen = (amount: number) => `${amount.toLocaleString('ja-JP')}円`;
const people = (count: number) => `${count.toLocaleString('ja-JP')}人`;

/** What a table of fees would change from a day on: in the cases that the ward knows, and for who is enrolled. */
export async function previewFees(
  { db }: Deps,
  table: FeeTable,
  from: LocalDate,
): Promise<PreviewSettingResponse> {
  const before = await settingOn(db, 'fees', from);
  const now = feeExamples(before.value);
  const then = feeExamples(table);
  const rows = now.map(({ label, yen: amount }, index) => ({
    label: `${label}（1か月）`,
    before: yen(amount),
    after: yen(then[index]?.yen ?? 0),
  }));
  const fiscalYear = fiscalYearOf(from);
  const history = await settingHistory(db, 'fees');
  const known = feesOf(history.map(({ version, validFrom, value }) => ({ version, validFrom, value })));
  const proposed = feesOf([
    ...history,
    { version: (history[0]?.version ?? 0) + 1, validFrom: from, value: table },
  ]);
  const month = monthOf(from);
  let [changed, sumBefore, sumAfter, children] = [0, 0, 0, 0];
  for (const { enrolment } of await enrolmentsOfYear(db, fiscalYear)) {
    const one = (fees: Fees) => monthlyFees(enrolment, fees);
    const [old, next] = [one(known), one(proposed)];
    if (next.some((fee, index) => fee.totalAtMost !== old[index]?.totalAtMost)) changed += 1;
    const at = old.findIndex((fee) => fee.month === month);
    const fee = old[at];
    if (fee?.bop === undefined) continue;
    children += 1;
    sumBefore += fee.totalAtMost;
    sumAfter += next[at]?.totalAtMost ?? 0;
  }
  return {
    rows: [
      ...rows,
      {
        label: `${String(fiscalYear)}年度 ${String(Number(month.slice(5)))}月の合計（在籍${people(children)}、日ごとの延長利用は上限で計算）`,
        before: yen(sumBefore),
        after: yen(sumAfter),
      },
    ],
    notes: [
      changed === 0
        ? `${String(fiscalYear)}年度に在籍している児童で、利用料が変わる人はいません。`
        : `${String(fiscalYear)}年度に在籍している児童のうち、${people(changed)}の利用料が変わります。`,
      ...(children === 0 ? ['この月に在籍している児童は、まだいません。'] : []),
      'すでに作成した通知書・証明書の記載は変わりません。',
    ],
  };
}

function feesOf(editions: readonly (DatedEdition & { value: FeeTable })[]): Fees {
  return datedFees(
    inOrderOfForce(editions).map(({ validFrom, value }) => ({ from: validFrom, table: value })),
  );
}

/** Who would continue into the fiscal year that begins on a day, and who would apply again. */
export async function previewYearChange(
  { db, keyring }: Deps,
  policy: YearChangePolicy,
  from: LocalDate,
): Promise<PreviewSettingResponse> {
  const fiscalYear = fiscalYearOf(from) - 1;
  const before = await yearChangeOn(db, from);
  const { items } = await listEnrolments(db, keyring, {
    bops: 'all',
    today: from,
    filter: { fiscalYear },
    limit: 100_000,
    offset: 0,
  });
  const counts = (one: YearChangePolicy) => {
    let [continues, admission, extendedUse, feeReduction, leaves] = [0, 0, 0, 0, 0];
    for (const { enrolment, child } of items) {
      if (!isLocalDate(child.birthDate)) continue;
      const change = continuesNextYear(enrolment, child.birthDate, one);
      const again = (procedure: string) => change.applyAgain.some((one) => one.procedure === procedure);
      if (change.continues.length > 0) continues += 1;
      if (again('admission')) admission += 1;
      if (again('extendedUse')) extendedUse += 1;
      if (again('feeReduction')) feeReduction += 1;
      if (change.leaves !== undefined) leaves += 1;
    }
    return { continues, admission, extendedUse, feeReduction, leaves };
  };
  const [old, next] = [counts(before), counts(policy)];
  const row = (label: string, key: keyof typeof old) => ({
    label,
    before: people(old[key]),
    after: people(next[key]),
  });
  return {
    rows: [
      row('申請せずに継続する児童', 'continues'),
      row('入会を申請し直す児童', 'admission'),
      row('延長利用を申請し直す児童', 'extendedUse'),
      row('減免を申請し直す児童', 'feeReduction'),
      row('年度末で終わる児童（退会・卒業など）', 'leaves'),
    ],
    notes: [
      `${String(fiscalYear)}年度に在籍している${people(items.length)}について、${String(fiscalYear + 1)}年度への切り替わりを数えています。`,
    ],
  };
}

/** When families would have to answer what is asked of them today. */
export async function previewDeadlines(
  { db, now }: Pick<ApiDeps, 'db' | 'now'>,
  policy: DeadlinePolicy,
): Promise<PreviewSettingResponse> {
  const at = now().toISOString();
  const { value: calendar } = await settingAt(db, 'calendar', at);
  const { value: before } = await settingAt(db, 'deadlines', at);
  const days = (deadlines: DeadlinePolicy) => {
    const rules = { calendar, deadlines, criteriaVersion: '', criteria: [] };
    const request = requestDeadline('mail', at, rules);
    const reminder = addWorkingDays(request, -deadlines.reminderDaysBefore, calendar);
    return [
      ['今日依頼したときの回答の期限', displayDateWithWeekday(request, 'ja')],
      ['期限前のお知らせ', `${displayDateWithWeekday(reminder, 'ja')} ${deadlines.reminderTime}`],
      ['今日投函した不備連絡文書の期限', displayDateWithWeekday(requestDeadline('letter', at, rules), 'ja')],
      ['今日督促したときの新しい期限', displayDateWithWeekday(chaserDeadline(at, rules), 'ja')],
    ] as const;
  };
  const then = days(policy);
  return {
    rows: days(before).map(([label, day], index) => ({ label, before: day, after: then[index]?.[1] ?? '' })),
    notes: [
      '保存するとすぐに、受付中の申請にも使います。申請者にすでに伝えた期限は変わりません。これから依頼・督促する分から、新しい日数になります。',
      '日数は、土・日曜日、祝日、年末年始を除いて数えます。',
    ],
  };
}
