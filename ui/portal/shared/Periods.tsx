import type { ProceduresResponse } from '../../../api/contract/index.ts';
import { displayDateWithWeekday } from '../../../domain/procedures/format-dates.ts';
import { StatusTag } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { start as m } from '../texts/start.ts';
import { marked } from './Marked.tsx';

export type Period = ProceduresResponse['procedures'][number]['periods'][number];

/** When a procedure can be filed, year by year. */
export function PeriodList({ periods }: { periods: readonly Period[] }) {
  const { t, language } = useI18n();
  const date = (day: string) => marked(displayDateWithWeekday(day, language));
  return (
    <ul className="flex flex-col gap-3">
      {periods.map((period) => (
        <li
          key={`${period.fiscalYear}-${period.round}`}
          className="flex flex-col gap-1 border-l-4 border-solid-gray-300 pl-3"
        >
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <b>{t(m.fiscalYear, { year: period.fiscalYear, next: period.fiscalYear + 1 })}</b>
            <span>{t(period.roundLabel)}</span>
            <StatusTag tone={period.open ? 'success' : 'neutral'}>
              {period.open ? t(m.open) : t(m.closed)}
            </StatusTag>
          </p>
          <p>{range(period)}</p>
          {period.noticesOn !== null && <p>{t(m.notices, { date: date(period.noticesOn) })}</p>}
        </li>
      ))}
    </ul>
  );

  function range({ opensOn, closesOn }: Period) {
    if (opensOn !== null && closesOn !== null)
      return t(m.period, { from: date(opensOn), to: date(closesOn) });
    if (opensOn !== null) return t(m.periodFrom, { from: date(opensOn) });
    return closesOn === null ? t(m.periodAlways) : t(m.periodTo, { to: date(closesOn) });
  }
}
