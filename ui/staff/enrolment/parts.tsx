import type { ReactNode } from 'react';
import type { FeeView } from '../../../api/contract/index.ts';
import { EXTENDED_MODE_LABELS, REDUCTION_LABELS } from '../../../domain/texts/enrolment.ts';
import type { SelectOption } from '../../components/index.ts';
import { formatMonth, formatYen } from '../../lib/index.ts';
import { Section } from '../shared/Section.tsx';

const PARTS = [
  { to: '/enrolments', label: '在籍の一覧' },
  { to: '/year-change', label: '年度替わり' },
] as const;

/** Frame of the pages about enrolments: where one is among them, and the page. */
export function EnrolmentFrame({ children }: { children: ReactNode }) {
  return (
    <Section label="在籍" parts={PARTS}>
      {children}
    </Section>
  );
}

/** 「5,000円」; with use by the day up to its limit 「5,000〜6,000円」. */
export function feeText({ total, totalAtMost }: Pick<FeeView, 'total' | 'totalAtMost'>): string {
  return total === totalAtMost ? formatYen(total) : `${formatYen(total)}〜${formatYen(totalAtMost)}`;
}

export function modeText(mode: FeeView['mode']): string {
  return mode === null ? '―' : EXTENDED_MODE_LABELS[mode].ja;
}

export function reductionText(reductions: FeeView['reductions']): string {
  return reductions.length === 0 ? '―' : reductions.map((reason) => REDUCTION_LABELS[reason].ja).join('、');
}

/** 「2027年4月〜2028年3月」. */
export function monthSpan(from: string, to: string): string {
  return from === to ? formatMonth(from) : `${formatMonth(from)}〜${formatMonth(to)}`;
}

/** The twelve months of a fiscal year as choices. */
export function monthOptions(fiscalYear: number): readonly SelectOption[] {
  return [
    { value: 'all', label: '年度のすべての月' },
    ...Array.from({ length: 12 }, (_, index) => {
      const year = fiscalYear + (index < 9 ? 0 : 1);
      const month = `${String(year)}-${String(((index + 3) % 12) + 1).padStart(2, '0')}`;
      return { value: month, label: formatMonth(month) };
    }),
  ];
}

/** `hall:01` or `bop:2` of the place filter as the API's query has it. */
export function placeQuery(place: string): { bop?: string; hall?: string } {
  const [kind, code] = place.split(':');
  if (code === undefined) return {};
  return kind === 'hall' ? { hall: code } : { bop: code };
}
