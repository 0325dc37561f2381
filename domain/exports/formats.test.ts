import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, eraOf, formatDay } from './dates.ts';
import { fileNameOf } from './file-name.ts';
import { toFullWidth, toHalfKatakana, toHiragana } from './kana.ts';
import { formatted } from './write.ts';

describe('dates', () => {
  it.each([
    ['2019-04-30', 'ggge年m月d日', '平成31年4月30日'],
    ['2019-05-01', 'ggge年m月d日', '令和1年5月1日'],
    ['1989-01-07', 'gee.mm.dd', 'S64.01.07'],
    ['1989-01-08', 'gee.mm.dd', 'H01.01.08'],
    ['2026-11-23', 'neemmdd', '5081123'],
    ['2026-11-23', 'yyyy/mm/dd', '2026/11/23'],
    ['2026-11-03', 'yy-m-d', '26-11-3'],
    ['2026-11-23', 'yyyy"ge"mm', '2026ge11'],
  ])('%s by %s is %s', (day, pattern, text) => {
    expect(formatDay(day, pattern)).toBe(text);
  });

  it('has no era before 明治, and says so', () => {
    expect(formatDay('1800-01-01', 'gee')).toBeUndefined();
    expect(formatDay('1800-01-01', 'yyyymmdd')).toBe('18000101');
  });

  it('takes months and instants by their day in Asia/Tokyo', () => {
    expect(dayOf('2027-04')).toBe('2027-04-01');
    expect(dayOf('2026-11-22T15:30:00.000Z')).toBe('2026-11-23');
    for (const wrong of ['2027-13', '2027-02-30', 'きのう', '2027', '2027-4-1'])
      expect(dayOf(wrong)).toBeUndefined();
  });

  it('can be read back from an era date, whatever the day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1868-10-23'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          const text = formatDay(day, 'n/e/mm/dd') ?? '';
          const [number, year, month, dd] = text.split('/').map(Number);
          const first = [1868, 1912, 1926, 1989, 2019][(number ?? 0) - 1] ?? 0;
          const pad = (value = 0) => String(value).padStart(2, '0');
          expect(`${String(first + (year ?? 0) - 1)}-${pad(month)}-${pad(dd)}`).toBe(day);
          expect(eraOf(day)?.year).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('kana', () => {
  it.each([
    ['タカハシ　ハナコ', 'ﾀｶﾊｼ ﾊﾅｺ'],
    ['ガッキュウ', 'ｶﾞｯｷｭｳ'],
    ['ヴァージニア・パーク', 'ｳﾞｧｰｼﾞﾆｱ･ﾊﾟｰｸ'],
    ['ばんどう', 'ﾊﾞﾝﾄﾞｳ'],
    ['ヮヵヶ', 'ﾜｶｹ'],
    ['髙橋Ａ１', '髙橋A1'],
  ])('%s in half width is %s', (full, half) => {
    expect(toHalfKatakana(full)).toBe(half);
  });

  it('comes back to full width as it was', () => {
    const letters = Array.from('アイウエオガギグゲゴパピプペポヴャュョッーンヲ・「」');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters)), (list) => {
        const text = list.join('');
        expect(toFullWidth(toHalfKatakana(text))).toBe(text);
        expect(toHalfKatakana(text)).toMatch(/^[｡-ﾟ]*$/u);
      }),
    );
  });

  it('writes hiragana', () => {
    expect(toHiragana('タカハシ ﾊﾅｺ')).toBe('たかはし はなこ');
  });
});

describe('codes and numbers', () => {
  it('fills up with zeros', () => {
    expect(formatted('2', { kind: 'number', digits: 3 })).toBe('002');
    expect(formatted('12.5', { kind: 'number', digits: 0 })).toBe('12.5');
    expect(formatted('A2', { kind: 'number', digits: 3 })).toEqual({ kind: 'notANumber' });
  });

  it('maps by the table, and does not guess', () => {
    const map = [{ from: 'approved', to: '1' }];
    expect(formatted('approved', { kind: 'code', map, otherwise: null })).toBe('1');
    expect(formatted('refused', { kind: 'code', map, otherwise: null })).toEqual({ kind: 'unknownCode' });
    expect(formatted('refused', { kind: 'code', map, otherwise: '9' })).toBe('9');
  });
});

describe('file names', () => {
  const facts = { number: 12, day: '2026-11-23', time: '09:05', fiscalYear: 2027, count: 3 };
  it('are filled in', () => {
    expect(fileNameOf('nyukai_{date:yyyymmdd}_{number:4}', 'csv', facts)).toBe('nyukai_20261123_0012.csv');
    expect(fileNameOf('{fiscalYear}-{date:gee}-{time}-{count}', '', facts)).toBe('2027-R08-0905-3');
  });
  it('have nothing that file systems do not take', () => {
    expect(fileNameOf('../入会/{date:yyyy/mm/dd}?', 'dat', facts)).toBe('_入会_2026_11_23_.dat');
    expect(fileNameOf('..', 'csv', facts)).toBe('export.csv');
  });
});
