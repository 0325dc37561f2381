import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import type { FeeView } from '../../../api/contract/index.ts';
import { EXTENDED_MODE_LABELS, REDUCTION_LABELS } from '../../../domain/texts/enrolment.ts';
import { Main, Select } from '../../components/index.ts';
import type { SelectOption } from '../../components/index.ts';
import { cx, formatMonth, formatYen } from '../../lib/index.ts';

const PARTS = [
  { to: '/enrolments', label: '在籍の一覧' },
  { to: '/year-change', label: '年度替わり' },
] as const;

/** Frame of the pages about enrolments: where one is among them, and the page. */
export function EnrolmentFrame({ children }: { children: ReactNode }) {
  return (
    <Main wide>
      <nav aria-label="在籍" className="no-print mb-6 border-b border-solid-gray-420">
        <ul className="flex flex-wrap gap-x-2">
          {PARTS.map(({ to, label }) => (
            <li key={to}>
              <NavLink
                to={to}
                end
                className={({ isActive }) =>
                  cx(
                    'text-std-16N-170 inline-flex min-h-11 items-center border-b-4 px-3 hover:bg-solid-gray-50',
                    isActive ? 'border-blue-900 font-bold' : 'border-transparent',
                  )
                }
              >
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Main>
  );
}

/** A filter that counts at once. */
export function FilterSelect({
  id,
  label,
  options,
  value,
  onChange,
  placeholder,
}: {
  id: string;
  label: string;
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
}) {
  return (
    <Select
      id={id}
      label={label}
      labelSize="sm"
      hideMark
      width="auto"
      options={options}
      value={value}
      onChange={onChange}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
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
