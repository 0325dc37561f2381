import { isLocalDate, type LocalDate } from '../calendar/dates.ts';

/** Settings that the ward sets from a day on, often ahead: the fees of next April, new envelopes. All others hold once saved. */
export const DATED_SETTINGS = ['fees', 'yearChange', 'envelopeWindow'] as const;
/** With the review criteria (審査基準) of each procedure: an application is judged by those of the day of its receipt. */
export type DatedSettingKey = (typeof DATED_SETTINGS)[number] | `criteria:${string}`;

export const DATED_SETTING_LABELS: Readonly<Record<(typeof DATED_SETTINGS)[number], string>> = {
  fees: '利用料',
  yearChange: '年度替わりの扱い',
  envelopeWindow: '封筒の窓の位置',
};

/** What is wrong with the first day of a setting, in words at the field; undefined where nothing is. */
export function validFromProblem(key: DatedSettingKey, day: string): string | undefined {
  if (!isLocalDate(day)) return '適用する日を正しく入力してください。';
  if (key === 'fees' && !day.endsWith('-01')) {
    return '利用料は月ごとに決まるため、月の初日（1日）を入力してください。';
  }
  if (key === 'yearChange' && !day.endsWith('-04-01')) {
    return '年度替わりの扱いは、新しい年度の初日（4月1日）を入力してください。';
  }
  return undefined;
}

/** An edition of a dated setting as far as its time goes. */
export interface DatedEdition {
  version: number;
  /** Null: from ever. */
  validFrom: LocalDate | null;
}

/** In the order in which they come into force; of several for the same day the newest comes last. */
export function inOrderOfForce<T extends DatedEdition>(editions: readonly T[]): readonly T[] {
  const day = ({ validFrom }: DatedEdition) => validFrom ?? '';
  return editions.toSorted((a, b) => (day(a) === day(b) ? a.version - b.version : day(a) < day(b) ? -1 : 1));
}

/**
 * The edition that holds on a day: of those that begin by then the one that begins last, and of several for the same day the
 * newest. So one that is set ahead stays, whatever is corrected for the time before it. Undefined where none has begun.
 */
export function editionOn<T extends DatedEdition>(editions: readonly T[], day: LocalDate): T | undefined {
  return inOrderOfForce(editions).findLast(({ validFrom }) => validFrom === null || validFrom <= day);
}

export const EDITION_STANDINGS = ['past', 'inForce', 'coming', 'replaced'] as const;
/** `past`: another one holds by now. `replaced`: set for a day for which a newer one was set. */
export type EditionStanding = (typeof EDITION_STANDINGS)[number];

/** How an edition stands on a day among all of its setting. */
export function standingOf(
  edition: DatedEdition,
  editions: readonly DatedEdition[],
  today: LocalDate,
): EditionStanding {
  const { version, validFrom } = edition;
  const newer = editions.some((other) => other.validFrom === validFrom && other.version > version);
  if (newer) return validFrom === null ? 'past' : 'replaced';
  if (validFrom !== null && validFrom > today) return 'coming';
  return editionOn(editions, today)?.version === version ? 'inForce' : 'past';
}

/** How long an edition holds: the day before the next one that was not replaced; null where none follows. */
export function nextAfter(edition: DatedEdition, editions: readonly DatedEdition[]): LocalDate | null {
  const later = editions
    .map(({ validFrom }) => validFrom)
    .filter((day) => day !== null)
    .filter((day) => day > (edition.validFrom ?? ''));
  return later.toSorted()[0] ?? null;
}
