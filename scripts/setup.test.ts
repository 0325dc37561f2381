import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../embedded/tools/paths.ts';

/** Evaluates an expression over what setup.mjs exports, in plain Node. */
function evaluate(expression: string): unknown {
  const module = pathToFileURL(path.join(rootDir, 'scripts', 'setup.mjs')).href;
  const code = `import * as setup from '${module}'; console.log(JSON.stringify(${expression}))`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }),
  );
}

describe('set-up with bare Node', () => {
  it('knows the versions of Node of package.json', () => {
    const versions = [
      'v18.20.0',
      'v20.19.5',
      'v20.20.0',
      'v21.7.0',
      'v22.11.0',
      'v22.12.0',
      'v24.0.0',
      'v26.1.0',
    ];
    expect(evaluate(`${JSON.stringify(versions)}.map(setup.nodeIsSupported)`)).toEqual([
      ...[false, false, true, false, false, true, true, true],
    ]);
  });

  it('sees packages that are missing or of another version', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/a': { version: '1.0.0' },
        'node_modules/b': { version: '2.0.0', optional: true },
      },
    };
    const installed = (packages: object) =>
      evaluate(`setup.isInstalled(${JSON.stringify(lock)}, ${JSON.stringify({ packages })})`);
    expect(installed({ 'node_modules/a': { version: '1.0.0' } })).toBe(true);
    expect(installed({ 'node_modules/a': { version: '1.0.1' } })).toBe(false);
    expect(installed({})).toBe(false);
    expect(
      installed({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } }),
    ).toBe(false);
  });

  it('sees packages that are noted as installed and gone', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'gakudo-packages-'));
    try {
      mkdirSync(path.join(dir, 'node_modules', 'a'), { recursive: true });
      writeFileSync(path.join(dir, 'node_modules', 'a', 'package.json'), '{}');
      const there = (...names: string[]) => {
        const packages = Object.fromEntries(names.map((name) => [`node_modules/${name}`, {}]));
        return evaluate(`setup.isThere(${JSON.stringify({ packages })}, ${JSON.stringify(dir)})`);
      };
      expect(there('a')).toBe(true);
      expect(there('a', 'tsx')).toBe(false);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('takes the packages that are here for those of package-lock.json', () => {
    const read = (file: string) =>
      `JSON.parse((await import('node:fs')).readFileSync(setup.rootDir + '/${file}', 'utf8'))`;
    expect(
      evaluate(`setup.isInstalled(${read('package-lock.json')}, ${read('node_modules/.package-lock.json')})`),
    ).toBe(true);
  });

  it('finds every platform’s part of every package in package-lock.json, without which npm ci refuses', () => {
    const lock = JSON.parse(readFileSync(path.join(rootDir, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const names = new Set(Object.keys(lock.packages).map((place) => place.split('node_modules/').at(-1)));
    const missing = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !names.has(name))
        .map((name) => `${place} wants ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('run.mjs hands arguments on to a TypeScript program', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'gakudo-run-'));
    try {
      const entry = path.join(dir, 'entry.mts');
      writeFileSync(
        entry,
        'const args: string[] = process.argv.slice(2);\nconsole.log(JSON.stringify(args));\n',
      );
      const relative = path.relative(rootDir, entry);
      const result = spawnSync(process.execPath, ['scripts/run.mjs', relative, '--out', 'x y'], {
        cwd: rootDir,
        encoding: 'utf8',
      });
      expect(JSON.parse(result.stdout)).toEqual(['--out', 'x y']);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
