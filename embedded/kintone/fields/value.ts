/** One field's value: from what a client sends to what is stored, and what an empty one looks like. */
import type { Directory } from '../directory.ts';
import { demandEntity, KIND_OF_FIELD } from '../entities.ts';
import type { FieldErrors, LocalText } from '../errors.ts';
import { errors, texts } from '../errors.ts';
import type { FieldDef } from '../apps/model.ts';
import { isObject, plainText } from '../params.ts';
import type { StoredFile, StoredValue } from '../records/model.ts';
import { formatInstant, normaliseDate, normaliseTime, parseInstant } from './datetime.ts';
import type { Precision } from './number.ts';
import { compareNumbers, normaliseNumber, toPrecision } from './number.ts';
import { fieldType } from './types.ts';
import { sure } from '../sure.ts';

/** Where problems are noted: the request's path of the field (`record`, `records[3]`, `record.table.value[0].value`). */
export interface ValuePlace {
  errors: FieldErrors;
  prefix: string;
  inTable: boolean;
  precision: Precision;
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

/**
 * The stored form of a value that a client sent for one field that is not a table. Files come back with only their key:
 * who writes the record turns keys into attached files.
 */
export function readValue(field: FieldDef, raw: unknown, place: ValuePlace): StoredValue {
  switch (fieldType(field.type).kind) {
    case 'text':
      if (raw === null || raw === undefined) return '';
      if (typeof raw === 'object') throw errors.badJson();
      return plainText(raw);
    case 'number':
      return readNumber(field, raw, place);
    case 'choice':
      if (raw === null || raw === undefined || raw === '') return emptyValue(field);
      if (typeof raw === 'object') throw errors.badJson();
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
      return readFiles(raw);
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
  if (typeof raw === 'object') throw errors.badJson();
  return (typeof raw === 'string' ? normalise(raw) : undefined) ?? bad(field, place, text);
}

function instantText(text: string): string | undefined {
  const instant = parseInstant(text);
  return instant && formatInstant(instant);
}

function readNumber(field: FieldDef, raw: unknown, place: ValuePlace): StoredValue {
  if (raw === null || raw === undefined) return '';
  if (typeof raw === 'object') throw errors.badJson();
  const text = plainText(raw);
  const number = normaliseNumber(withAsciiDigits(text));
  if (number === '') return '';
  // In a table kintone takes what is no number for nothing; elsewhere it names the field with brackets. There too it wants a digit
  // before the point and digits of ASCII, and yet reads the others for the checks that follow.
  const isNumber = number !== undefined && (place.inTable || PLAIN.test(text));
  if (!isNumber && !place.inTable)
    report(place.errors, `${place.prefix}[${field.code}].value`, texts.notNumber);
  if (number === undefined) return '';
  const kept = toPrecision(number, place.precision);
  const path = `${place.prefix}.${field.code}.value`;
  // Bounds are for what was sent, not for what it is rounded to.
  if (field.maxValue && compareNumbers(number, field.maxValue) > 0)
    report(place.errors, path, texts.maxValue(field.maxValue));
  else if (field.minValue && compareNumbers(number, field.minValue) < 0)
    report(place.errors, path, texts.minValue(field.minValue));
  else if (kept === undefined) report(place.errors, path, texts.digits);
  return isNumber ? (kept ?? '') : '';
}

const PLAIN = /^\s*[+-]?[0-9][0-9.eE+-]*\s*$/;

function withAsciiDigits(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
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
  if (!Array.isArray(raw)) throw errors.badJson();
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
  if (!Array.isArray(raw)) throw errors.badJson();
  const codes = raw.map((item) => {
    if (!isObject(item)) throw errors.badJson();
    return plainText(item['code']);
  });
  for (const code of codes) demandEntity(place.directory, sure(KIND_OF_FIELD[field.type]), code);
  return [...new Set(codes)];
}

function readFiles(raw: unknown): StoredValue {
  if (raw === null || raw === undefined || raw === '') return [];
  if (!Array.isArray(raw)) throw errors.badJson();
  return raw.map((item): StoredFile => {
    if (!isObject(item)) throw errors.badJson();
    return { fileKey: plainText(item['fileKey'], 'null'), name: '', contentType: '', size: '' };
  });
}
