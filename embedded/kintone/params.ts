/** Reading of request parameters, with kintone's refusals. Numbers may come as strings. */
import { errors, invalid, texts } from './errors.ts';

export type Json = Record<string, unknown>;

/** Text from what JSON may hold; objects, lists, null and what is missing give the fallback. */
export function plainText(value: unknown, fallback = ''): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : fallback;
}

/** Whether a value is a plain object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const absent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** A request's parameters: the body of a write, or the query string of a read. */
export class Params {
  readonly raw: Json;
  private readonly fromAddress: boolean;

  constructor(raw: unknown, fromAddress = false) {
    if (raw !== undefined && raw !== null && !isObject(raw)) throw errors.badJson();
    this.raw = raw ?? {};
    this.fromAddress = fromAddress;
  }

  has(name: string): boolean {
    return !absent(this.raw[name]);
  }

  /** A required id (1 and up). */
  id(name: string): number {
    if (!this.has(name)) throw invalid(name, texts.requiredParam);
    return this.integer(name, 1);
  }

  optionalId(name: string): number | undefined {
    return this.has(name) ? this.integer(name, 1) : undefined;
  }

  integer(name: string, min?: number, max?: number): number {
    const value = toInteger(this.raw[name]);
    if (value === undefined) throw invalid(name, texts.integer);
    if (min !== undefined && value < min) throw invalid(name, texts.min(min));
    if (max !== undefined && value > max) throw invalid(name, texts.max(max));
    return value;
  }

  optionalInteger(name: string, min?: number, max?: number): number | undefined {
    return this.has(name) ? this.integer(name, min, max) : undefined;
  }

  string(name: string, maxLength?: number): string {
    if (!this.has(name)) throw invalid(name, texts.requiredParam);
    const value = this.raw[name];
    if (typeof value !== 'string' && typeof value !== 'number') throw invalid(name, texts.badFormat);
    if (maxLength !== undefined && String(value).length > maxLength) {
      throw invalid(name, texts.maxLength(maxLength));
    }
    return String(value);
  }

  optionalString(name: string, maxLength?: number): string | undefined {
    return this.has(name) ? this.string(name, maxLength) : undefined;
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.raw[name];
    if (absent(value)) return fallback;
    if (!['true', 'false'].includes(plainText(value))) throw invalid(name, texts.boolean);
    return toBoolean(value, fallback);
  }

  object(name: string): Json {
    const value = this.optionalObject(name);
    if (!value) throw invalid(name, texts.requiredParam);
    return value;
  }

  optionalObject(name: string): Json | undefined {
    const value = this.raw[name];
    if (value === undefined || value === null) return undefined;
    if (!isObject(value)) throw errors.badJson();
    return value;
  }

  array(name: string, max?: number): unknown[] {
    const value = this.optionalArray(name, max);
    if (!value) throw invalid(name, texts.requiredParam);
    return value;
  }

  /** A list; where it may have no more than `max` items, a longer one is refused. */
  optionalArray(name: string, max?: number): unknown[] | undefined {
    const value = this.raw[name];
    if (absent(value)) return undefined;
    // An address names a single item without an index.
    const list: unknown = this.fromAddress && !isObject(value) && !Array.isArray(value) ? [value] : value;
    if (!Array.isArray(list)) throw errors.badJson();
    if (max !== undefined && list.length > max) throw invalid(name, texts.size(0, max));
    return list as unknown[];
  }

  optionalStrings(name: string, max?: number): string[] | undefined {
    return this.optionalArray(name, max)?.map((value) => plainText(value));
  }

  ids(name: string, max?: number): number[] {
    return this.array(name, max).map((value) => {
      const id = toInteger(value);
      if (id === undefined) throw invalid(name, texts.integer);
      if (id < 1) throw invalid(name, texts.min(1));
      return id;
    });
  }

  /** The revision to compare with; undefined where nothing is to be compared (absent, empty, null, -1). */
  revision(name = 'revision'): number | undefined {
    return toRevision(this.raw[name], name);
  }
}

/** See {@link Params.revision}. */
export function toRevision(value: unknown, path: string): number | undefined {
  if (absent(value)) return undefined;
  const revision = toInteger(value);
  if (revision === undefined) throw invalid(path, texts.integer);
  if (revision < -1) throw invalid(path, texts.min(-1));
  return revision === -1 ? undefined : revision;
}

/** A whole number from a number or a string of digits. */
export function toInteger(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !/^-?\d{1,16}$/.test(value.trim())) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** kintone takes truth values as booleans or as strings. */
export function toBoolean(value: unknown, fallback: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  if (value === 'false') return false;
  return fallback;
}

/**
 * A query string as kintone's clients write it: `a=1`, `fields[0]=x`, `fields[]=x`, repeated names, one level deep or more.
 */
export function parseQueryString(search: string): Json {
  const result: Json = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
    if (!match) continue;
    const [, first = '', rest = ''] = match;
    const keys = [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map((key) => key[1] ?? '')];
    put(result, keys, value);
  }
  return arraysFromIndexes(result) as Json;
}

function put(target: Json, keys: string[], value: string): void {
  let at = target;
  keys.forEach((rawKey, i) => {
    const key = rawKey === '' ? String(Object.keys(at).length) : rawKey;
    if (key === '__proto__') return;
    if (i === keys.length - 1) at[key] = value;
    else at = isObject(at[key]) ? at[key] : (at[key] = Object.create(null) as Json);
  });
}

function arraysFromIndexes(value: unknown): unknown {
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key))) {
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => arraysFromIndexes(value[key]));
  }
  return Object.fromEntries(keys.map((key) => [key, arraysFromIndexes(value[key])]));
}
