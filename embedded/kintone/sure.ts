/** A value that is there by construction; a clear error in place of `undefined` where the construction is wrong. */
export function sure<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw new Error('A value that has to be there is missing.');
  return value;
}
