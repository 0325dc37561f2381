import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceHash } from './build-parts.ts';

describe('sources of a build', () => {
  let dir: string;
  const write = (name: string, text: string) => writeFile(path.join(dir, 'src', name), text);
  const hash = () => sourceHash(['src', 'missing'], dir);
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'gakudo-build-'));
    await mkdir(path.join(dir, 'src', 'deep'), { recursive: true });
    await write('a.ts', '1');
    await write('deep/b.ts', '2');
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('change with a content, a new file, a moved content', async () => {
    const before = await hash();
    expect(await hash()).toBe(before);
    await write('deep/b.ts', '3');
    const changed = await hash();
    await write('deep/c.ts', '');
    const added = await hash();
    await write('a.ts', '3');
    await write('deep/b.ts', '1');
    expect(new Set([before, changed, added, await hash()]).size).toBe(4);
  });

  it('do not change with a test', async () => {
    const before = await hash();
    await write('a.test.ts', 'x');
    expect(await hash()).toBe(before);
  });
});
