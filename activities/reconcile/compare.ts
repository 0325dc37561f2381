import type { Field } from '../../domain/procedures/definition.ts';
import { PROCEDURES } from '../../domain/procedures/registry.ts';
import { HEADER_FIELDS, ownFields } from '../../kintone/apps/application.ts';
import { appByKey, type AppKey } from '../../kintone/apps/index.ts';
import { applicationApp, fieldsOfApp, type KintoneField } from '../../kintone/apps/model.ts';
import { kintoneField } from '../../kintone/apps/values.ts';
import type { Keyring } from '../../store/crypto.ts';
import type { ChangedField } from '../../store/kintone.ts';
import type { RecordContent } from '../../store/kintone-kept.ts';

/** What differs between a record as it was written and as it is. */
export interface Difference {
  /** Of what a family filed or a person wrote: a person has to judge it. */
  people: readonly ChangedField[];
  /** Of what this system works out by itself. */
  system: readonly ChangedField[];
}

/** The fields of an app's records that this system writes, but for the key. */
export interface WrittenFields {
  people: readonly KintoneField[];
  system: readonly KintoneField[];
}

const written = new Map<string, WrittenFields>(
  PROCEDURES.map((definition) => [
    applicationApp(definition.code),
    {
      people: ownFields(definition).map((field: Field) => kintoneField(field)),
      system: HEADER_FIELDS.filter(({ code }) => code !== 'receipt_number'),
    },
  ]),
);

/** Apps whose records are made from decisions and receipt: nobody judges them, they are made again. */
const MADE: ReadonlySet<AppKey> = new Set<AppKey>(['enrolments', 'ledger', 'notices']);

/** As {@link WrittenFields} says, of this app. Documents, reviews and contact records are people's, what is made from them is not. */
export function writtenFields(app: AppKey): WrittenFields {
  const known = written.get(app);
  if (known) return known;
  const { recordKey } = appByKey(app);
  const fields = fieldsOfApp(appByKey(app)).filter(({ code }) => code !== recordKey);
  const isMade = MADE.has(app);
  const made = { people: isMade ? [] : fields, system: isMade ? fields : [] };
  written.set(app, made);
  return made;
}

/**
 * A value as it compares: kintone empties what is empty in its own way, keeps instants by the minute and choices in the order
 * of the field, and names files in its own way.
 */
export function comparable(field: KintoneField, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return '';
  if (field.type === 'SUBTABLE') {
    const rows = (value as readonly { value: Record<string, { value: unknown }> }[]).map(({ value: row }) =>
      (field.columns ?? []).map((column) => comparable(column, row[column.code]?.value)),
    );
    return rows.length === 0 ? '' : rows;
  }
  if (field.type === 'FILE') {
    const files = (value as readonly { name: string; size: string | number }[]).map(
      ({ name, size }) => `${name.replace(/%22|["\s]/gu, '')} ${size}`,
    );
    return files.length === 0 ? '' : files.sort();
  }
  if (Array.isArray(value)) return value.length === 0 ? '' : value.map(plainText).sort();
  const text = plainText(value);
  if (field.type === 'DATETIME') return text.slice(0, 16);
  if (field.type === 'NUMBER') return String(Number(text));
  return text.replace(/\r\n?/g, '\n').trim();
}

/** A value in words, as a line of a list. */
export function inWords(field: KintoneField, value: unknown): string {
  const plain = comparable(field, value);
  if (plain === '') return '（空欄）';
  if (field.type === 'SUBTABLE') {
    const rows = (value as readonly { value: Record<string, { value: unknown }> }[]).map(({ value: row }) =>
      (field.columns ?? [])
        .map((column) => `${column.label}: ${inWords(column, row[column.code]?.value)}`)
        .join('、'),
    );
    return rows.join(' ／ ');
  }
  if (field.type === 'FILE') return (value as readonly { name: string }[]).map(({ name }) => name).join('、');
  return Array.isArray(plain) ? plain.map(plainText).join('、') : plainText(plain);
}

/** kintone's values outside of tables are texts, and numbers where this system wrote them. */
const plainText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : JSON.stringify(value);

const NOT_KEPT = '（元の内容は残っていません）';

/** A field's keyed hash: equal values give equal hashes, and nobody without the keys can try candidates. */
function hashOf(keyring: Pick<Keyring, 'lookupKey'>, field: KintoneField, value: unknown): string {
  return keyring.lookupKey('kintone-value', `${field.code}\u0000${JSON.stringify(comparable(field, value))}`);
}

/** The same content as keyed hashes; fields that were never written have none. */
export function hashed(
  keyring: Pick<Keyring, 'lookupKey'>,
  app: AppKey,
  content: RecordContent,
): RecordContent {
  const { people, system } = writtenFields(app);
  return Object.fromEntries(
    [...people, ...system]
      .filter(({ code }) => code in content)
      .map((field) => [field.code, hashOf(keyring, field, content[field.code])]),
  );
}

/** Is this what was written of a field? */
export function sameValue(
  keyring: Pick<Keyring, 'lookupKey'>,
  field: KintoneField,
  kept: { content: RecordContent; hashed: boolean },
  now: unknown,
): boolean {
  const before = kept.content[field.code];
  if (kept.hashed) return before === hashOf(keyring, field, now);
  return JSON.stringify(comparable(field, before)) === JSON.stringify(comparable(field, now));
}

/** Compares what was written (values, or their hashes) with what is there; fields that were never written are not compared. */
export function differenceOf(
  keyring: Pick<Keyring, 'lookupKey'>,
  app: AppKey,
  kept: { content: RecordContent; hashed: boolean },
  there: RecordContent,
): Difference {
  const fields = writtenFields(app);
  const same = (field: KintoneField) => sameValue(keyring, field, kept, there[field.code]);
  const differing = (list: readonly KintoneField[]) =>
    list
      .filter((field) => field.code in kept.content && !same(field))
      .map((field) => ({
        code: field.code,
        label: field.label,
        before: kept.hashed ? NOT_KEPT : inWords(field, kept.content[field.code]),
        after: inWords(field, there[field.code]),
      }));
  return { people: differing(fields.people), system: differing(fields.system) };
}

/**
 * Can these fields be written as they were? Not where only hashes are kept, nor files that families filed, whose bytes are kintone's
 * alone. A notice's PDF is made anew from what it says.
 */
export function canRestore(app: AppKey, isHashed: boolean, codes: readonly string[]): boolean {
  if (isHashed) return false;
  const { people } = writtenFields(app);
  const files = new Set(people.filter(({ type }) => type === 'FILE').map(({ code }) => code));
  return codes.some((code) => !files.has(code));
}

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

/** Which of an app's records it is, in words. */
export function titleOf(app: AppKey, values: RecordContent): string {
  const join = (...codes: string[]) =>
    codes
      .map((code) => text(values[code]))
      .filter(Boolean)
      .join(' ');
  switch (app) {
    case 'documents':
      return join('document_label');
    case 'reviews':
      return `${join('step')}（${join('cycle')}回目）`;
    case 'contacts':
      return join('kind', 'means');
    case 'enrolments':
      return `${join('fiscal_year')}年度`;
    case 'ledger':
      return join('serial', 'receipt_number');
    case 'notices':
      return join('kind', 'number');
    default:
      return '';
  }
}
