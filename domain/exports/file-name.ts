import type { LocalDate } from '../calendar/dates.ts';
import { formatDay } from './dates.ts';

export interface FileNameFacts {
  number: number;
  day: LocalDate;
  /** `HH:MM` in Asia/Tokyo. */
  time: string;
  fiscalYear: number;
  count: number;
}

const PLACE = /\{(number|date|time|fiscalYear|count)(?::([^{}]*))?\}/gu;

/**
 * A file's name: `gakudo_{fiscalYear}_{date:yyyymmdd}_{number:4}` with facts filled in, cleared of what file systems do not
 * take, and its extension.
 */
export function fileNameOf(pattern: string, extension: string, facts: FileNameFacts): string {
  const filled = pattern.replace(PLACE, (_place, name: string, detail: string | undefined) => {
    switch (name) {
      case 'date':
        return formatDay(facts.day, detail ?? 'yyyymmdd') ?? '';
      case 'time':
        return facts.time.replace(':', '');
      default:
        return String(facts[name as 'number' | 'fiscalYear' | 'count']).padStart(
          Number(detail ?? '0') || 0,
          '0',
        );
    }
  });
  // eslint-disable-next-line no-control-regex -- what file systems do not take
  const clean = filled.replace(/[\u0000-\u001f\\/:*?"<>|]/gu, '_').replace(/^[.\s]+|[.\s]+$/gu, '');
  return `${clean === '' ? 'export' : clean}${extension === '' ? '' : `.${extension}`}`;
}
