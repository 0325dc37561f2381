import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import {
  readStaffEntry,
  STAFF_ENTRY_FIELDS,
  type StaffEntry,
  type StaffEntryField,
  type StaffEntryText,
} from '../../domain/people/staff-entry.ts';

/** What the person at the command line can put right; the message says how, in Japanese. */
export class EntryError extends Error {}

/** An entry as it was written, and where, for the message: empty, or `3行目: `. */
export interface WrittenEntry {
  where: string;
  text: StaffEntryText;
}

/** The columns of a table of entries, in their order. */
export const COLUMNS = Object.values(STAFF_ENTRY_FIELDS).join(',');
const NEEDED = [STAFF_ENTRY_FIELDS.login, STAFF_ENTRY_FIELDS.name, STAFF_ENTRY_FIELDS.role];

/** @throws {EntryError} with all that is wrong in all of them, also the same login twice */
export function entriesOf(rows: readonly WrittenEntry[]): readonly StaffEntry[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  const entries = rows.flatMap(({ where, text }) => {
    const { entry, problems: found = [] } = readStaffEntry(text);
    for (const { field, message } of found) problems.push(`${where}${STAFF_ENTRY_FIELDS[field]}: ${message}`);
    if (!entry) return [];
    const login = entry.login.toLowerCase();
    if (seen.has(login)) problems.push(`${where}${STAFF_ENTRY_FIELDS.login}: 前の行と同じです。`);
    seen.add(login);
    return [entry];
  });
  if (problems.length > 0) throw new EntryError(problems.join('\n'));
  return entries;
}

/** The lines of a CSV file whose first line names the columns. @throws {EntryError} */
export async function rowsOf(file: string): Promise<readonly WrittenEntry[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new EntryError(`ファイルを読めません: ${file}`);
  });
  let rows: Partial<Record<string, string>>[];
  try {
    rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch {
    throw new EntryError(`表の形が正しくありません。1行目を ${COLUMNS} にした CSV（UTF-8）にしてください。`);
  }
  const [first] = rows;
  if (!first) throw new EntryError('表に1件もありません。');
  const missing = NEEDED.filter((column) => first[column] === undefined);
  if (missing.length > 0) throw new EntryError(`1行目に列がありません: ${missing.join('、')}`);
  const fields = Object.entries(STAFF_ENTRY_FIELDS) as [StaffEntryField, string][];
  return rows.map((row, index) => ({
    where: `${String(index + 2)}行目: `,
    text: Object.fromEntries(fields.map(([field, column]) => [field, row[column] ?? ''])),
  }));
}
