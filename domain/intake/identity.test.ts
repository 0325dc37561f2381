import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMISSION } from '../procedures/admission.ts';
import { ADMISSION_EXAMPLE as EXAMPLE } from '../procedures/example.ts';
import { childIdentity, comparableKana, lockKey, workflowIdOf } from './identity.ts';

const identity = (over: Record<string, string>) => childIdentity(ADMISSION, { ...EXAMPLE, ...over });
const named = (family: string, given: string) =>
  identity({ child_family_kana: family, child_given_kana: given });

describe('who a child is', () => {
  it.each([
    ['ショウジ', 'リュウタ'],
    ['しょうじ', 'りゅうた'],
    ['ｼｮｳｼﾞ', 'ﾘｭｳﾀ'],
    ['シヨウジ', 'リユウタ'],
    [' ショウ　ジ', 'リュウ・タ '],
    ['ショウシ\u3099', 'リュウタ'],
  ])('is the same written %s %s', (family, given) => {
    expect(named(family, given)).toBe(named('ショウジ', 'リュウタ'));
  });

  it('does not depend on kanji or on who files', () => {
    expect(identity({ child_family_name: '髙橋', guardian1_family_kana: 'ベツ' })).toBe(
      identity({ child_family_name: '高橋' }),
    );
  });

  it.each([
    [{ child_given_kana: 'ジロウ' }],
    [{ child_family_kana: 'ミホ', child_given_kana: 'ンタロウ' }],
    [{ child_birth_date: '2020-06-16' }],
    [{ child_given_kana: 'ダロウ' }],
    [{ child_given_kana: 'タロ' }],
  ])('is another with %j', (over: Record<string, string>) => {
    expect(identity(over)).not.toBe(identity({}));
  });

  it('cannot be said without name and birthday', () => {
    const incomplete: Record<string, string>[] = [
      { child_family_kana: '' },
      { child_given_kana: '・' },
      { child_birth_date: '' },
    ];
    for (const over of incomplete) {
      expect(() => identity(over)).toThrow('date of birth');
    }
  });

  it('compares kana the same once and twice', () => {
    const kana = fc.string({
      unit: fc.constantFrom(...Array.from('あがぱっゃアガパッャヴヵヶｱｶﾞﾊﾟｯｬー-ｰ・ 　゛゜')),
      maxLength: 8,
    });
    fc.assert(
      fc.property(kana, (text) => {
        const once = comparableKana(text);
        expect(comparableKana(once)).toBe(once);
        expect(comparableKana(` ${text}　`)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what can be open only once (Q08)', () => {
  const parts = { procedure: 'admission', fiscalYear: 2027, childKey: 'abc_-9' };

  it('is one child, one procedure, one period', () => {
    expect(lockKey(parts)).toBe('admission:2027:abc_-9');
    expect(lockKey({ ...parts, period: '2027-05' })).toBe('admission:2027:abc_-9:2027-05');
    expect(workflowIdOf(lockKey(parts))).toBe('application:admission:2027:abc_-9');
  });

  it('differs with each of its parts', () => {
    const part = fc.string({ unit: fc.constantFrom(...Array.from('ab1_-')), minLength: 1, maxLength: 4 });
    const some = fc.record(
      { procedure: part, fiscalYear: fc.integer({ min: 2026, max: 2029 }), childKey: part, period: part },
      { requiredKeys: ['procedure', 'fiscalYear', 'childKey'] },
    );
    const flat = (p: { procedure: string; fiscalYear: number; childKey: string; period?: string }) =>
      [p.procedure, p.fiscalYear, p.childKey, p.period ?? null].join('|');
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(lockKey(a) === lockKey(b)).toBe(flat(a) === flat(b));
      }),
    );
  });

  it('refuses parts that could be mistaken', () => {
    for (const over of [
      { childKey: 'a:b' },
      { childKey: '' },
      { procedure: 'あ' },
      { period: 'a b' },
      { childKey: 'a\n' },
    ]) {
      expect(() => lockKey({ ...parts, ...over })).toThrow(RangeError);
    }
  });
});
