import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReceiptNumber, normaliseReceiptNumber, receiptNumberOf } from './receipt-number.ts';

const letter = fc.constantFrom(...Array.from('ABCDEFGHIJ'));
const number = fc
  .tuple(letter, fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 999_999 }))
  .map(([l, year, serial]) => receiptNumberOf(l, year, serial));
const fullWidth = (text: string) =>
  text.replace(/[!-~]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

describe('receipt numbers', () => {
  it('name procedure, year and serial', () => {
    expect(receiptNumberOf('A', 2027, 123)).toMatch(/^A27-000123-\d$/u);
    fc.assert(fc.property(number, (one) => /^[A-J]\d{2}-\d{6}-\d$/u.test(one) && isReceiptNumber(one)));
  });

  it('finds every wrong digit', () => {
    fc.assert(
      fc.property(number, fc.nat(8), fc.integer({ min: 1, max: 9 }), (one, place, by) => {
        const plain = one.replaceAll('-', '');
        const digit = (Number(plain[place + 1]) + by) % 10;
        expect(isReceiptNumber(plain.slice(0, place + 1) + String(digit) + plain.slice(place + 2))).toBe(
          false,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('finds every swap of neighbouring digits', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 8 }), (one, place) => {
        const plain = one.replaceAll('-', '');
        const [a = '', b = ''] = [plain[place], plain[place + 1]];
        fc.pre(a !== b);
        expect(isReceiptNumber(plain.slice(0, place) + b + a + plain.slice(place + 2))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("finds another procedure's letter", () => {
    fc.assert(
      fc.property(number, letter, (one, other) => {
        expect(isReceiptNumber(other + one.slice(1))).toBe(one.startsWith(other));
      }),
    );
  });

  it('is known however people type it', () => {
    fc.assert(
      fc.property(number, (one) => {
        for (const typed of [
          one.toLowerCase(),
          fullWidth(one),
          fullWidth(one.toLowerCase()),
          one.replaceAll('-', ''),
          ` ${one.replaceAll('-', ' ')}\u3000`,
          one.replaceAll('-', 'ー'),
          one.replaceAll('-', '−'),
        ]) {
          expect(normaliseReceiptNumber(typed), typed).toBe(one);
        }
      }),
    );
  });

  it.each([
    '',
    'A27-000123',
    '27-000123-4',
    'AA27-000123-4',
    'A27-0001234-4',
    '受付番号',
    'A２７',
    'A27_000123_4',
  ])('knows that %j is none', (typed) => {
    expect(normaliseReceiptNumber(typed)).toBeUndefined();
  });

  it.each([
    ['a', 2027, 1],
    ['AB', 2027, 1],
    ['', 2027, 1],
    ['A', 1999, 1],
    ['A', 2100, 1],
    ['A', 2027.5, 1],
    ['A', 2027, 0],
    ['A', 2027, 1_000_000],
    ['A', 2027, 1.5],
  ])('are not made of %j, %d, %d', (l, year, serial) => {
    expect(() => receiptNumberOf(l, year, serial)).toThrow(RangeError);
  });
});
