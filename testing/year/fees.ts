import { admissionOn, type Enrolment } from '../../domain/enrolment/enrolment.ts';
import { monthlyFees } from '../../domain/enrolment/fees.ts';
import { firstDayOf } from '../../domain/enrolment/months.ts';
import { BOPS } from '../../domain/facilities/facilities.ts';
import { EXTENDED_MODE_LABELS } from '../../domain/texts/enrolment.ts';
import type { KintoneRecord } from '../../kintone/apps/model.ts';
import type { Db } from '../../store/db.ts';

/** Not a member in this month. */
export const NONE = '－';

interface Cell {
  bop: string;
  total: number;
  atMost: number;
  mode: 'monthly' | 'daily' | undefined;
  reduced: boolean;
}

/**
 * A month in a word: `6000延` with extended use every month, `5000〜6000日` by the day, `0減` with a reduction, `5000@18` at another
 * 新BOP than `home`.
 */
function word(cell: Cell | undefined, home: string): string {
  if (!cell) return NONE;
  const { bop, total, atMost, mode, reduced } = cell;
  return [
    String(total),
    atMost === total ? '' : `〜${atMost}`,
    mode === 'monthly' ? '延' : mode === 'daily' ? '日' : '',
    reduced ? '減' : '',
    bop === home ? '' : `@${bop}`,
  ].join('');
}

/**
 * A month as the enrolment itself gives it, in brackets where the child is not a member on its first day.
 * @param month `YYYY-MM`
 */
export function monthInWord(enrolment: Enrolment | undefined, month: string, home: string): string {
  if (!enrolment) return NONE;
  const fee = monthlyFees(enrolment).find((one) => one.month === month);
  if (!fee?.bop) return NONE;
  const { bop, total, totalAtMost: atMost, mode, reductions } = fee;
  const text = word({ bop, total, atMost, mode, reduced: reductions.length > 0 }, home);
  return admissionOn(enrolment, firstDayOf(month)) ? text : `(${text})`;
}

const valueOf = (record: KintoneRecord, code: string) => record[code]?.value;

/** The same month as kintone was told, without brackets. */
export function monthInKintone(record: KintoneRecord | undefined, month: string, home: string): string {
  const rows = (record ? valueOf(record, 'months') : undefined) as { value: KintoneRecord }[] | undefined;
  const row = rows?.find(({ value }) => valueOf(value, 'month') === month)?.value;
  if (!row) return NONE;
  const extended = valueOf(row, 'month_extended');
  const bopName = valueOf(row, 'month_bop');
  return word(
    {
      bop: BOPS.find(({ name }) => name === bopName)?.code ?? String(bopName),
      total: Number(valueOf(row, 'month_total')),
      atMost: Number(valueOf(row, 'month_total_at_most')),
      mode:
        extended === EXTENDED_MODE_LABELS.monthly.ja
          ? 'monthly'
          : extended === EXTENDED_MODE_LABELS.daily.ja
            ? 'daily'
            : undefined,
      reduced: Number(valueOf(row, 'month_reduced')) > 0,
    },
    home,
  );
}

/** What lists of that month are made of: 新BOPs, mode, whether there is a reduction. */
export async function monthInLists(db: Db, enrolmentId: string | undefined, month: string) {
  if (enrolmentId === undefined) return undefined;
  const row = await db
    .selectFrom('enrolment_months')
    .select(['bops', 'extended', 'reductions'])
    .where('enrolment_id', '=', enrolmentId)
    .where('month', '=', month)
    .executeTakeFirst();
  return row && { bops: row.bops, extended: row.extended, reduced: row.reductions.length > 0 };
}

/** A table as it is written by hand: the first line names the months, the others a child and its months. */
export function parseTable(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/u));
  return new Map(
    rows.map(([child = '', ...cells]) => {
      if (cells.length !== head.length) throw new Error(`${child} has ${cells.length} months`);
      return [child, new Map(cells.map((cell, index) => [head[index] ?? '', cell]))];
    }),
  );
}
