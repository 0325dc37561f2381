import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMISSION } from '../procedures/admission.ts';
import { ADMISSION_EXAMPLE } from '../procedures/example.ts';
import {
  comparableAddress,
  comparableName,
  editDistance,
  LOOK_ALIKE_LABELS,
  LOOK_ALIKE_REASONS,
  similarity,
  sketchOf,
  type ChildSketch,
  worthALook,
} from './look-alikes.ts';

const CHILD: ChildSketch = {
  familyName: '高橋',
  givenName: '勇太',
  familyKana: 'タカハシ',
  givenKana: 'ユウタ',
  birthDate: '2020-06-15',
  guardianKana: 'タカハシハナコ',
  postalCode: '1540017',
  address: '東京都世田谷区世田谷1-2-3',
  phone: '09000000001',
};
/** The same child's data as another family would have them. */
const STRANGER: Partial<ChildSketch> = {
  guardianKana: 'スズキイチロウ',
  postalCode: '1570066',
  address: '東京都世田谷区成城9-9-9',
  phone: '09099999999',
};
const alike = (over: Partial<ChildSketch>) => similarity(CHILD, { ...CHILD, ...over });
const FAMILY = ['sameGuardian', 'sameAddress', 'samePhone'];

describe('look-alikes', () => {
  it('sees the same child again, also with 髙 for 高, small kana as large, and from another guardian', () => {
    expect(alike({})).toEqual({ kind: 'duplicate', reasons: ['sameChild', ...FAMILY] });
    expect(alike({ familyName: '髙橋' })?.reasons[0]).toBe('sameChild');
    expect(alike({ familyName: '髙橋', familyKana: 'タカバシ', givenKana: 'ユータ', ...STRANGER })).toEqual({
      kind: 'duplicate',
      reasons: ['sameChild'],
    });
    expect(alike({ givenKana: 'ゆうた', ...STRANGER })?.reasons).toEqual(['sameChild']);
  });

  it('takes twins for twins, even where names differ in one sign', () => {
    expect(alike({ givenName: '勇斗', givenKana: 'ユウト' })).toEqual({
      kind: 'family',
      reasons: ['twins', ...FAMILY],
    });
  });

  it('takes the same given name in the family for the same child under another family name', () => {
    expect(alike({ familyName: '佐藤', familyKana: 'サトウ' })?.kind).toBe('duplicate');
  });

  it('takes other birthdays in the family for brothers and sisters', () => {
    expect(alike({ givenName: '花', givenKana: 'ハナ', birthDate: '2018-01-20' })).toEqual({
      kind: 'family',
      reasons: ['siblings', ...FAMILY],
    });
  });

  it.each(['2020-06-16', '2020-15-06', '2021-06-15', '2020-05-16'])(
    'sees that the birthday %s may be mistyped',
    (birthDate) => {
      const seen = alike({ birthDate, ...STRANGER });
      const near = birthDate !== '2020-05-16';
      expect(seen).toEqual(near ? { kind: 'duplicate', reasons: ['birthDateTypo'] } : undefined);
    },
  );

  it('sees a month and a day that changed places', () => {
    const a = { ...CHILD, ...STRANGER, birthDate: '2020-06-05' };
    expect(similarity({ ...CHILD, birthDate: '2020-05-06' }, a)?.reasons).toEqual(['birthDateTypo']);
  });

  it('sees mistyped names on the same birthday, and a changed family name', () => {
    expect(alike({ familyName: '高橘', givenKana: 'ユウダ', ...STRANGER })?.reasons).toEqual([
      'sameBirthDate',
      'similarKana',
      'similarName',
    ]);
    expect(alike({ familyName: '佐藤', familyKana: 'サトウ', ...STRANGER })).toEqual({
      kind: 'duplicate',
      reasons: ['sameBirthDate', 'similarKana'],
    });
  });

  it('sees nothing between strangers, also with one birthday', () => {
    const other = { familyName: '森', givenName: '桜', familyKana: 'モリ', givenKana: 'サクラ', ...STRANGER };
    expect(alike(other)).toBeUndefined();
    expect(alike({ ...other, birthDate: '2019-01-01' })).toBeUndefined();
  });

  it('does not take two houses for one where the postal codes differ', () => {
    const { guardianKana, phone } = STRANGER;
    const sibling = {
      givenKana: 'ハナ',
      givenName: '花',
      birthDate: '2018-01-20',
      guardianKana: guardianKana ?? '',
      phone: phone ?? '',
    };
    expect(alike(sibling)?.reasons).toEqual(['siblings', 'sameAddress']);
    expect(alike({ ...sibling, postalCode: '1540018' })).toBeUndefined();
  });

  it('sees nothing in nothing', () => {
    const empty: ChildSketch = {
      familyName: '',
      givenName: '',
      familyKana: '',
      givenKana: '',
      birthDate: '',
    };
    expect(similarity(empty, empty)).toBeUndefined();
    expect(similarity(CHILD, empty)).toBeUndefined();
  });

  it('is the same from both sides', () => {
    const sketch: fc.Arbitrary<ChildSketch> = fc.record({
      familyName: fc.constantFrom('高橋', '髙橋', '森', ''),
      givenName: fc.constantFrom('勇太', '勇斗', '桜'),
      familyKana: fc.constantFrom('タカハシ', 'タカバシ', 'モリ', ''),
      givenKana: fc.constantFrom('ユウタ', 'ユータ', 'ユウト', 'サクラ', ''),
      birthDate: fc.constantFrom('2020-06-05', '2020-05-06', '2020-06-06', '2018-01-20', ''),
      guardianKana: fc.constantFrom('タカハシハナコ', 'モリイチロウ', ''),
      postalCode: fc.constantFrom('1540017', '154-0017', ''),
      address: fc.constantFrom('世田谷区世田谷1-2-3', '世田谷区世田谷１丁目２番３号', ''),
      phone: fc.constantFrom('09000000001', '090-0000-0001', ''),
    });
    fc.assert(
      fc.property(sketch, sketch, (a, b) => {
        const seen = similarity(a, b);
        expect(similarity(b, a)).toEqual(seen);
        for (const reason of seen?.reasons ?? []) expect(LOOK_ALIKE_LABELS[reason]).toBeTruthy();
      }),
      { numRuns: 500 },
    );
    expect(Object.keys(LOOK_ALIKE_LABELS)).toEqual([...LOOK_ALIKE_REASONS]);
  });
});

describe('comparing', () => {
  it.each([
    ['髙橋', '高橋'],
    ['山﨑', '山崎'],
    ['𠮷田', '吉田'],
    ['渡邊 花', '渡辺花'],
    ['葛\u{e0100}', '葛'],
    ['\uFA19', '神'],
  ])('takes %s for %s', (a, b) => {
    expect(comparableName(a)).toBe(comparableName(b));
  });

  it.each([
    ['東京都世田谷区世田谷１丁目２番３号', '世田谷区世田谷1-2-3'],
    ['世田谷区世田谷1丁目2番地の3', '世田谷区世田谷１－２－３'],
    ['東京都 世田谷区 世田谷1-2-3', '世田谷区世田谷1-2-3'],
  ])('takes %s for %s', (a, b) => {
    expect(comparableAddress(a)).toBe(comparableAddress(b));
  });

  it('counts what was put in, taken out, changed and swapped', () => {
    expect(editDistance('ユウタ', 'ユウタ')).toBe(0);
    expect(editDistance('ユウタ', 'ウユタ')).toBe(1);
    expect(editDistance('ユウタ', 'ユタ')).toBe(1);
    expect(editDistance('𠮷田', '吉田')).toBe(1);
    expect(editDistance('ア', 'カキクケコ')).toBe(4);
    const text = fc.string({ unit: fc.constantFrom('ア', 'イ', 'ウ'), maxLength: 5 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(editDistance(a, b, 9)).toBe(editDistance(b, a, 9));
        expect(editDistance(a, b, 9) === 0).toBe(a === b);
        expect(editDistance(a, b, 1)).toBe(Math.min(editDistance(a, b, 9), 2));
      }),
    );
  });

  it('reads what it needs of an application', () => {
    expect(sketchOf(ADMISSION, ADMISSION_EXAMPLE)).toEqual({
      familyName: '見本',
      givenName: '太郎',
      familyKana: 'ミホン',
      givenKana: 'タロウ',
      birthDate: '2020-06-15',
      guardianKana: 'ミホンハナコ',
      postalCode: '1540017',
      address: '東京都世田谷区世田谷0-00-0',
      phone: '09000000001',
    });
  });
});

describe('what is worth the look of a reviewer', () => {
  const here = { procedure: 'extendedUse', fiscalYear: 2027 };
  const same = { kind: 'duplicate', reasons: ['sameChild', 'sameAddress'] } as const;
  const typo = { kind: 'duplicate', reasons: ['sameBirthDate', 'similarKana'] } as const;
  const sister = { kind: 'family', reasons: ['siblings', 'sameAddress'] } as const;

  it("is not a child's own application for something else, but the same one twice", () => {
    expect(worthALook(same, here, here)).toBe(true);
    expect(worthALook(same, here, { ...here, procedure: 'admission' })).toBe(false);
  });

  it('is a child that is written differently, whatever it applies for', () => {
    expect(worthALook(typo, here, here)).toBe(true);
    expect(worthALook(typo, here, { ...here, procedure: 'admission' })).toBe(true);
  });

  it('is a sister who applies for the same', () => {
    expect(worthALook(sister, here, here)).toBe(true);
    expect(worthALook(sister, here, { ...here, procedure: 'admission' })).toBe(false);
  });

  it('is nothing of another year; a year that is not typed yet may be any', () => {
    for (const found of [same, typo, sister]) {
      expect(worthALook(found, here, { ...here, fiscalYear: 2026 })).toBe(false);
      expect(worthALook(found, here, { ...here, fiscalYear: undefined })).toBe(true);
    }
  });
});
