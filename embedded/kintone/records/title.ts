/** What stands for a record in headings: the app's title field, or the first field of text. */
import type { App } from '../apps/model.ts';
import { recordNumber } from '../fields/respond.ts';
import type { RecordRow } from './model.ts';
import { docKey } from './model.ts';

const TITLE_TYPES = new Set([
  'SINGLE_LINE_TEXT',
  'NUMBER',
  'MULTI_LINE_TEXT',
  'LINK',
  'DATE',
  'DROP_DOWN',
  'RADIO_BUTTON',
]);

/** A record's title; its number where it has none. */
export function titleOf(app: App, row: RecordRow): string {
  const chosen = (app.config.settings['titleField'] ?? {}) as { selectionMode?: string; code?: string };
  const field =
    chosen.selectionMode === 'MANUAL' && chosen.code
      ? app.config.fields[chosen.code]
      : Object.values(app.config.fields).find((item) => TITLE_TYPES.has(item.type));
  const value = field ? row.data[docKey(field)] : undefined;
  return typeof value === 'string' && value !== '' ? value : recordNumber(app, row.id);
}
