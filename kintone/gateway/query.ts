/** A text as a literal of kintone's query language. */
export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/[\r\n]/g, ' ')}"`;
}

/** `field in ("a", "b")`. */
export function anyOf(field: string, values: readonly string[]): string {
  return `${field} in (${values.map(quote).join(', ')})`;
}
