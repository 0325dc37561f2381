import type { Db } from './db.ts';
import { newestSetting } from './settings.ts';

/** What of the ward's settings an open application goes on by, besides its own: a change has to reach it. */
const NAME = 'applications';

/** The editions of the calendar and the deadlines as they are now, as one word; undefined before they were seeded. */
export async function settingsVersion(db: Db): Promise<{ version: string; byWard: boolean } | undefined> {
  const [calendar, deadlines] = await Promise.all([
    newestSetting(db, 'calendar'),
    newestSetting(db, 'deadlines'),
  ]);
  if (!calendar || !deadlines) return undefined;
  return {
    version: `calendar-${String(calendar.version)}.deadlines-${String(deadlines.version)}`,
    byWard: calendar.changedBy !== null || deadlines.changedBy !== null,
  };
}

/**
 * The version that the open applications are still to be told of; undefined where they have been. An installation begins with
 * its defaults, which every application has read by itself.
 */
export async function settingsToTell(db: Db): Promise<string | undefined> {
  const now = await settingsVersion(db);
  if (!now) return undefined;
  const told = await db
    .selectFrom('settings_told')
    .select('version')
    .where('name', '=', NAME)
    .executeTakeFirst();
  if (told?.version === now.version) return undefined;
  if (told || now.byWard) return now.version;
  await markSettingsTold(db, now.version);
  return undefined;
}

export async function markSettingsTold(db: Db, version: string): Promise<void> {
  await db
    .insertInto('settings_told')
    .values({ name: NAME, version })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ version, told_at: new Date() }))
    .execute();
}

/** Open applications whose workflow runs, page by page in the order of their ids. */
export async function openApplicationsAfter(
  db: Db,
  { after, limit }: { after: string | null; limit: number },
): Promise<readonly { id: string; workflowId: string }[]> {
  let query = db
    .selectFrom('applications')
    .select(['id', 'workflow_id as workflowId'])
    .where('stage', 'not in', ['approved', 'refused', 'cancelled'])
    .where('started_at', 'is not', null)
    .orderBy('id')
    .limit(limit);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}
