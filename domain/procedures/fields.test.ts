import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAnswersTo, typed } from '../../testing/answers.ts';
import { ADMISSION } from './admission.ts';
import type { Field, FieldKind } from './definition.ts';
import { ADMISSION_EXAMPLE as EXAMPLE } from './example.ts';
import {
  askedFields,
  cleanAnswers,
  dateBounds,
  fieldOf,
  fieldsOf,
  fiscalYearsOn,
  isRequired,
  visibleSections,
} from './fields.ts';
import { normaliseValue } from './normalise.ts';

const clean = (answers: Record<string, unknown>) => cleanAnswers(ADMISSION, answers);
/** One answer, as it is kept beside the example's. */
const kept = (code: string, value: unknown) => clean({ ...EXAMPLE, [code]: value })[code];

describe('answers as they are kept', () => {
  it.each([
    ['child_family_name', ' 見本　', '見本'],
    ['child_family_name', '見\t本\r\n子', '見 本 子'],
    ['child_family_name', 'か\u3099く\u200bや', 'がくや'],
    ['child_family_kana', 'せたがや', 'セタガヤ'],
    ['child_family_kana', 'ｾﾀｶﾞﾔ', 'セタガヤ'],
    ['child_family_kana', 'カ゛ロ-マ', 'ガローマ'],
    ['child_family_kana', 'デ  ラ　クルス', 'デ　ラ　クルス'],
    ['guardian1_phone', '０９０－１２３４－５６７８', '09012345678'],
    ['guardian1_phone', '(03) 1234.5678', '0312345678'],
    ['guardian1_phone', '+81 90-1234-5678', '09012345678'],
    ['guardian1_postal_code', '〒１５４ー００１７', '1540017'],
    ['guardian1_email', ' Ｈanako＠example.jp', 'Hanako@example.jp'],
    ['child_birth_date', '2020/6/5', '2020-06-05'],
    ['child_birth_date', '２０２０－６－１５', '2020-06-15'],
    ['guardian2_study_until', '2029/3', '2029-03'],
    ['guardian1_end_time', '９：３０', '09:30'],
    ['guardian1_end_time', '17:30:00', '17:30'],
    ['guardian1_hours_per_week', '３７．５', 37.5],
    ['guardian1_hours_per_week', 'たくさん', 'たくさん'],
    ['fiscal_year', '２０２７', 2027],
    ['grade', ' 1 ', 1],
    ['way_home_notes', ' 一行目\r\n二行目\n', '一行目\n二行目'],
    ['use_days', ['sat', 'mon', 'mon', ' tue '], ['mon', 'tue', 'sat']],
    ['has_allergy', false, false],
    ['guardian1_email', '　', undefined],
    ['guardian1_email', null, undefined],
  ])('%s: %j is kept as %j', (code, typed, value) => {
    expect(kept(code, typed)).toEqual(value);
  });

  it('drops empty rows of tables, unknown columns and unknown fields', () => {
    const contact = {
      contact_name: '見本 良子',
      contact_relation: '祖母',
      contact_phone: '03-0000-0000',
      strange: 1,
    };
    const answers = clean({
      ...EXAMPLE,
      emergency_contacts: [{}, contact, { contact_name: ' ' }, null],
      strange: 'x',
    });
    expect(answers['emergency_contacts']).toEqual(EXAMPLE['emergency_contacts']);
    expect(answers).not.toHaveProperty('strange');
    expect(clean({ ...EXAMPLE, constructor: 'x' })).toEqual(EXAMPLE);
  });

  it('drops what is not asked, and what was asked only because of that', () => {
    const disabled = {
      ...EXAMPLE,
      guardian2_reason: 'disability',
      guardian2_handbook_kind: 'physical',
      guardian2_handbook_grade: '2級',
    };
    expect(clean(disabled)).toMatchObject({ guardian2_handbook_grade: '2級' });
    const without = clean({ ...disabled, has_guardian2: false, no_guardian2_reason: 'single_parent' });
    expect(Object.keys(without).filter((code) => code.startsWith('guardian2_'))).toEqual([]);
    expect(clean({ ...disabled, guardian2_handbook_kind: 'none' })).not.toHaveProperty(
      'guardian2_handbook_grade',
    );
  });

  it('leaves the example as it is', () => {
    expect(clean(EXAMPLE)).toStrictEqual(EXAMPLE);
  });
});

describe('cleaning, by property', () => {
  const fields = fieldsOf(ADMISSION);
  const anyAnswers = anyAnswersTo(ADMISSION);

  it('is done once: a second time changes nothing', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const once = clean(answers);
        expect(clean(once)).toStrictEqual(once);
      }),
      { numRuns: 150 },
    );
  });

  it('is done once for every kind of field, whatever is typed', () => {
    const kinds = new Map<FieldKind, Field>(fields.map((field) => [field.kind, field]));
    fc.assert(
      fc.property(fc.constantFrom(...kinds.values()), typed, (field, text) => {
        const once = normaliseValue(field, text);
        expect(normaliseValue(field, once)).toStrictEqual(once);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps only what is asked', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const once = clean(answers);
        const asked = askedFields(ADMISSION, once).map(({ code }) => code);
        expect(asked).toEqual(expect.arrayContaining(Object.keys(once)));
      }),
      { numRuns: 100 },
    );
  });

  it('never changes a kanji, an external character or a variant of one', () => {
    const kanji = fc.oneof(
      fc.constantFrom('髙', '﨑', '𠮷', '\uFA10', '\uFA19', '繫', '邊', '齋', '葛\u{e0100}', '\u{2F81A}'),
      fc.integer({ min: 0x4e00, max: 0x9fff }).map((point) => String.fromCodePoint(point)),
      fc.integer({ min: 0xf900, max: 0xfad9 }).map((point) => String.fromCodePoint(point)),
      fc.integer({ min: 0x20000, max: 0x2a6df }).map((point) => String.fromCodePoint(point)),
    );
    const name = fc.array(kanji, { minLength: 1, maxLength: 6 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(
        name,
        fc.constantFrom('child_family_name', 'guardian1_address_street', 'way_home_notes'),
        (text, code) => {
          expect(kept(code, ` ${text}　`)).toBe(text);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what is asked', () => {
  it('leads past the second guardian where there is none', () => {
    const ids = (answers: typeof EXAMPLE) => visibleSections(ADMISSION, answers).map(({ id }) => id);
    expect(ids(EXAMPLE)).toContain('guardian2_reason');
    expect(ids({ ...EXAMPLE, has_guardian2: false })).not.toContain('guardian2_reason');
  });

  it('asks for details as long as they are wanted', () => {
    const codes = (over: object) => askedFields(ADMISSION, { ...EXAMPLE, ...over }).map(({ code }) => code);
    expect(codes({})).not.toContain('allergy_details');
    expect(codes({ has_allergy: true })).toContain('allergy_details');
    expect(codes({ has_guardian2: false, no_guardian2_reason: 'single_parent' })).not.toContain(
      'no_guardian2_details',
    );
    expect(codes({ has_guardian2: false, no_guardian2_reason: 'other' })).toContain('no_guardian2_details');
  });

  it('finds fields by code', () => {
    expect(fieldOf(ADMISSION, 'bop')?.kind).toBe('bop');
    expect(fieldOf(ADMISSION, 'nothing')).toBeUndefined();
  });

  it('requires always, never, or under a condition', () => {
    const field = { code: 'a', kind: 'boolean', label: { ja: 'あ' } } as const;
    expect(isRequired(field, {})).toBe(false);
    expect(isRequired({ ...field, required: true }, {})).toBe(true);
    const depends = { ...field, required: { field: 'b', equals: 1 } } as const;
    expect(isRequired(depends, { b: 1 })).toBe(true);
    expect(isRequired(depends, { b: 2 })).toBe(false);
  });

  it('opens the present fiscal year and the next', () => {
    expect(fiscalYearsOn('2027-03-31')).toEqual([2026, 2027]);
    expect(fiscalYearsOn('2027-04-01')).toEqual([2027, 2028]);
  });

  it('knows today as a bound of dates', () => {
    const field = { code: 'a', kind: 'date', label: { ja: 'あ' } } as const;
    expect(dateBounds({ ...field, min: '2027-01-01', max: 'today' }, '2027-05-01')).toEqual({
      min: '2027-01-01',
      max: '2027-05-01',
    });
    expect(dateBounds(field, '2027-05-01')).toEqual({});
  });
});
