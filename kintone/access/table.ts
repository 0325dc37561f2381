import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEFAULT_TABLE } from './default-table.ts';
import { accessTable, type AccessTable, type Level, type Right } from './model.ts';

export { LEVELS, RIGHTS, type AccessTable, type Level, type Right } from './model.ts';

/**
 * Reads an access table.
 * @param file default: the table that comes with the system
 * @throws Error in Japanese that names what is wrong with it
 */
export function readAccessTable(file?: string): AccessTable {
  if (file === undefined) return DEFAULT_TABLE;
  const parsed = accessTable.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    throw new Error(`権限の表に誤りがあります（${file}）:\n${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/** The name under which an app stands in the table. */
export function appInTable(key: string): string {
  return key.startsWith('application_') ? 'applications' : key;
}

/** What a level may do with an app. */
export function rightsOf(table: AccessTable, of: Level, appKey: string): ReadonlySet<Right> {
  return new Set(table.levels[of].apps[appInTable(appKey)] ?? []);
}
