/** One field's value: from what a client sends to what is stored, and what an empty one looks like. */
import type { Directory } from '../directory.ts';
import type { FieldErrors, LocalText } from '../errors.ts';
import { texts } from '../errors.ts';
import type { FieldDef } from '../apps/model.ts';
import { isObject, plainText } from '../params.ts';
import type { StoredFile, StoredValue } from '../records/model.ts';
import { formatInstant, normaliseDate, normaliseTime, parseInstant } from './datetime.ts';
import { normaliseNumber } from './number.ts';
import { fieldType } from './types.ts';
import { sure } from '../sure.ts';

/** Where problems are noted: the request's path of the field (`record`, `records[3]`, `record.table.value[0].value`). */
export interface ValuePlace {
  errors: FieldErrors;
  prefix: string;
  inTable: boolean;
  directory: Directory;
}

/** Adds a message to a path. */
export function report(errors: FieldErrors, path: string, text: LocalText): void {
  const list = errors.get(path);
  if (list) list.push(text);
  else errors.set(path, [text]);
}

/** What is stored for a field that holds nothing. */
export function emptyValue(field: FieldDef): StoredValue {
  switch (fieldType(field.type).kind) {
    case 'text':
    case 'number':
      return '';
    case 'choice':
      return field.type === 'DROP_DOWN' ? null : '';
    case 'date':
    case 'time':
    case 'datetime':
      return null;
    default:
      return [];
  }
}

/** Whether a stored value counts as empty (for required fields). */
export function isEmpty(value: StoredValue | undefined): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

const KINDS: Record<string, LocalText> = {
  USER_SELECT: { ja: 'ユーザー', en: 'The user' },
  ORGANIZATION_SELECT: { ja: '組織', en: 'The department' },
  GROUP_SELECT: { ja: 'グループ', en: 'The group' },
};

/** Whether a code can be chosen in a user, organisation or group field. */
export function entityExists(directory: Directory, type: string, code: string): boolean {
  if (type === 'USER_SELECT') return directory.people.has(code);
  if (type === 'ORGANIZATION_SELECT') return directory.organizations.has(code);
  return directory.hasGroup(code);
}

/**
 * The stored form of a value that a client sent for one field that is not a table. Files come back with only their key:
 * who writes the record turns keys into attached files.
 */
export function readValue(field: FieldDef, raw: unknown, place: ValuePlace): StoredValue {
  switch (fieldType(field.type).kind) {
    case 'text':
      if (raw === null || raw === undefined) return '';
      return typeof raw === 'object' ? bad(field, place, texts.badFormat) : plainText(raw);
    case 'number':
      return readNumber(field, raw, place);
    case 'choice':
      if (raw === null || raw === undefined || raw === '') return emptyValue(field);
      return isOption(field, plainText(raw))
        ? plainText(raw)
        : bad(field, place, texts.notInOptions(plainText(raw)));
    case 'date':
      return readMoment(field, raw, place, normaliseDate, texts.badDate);
    case 'time':
      return readMoment(field, raw, place, normaliseTime, texts.badTime);
    case 'datetime':
      return readMoment(field, raw, place, instantText, texts.badDateTime);
    case 'list':
      return readList(field, raw, place);
    case 'codes':
      return readCodes(field, raw, place);
    case 'files':
      return readFiles(field, raw, place);
    default:
      return emptyValue(field);
  }
}

function bad(field: FieldDef, place: ValuePlace, text: LocalText): StoredValue {
  report(place.errors, `${place.prefix}.${field.code}.value`, text);
  return emptyValue(field);
}

function readMoment(
  field: FieldDef,
  raw: unknown,
  place: ValuePlace,
  normalise: (text: string) => string | undefined,
  text: LocalText,
): StoredValue {
  if (raw === null || raw === undefined || raw === '') return null;
  return (typeof raw === 'string' ? normalise(raw) : undefined) ?? bad(field, place, text);
}

function instantText(text: string): string | undefined {
  const instant = parseInstant(text);
  return instant && formatInstant(instant);
}

function readNumber(field: FieldDef, raw: unknown, place: ValuePlace): StoredValue {
  if (raw === null || raw === undefined) return '';
  const number = typeof raw === 'string' || typeof raw === 'number' ? normaliseNumber(raw) : undefined;
  if (number !== undefined) return number;
  // In a table kintone takes what is no number for nothing; elsewhere it names the field with brackets.
  if (!place.inTable) report(place.errors, `${place.prefix}[${field.code}].value`, texts.notNumber);
  return '';
}

/** Whether a value is among a field's options. */
export function isOption(field: FieldDef, value: string): boolean {
  const { options } = field;
  if (!options) return false;
  // Options are kept under their labels.
  return Object.hasOwn(options, value) && options[value]?.label === value;
}

function readList(field: FieldDef, raw: unknown, place: ValuePlace): StoredValue {
  if (raw === null || raw === undefined || raw === '') return [];
  if (!Array.isArray(raw)) {
    report(place.errors, `${place.prefix}.${field.code}.value`, texts.badFormat);
    return [];
  }
  const known: string[] = [];
  raw.forEach((item, i) => {
    const value = plainText(item);
    if (field.type === 'CATEGORY' || isOption(field, value)) known.push(value);
    else report(place.errors, `${place.prefix}.${field.code}.values[${i}].value`, texts.notInOptions(value));
  });
  return [...new Set(known)];
}

function readCodes(field: FieldDef, raw: unknown, place: ValuePlace): StoredValue {
  if (raw === null || raw === undefined || raw === '') return [];
  const codes = Array.isArray(raw)
    ? raw.map((item) => (isObject(item) && typeof item['code'] === 'string' ? item['code'] : undefined))
    : [undefined];
  const known: string[] = [];
  for (const code of codes) {
    if (code === undefined) {
      report(place.errors, `${place.prefix}.${field.code}.value`, texts.badFormat);
    } else if (!entityExists(place.directory, field.type, code)) {
      report(
        place.errors,
        `${place.prefix}.${field.code}.values.value`,
        texts.noEntity(sure(KINDS[field.type]), code),
      );
    } else if (!known.includes(code)) known.push(code);
  }
  return known;
}

function readFiles(field: FieldDef, raw: unknown, place: ValuePlace): StoredValue {
  if (raw === null || raw === undefined || raw === '') return [];
  if (!Array.isArray(raw) || raw.some((item) => !isObject(item) || typeof item['fileKey'] !== 'string')) {
    report(place.errors, `${place.prefix}.${field.code}.value`, texts.badFormat);
    return [];
  }
  return raw.map((item): StoredFile => {
    return { fileKey: (item as { fileKey: string }).fileKey, name: '', contentType: '', size: '' };
  });
}
