import { addDays, tokyoDate, type LocalDate } from '../../domain/calendar/dates.ts';
import type { WorkCalendar } from '../../domain/calendar/working-days.ts';
import type {
  CriteriaParameters,
  Criterion,
  ProcedureDefinition,
} from '../../domain/procedures/definition.ts';
import { assignRound } from '../../domain/rounds/assign.ts';
import { text, type Localized } from '../../domain/texts/locale.ts';
import type { Period } from '../../store/setting-values.ts';

/** What the ward has set, as far as filing and review need it. */
export interface WardSettings {
  periods(procedure: ProcedureDefinition, today: LocalDate): Promise<readonly Period[]>;
  /** The criteria of an edition, with wording and reasons; undefined: the present edition. */
  criteria(procedure: ProcedureDefinition, version?: string): Promise<readonly Criterion[]>;
  parameters(procedure: ProcedureDefinition): Promise<CriteriaParameters>;
  calendar(): Promise<WorkCalendar | undefined>;
}

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
