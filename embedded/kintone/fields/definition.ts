/** Fields of a form as they are set up: kintone's defaults for what is left out, and its checks. */
import type { FieldDef } from '../apps/model.ts';
import type { FieldErrors, Language } from '../errors.ts';
import { texts } from '../errors.ts';
import type { Json } from '../params.ts';
import { isObject, toBoolean, plainText } from '../params.ts';
import { FIELD_TYPES } from './types.ts';
import { normaliseNumber } from './number.ts';
import { report } from './value.ts';

const CODE = /^[^\s\d!-#%-.:-@[-^`{-~][^\s!-#%-.:-@[-^`{-~]*$/u;
const RESERVED = new Set(['ステータス', 'カテゴリー', '作業者', '__ROOT__', 'not', 'like', 'and', 'or']);
const IN_TABLE = new Set([
  'SINGLE_LINE_TEXT',
  'NUMBER',
  'CALC',
  'MULTI_LINE_TEXT',
  'RICH_TEXT',
  'LINK',
  'CHECK_BOX',
  'RADIO_BUTTON',
  'DROP_DOWN',
  'MULTI_SELECT',
  'FILE',
  'DATE',
  'TIME',
  'DATETIME',
  'USER_SELECT',
  'ORGANIZATION_SELECT',
  'GROUP_SELECT',
]);
const CALC_FORMATS = new Set([
  'NUMBER',
  'NUMBER_DIGIT',
  'DATETIME',
  'DATE',
  'TIME',
  'HOUR_MINUTE',
  'DAY_HOUR_MINUTE',
]);
/** What a person can add to a form. */
export const ADDABLE_TYPES: ReadonlySet<string> = new Set([
  ...IN_TABLE,
  'SUBTABLE',
  'GROUP',
  'REFERENCE_TABLE',
]);

/** Whether a field code may be given to a field. */
export function checkCode(code: string, path: string, found: FieldErrors): void {
  if (RESERVED.has(code)) report(found, path, texts.reserved);
  else if (code.length > 128) report(found, path, texts.maxLength(128));
  else if (!CODE.test(code)) report(found, path, texts.badFormat);
}

type Reader = (raw: Json, before: FieldDef | undefined) => unknown;
const bool =
  (name: string, fallback = false): Reader =>
  (raw, before) =>
    toBoolean(raw[name], (before?.[name] as boolean | undefined) ?? fallback);
const str =
  (name: string, fallback = ''): Reader =>
  (raw, before) =>
    raw[name] === undefined ? (before?.[name] ?? fallback) : plainText(raw[name]);
const list =
  (name: string): Reader =>
  (raw, before) =>
    Array.isArray(raw[name]) ? raw[name] : (before?.[name] ?? []);
const number =
  (name: string): Reader =>
  (raw, before) =>
    raw[name] === undefined ? (before?.[name] ?? '') : (normaliseNumber(plainText(raw[name])) ?? '');

const LABELLED: Record<string, Reader> = { noLabel: bool('noLabel') };
const INPUT: Record<string, Reader> = { ...LABELLED, required: bool('required') };
const LENGTHS: Record<string, Reader> = { minLength: str('minLength'), maxLength: str('maxLength') };
const UNIT: Record<string, Reader> = {
  displayScale: str('displayScale'),
  unit: str('unit'),
  unitPosition: str('unitPosition', 'BEFORE'),
};
const NOW: Record<string, Reader> = { defaultNowValue: bool('defaultNowValue') };
const UNIQUE: Record<string, Reader> = { unique: bool('unique') };
const DEFAULT: Record<string, Reader> = { defaultValue: str('defaultValue') };
const DEFAULTS: Record<string, Reader> = { defaultValue: list('defaultValue') };
const ALIGNED: Record<string, Reader> = { align: str('align', 'HORIZONTAL') };
const FORMULA: Record<string, Reader> = {
  expression: str('expression'),
  hideExpression: bool('hideExpression'),
};
const ENTITIES: Record<string, Reader> = { ...INPUT, ...DEFAULTS, entities: list('entities') };

/** The properties of each type beside type, code, label, options, lookup and fields. */
const PROPERTIES: Record<string, Record<string, Reader>> = {
  SINGLE_LINE_TEXT: { ...INPUT, ...DEFAULT, ...UNIQUE, ...LENGTHS, ...FORMULA },
  NUMBER: {
    ...INPUT,
    ...DEFAULT,
    ...UNIQUE,
    ...UNIT,
    minValue: number('minValue'),
    maxValue: number('maxValue'),
    digit: bool('digit'),
  },
  CALC: { ...INPUT, ...FORMULA, format: str('format', 'NUMBER'), ...UNIT },
  MULTI_LINE_TEXT: { ...INPUT, ...DEFAULT },
  RICH_TEXT: { ...INPUT, ...DEFAULT },
  LINK: { ...INPUT, ...DEFAULT, ...UNIQUE, ...LENGTHS, protocol: str('protocol', 'WEB') },
  CHECK_BOX: { ...INPUT, ...DEFAULTS, ...ALIGNED },
  RADIO_BUTTON: { ...LABELLED, required: bool('required', true), ...DEFAULT, ...ALIGNED },
  DROP_DOWN: { ...INPUT, ...DEFAULT },
  MULTI_SELECT: { ...INPUT, ...DEFAULTS },
  FILE: { ...INPUT, thumbnailSize: str('thumbnailSize', '150') },
  DATE: { ...INPUT, ...DEFAULT, ...UNIQUE, ...NOW },
  TIME: { ...INPUT, ...DEFAULT, ...NOW },
  DATETIME: { ...INPUT, ...DEFAULT, ...UNIQUE, ...NOW },
  USER_SELECT: ENTITIES,
  ORGANIZATION_SELECT: ENTITIES,
  GROUP_SELECT: ENTITIES,
  SUBTABLE: LABELLED,
  GROUP: { ...LABELLED, openGroup: bool('openGroup') },
  REFERENCE_TABLE: LABELLED,
  RECORD_NUMBER: LABELLED,
  CREATOR: LABELLED,
  CREATED_TIME: LABELLED,
  MODIFIER: LABELLED,
  UPDATED_TIME: LABELLED,
  CATEGORY: { enabled: bool('enabled') },
  STATUS: { enabled: bool('enabled') },
  STATUS_ASSIGNEE: { enabled: bool('enabled') },
};

const WITH_OPTIONS = new Set(['CHECK_BOX', 'RADIO_BUTTON', 'DROP_DOWN', 'MULTI_SELECT']);

/**
 * A field's definition from what was sent, over what it was before where it is changed. `newId` gives a field that is new its
 * own id.
 */
export function readDefinition(
  raw: Json,
  key: string,
  before: FieldDef | undefined,
  path: string,
  found: FieldErrors,
  newId: () => number,
  table = false,
): FieldDef | undefined {
  const type = plainText(raw['type'] ?? before?.type);
  const properties = PROPERTIES[type];
  const allowed = before ? type === before.type : (table ? IN_TABLE : ADDABLE_TYPES).has(type);
  if (!properties || !FIELD_TYPES[type] || !allowed) {
    report(found, `${path}.type`, texts.enumValue);
    return undefined;
  }
  const code = plainText(raw['code'] ?? before?.code ?? key);
  if (code !== before?.code) checkCode(code, `${path}.code`, found);
  const label = raw['label'] === undefined ? before?.label : plainText(raw['label']);
  if (!label) report(found, `${path}.label`, texts.requiredParam);
  const field: FieldDef = { fid: before?.fid ?? newId(), type, code, label: label ?? '' };
  for (const [name, readProperty] of Object.entries(properties)) field[name] = readProperty(raw, before);
  if (table) delete field.unique;
  if (WITH_OPTIONS.has(type)) field.options = readOptions(raw, before, path, found);
  if (type === 'RADIO_BUTTON' && !field.defaultValue) field.defaultValue = firstOption(field);
  checkDefault(field, path, found);
  if (type === 'CALC' && !CALC_FORMATS.has(plainText(field['format']))) {
    report(found, `${path}.format`, texts.enumValue);
  }
  if (raw['lookup'] !== undefined || before?.lookup) {
    const lookup = (raw['lookup'] ?? before?.lookup) as NonNullable<FieldDef['lookup']>;
    return { ...withoutOwnRules(field), lookup };
  }
  if (type === 'REFERENCE_TABLE') {
    const related = raw['referenceTable'] ?? before?.referenceTable;
    if (!isObject(related)) report(found, `${path}.referenceTable`, texts.requiredParam);
    else field.referenceTable = related as unknown as NonNullable<FieldDef['referenceTable']>;
  }
  if (type === 'SUBTABLE') field.fields = readInner(raw, before, path, found, newId);
  return field;
}

const OWN_RULES = new Set([
  'defaultValue',
  'minLength',
  'maxLength',
  'expression',
  'hideExpression',
  'unique',
]);

/** A lookup has neither a default nor limits of its own. */
function withoutOwnRules(field: FieldDef): FieldDef {
  return Object.fromEntries(Object.entries(field).filter(([name]) => !OWN_RULES.has(name))) as FieldDef;
}

function readInner(
  raw: Json,
  before: FieldDef | undefined,
  path: string,
  found: FieldErrors,
  newId: () => number,
): Record<string, FieldDef> {
  const given = raw['fields'];
  if (!isObject(given)) {
    if (!before) report(found, `${path}.fields`, texts.requiredParam);
    return before?.fields ?? {};
  }
  // Fields of a table that a change does not name stay as they are.
  const fields = new Map(Object.entries(before?.fields ?? {}));
  for (const [key, value] of Object.entries(given)) {
    if (!isObject(value)) continue;
    const old = before?.fields?.[key];
    const field = readDefinition(value, key, old, `${path}.fields.${key}`, found, newId, true);
    if (!field) continue;
    if (old && old.code !== field.code) fields.delete(old.code);
    fields.set(field.code, field);
  }
  return Object.fromEntries(fields);
}

function readOptions(
  raw: Json,
  before: FieldDef | undefined,
  path: string,
  found: FieldErrors,
): NonNullable<FieldDef['options']> {
  const given = raw['options'];
  if (!isObject(given)) {
    if (!before) report(found, `${path}.options`, texts.requiredParam);
    return before?.options ?? {};
  }
  const entries = Object.entries(given).map(([name, value], i) => {
    const option = isObject(value) ? value : {};
    const label = plainText(option['label'] ?? name);
    return { label, index: Number(option['index'] ?? i) };
  });
  entries.sort((a, b) => a.index - b.index);
  return Object.fromEntries(entries.map(({ label }, i) => [label, { label, index: String(i) }]));
}

function firstOption(field: FieldDef): string {
  return Object.values(field.options ?? {}).find((option) => option.index === '0')?.label ?? '';
}

function checkDefault(field: FieldDef, path: string, found: FieldErrors): void {
  if (!field.options) return;
  const values = Array.isArray(field.defaultValue) ? field.defaultValue : [field.defaultValue];
  for (const value of values) {
    if (value === undefined || value === '' || field.options[String(value)]) continue;
    report(found, `${path}.defaultValue`, texts.notInOptions(String(value)));
  }
}

/** A definition as an answer gives it: without our own id. */
export function answerDefinition(field: FieldDef): Json {
  const { fid: _, fields, ...rest } = field;
  if (!fields) return rest;
  return {
    ...rest,
    fields: Object.fromEntries(
      Object.entries(fields).map(([code, inner]) => [code, answerDefinition(inner)]),
    ),
  };
}

const SYSTEM_FIELDS: { type: string; ja: string; en: [code: string, label: string] }[] = [
  { type: 'RECORD_NUMBER', ja: 'レコード番号', en: ['Record_number', 'Record number'] },
  { type: 'CREATOR', ja: '作成者', en: ['Created_by', 'Created by'] },
  { type: 'CREATED_TIME', ja: '作成日時', en: ['Created_datetime', 'Created datetime'] },
  { type: 'MODIFIER', ja: '更新者', en: ['Updated_by', 'Updated by'] },
  { type: 'UPDATED_TIME', ja: '更新日時', en: ['Updated_datetime', 'Updated datetime'] },
  { type: 'CATEGORY', ja: 'カテゴリー', en: ['Categories', 'Categories'] },
  { type: 'STATUS', ja: 'ステータス', en: ['Status', 'Status'] },
  { type: 'STATUS_ASSIGNEE', ja: '作業者', en: ['Assignee', 'Assignee'] },
];

/** The fields that every app has; their codes follow the language of who makes the app. */
export function systemFields(language: Language, newId: () => number): Record<string, FieldDef> {
  return Object.fromEntries(
    SYSTEM_FIELDS.map(({ type, ja, en }) => {
      const [code, label] = language === 'ja' ? [ja, ja] : en;
      const flag = ['CATEGORY', 'STATUS', 'STATUS_ASSIGNEE'].includes(type)
        ? { enabled: false }
        : { noLabel: false };
      return [code, { fid: newId(), type, code, label, ...flag }];
    }),
  );
}
