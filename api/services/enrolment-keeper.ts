import { tokyoDate } from '../../domain/calendar/dates.ts';
import { enrolmentsToCarry } from '../../store/enrolment-entries.ts';
import { settingsToTell } from '../../store/settings-told.ts';
import { unfinishedYearRuns } from '../../store/year-changes.ts';
import type { ApiDeps } from '../deps.ts';

/** So many records of enrolments at once; the next turn takes more. */
const AT_ONCE = 50;

/**
 * Sees to it that what was committed runs: confirmed changes of the year, changes of school that kintone has not, and settings
 * that open applications have not been told of; also where Temporal was away then. Harmless to repeat.
 */
export async function keepEnrolments({ db, enrolments, now }: Pick<ApiDeps, 'db' | 'enrolments' | 'now'>) {
  for (const id of await unfinishedYearRuns(db)) await enrolments.startYearChange(id);
  const today = tokyoDate(now().toISOString());
  for (const id of await enrolmentsToCarry(db, { today, limit: AT_ONCE }))
    await enrolments.carryEnrolment(id);
  const version = await settingsToTell(db);
  if (version !== undefined) await enrolments.tellSettings(version);
}
