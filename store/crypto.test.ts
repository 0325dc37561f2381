import { describe, expect, it } from 'vitest';
import { DecryptionError, Keyring } from './crypto.ts';

const a = { id: 'a', key: Buffer.alloc(32, 1) };
const b = { id: 'b', key: Buffer.alloc(32, 2) };
const place = { table: 'texts', column: 'content_ct', id: '1' };

describe('Keyring', () => {
  it('opens what it sealed, characters outside the standard sets included', () => {
    const ring = new Keyring([a]);
    const text = '髙橋 﨑 𠮷田 駒繫小 🙂';
    const sealed = ring.encryptText(text, place);
    expect(sealed.toString('latin1')).not.toContain(Buffer.from('髙橋').toString('latin1'));
    expect(ring.decryptText(sealed, place)).toBe(text);
    expect(ring.encryptText(text, place).equals(sealed)).toBe(false);
  });

  it('does not open what was moved to another row, column or table, or changed by a bit', () => {
    const ring = new Keyring([a]);
    const sealed = ring.encryptText('x', place);
    for (const other of [{ id: '2' }, { column: 'name_ct' }, { table: 'files' }]) {
      expect(() => ring.decryptText(sealed, { ...place, ...other })).toThrow(DecryptionError);
    }
    for (let i = 0; i < sealed.length; i += 1) {
      const damaged = Buffer.from(sealed);
      damaged[i] = (damaged[i] ?? 0) ^ 1;
      expect(() => ring.decryptText(damaged, place)).toThrow(DecryptionError);
    }
    expect(() => ring.decryptText(Buffer.alloc(0), place)).toThrow(DecryptionError);
  });

  it('rotates: a new first key seals, older ones open, blind indexes stay', () => {
    const before = new Keyring([a]);
    const after = new Keyring([b, a]);
    expect(after.decryptText(before.encryptText('x', place), place)).toBe('x');
    expect(() => before.decryptText(after.encryptText('x', place), place)).toThrow(/"b" is not configured/);
    expect(after.lookupKey('login', 'x')).toBe(before.lookupKey('login', 'x'));
    expect(after.lookupKey('login', 'x')).not.toBe(after.lookupKey('birth', 'x'));
  });
});
