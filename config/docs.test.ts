import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { variables } from './variables.ts';

it('docs/operations.md has every variable, and whether it is required', () => {
  const text = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` .*\|$/gm)];
  expect(rows.map((row) => row[1])).toEqual(Object.keys(variables));
  for (const [row, name] of rows) {
    const required = !variables[name as keyof typeof variables].schema.safeParse(undefined).success;
    expect(row.includes('**required**'), name).toBe(required);
  }
});
