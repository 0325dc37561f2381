import { sql } from 'kysely';
import { dropOldDrafts, draftsOf } from '../../store/drafts.ts';
import { filesOfAnswerDrafts } from '../../store/answer-drafts.ts';
import { dropUnfinishedFiles, deleteUnsentFile, oldUnsentFiles } from '../../store/files.ts';
import { filesHeldByPaper } from '../../store/paper-entries.ts';
import { eraseOldExports } from '../../store/export-results.ts';
import { dropExpiredSessions } from '../../store/sessions.ts';
import { newestSetting } from '../../store/settings.ts';
import { dropUnusedTexts } from '../../store/texts.ts';
import { dropUnacceptedChanges } from '../../store/versions.ts';
import type { ApiDeps } from '../deps.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Uploads that broke off. */
const UNFINISHED_MS = DAY_MS;
/** Files that no draft holds, and that were never sent. */
const UNSENT_MS = 7 * DAY_MS;
/** Texts and changes whose action never came or was refused. Far longer than any part may be away. */
const UNUSED_MS = 30 * DAY_MS;
/** Drafts that nobody has touched for half a year; the form says so. */
const DRAFT_MS = 183 * DAY_MS;
const FILES_AT_ONCE = 500;

/** Any number that no other program uses as an advisory lock in this database. */
const LOCK = 7_301_115;

type Deps = Pick<ApiDeps, 'db' | 'keyring' | 'now' | 'log'>;

/**
 * Removes what nobody comes back for: sessions that are over, broken uploads, forgotten drafts, files and texts that were
 * never sent. Personal data is not kept longer than it is of use. One process at a time; harmless to repeat.
 */
export async function runHousekeeping(deps: Deps): Promise<void> {
  const { db } = deps;
  await db.connection().execute(async (connection) => {
    const locked = await sql<{ free: boolean }>`select pg_try_advisory_lock(${LOCK}) as free`.execute(
      connection,
    );
    if (locked.rows[0]?.free !== true) return;
    try {
      const before = (ms: number) => new Date(deps.now().getTime() - ms);
      const removed = {
        sessions: await dropExpiredSessions(db, deps.now()),
        unfinishedFiles: await dropUnfinishedFiles(db, before(UNFINISHED_MS)),
        drafts: await dropOldDrafts(db, before(DRAFT_MS)),
        changes: await dropUnacceptedChanges(db, before(UNUSED_MS)),
        texts: await dropUnusedTexts(db, before(UNUSED_MS)),
        exports: await eraseOldExports(db, {
          files: before((await exportDays(db)) * DAY_MS),
          unused: before(UNUSED_MS),
        }),
        unsentFiles: await dropUnsentFiles(deps, before(UNSENT_MS)),
      };
      deps.log.info({ removed }, 'housekeeping');
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

/** How long the ward keeps the files that were made for its system. */
async function exportDays(db: Deps['db']): Promise<number> {
  return (await newestSetting(db, 'exportRetention'))?.value.days ?? 400;
}

/** Drafts are encrypted, so each account's are opened to see which files they hold. */
async function dropUnsentFiles({ db, keyring }: Deps, before: Date): Promise<number> {
  const held = new Map<string, ReadonlySet<string>>();
  let removed = 0;
  const old = await oldUnsentFiles(db, before, FILES_AT_ONCE);
  const onPaper = await filesHeldByPaper(
    db,
    old.map((file) => file.id),
  );
  for (const file of old) {
    if (onPaper.has(file.id)) continue;
    let ids = held.get(file.accountId);
    if (!ids) {
      const drafts = await draftsOf(db, keyring, file.accountId);
      ids = new Set([
        ...drafts.flatMap((draft) => draft.content.files.map((one) => one.fileId)),
        ...(await filesOfAnswerDrafts(db, keyring, file.accountId)),
      ]);
      held.set(file.accountId, ids);
    }
    if (ids.has(file.id)) continue;
    if ((await deleteUnsentFile(db, file.accountId, file.id)) === 'deleted') removed += 1;
  }
  return removed;
}

/** Runs {@link runHousekeeping} soon after the start and then every few hours. */
export function startHousekeeping(deps: Deps): { close: () => Promise<void> } {
  let running = Promise.resolve();
  const run = () => {
    running = runHousekeeping(deps).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'housekeeping failed; it is tried again');
    });
  };
  // Not at the very start: processes that start together have other things to do.
  const first = setTimeout(run, 60_000 + Math.random() * 60_000);
  const timer = setInterval(run, 6 * HOUR_MS);
  return {
    close: async () => {
      clearTimeout(first);
      clearInterval(timer);
      await running;
    },
  };
}
