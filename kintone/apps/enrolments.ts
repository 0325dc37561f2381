import { gradeIn, isLocalDate, type LocalDate } from '../../domain/calendar/dates.ts';
import { bopShownOn } from '../../domain/enrolment/enrolment.ts';
import type { Enrolment } from '../../domain/enrolment/fold.ts';
import type { MonthlyFee } from '../../domain/enrolment/fees.ts';
import { bopOf } from '../../domain/facilities/facilities.ts';
import {
  effectText,
  EXTENDED_MODE_LABELS,
  NO_EFFECT_TEXTS,
  RECORD_LABELS,
  REDUCTION_LABELS,
} from '../../domain/texts/enrolment.ts';
import type { KintoneApp, KintoneRecord } from './model.ts';
import { placeOf, placeViews, PLACE_FIELDS } from './places.ts';
import { CHILDS_APPLICATIONS } from './related.ts';
import { NO, YES } from './values.ts';

const COLUMNS = ['child_name', 'grade', 'first_day', 'last_day', 'extended', 'reductions', 'withdrawn'];

/** A child's membership of a fiscal year, as the ward and the halls look it up in kintone. Written whole at each change. */
export const ENROLMENTS_APP: KintoneApp = {
  key: 'enrolments',
  name: '学童クラブ 在籍',
  description:
    '児童ごと・年度ごとの在籍（新BOP、延長利用、減免、退会）と月々の利用料です。決定の通知後に手続きシステムが書き込みます。',
  recordKey: 'enrolment_id',
  groups: [
    {
      code: 'group_enrolment',
      label: '在籍',
      open: true,
      fields: [
        { code: 'enrolment_id', label: '在籍ID', type: 'SINGLE_LINE_TEXT', unique: true },
        { code: 'fiscal_year', label: '年度', type: 'NUMBER' },
        // The same for a child in every year; says nothing by itself.
        { code: 'child_id', label: '児童ID', type: 'SINGLE_LINE_TEXT' },
        { code: 'child_name', label: '児童氏名', type: 'SINGLE_LINE_TEXT' },
        { code: 'child_kana', label: '児童氏名フリガナ', type: 'SINGLE_LINE_TEXT' },
        { code: 'birth_date', label: '生年月日', type: 'DATE' },
        { code: 'grade', label: '学年', type: 'NUMBER' },
        { code: 'first_day', label: '利用開始日', type: 'DATE' },
        { code: 'last_day', label: '利用終了日', type: 'DATE' },
        { code: 'withdrawn', label: '退会', type: 'DROP_DOWN', options: [YES, NO] },
        { code: 'extended', label: '延長利用', type: 'SINGLE_LINE_TEXT' },
        { code: 'reductions', label: '減免', type: 'SINGLE_LINE_TEXT' },
        {
          code: 'periods',
          label: '新BOPごとの期間',
          type: 'SUBTABLE',
          columns: [
            { code: 'period_bop', label: '新BOP', type: 'SINGLE_LINE_TEXT' },
            { code: 'period_from', label: 'から', type: 'DATE' },
            { code: 'period_to', label: 'まで', type: 'DATE' },
          ],
        },
        {
          code: 'months',
          label: '月ごとの利用料（表示のみ）',
          type: 'SUBTABLE',
          columns: [
            { code: 'month', label: '月', type: 'SINGLE_LINE_TEXT' },
            { code: 'month_bop', label: '月末の新BOP', type: 'SINGLE_LINE_TEXT' },
            { code: 'month_extended', label: '延長利用の登録', type: 'SINGLE_LINE_TEXT' },
            { code: 'month_base', label: '利用料', type: 'NUMBER' },
            { code: 'month_extended_fee', label: '延長料', type: 'NUMBER' },
            { code: 'month_reduced', label: '減免額', type: 'NUMBER' },
            { code: 'month_total', label: '合計', type: 'NUMBER' },
            { code: 'month_total_at_most', label: '合計の上限（日ぎめの延長を含む）', type: 'NUMBER' },
          ],
        },
        {
          code: 'history',
          label: '決定の記録',
          type: 'SUBTABLE',
          columns: [
            {
              code: 'history_receipt',
              label: '決定した申請の受付番号・記録の種類',
              type: 'SINGLE_LINE_TEXT',
            },
            { code: 'history_decided_at', label: '決定日時', type: 'DATETIME' },
            { code: 'history_effect', label: '決定の内容', type: 'SINGLE_LINE_TEXT' },
            { code: 'history_note', label: '反映されない理由', type: 'SINGLE_LINE_TEXT' },
          ],
        },
      ],
    },
    {
      code: 'group_place',
      label: '新BOP・児童館（現在。在籍の前後は最初・最後）',
      open: true,
      fields: PLACE_FIELDS,
    },
  ],
  related: [CHILDS_APPLICATIONS],
  views: [
    {
      name: 'すべての在籍',
      fields: ['fiscal_year', 'bop_name', ...COLUMNS],
      condition: '',
      sort: 'fiscal_year desc, bop_code asc, child_kana asc',
    },
    {
      name: '退会した児童',
      fields: ['fiscal_year', 'bop_name', 'child_name', 'last_day'],
      condition: `withdrawn in ("${YES}")`,
      sort: 'last_day desc',
    },
    {
      name: '児童ごと（年度をまたいで）',
      fields: ['child_id', 'child_name', 'fiscal_year', 'bop_name', 'first_day', 'last_day'],
      condition: '',
      sort: 'child_id asc, fiscal_year asc',
    },
    ...placeViews({
      fields: ['fiscal_year', ...COLUMNS],
      sort: 'fiscal_year desc, child_kana asc',
    }),
  ],
};

export interface EnrolledChild {
  name: string;
  kana: string;
  birthDate: string;
}

const monthText = (month: string) => `${month.slice(0, 4)}年${String(Number(month.slice(5)))}月`;
const span = (from: string, to: string) =>
  from === to ? monthText(from) : `${monthText(from)}〜${monthText(to)}`;
const cells = (values: Record<string, unknown>): KintoneRecord =>
  Object.fromEntries(Object.entries(values).map(([code, value]) => [code, { value }]));

/** The whole record of an enrolment: the child, its fold, the fees that follow, and every decision behind it. */
export function enrolmentRecord({
  id,
  child,
  enrolment,
  fees,
  today,
}: {
  id: string;
  child: EnrolledChild;
  enrolment: Enrolment;
  fees: readonly MonthlyFee[];
  /** Whose record it is on this day: a change of school takes the record to the new 新BOP on its day, not before (Q03). */
  today: LocalDate;
}): KintoneRecord {
  const born = isLocalDate(child.birthDate) ? child.birthDate : null;
  return {
    ...cells({
      child_id: id.slice(id.indexOf(':') + 1),
      child_name: child.name,
      child_kana: child.kana,
      birth_date: born,
      grade: born === null ? '' : gradeIn(born, enrolment.fiscalYear),
    }),
    ...foldRecord(enrolment, today),
    ...feesRecord(fees),
  };
}

function foldRecord(enrolment: Enrolment, today: LocalDate): KintoneRecord {
  const { fiscalYear, admission } = enrolment;
  const last = admission.at(-1);
  const extended = enrolment.extendedUse.map(
    ({ mode, from, to }) => `${EXTENDED_MODE_LABELS[mode].ja}（${span(from, to)}）`,
  );
  const reductions = enrolment.reductions.map(
    ({ reason, from, to }) => `${REDUCTION_LABELS[reason].ja}（${span(from, to)}）`,
  );
  return {
    ...placeOf(bopShownOn(enrolment, today)),
    ...cells({
      fiscal_year: fiscalYear,
      first_day: admission[0]?.from ?? null,
      last_day: last?.to ?? null,
      withdrawn: enrolment.withdrawal ? YES : NO,
      extended: extended.join('、'),
      reductions: reductions.join('、'),
      periods: admission.map(({ bop, from, to }) => ({
        value: cells({ period_bop: bopOf(bop)?.name ?? bop, period_from: from, period_to: to }),
      })),
      history: enrolment.history.map(({ entry, noEffect }) => ({
        value: cells({
          history_receipt: entry.record ? RECORD_LABELS[entry.record.source] : entry.receiptNumber,
          history_decided_at: entry.decidedAt,
          history_effect: effectText(entry.effect).ja,
          history_note: noEffect ? NO_EFFECT_TEXTS[noEffect] : '',
        }),
      })),
    }),
  };
}

/** The months with their fees alone: what changes when the ward changes its fees. */
export function feesRecord(fees: readonly MonthlyFee[]): KintoneRecord {
  const months = fees
    .filter(({ bop }) => bop !== undefined)
    .map((fee) => ({
      value: cells({
        month: fee.month,
        month_bop: fee.bop === undefined ? '' : (bopOf(fee.bop)?.name ?? fee.bop),
        month_extended: fee.mode ? EXTENDED_MODE_LABELS[fee.mode].ja : '',
        month_base: fee.base,
        month_extended_fee: fee.extended,
        month_reduced: fee.reduced,
        month_total: fee.total,
        month_total_at_most: fee.totalAtMost,
      }),
    }));
  return cells({ months });
}
