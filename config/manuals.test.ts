import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

/** Everything that a screen can say. */
const screens = ['ui', 'domain']
  .flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path}`,
    ),
  )
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
  .map(read)
  .join('\n');

describe('manuals name what stands on the screens', () => {
  it.each(readdirSync(`${root}/docs/manuals`))('%s', (manual) => {
    const named = [...read(`docs/manuals/${manual}`).matchAll(/【([^】]+)】/g)].flatMap(
      ([, label]) => label ?? [],
    );
    expect(named.length).toBeGreaterThan(10);
    const unknown = named.filter((label) => label.trim() !== '' && !screens.includes(label));
    expect(unknown).toEqual([]);
  });
});
