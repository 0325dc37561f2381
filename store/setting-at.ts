import { sql } from 'kysely';
import type { LocalDate } from '../domain/calendar/dates.ts';
import type { DbOrTransaction } from './db.ts';

/** A row of `settings`. */
export interface SettingRow {
  key: string;
  version: number;
  value: unknown;
  note: string;
  changedBy: string | null;
  changedAt: string;
  validFrom: LocalDate | null;
}

interface Asked {
  key: string;
  at: string;
  answer: (row: SettingRow | undefined) => void;
  fail: (error: unknown) => void;
}

/** What has been asked in this moment and not been sent yet. */
const waiting = new WeakMap<DbOrTransaction, Asked[]>();

/**
 * The edition of a setting that was the newest at an instant; the first one for instants before it; undefined where there is none.
 * What is asked in the same moment is one statement: a form is checked by three settings, an application begins with four.
 */
export function editionAt(db: DbOrTransaction, key: string, at: string): Promise<SettingRow | undefined> {
  return new Promise((answer, fail) => {
    const line = waiting.get(db);
    if (line) {
      line.push({ key, at, answer, fail });
      return;
    }
    const fresh = [{ key, at, answer, fail }];
    waiting.set(db, fresh);
    queueMicrotask(() => {
      waiting.delete(db);
      void ask(db, fresh);
    });
  });
}

async function ask(db: DbOrTransaction, line: readonly Asked[]): Promise<void> {
  try {
    const keys = line.map(({ key }) => key);
    const instants = line.map(({ at }) => at);
    const { rows } = await sql<SettingRow & { n: number }>`
      select n, found.key, version, value, note, changed_by as "changedBy", changed_at as "changedAt",
        valid_from as "validFrom"
      from unnest(${keys}::text[], ${instants}::timestamptz[]) with ordinality as asked (key, at, n)
      cross join lateral (
        select * from settings where settings.key = asked.key
        order by changed_at <= asked.at desc, case when changed_at <= asked.at then version else -version end desc
        limit 1
      ) as found`.execute(db);
    const byPlace = new Map(rows.map(({ n, ...row }) => [n, row]));
    line.forEach(({ answer }, index) => answer(byPlace.get(index + 1)));
  } catch (error) {
    for (const { fail } of line) fail(error);
  }
}
