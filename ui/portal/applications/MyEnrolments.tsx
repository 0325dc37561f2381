import { useQuery } from '@tanstack/react-query';
import type { MyEnrolment, MyEnrolmentsResponse } from '../../../api/contract/index.ts';
import { displayDate, displayFiscalYear, displayMonth } from '../../../domain/procedures/format-dates.ts';
import { EXTENDED_MODE_LABELS } from '../../../domain/texts/enrolment.ts';
import { Card, DescriptionList, Disclosure } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { api, formatCount } from '../../lib/index.ts';
import { marked } from '../shared/Marked.tsx';
import { enrolments as m } from '../texts/enrolments.ts';

/** The family's children as members of a club: where, with what, and what it costs each month. Shown, never collected here. */
export function MyEnrolments() {
  const { t } = useI18n();
  const { data } = useQuery({
    queryKey: ['my-enrolments'],
    queryFn: ({ signal }) => api.get<MyEnrolmentsResponse>('my/enrolments', { signal }),
  });
  if (!data || data.enrolments.length === 0) return null;
  return (
    <section>
      <h2 className="text-std-22B-150 mb-4">{t(m.title)}</h2>
      <div className="flex flex-col gap-4">
        {data.enrolments.map((one) => (
          <Enrolment key={`${one.childName}${String(one.fiscalYear)}`} enrolment={one} />
        ))}
      </div>
    </section>
  );
}

function Enrolment({ enrolment }: { enrolment: MyEnrolment }) {
  const { t, language } = useI18n();
  const { childName, fiscalYear, bopName, places, from, to, withdrawn, fees } = enrolment;
  const day = (date: string | null) => (date === null ? '' : displayDate(date, language));
  const months = (one: { from: string; to: string }) => ({
    from: marked(displayMonth(one.from, language)),
    to: marked(displayMonth(one.to, language)),
  });
  const yen = (amount: number) => t(m.yen, { amount: formatCount(amount) });
  const feeOf = (fee: MyEnrolment['fees'][number]) =>
    fee.total === fee.totalAtMost
      ? yen(fee.total)
      : t(m.upTo, { from: yen(fee.total), to: yen(fee.totalAtMost) });
  return (
    <Card title={childName} headingLevel={3}>
      <p className="mb-3">{marked(displayFiscalYear(fiscalYear, language))}</p>
      <DescriptionList
        items={[
          {
            key: 'bop',
            term: t(m.bop),
            // After a change of school, each 新BOP with its days.
            description:
              places.length === 0
                ? (bopName ?? t(m.none))
                : places.map((one) => (
                    <span key={one.from} className="block">
                      {one.bopName}（{marked(`${day(one.from)} – ${day(one.to)}`)}）
                    </span>
                  )),
          },
          {
            key: 'days',
            term: t(m.days),
            description: (
              <>
                {marked(`${day(from)} – ${day(to)}`)}
                {withdrawn && <span className="block">{t(m.withdrawn)}</span>}
              </>
            ),
          },
          {
            key: 'extended',
            term: t(m.extended),
            description:
              enrolment.extendedUse.length === 0
                ? t(m.none)
                : enrolment.extendedUse.map((one) => (
                    <span key={one.from} className="block">
                      {t(EXTENDED_MODE_LABELS[one.mode])}（{t(m.span, months(one))}）
                    </span>
                  )),
          },
          {
            key: 'reduction',
            term: t(m.reduction),
            description:
              enrolment.reductions.length === 0
                ? t(m.none)
                : enrolment.reductions.map((one) => (
                    <span key={`${one.label.ja}${one.from}`} className="block">
                      {t(one.label)}（{t(m.span, months(one))}）
                    </span>
                  )),
          },
        ]}
      />
      <div className="mt-3">
        <Disclosure summary={t(m.fees)}>
          <ul className="flex flex-col gap-1">
            {fees.map((fee) => (
              <li
                key={fee.month}
                className="flex max-w-sm justify-between gap-4 border-b border-solid-gray-300 py-1"
              >
                <span>{marked(displayMonth(fee.month, language))}</span>
                <span className="tabular-nums">{feeOf(fee)}</span>
              </li>
            ))}
          </ul>
          <p className="mt-2">{t(m.feesNote)}</p>
        </Disclosure>
      </div>
    </Card>
  );
}
