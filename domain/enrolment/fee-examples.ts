import { REDUCTION_LABELS } from '../texts/enrolment.ts';
import type { EnrolmentEffect, ReductionReason } from './effects.ts';
import { monthlyFees, type FeeTable } from './fees.ts';
import { foldEnrolment } from './fold.ts';

const YEAR = 2027;
const [FIRST, LAST] = ['2027-04', '2028-03'];
const ADMITTED = { kind: 'admit', bop: '2', from: '2027-04-01' } as const;
const extended = (mode: 'monthly' | 'daily'): EnrolmentEffect => ({
  kind: 'extend',
  mode,
  from: FIRST,
  to: LAST,
});
const reduced = (reason: ReductionReason): EnrolmentEffect => ({
  kind: 'reduceFee',
  reason,
  from: FIRST,
  to: LAST,
});

const REASONS = Object.keys(REDUCTION_LABELS) as readonly ReductionReason[];

/** Cases that the ward knows, worked out by the same function as everybody's fee. */
const CASES: readonly { label: string; effects: readonly EnrolmentEffect[]; joins?: string }[] = [
  { label: '利用料のみ', effects: [] },
  { label: '月の途中（16日）から入会した月', effects: [], joins: '2027-06-16' },
  { label: '月ごとの延長利用あり', effects: [extended('monthly')] },
  { label: '日ごとの延長利用あり（上限まで使った月）', effects: [extended('daily')] },
  ...REASONS.map((reason) => ({
    label: `${REDUCTION_LABELS[reason].ja}の減免・月ごとの延長利用あり`,
    effects: [extended('monthly'), reduced(reason)],
  })),
];

/** What a month costs in the cases that the ward knows, in yen: for looking at a table before it is saved. */
export function feeExamples(table: FeeTable): readonly { label: string; yen: number }[] {
  return CASES.map(({ label, effects, joins }) => {
    const admission = joins === undefined ? ADMITTED : { ...ADMITTED, from: joins };
    const enrolment = foldEnrolment(
      YEAR,
      [admission, ...effects].map((effect, index) => ({
        applicationId: `example-${index}`,
        receiptNumber: `A27-00000${index}-0`,
        decidedAt: `2027-01-0${index + 1}T00:00:00.000Z`,
        effect,
      })),
    );
    const fee = monthlyFees(enrolment, table).find(({ month }) => month === '2027-06');
    return { label, yen: fee?.totalAtMost ?? 0 };
  });
}
