import type { LocalDate } from '../../domain/calendar/dates.ts';
import type { NeedView } from '../../domain/enrolment/needs.ts';
import type { ApiDeps } from '../deps.ts';

/** What is known of a child in a fiscal year: its enrolment, and what is open, whoever filed it. */
export async function needViewOf(
  deps: ApiDeps,
  { childKey, fiscalYear, today }: { childKey: string; fiscalYear: number; today: LocalDate },
): Promise<NeedView> {
  // `_` and `%` of the pattern are ours: the key is base64url, whose `_` is matched as itself or any sign, then compared.
  const rows = await deps.db
    .selectFrom('applications')
    .select(['id', 'receipt_number', 'procedure', 'lock_key', 'stage'])
    .where('fiscal_year', '=', fiscalYear)
    .where('lock_key', 'like', `%:${String(fiscalYear)}:${childKey}%`)
    .where('stage', 'not in', ['approved', 'refused', 'cancelled'])
    .execute();
  const open = rows.flatMap((row) => {
    const [, year, key, period] = row.lock_key.split(':');
    if (key !== childKey || year !== String(fiscalYear)) return [];
    return [
      {
        applicationId: row.id,
        receiptNumber: row.receipt_number,
        procedure: row.procedure,
        ...(period === undefined ? {} : { period }),
        decided: row.stage === 'awaitingRelease',
      },
    ];
  });
  return { today, enrolment: undefined, open };
}
