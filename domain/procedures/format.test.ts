import { describe, expect, it } from 'vitest';
import { ADMISSION } from './admission.ts';
import type { AnswerValue } from './definition.ts';
import { ADMISSION_EXAMPLE as EXAMPLE } from './example.ts';
import { fieldOf } from './fields.ts';
import {
  displayDate,
  displayDateWithEra,
  displayDateWithWeekday,
  displayFiscalYear,
  displayMonth,
  eraYear,
} from './format-dates.ts';
import { displayPhone, displayPostalCode, displayValue, summaryRows } from './format.ts';

function shown(code: string, value: AnswerValue | undefined, locale: 'ja' | 'ja-easy' | 'en' = 'ja'): string {
  const field = fieldOf(ADMISSION, code);
  if (!field) throw new Error(`no field ${code}`);
  return displayValue(field, value, locale);
}

describe('dates in words', () => {
  it.each([
    ['2019-04-30', '平成31年'],
    ['2019-05-01', '令和元年'],
    ['2027-04-01', '令和9年'],
    ['1989-01-07', '昭和64年'],
    ['1989-01-08', '平成元年'],
    ['1926-12-24', '大正15年'],
    ['1868-10-22', ''],
  ])('%s is in %s', (date, era) => {
    expect(eraYear(date)).toBe(era);
  });

  it('are said in three languages', () => {
    expect(displayDate('2027-04-02', 'ja')).toBe('2027年4月2日');
    expect(displayDate('2027-04-02', 'ja-easy')).toBe('2027{年|ねん}4{月|がつ}2{日|にち}');
    expect(displayDate('2027-04-02', 'en')).toBe('2 April 2027');
    expect(displayDateWithWeekday('2027-05-12', 'ja')).toBe('2027年5月12日（水）');
    expect(displayDateWithWeekday('2027-05-12', 'en')).toBe('Wednesday, 12 May 2027');
    expect(displayDateWithWeekday('2027-05-12', 'ja-easy')).toBe(
      '2027{年|ねん}5{月|がつ}12{日|にち}（{水|すい}）',
    );
    expect(displayDateWithEra('2027-04-02', 'ja')).toBe('2027年4月2日（令和9年）');
    expect(displayDateWithEra('2027-04-02', 'en')).toBe('2 April 2027');
    expect(displayMonth('2029-03', 'ja')).toBe('2029年3月');
    expect(displayMonth('2029-03', 'en')).toBe('March 2029');
    expect(displayFiscalYear(2027, 'ja')).toBe('2027年度（令和9年度）');
    expect(displayFiscalYear(2019, 'ja')).toBe('2019年度（令和元年度）');
    expect(displayFiscalYear(2027, 'en')).toBe('April 2027 to March 2028');
  });

  it('stay as they are where they are none', () => {
    for (const locale of ['ja', 'ja-easy', 'en'] as const) {
      expect(displayDate('来月', locale)).toBe('来月');
      expect(displayDateWithWeekday('2027-02-30', locale)).toBe('2027-02-30');
      expect(displayDateWithEra('', locale)).toBe('');
      expect(displayMonth('2027-13', locale)).toBe('2027-13');
    }
  });
});

describe('numbers that people read out', () => {
  it.each([
    ['09012345678', '090-1234-5678'],
    ['05012345678', '050-1234-5678'],
    ['0312345678', '03-1234-5678'],
    ['0120123456', '0120-123-456'],
    ['08001234567', '0800-123-4567'],
    ['0422123456', '0422123456'],
    ['123', '123'],
  ])('%s is shown %s: cut only where the cut is certain', (phone, text) => {
    expect(displayPhone(phone)).toBe(text);
    expect(displayPhone(phone).replaceAll('-', '')).toBe(phone);
  });

  it('cuts postal codes', () => {
    expect(displayPostalCode('1540017')).toBe('154-0017');
    expect(displayPostalCode('154')).toBe('154');
  });
});

describe('answers in words', () => {
  it.each<[string, AnswerValue | undefined, string, string]>([
    ['bop', '2', '三宿小新BOP', '三宿小新BOP'],
    ['bop', '999', '999', '999'],
    ['grade', 1, '1年生', 'Grade 1'],
    ['has_allergy', false, 'いいえ', 'No'],
    ['has_allergy', true, 'はい', 'Yes'],
    ['pledge_truth', true, '同意する', 'Agreed'],
    ['pledge_truth', false, '', ''],
    ['use_days', ['mon', 'sat'], '月、土', 'Monday, Saturday'],
    ['way_home', 'alone', '1人で帰る', 'Goes home alone'],
    ['way_home', 'gone', 'gone', 'gone'],
    ['guardian1_hours_per_week', 37.5, '37.5時間', '37.5 hours'],
    ['guardian1_days_per_week', 0, '0日', '0 days'],
    ['child_family_name', '髙﨑𠮷', '髙﨑𠮷', '髙﨑𠮷'],
    ['health_notes', undefined, '', ''],
    ['health_notes', null, '', ''],
  ])('%s %j is %s, %s', (code, value, ja, en) => {
    expect(shown(code, value)).toBe(ja);
    expect(shown(code, value, 'en')).toBe(en);
  });

  it('shows rows of tables as lines, and as cells under their columns', () => {
    const rows = EXAMPLE['emergency_contacts'] ?? null;
    expect(shown('emergency_contacts', rows)).toBe('見本 良子、祖母、03-0000-0000');
    const section = summaryRows(ADMISSION, EXAMPLE, 'ja').find(({ id }) => id === 'contacts');
    expect(section?.rows[0]?.table).toEqual({
      columns: ['氏名', 'お子さんとの続柄', '電話番号', '電話のつながる場所（勤務先など）'],
      rows: [['見本 良子', '祖母', '03-0000-0000', '']],
    });
  });

  it('has a row for every question that was asked, answered or not, and for no other', () => {
    const rows = summaryRows(ADMISSION, EXAMPLE, 'ja').flatMap((section) => section.rows);
    const fields = rows.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(Object.keys(EXAMPLE)));
    expect(fields).toContain('health_notes');
    expect(fields).not.toContain('allergy_details');
    expect(rows.find(({ field }) => field === 'child_birth_date')?.value).toBe('2020年6月15日（令和2年）');
    for (const { field, value } of rows) expect(value !== '', field).toBe(Object.hasOwn(EXAMPLE, field));
  });
});
