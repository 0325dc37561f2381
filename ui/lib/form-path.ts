/** Reading and writing nested form values by dotted path (`guardians.0.name`). */

/** Type at a path. Where values are loosely typed (records of unknown), anything goes. */
export type PathValue<T, P extends string> = P extends keyof T
  ? T[P]
  : P extends `${infer Head}.${infer Rest}`
    ? Head extends keyof T
      ? PathValue<NonNullable<T[Head]>, Rest>
      : T extends readonly (infer Item)[]
        ? PathValue<Item, Rest>
        : LooseValue
    : T extends readonly (infer Item)[]
      ? Item
      : LooseValue;

// A form drawn from a procedure's definition knows its paths only at run time.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type LooseValue = any;

/** Value at `path`, or undefined. */
export function getPath(values: unknown, path: string): unknown {
  let value = values;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A copy with `value` at `path`; missing objects and arrays on the way are made. */
export function setPath<T>(values: T, path: string, value: unknown): T {
  const [head = '', ...rest] = path.split('.');
  const next = rest.length === 0 ? value : setPath(childOf(values, head, rest[0]), rest.join('.'), value);
  if (Array.isArray(values)) {
    const copy: unknown[] = [...(values as unknown[])];
    copy[Number(head)] = next;
    return copy as T;
  }
  return { ...values, [head]: next };
}

function childOf(values: unknown, key: string, nextKey: string | undefined): unknown {
  const child = (values as Record<string, unknown>)[key];
  if (typeof child === 'object' && child !== null) return child;
  return /^\d+$/u.test(nextKey ?? '') ? [] : {};
}

/** Element id of the field at `path`; error summaries link to it. */
export function fieldId(path: string, prefix = 'f'): string {
  return `${prefix}-${path.replace(/[^A-Za-z0-9_-]/gu, '-')}`;
}
