import type { ChildYear, MyChild, ProceduresResponse } from '../../../api/contract/index.ts';
import { bopOf } from '../../../domain/facilities/facilities.ts';
import { displayDate, displayFiscalYear, displayMonth } from '../../../domain/procedures/format-dates.ts';
import { procedureOf } from '../../../domain/procedures/registry.ts';
import { Card, Disclosure, LinkButton, StatusTag, TextLink } from '../../components/index.ts';
import type { StatusTone } from '../../components/index.ts';
import { useI18n } from '../../i18n/index.tsx';
import { marked } from '../shared/Marked.tsx';
import { useChildren } from '../shared/queries.ts';
import { start as m } from '../texts/start.ts';
import { together as g } from '../texts/together.ts';

type Procedures = ProceduresResponse['procedures'];

const TONES: Readonly<Record<ChildYear['membership'], StatusTone>> = {
  none: 'neutral',
  underWay: 'progress',
  member: 'success',
  ended: 'neutral',
};

/** Each child of the family with its membership, what can be filed for it now, and why the rest cannot. */
export function Children({ procedures }: { procedures: Procedures }) {
  const { t } = useI18n();
  const { data } = useChildren();
  if (!data || data.children.length === 0) return null;
  return (
    <section>
      <h2 className="text-std-24B-150 mb-4">{t(m.childrenTitle)}</h2>
      <div className="flex flex-col gap-4">
        {data.children.map((child) => (
          <Card key={child.key} title={child.name} headingLevel={3}>
            <div className="flex flex-col gap-8">
              {child.years.map((year) => (
                <Year key={year.fiscalYear} child={child} year={year} procedures={procedures} />
              ))}
            </div>
          </Card>
        ))}
      </div>
    </section>
  );
}

function Year({ child, year, procedures }: { child: MyChild; year: ChildYear; procedures: Procedures }) {
  const { t, language } = useI18n();
  const isOpen = (code: string) =>
    procedures
      .find((one) => one.code === code)
      ?.periods.some((period) => period.open && period.fiscalYear === year.fiscalYear) === true;
  const open = year.procedures.filter((one) => isOpen(one.procedure));
  const may = open.filter((one) => one.may);
  const mayNot = open.filter((one) => !one.may && one.reason !== null);
  const query = `child=${encodeURIComponent(child.key)}&year=${String(year.fiscalYear)}`;
  return (
    <div className="flex flex-col gap-3">
      <h4 className="text-std-18B-160">{marked(displayFiscalYear(year.fiscalYear, language))}</h4>
      <Standing year={year} />
      {may.length === 0 && <p>{t(m.nothingNow)}</p>}
      <ul className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
        {may.map(({ procedure }) => {
          const name = procedureOf(procedure)?.name;
          return (
            name && (
              <li key={procedure}>
                <LinkButton
                  to={`/apply/${procedure}?${query}`}
                  variant="outline"
                  className="w-full sm:w-auto"
                >
                  {t(name)}
                  <span className="sr-only">（{child.name}）</span>
                </LinkButton>
              </li>
            )
          );
        })}
      </ul>
      {mayNot.length > 0 && (
        <Disclosure summary={t(m.notNow)}>
          <ul className="flex flex-col gap-4">
            {mayNot.map(({ procedure, reason, instead }) => {
              const name = procedureOf(procedure)?.name;
              const other = instead === null ? undefined : procedureOf(instead);
              return (
                <li key={procedure}>
                  <b>{name && t(name)}</b>
                  <p>{reason && t(reason)}</p>
                  {other && (
                    <TextLink
                      to={`/apply/${other.code}?${query}`}
                      className="inline-flex min-h-11 items-center"
                    >
                      {t(g.useInstead, { name: t(other.name) })}
                    </TextLink>
                  )}
                </li>
              );
            })}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}

/** How the child stands in the club in this year. */
function Standing({ year }: { year: ChildYear }) {
  const { t, language } = useI18n();
  const day = (date: string | null) => (date === null ? '' : marked(displayDate(date, language)));
  const months = ({ from, to }: { from: string; to: string }) => ({
    from: marked(displayMonth(from, language)),
    to: marked(displayMonth(to, language)),
  });
  const bop = year.bopCode === null ? '' : (bopOf(year.bopCode)?.name ?? year.bopCode);
  const words = {
    none: m.membershipNone,
    underWay: m.membershipUnderWay,
    member: m.membershipMember,
    ended: m.membershipEnded,
  };
  return (
    <div className="flex flex-col items-start gap-1">
      <StatusTag tone={TONES[year.membership]}>{t(words[year.membership])}</StatusTag>
      {year.membership === 'member' && <p>{t(m.memberSince, { bop, from: day(year.from) })}</p>}
      {year.lastDay !== null && <p>{t(m.memberUntil, { day: day(year.lastDay) })}</p>}
      {year.extendedUse.map((one) => (
        <p key={one.from}>{t(one.mode === 'monthly' ? m.extendedMonthly : m.extendedDaily, months(one))}</p>
      ))}
      {year.reductions.map((one) => (
        <p key={`${one.reason}${one.from}`}>{t(m.reduced, months(one))}</p>
      ))}
    </div>
  );
}
