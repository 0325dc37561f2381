import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { rootDir } from '../embedded/tools/paths.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

describe('passwords (Q44)', () => {
  it('are checked whatever way their signs were typed, and never by a hash that cannot be read', async () => {
    const hash = await hashPassword('ガクドウ・か゛き');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
    expect(await verifyPassword(hash, 'ｶﾞｸﾄﾞｳ・か゛き')).toBe(true);
    expect(await verifyPassword(hash, 'ガクドウ・かき')).toBe(false);
    expect(await verifyPassword('no hash', 'x')).toBe(false);
  });

  // Otherwise setting up needs a compiler and Node's headers. argon2 0.45's own builds end Node 20 with a segmentation fault.
  it('need nothing that is built here: the library’s own build for this machine works on this Node', () => {
    const code = "require('argon2').hash('x').then((hash) => console.log(hash))";
    const env = { ...process.env, PREBUILDS_ONLY: '1' };
    const done = spawnSync(process.execPath, ['-e', code], { cwd: rootDir, env, encoding: 'utf8' });
    expect([done.signal, done.status], done.stderr).toEqual([null, 0]);
    expect(done.stdout).toContain('$argon2id$');
  });
});
