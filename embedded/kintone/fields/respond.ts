/** Records as kintone answers with them: every value in a string, a list or an object with its type. */
import type { App, FieldDef } from '../apps/model.ts';
import { VALUELESS_TYPES } from '../apps/model.ts';
import type { Directory } from '../directory.ts';
import type { Doc, RecordRow, StoredRow, StoredValue } from '../records/model.ts';
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

/** A record in the shape of an answer. */
export function respondRecord(app: App, row: RecordRow, options: RespondOptions): ResponseRecord {
  const { directory, only, visible } = options;
  const record: ResponseRecord = {};
  for (const field of Object.values(app.config.fields)) {
    if (VALUELESS_TYPES.has(field.type)) continue;
    if (only && !only.has(field.code)) continue;
    if (visible && !visible(field.code)) continue;
    const value = systemValue(app, field, row, directory);
    if (value !== undefined) record[field.code] = { type: field.type, value };
    else if (!isHiddenSystemField(field)) {
      record[field.code] = { type: field.type, value: respondValue(field, row.data, directory) };
    }
  }
  record['$id'] = { type: '__ID__', value: String(row.id) };
  record['$revision'] = { type: '__REVISION__', value: String(row.revision) };
  return record;
}

/** Status, assignee and categories are absent while their feature is off. */
function isHiddenSystemField(field: FieldDef): boolean {
  return ['STATUS', 'STATUS_ASSIGNEE', 'CATEGORY'].includes(field.type) && field.enabled !== true;
}

function systemValue(app: App, field: FieldDef, row: RecordRow, directory: Directory): unknown {
  const person = (code: string): { code: string; name: string } => ({
    code,
    name: directory.personName(code),
  });
  switch (field.type) {
    case 'RECORD_NUMBER':
      return recordNumber(app, row.id);
    case 'CREATOR':
      return person(row.createdBy);
    case 'MODIFIER':
      return person(row.updatedBy);
    case 'CREATED_TIME':
      return formatInstant(row.createdAt);
    case 'UPDATED_TIME':
      return formatInstant(row.updatedAt);
    case 'STATUS':
      return field.enabled ? (row.status ?? firstState(app)) : undefined;
    case 'STATUS_ASSIGNEE':
      return field.enabled ? row.assignees.map(person) : undefined;
    default:
      return undefined;
  }
}

/** The state a new record is in. */
export function firstState(app: App): string {
  const states = Object.values(app.config.status.states ?? {});
  return [...states].sort((a, b) => Number(a.index) - Number(b.index))[0]?.name ?? '';
}

function respondValue(field: FieldDef, doc: Doc, directory: Directory): unknown {
  const stored = doc[docKey(field)] ?? emptyValue(field);
  switch (fieldType(field.type).kind) {
    case 'codes':
      return (stored as string[]).map((code) => ({ code, name: entityName(field.type, code, directory) }));
    case 'datetime':
      return stored ?? '';
    case 'number':
      return field.type === 'CALC' ? formatCalculated(stored as string, plainText(field['format'])) : stored;
    case 'table':
      return (stored as StoredRow[]).map((row) => ({
        id: row.id,
        value: respondRow(field, row.v, directory),
      }));
    default:
      return stored satisfies StoredValue;
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

function respondRow(table: FieldDef, doc: Doc, directory: Directory): Record<string, ResponseField> {
  return Object.fromEntries(
    Object.values(table.fields ?? {}).map((field) => [
      field.code,
      { type: field.type, value: respondValue(field, doc, directory) },
    ]),
  );
}

function entityName(type: string, code: string, directory: Directory): string {
  if (type === 'ORGANIZATION_SELECT') return directory.organizations.get(code)?.name ?? code;
  if (type === 'GROUP_SELECT') return directory.groups.get(code) ?? code;
  return directory.personName(code);
}
