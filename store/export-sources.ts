import { sql } from 'kysely';
import type { ExportRecord } from '../domain/exports/record.ts';
import { selectApplications, type Application } from './applications.ts';
import type { DbOrTransaction } from './db.ts';

/** Applications by their ids. */
export async function applicationsByIds(
  db: DbOrTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Application>> {
  if (ids.length === 0) return new Map();
  const rows = await selectApplications(db)
    .where(sql<boolean>`applications.id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** What the ward decided on each of these applications last. */
export async function lastDecisions(
  db: DbOrTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<ExportRecord['decision']>>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('application_events')
    .select(['application_id', 'at', 'body'])
    .distinctOn('application_id')
    .where('application_id', 'in', ids)
    .where('type', '=', 'decided')
    .orderBy('application_id')
    .orderBy('seq', 'desc')
    .execute();
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return new Map(
    rows.map(({ application_id: id, at, body }) => [
      id,
      {
        outcome: text(body['outcome']) ?? '',
        decidedAt: at,
        effectiveFrom: text(body['effectiveFrom']),
        reasonCode: text(body['reasonCode']),
      },
    ]),
  );
}
