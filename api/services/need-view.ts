import type { LocalDate } from '../../domain/calendar/dates.ts';
import type { NeedView } from '../../domain/enrolment/needs.ts';
import { needView } from '../../store/needs.ts';
import type { ApiDeps } from '../deps.ts';

/** What is known of a child in a fiscal year: its enrolment, and what is open, whoever filed it. */
export async function needViewOf(
  deps: Pick<ApiDeps, 'db'>,
  child: { childKey: string; fiscalYear: number; today: LocalDate },
): Promise<NeedView> {
  return needView(deps.db, child);
}
