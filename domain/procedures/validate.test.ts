import { describe, expect, it } from 'vitest';
import { LOCALES, withoutFurigana, type Locale } from '../texts/locale.ts';
import { ADMISSION } from './admission.ts';
import type { Answers, Field, FieldKind, ProcedureDefinition } from './definition.ts';
import { ADMISSION_EXAMPLE as EXAMPLE, ADMISSION_EXAMPLE_DOCUMENTS } from './example.ts';
import { missingDocuments } from './documents.ts';
import { PROBLEM_CODES, type ProblemCode } from './problems.ts';
import { validateAnswers, validateSection } from './validate.ts';

const TODAY = { today: '2026-11-09' };
const check = (answers: Record<string, unknown>, locale: Locale = 'ja') =>
  validateAnswers(ADMISSION, answers, locale, TODAY);
const label = { ja: '項目', 'ja-easy': '{項目|こうもく}', en: 'Item' };
const options = [{ value: 'a', label: { ja: 'あ' } }];

/** A made-up procedure with this one question. */
function form(field: Field): ProcedureDefinition {
  return { ...ADMISSION, sections: [{ id: 'only', title: label, fields: [field] }] };
}

const base = { code: 'item', label, required: true } as const;
const KINDS: { [K in FieldKind]: Field & { kind: K } } = {
  text: { ...base, kind: 'text', maxLength: 3 },
  kana: { ...base, kind: 'kana', maxLength: 3 },
  textarea: { ...base, kind: 'textarea', maxLength: 3 },
  phone: { ...base, kind: 'phone' },
  email: { ...base, kind: 'email' },
  postalCode: { ...base, kind: 'postalCode' },
  date: { ...base, kind: 'date', min: '2020-04-02', max: 'today' },
  month: { ...base, kind: 'month' },
  time: { ...base, kind: 'time' },
  number: { ...base, kind: 'number', min: 1, max: 10, decimals: 1 },
  choice: { ...base, kind: 'choice', options },
  choices: { ...base, kind: 'choices', options },
  boolean: { ...base, kind: 'boolean' },
  consent: { ...base, kind: 'consent' },
  fiscalYear: { ...base, kind: 'fiscalYear' },
  grade: { ...base, kind: 'grade' },
  bop: { ...base, kind: 'bop' },
  table: {
    ...base,
    kind: 'table',
    minRows: 2,
    maxRows: 3,
    rowLabel: label,
    columns: [{ code: 'cell', kind: 'phone', label, required: true }],
  },
};

const cells = (...values: string[]) => values.map((cell) => ({ cell }));
/** What is wrong with an answer; undefined where nothing is. */
const CASES: readonly [FieldKind, unknown, ProblemCode | undefined][] = [
  ['text', undefined, 'required'],
  ['text', ' 　', 'required'],
  ['text', '𠮷𠮷𠮷', undefined],
  ['text', '𠮷𠮷𠮷𠮷', 'tooLong'],
  ['text', 3, 'wrongType'],
  ['kana', 'せた', undefined],
  ['kana', '世田', 'kana'],
  ['kana', 'abc', 'kana'],
  ['kana', 'セタガヤ', 'tooLong'],
  ['textarea', 'あ\nい', undefined],
  ['textarea', 'あ\nいう', 'tooLong'],
  ['phone', '03-1234-5678', undefined],
  ['phone', '090-1234-5678', undefined],
  ['phone', '0120-123-456', undefined],
  ['phone', '1234-5678', 'phone'],
  ['phone', '03-1234-56789', 'phone'],
  // A mobile number that lacks a digit is no landline.
  ['phone', '090-1234-567', 'phone'],
  ['phone', '00-1234-5678', 'phone'],
  ['email', 'a.b+c@mail.example.jp', undefined],
  ['email', 'a@example', 'email'],
  ['email', '@example.jp', 'email'],
  ['email', 'a@b@example.jp', 'email'],
  ['email', `${'a'.repeat(64)}@${'b'.repeat(58)}.${'c'.repeat(63)}.${'d'.repeat(63)}.jp`, undefined],
  ['email', `${'a'.repeat(64)}@${'b'.repeat(59)}.${'c'.repeat(63)}.${'d'.repeat(63)}.jp`, 'email'],
  ['postalCode', '154-0017', undefined],
  ['postalCode', '154-001', 'postalCode'],
  ['date', '2020-04-02', undefined],
  ['date', '2026-11-09', undefined],
  ['date', '2020-04-01', 'dateTooEarly'],
  ['date', '2026-11-10', 'dateTooLate'],
  ['date', '2025-02-29', 'date'],
  ['date', '0020-04-02', 'date'],
  ['date', '来月', 'date'],
  ['month', '2027-03', undefined],
  ['month', '2027-13', 'month'],
  ['time', '9:30', undefined],
  ['time', '24:00', 'time'],
  ['number', '1.5', undefined],
  ['number', '5日', 'number'],
  ['number', 0, 'tooSmall'],
  ['number', 10.1, 'tooLarge'],
  ['number', 1.25, 'tooManyDecimals'],
  ['number', Number.NaN, 'number'],
  ['choice', 'a', undefined],
  ['choice', 'b', 'choice'],
  ['choice', undefined, 'chooseOne'],
  ['choices', ['a'], undefined],
  ['choices', ['a', 'b'], 'choice'],
  ['choices', [], 'chooseOne'],
  ['choices', 'a', 'wrongType'],
  ['boolean', false, undefined],
  ['boolean', true, undefined],
  ['boolean', undefined, 'yesNo'],
  ['boolean', 'yes', 'wrongType'],
  ['consent', true, undefined],
  ['consent', false, 'tick'],
  ['consent', undefined, 'tick'],
  ['fiscalYear', 2026, undefined],
  ['fiscalYear', '２０２７', undefined],
  ['fiscalYear', 2028, 'fiscalYear'],
  ['fiscalYear', 'next', 'fiscalYear'],
  ['grade', 6, undefined],
  ['grade', 7, 'grade'],
  ['grade', 1.5, 'grade'],
  ['grade', undefined, 'chooseOne'],
  ['bop', '2', undefined],
  ['bop', '999', 'bop'],
  ['table', cells('0312345678', '0312345678'), undefined],
  ['table', cells('0312345678'), 'tooFewRows'],
  ['table', [], 'tooFewRows'],
  ['table', cells('0312345678', '0312345678', '0312345678', '0312345678'), 'tooManyRows'],
  ['table', cells('0312345678', '123'), 'phone'],
  ['table', 'rows', 'wrongType'],
];

describe('every kind of field', () => {
  it.each(CASES)('%s with %j: %s', (kind, value, code) => {
    const found = validateAnswers(form(KINDS[kind]), { item: value }, 'ja', TODAY);
    expect(found.map((one) => one.code)).toEqual(code ? [code] : []);
  });

  it('is looked at, right and wrong; every problem there is can come up', () => {
    for (const kind of Object.keys(KINDS)) {
      const codes = CASES.filter(([of]) => of === kind).map(([, , code]) => code);
      expect(codes, kind).toContain(undefined);
      expect(
        codes.some((code) => code !== undefined),
        kind,
      ).toBe(true);
    }
    expect(new Set([...CASES.flatMap(([, , code]) => code ?? []), 'inconsistent'])).toEqual(
      new Set(PROBLEM_CODES),
    );
  });

  it('may be left open where it is not required', () => {
    for (const field of Object.values(KINDS)) {
      expect(validateAnswers(form({ ...field, required: false }), {}, 'ja', TODAY), field.kind).toEqual([]);
    }
  });

  it('says what to do, in three languages, with name and limit', () => {
    const saysWhat: Record<Locale, RegExp> = {
      ja: /[てで]ください(（.*）)?。$/u,
      'ja-easy': /[てで]ください|書けます/u,
      en: /\b(enter|choose|answer|read|use|at most)\b/iu,
    };
    for (const [kind, value, code] of CASES) {
      if (code === undefined) continue;
      for (const locale of LOCALES) {
        const [problem] = validateAnswers(form(KINDS[kind]), { item: value }, locale, TODAY);
        const message = withoutFurigana(problem?.message ?? '');
        expect(message, `${kind} ${code} ${locale}`).toMatch(saysWhat[locale]);
        expect(message).not.toMatch(/[{}|]/u);
        if (code !== 'tick') expect(message).toContain(locale === 'en' ? 'Item' : '項目');
        if (code === 'tooLong') expect(message).toContain('3');
      }
    }
    const limit = (value: string, locale: Locale) =>
      validateAnswers(form(KINDS.date), { item: value }, locale, TODAY)[0]?.message;
    expect(limit('2020-04-01', 'ja')).toBe('項目は2020年4月2日以降の日付を入力してください。');
    expect(limit('2026-11-10', 'en')).toBe('Item: enter 9 November 2026 or an earlier date.');
  });
});

describe('the form of an application for admission', () => {
  it('has nothing against the example, in any language', () => {
    for (const locale of LOCALES) expect(check(EXAMPLE, locale)).toEqual([]);
    expect(missingDocuments(ADMISSION, EXAMPLE, ADMISSION_EXAMPLE_DOCUMENTS)).toEqual([]);
  });

  it('misses each required answer of the example by itself, at its field', () => {
    const open = new Set(['guardian1_email']);
    for (const code of Object.keys(EXAMPLE)) {
      const { [code]: _gone, ...rest } = EXAMPLE;
      const found = check(rest).map(({ field }) => field);
      expect(found.includes(code), code).toBe(!open.has(code));
    }
  });

  it('asks an empty form for its first questions, in the order of the form', () => {
    const fields = check({}).map(({ field }) => field);
    expect(fields.slice(0, 4)).toEqual(['fiscal_year', 'start_date', 'use_days', 'child_family_name']);
    expect(fields).not.toContain('allergy_details');
    expect(fields).not.toContain('guardian2_family_name');
  });

  it('points at the cell of a table', () => {
    const [first] = EXAMPLE['emergency_contacts'] as readonly object[];
    const rows = [first, { ...first, contact_phone: '123', contact_name: '' }];
    expect(check({ ...EXAMPLE, emergency_contacts: rows }).map(({ field, code }) => [field, code])).toEqual([
      ['emergency_contacts[1].contact_name', 'required'],
      ['emergency_contacts[1].contact_phone', 'phone'],
    ]);
  });

  it('does not look at what is not asked', () => {
    expect(check({ ...EXAMPLE, allergy_details: 'x'.repeat(2000), has_allergy: false })).toEqual([]);
    const codes = check({ ...EXAMPLE, has_allergy: true }).map(({ field }) => field);
    expect(codes).toEqual(['allergy_details', 'has_epipen']);
  });

  it('takes the years that the ward has opened', () => {
    const years = (fiscalYears: readonly number[]) =>
      validateAnswers(ADMISSION, EXAMPLE, 'ja', { ...TODAY, fiscalYears }).map(({ field }) => field);
    expect(years([2027])).toEqual([]);
    expect(years([2026])).toEqual(['fiscal_year']);
  });

  it('looks at one step alone, and together the steps say the same as the whole', () => {
    const answers: Answers = {
      ...EXAMPLE,
      guardian1_phone: '1',
      child_family_kana: '漢字',
      way_home: 'pickup',
    };
    const bySection = ADMISSION.sections.flatMap((section) =>
      validateSection(ADMISSION, section, answers, 'ja', TODAY),
    );
    expect(bySection).toEqual(check(answers));
    expect(bySection.map(({ field }) => field)).toEqual([
      'child_family_kana',
      'guardian1_phone',
      'pickup_person',
    ]);
    const second = ADMISSION.sections.find(({ id }) => id === 'guardian2_reason');
    expect(second && validateSection(ADMISSION, second, { has_guardian2: false }, 'ja', TODAY)).toEqual([]);
  });
});

describe('answers that do not fit together', () => {
  const definition: ProcedureDefinition = {
    ...ADMISSION,
    checks: [
      {
        field: 'grade',
        fails: (answers) => answers['school_name'] === '見本幼稚園',
        message: { ja: '学校名', 'ja-easy': '{学校|がっこう}', en: 'School' },
      },
      {
        field: 'grade',
        fails: (_answers, { today }) => today > '2027-01-01',
        message: { ja: '期限', 'ja-easy': '{日|ひ}', en: 'Date' },
      },
    ],
  };
  const at = (over: object, today = '2026-11-09') =>
    validateAnswers(definition, { ...EXAMPLE, ...over }, 'en', { today });

  it('are said at one field, in the language of the form', () => {
    expect(at({})).toEqual([]);
    expect(at({ school_name: '見本幼稚園' })).toEqual([
      { field: 'grade', code: 'inconsistent', message: 'School' },
    ]);
    expect(at({}, '2027-02-01').map(({ message }) => message)).toEqual(['Date']);
  });

  it('are said once, and only where the answer is right by itself', () => {
    const problems = at({ school_name: '見本幼稚園', grade: 7 }, '2027-02-01');
    expect(problems.map(({ code }) => code)).toEqual(['grade']);
    expect(at({ school_name: '見本幼稚園' }, '2027-02-01')).toHaveLength(1);
    expect(at({ school_name: '見本幼稚園', grade: undefined }).map(({ code }) => code)).toEqual([
      'chooseOne',
    ]);
  });
});
