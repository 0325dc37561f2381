import { describe, expect, it } from 'vitest';
import { bopCodesOfHall, bopKeywords, bopOf, BOPS, hallOf, hallOfBop, HALLS } from './facilities.ts';
import { BOP_READINGS, HALL_READINGS } from './readings.ts';

describe('the halls and 新BOPs of 別紙1 (Q03)', () => {
  it('are 25 and 61, with codes and names of their own', () => {
    expect(HALLS).toHaveLength(25);
    expect(BOPS).toHaveLength(61);
    expect(new Set(HALLS.map(({ code }) => code)).size).toBe(25);
    expect(new Set(HALLS.map(({ name }) => name)).size).toBe(25);
    expect(new Set(BOPS.map(({ code }) => code)).size).toBe(61);
    expect(new Set(BOPS.map(({ name }) => name)).size).toBe(61);
  });

  it('are named as what they are, halls numbered in order', () => {
    expect(HALLS.map(({ code }) => code)).toEqual(HALLS.map((_, i) => String(i + 1).padStart(2, '0')));
    for (const { name } of HALLS) expect(name).toMatch(/児童館$/u);
    for (const { name, code } of BOPS) {
      expect(name).toMatch(/小新BOP$/u);
      expect(code).toMatch(/^[1-9]\d?$/u);
    }
  });

  it('keeps 駒繫 as the ward writes it, with U+7E6B', () => {
    const found = BOPS.filter(({ name }) => name.startsWith('駒') && /[\u7e6b\u7e4b]/u.test(name));
    expect(found.map(({ name }) => name)).toEqual(['駒\u7e6b小新BOP']);
    expect(JSON.stringify(HALLS)).not.toContain('\u7e4b');
    expect(found[0]?.name.normalize('NFC')).toBe('駒\u7e6b小新BOP');
  });

  it('find each other', () => {
    for (const hall of HALLS) {
      expect(hallOf(hall.code)).toBe(hall);
      expect(hall.bops.length).toBeGreaterThan(0);
      expect(bopCodesOfHall(hall.code)).toEqual(hall.bops.map(({ code }) => code));
      for (const bop of hall.bops) {
        expect(bopOf(bop.code)).toBe(bop);
        expect(hallOfBop(bop.code)).toBe(hall);
      }
    }
    expect(hallOfBop('2')?.name).toBe('池尻児童館');
  });

  it('know nothing of other codes', () => {
    for (const code of ['', '0', '02', '999', ' 2', 'constructor']) {
      expect(bopOf(code)).toBeUndefined();
      expect(hallOfBop(code)).toBeUndefined();
    }
    expect(hallOf('99')).toBeUndefined();
    expect(bopCodesOfHall('99')).toEqual([]);
  });

  it('are found by their readings: each has one, in hiragana, and none is left over', () => {
    expect(Object.keys(BOP_READINGS).sort()).toEqual(BOPS.map(({ code }) => code).sort());
    expect(Object.keys(HALL_READINGS).sort()).toEqual(HALLS.map(({ code }) => code).sort());
    for (const words of [...Object.values(BOP_READINGS), ...Object.values(HALL_READINGS)])
      expect(words.split(' ')[0]).toMatch(/^[ぁ-ん]+$/u);
    expect(bopKeywords('18')).toContain('こまつなぎ');
    expect(bopKeywords('2')).toContain('いけじり');
    // As most keyboards write it.
    expect(bopKeywords('18')).toContain('\u7e4b');
  });
});
