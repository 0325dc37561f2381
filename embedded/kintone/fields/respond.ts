/** Records as kintone answers with them: every value in a string, a list or an object with its type. */
import type { App, AppConfig, FieldDef } from '../apps/model.ts';
import { VALUELESS_TYPES } from '../apps/model.ts';
import type { Directory } from '../directory.ts';
import type { RecordRow, StoredRow, StoredValue } from '../records/model.ts';
import { docKey } from '../records/model.ts';
import { plainText } from '../params.ts';
import { formatInstant } from './datetime.ts';
import { emptyValue } from './value.ts';
import { fieldType } from './types.ts';

export interface ResponseField {
  type: string;
  value: unknown;
}
export type ResponseRecord = Record<string, ResponseField>;

export interface RespondOptions {
  directory: Directory;
  /** The codes of the fields wanted; all where undefined. */
  only?: ReadonlySet<string> | undefined;
  /** Whether the reader may see a field of this record. */
  visible?: (code: string) => boolean;
}

/** A record's number as shown: with the app's code in front where it has one. */
export function recordNumber(app: Pick<App, 'code'>, id: number | string): string {
  return app.code === '' ? String(id) : `${app.code}-${id}`;
}

/** One field of an app's answers: what it gives for a record. */
interface Column {
  code: string;
  type: string;
  value: (row: RecordRow, directory: Directory) => unknown;
}

/** What is the same for all records is worked out once for each set of settings. */
const columns = new WeakMap<AppConfig, Column[]>();

function columnsOf(app: App): Column[] {
  const known = columns.get(app.config);
  if (known) return known;
  const made = Object.values(app.config.fields).flatMap((field): Column[] => {
    if (VALUELESS_TYPES.has(field.type) || isHiddenSystemField(field)) return [];
    const { code, type } = field;
    const key = docKey(field);
    const inDocument = valueReader(field);
    const value = systemReader(app, field) ?? ((row, directory) => inDocument(row.data[key], directory));
    return [{ code, type, value }];
  });
  columns.set(app.config, made);
  return made;
}

/** A record in the shape of an answer. */
export function respondRecord(app: App, row: RecordRow, options: RespondOptions): ResponseRecord {
  const { directory, only, visible } = options;
  const record: ResponseRecord = {};
  for (const { code, type, value } of columnsOf(app)) {
    if (only && !only.has(code)) continue;
    if (visible && !visible(code)) continue;
    record[code] = { type, value: value(row, directory) };
  }
  record['$id'] = { type: '__ID__', value: String(row.id) };
  record['$revision'] = { type: '__REVISION__', value: String(row.revision) };
  return record;
}

const HIDDEN_WHILE_OFF = new Set(['STATUS', 'STATUS_ASSIGNEE', 'CATEGORY']);

/** Status, assignee and categories are absent while their feature is off. */
function isHiddenSystemField(field: FieldDef): boolean {
  return HIDDEN_WHILE_OFF.has(field.type) && field.enabled !== true;
}

const person = (code: string, directory: Directory): { code: string; name: string } => ({
  code,
  name: directory.personName(code),
});

/** How a field that is a column of its own is read; undefined for all others. */
function systemReader(app: App, field: FieldDef): Column['value'] | undefined {
  switch (field.type) {
    case 'RECORD_NUMBER':
      return (row) => recordNumber(app, row.id);
    case 'CREATOR':
      return (row, directory) => person(row.createdBy, directory);
    case 'MODIFIER':
      return (row, directory) => person(row.updatedBy, directory);
    case 'CREATED_TIME':
      return (row) => formatInstant(row.createdAt);
    case 'UPDATED_TIME':
      return (row) => formatInstant(row.updatedAt);
    case 'STATUS': {
      const first = firstState(app);
      return (row) => row.status ?? first;
    }
    case 'STATUS_ASSIGNEE':
      return (row, directory) => row.assignees.map((code) => person(code, directory));
    default:
      return undefined;
  }
}

/** The state a new record is in. */
export function firstState(app: App): string {
  const states = Object.values(app.config.status.states ?? {});
  return [...states].sort((a, b) => Number(a.index) - Number(b.index))[0]?.name ?? '';
}

/** How a stored value of a field is answered. */
function valueReader(field: FieldDef): (stored: StoredValue | undefined, directory: Directory) => unknown {
  const empty = emptyValue(field);
  switch (fieldType(field.type).kind) {
    case 'codes':
      return (stored, directory) =>
        ((stored ?? []) as string[]).map((code) => ({ code, name: entityName(field.type, code, directory) }));
    case 'datetime':
      return (stored) => stored ?? '';
    case 'number': {
      if (field.type !== 'CALC') return (stored) => stored ?? empty;
      const format = plainText(field['format']);
      return (stored) => formatCalculated((stored ?? empty) as string, format);
    }
    case 'table': {
      const inner = Object.values(field.fields ?? {}).map((cell) => ({
        code: cell.code,
        type: cell.type,
        key: docKey(cell),
        value: valueReader(cell),
      }));
      return (stored, directory) =>
        ((stored ?? []) as StoredRow[]).map((row) => ({
          id: row.id,
          value: Object.fromEntries(
            inner.map(({ code, type, key, value }) => [code, { type, value: value(row.v[key], directory) }]),
          ),
        }));
    }
    default:
      return (stored) => stored ?? empty;
  }
}

/** A calculated number as its format wants it: times and dates are seconds. What is only decoration stays away. */
function formatCalculated(plain: string, format: string): string {
  const seconds = Math.trunc(Number(plain));
  if (plain === '' || !Number.isSafeInteger(seconds)) return plain;
  const clock = (total: number): string => {
    const minutes = Math.floor(Math.abs(total) / 60);
    const text = [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');
    return total < 0 ? `-${text}` : text;
  };
  switch (format) {
    case 'DATETIME':
      return formatInstant(new Date(seconds * 1000));
    case 'DATE':
      return new Date(seconds * 1000).toISOString().slice(0, 10);
    case 'TIME':
      return clock(((seconds % 86_400) + 86_400) % 86_400);
    case 'HOUR_MINUTE':
    case 'DAY_HOUR_MINUTE':
      return clock(seconds);
    default:
      return plain;
  }
}

function entityName(type: string, code: string, directory: Directory): string {
  if (type === 'ORGANIZATION_SELECT') return directory.organizations.get(code)?.name ?? code;
  if (type === 'GROUP_SELECT') return directory.groupName(code);
  return directory.personName(code);
}
