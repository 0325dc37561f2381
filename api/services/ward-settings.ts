import { addDays, fiscalYearOf, tokyoDate, type LocalDate } from '../../domain/calendar/dates.ts';
import type { WorkCalendar } from '../../domain/calendar/working-days.ts';
import type {
  CriteriaParameters,
  Criterion,
  ProcedureDefinition,
} from '../../domain/procedures/definition.ts';
import { assignRound } from '../../domain/rounds/assign.ts';
import { DEFAULT_PARAMETERS } from '../../domain/procedures/definition.ts';
import { text, type Localized } from '../../domain/texts/locale.ts';

/** A span of days in which applications for a fiscal year are taken (Q23). */
export interface Period {
  fiscalYear: number;
  /** `first`, `second` (一斉受付), `anytime` (随時). */
  round: string;
  opensOn: LocalDate | null;
  closesOn: LocalDate | null;
  noticesOn: LocalDate | null;
}

/** What the ward has set, as far as filing and review need it. */
export interface WardSettings {
  periods(procedure: ProcedureDefinition, today: LocalDate): Promise<readonly Period[]>;
  /** The criteria of an edition, with wording and reasons; undefined: the present edition. */
  criteria(procedure: ProcedureDefinition, version?: string): Promise<readonly Criterion[]>;
  parameters(procedure: ProcedureDefinition): Promise<CriteriaParameters>;
  calendar(): Promise<WorkCalendar | undefined>;
}

/** The contract's dates (Q23): one fiscal year's April round, and applications all year round beside it. */
export function defaultPeriods(today: LocalDate): readonly Period[] {
  const year = fiscalYearOf(today);
  const next = year + 1;
  return [
    { fiscalYear: year, round: 'anytime', opensOn: null, closesOn: null, noticesOn: null },
    {
      fiscalYear: next,
      round: 'first',
      opensOn: `${String(year)}-11-02`,
      closesOn: `${String(year)}-12-15`,
      noticesOn: `${String(next)}-01-31`,
    },
    {
      fiscalYear: next,
      round: 'second',
      opensOn: `${String(next)}-01-15`,
      closesOn: `${String(next)}-02-10`,
      noticesOn: `${String(next)}-03-05`,
    },
    {
      fiscalYear: next,
      round: 'anytime',
      opensOn: `${String(next)}-02-11`,
      closesOn: null,
      noticesOn: null,
    },
  ];
}

/** The defaults shipped with the procedures, until the ward has set its own. */
export const DEFAULT_WARD_SETTINGS: WardSettings = {
  periods: async (_procedure, today) => defaultPeriods(today),
  criteria: async (procedure) => procedure.criteria,
  parameters: async () => DEFAULT_PARAMETERS,
  calendar: async () => undefined,
};

export function isOpen(period: Period, today: LocalDate): boolean {
  return (
    (period.opensOn === null || period.opensOn <= today) &&
    (period.closesOn === null || today <= period.closesOn)
  );
}

/** The round in which an application for this year is taken today; undefined where none is open. */
export function openPeriod(
  periods: readonly Period[],
  fiscalYear: number,
  today: LocalDate,
): Period | undefined {
  const found = assignRound(periods, { fiscalYear, receivedOn: today });
  if (found.kind !== 'round' || found.late) return undefined;
  return periods.find(
    (period) => period.fiscalYear === fiscalYear && period.round === found.round && isOpen(period, today),
  );
}

/** Periods that a family has to know of: open now, or opening within half a year. */
export function announced(periods: readonly Period[], today: LocalDate): readonly Period[] {
  const horizon = addDays(today, 183);
  return periods.filter(
    (period) =>
      (period.closesOn === null || period.closesOn >= today) &&
      (period.opensOn === null || period.opensOn <= horizon),
  );
}

export function today(now: Date): LocalDate {
  return tokyoDate(now.toISOString());
}

const ROUND_LABELS: Readonly<Record<string, Localized>> = {
  first: text(
    '一斉受付（一次）',
    '{一斉|いっせい}{受付|うけつけ}（{一次|いちじ}）',
    'April intake, first round',
  ),
  second: text(
    '一斉受付（二次）',
    '{一斉|いっせい}{受付|うけつけ}（{二次|にじ}）',
    'April intake, second round',
  ),
  anytime: text('随時受付', 'いつでも {受付|うけつけ}', 'Open all year'),
};

export function roundLabel(round: string): Localized {
  return ROUND_LABELS[round] ?? { ja: round };
}
