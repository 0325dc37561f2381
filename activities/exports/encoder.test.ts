import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encoderOf } from './encoder.ts';

const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex');

/** Every character of the basic plane but controls, surrogates and private ones. */
function* basicPlane(): Generator<string> {
  for (let code = 0x20; code < 0x10000; code += 1) {
    if ((code < 0x7f || code > 0x9f) && (code < 0xd800 || code >= 0xf900)) yield String.fromCharCode(code);
  }
}

describe('CP932 as Windows has it', () => {
  const { encode } = encoderOf('cp932');

  it.each([
    ['髙', 'fbfc'],
    ['﨑', 'fab1'],
    ['濵', 'fb4d'],
    ['橋', '8bb4'],
    // Where Windows knows two places, it writes this one.
    ['①', '8740'],
    ['㈱', '878a'],
    ['Ⅰ', '8754'],
    ['ⅰ', 'fa40'],
    ['∵', '81e6'],
    ['～', '8160'],
    ['－', '817c'],
    ['ｶ', 'b6'],
    ['A', '41'],
  ])('%s is %s', (character, bytes) => {
    expect(hex(encode(character))).toBe(bytes);
  });

  it.each(['𠮷', '繫', '〜', '−', '¥', '‾', '葛\u{e0100}', '한', '😀', '\ud842'])('lacks %s', (character) => {
    expect(encode(character)).toBeUndefined();
  });

  it('reads back as the same character by a decoder that is not ours, for every character that it has', () => {
    // The browser standard's decoder: made for exactly what Windows writes.
    const decoder = new TextDecoder('shift_jis', { fatal: true });
    let count = 0;
    const hash = createHash('sha256');
    for (const character of basicPlane()) {
      const bytes = encode(character);
      if (!bytes) continue;
      count += 1;
      hash.update(bytes);
      if (decoder.decode(bytes) !== character) throw new Error(`${character} became ${hex(bytes) ?? ''}`);
    }
    // As many as Microsoft's table has, the private ones left out.
    expect(count).toBe(7484);
    expect(hash.digest('hex').slice(0, 16)).toMatchInlineSnapshot(`"bdafea4ce1685533"`);
  });

  it('has the private characters where Windows has them, each once', () => {
    expect(hex(encode('\ue000'))).toBe('f040');
    expect(hex(encode('\ue03f'))).toBe('f080');
    expect(hex(encode('\ue757'))).toBe('f9fc');
    expect(encode('\ue758')).toBeUndefined();
    const all = new Set(Array.from({ length: 1880 }, (_, i) => hex(encode(String.fromCharCode(0xe000 + i)))));
    expect(all.size).toBe(1880);
  });
});

describe('Shift_JIS without the additions of Windows', () => {
  const { encode } = encoderOf('shift_jis');
  it('has JIS X 0208, and no more', () => {
    expect(hex(encode('高'))).toBe('8d82');
    expect(hex(encode('崎'))).toBe('8de8');
    for (const lacking of ['髙', '﨑', '①', '㈱', 'ⅰ', '\ue000', '𠮷'])
      expect(encode(lacking)).toBeUndefined();
    let count = 0;
    for (const character of basicPlane()) if (encode(character)?.length === 2) count += 1;
    // 6,355 kanji and 524 other signs.
    expect(count).toBe(6879);
  });
});

describe('UTF-8', () => {
  it('has everything but halves of pairs', () => {
    expect(hex(encoderOf('utf-8').encode('𠮷'))).toBe('f0a0aeb7');
    expect(encoderOf('utf-8').encode('\ud842')).toBeUndefined();
    expect(hex(encoderOf('utf-8-bom').bom)).toBe('efbbbf');
    expect(encoderOf('utf-8').bom).toHaveLength(0);
  });
});
