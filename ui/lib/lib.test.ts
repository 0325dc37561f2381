import { describe, expect, it } from 'vitest';
import { dateProblem, joinDate, monthProblem, splitDate, timeProblem } from './dates.ts';
import { acceptAttribute, ACCEPT_DOCUMENTS, isAccepted } from './files.ts';
import { fieldId, getPath, setPath } from './form-path.ts';
import { splitProblem } from './form.ts';
import {
  dateInTokyo,
  daysUntil,
  eraYear,
  eraYearsOf,
  formatDate,
  formatDateTime,
  formatPhone,
  formatPostalCode,
  formatShortDate,
  formatYen,
  parseDate,
} from './format.ts';
import { toDialable, toHalfWidth, toKatakana, toWesternYear } from './kana.ts';
import { ApiProblem } from './problem.ts';
import { pagesAround } from '../components/DataTable.tsx';
import { parseNumber } from '../components/NumberField.tsx';

describe('formats', () => {
  it('knows the eras and their first years', () => {
    expect(eraYear('2026-11-02')).toBe('令和8年');
    expect(eraYear('2019-05-01')).toBe('令和元年');
    expect(eraYear('2019-04-30')).toBe('平成31年');
    expect(eraYear('1989-01-07')).toBe('昭和64年');
    expect(eraYearsOf(2019)).toBe('平成31年・令和元年');
    expect(eraYearsOf(2020)).toBe('令和2年');
    expect(eraYear('2019-02-30')).toBe('');
  });

  it('writes dates in words', () => {
    expect(formatDate('2026-11-02', { era: true, weekday: true })).toBe('2026年11月2日（月）（令和8年）');
    expect(formatDate('2026-11-02', { locale: 'en-US' })).toBe('November 2, 2026');
    expect(formatDate('')).toBe('');
    expect(formatDate('2026-13-01')).toBe('2026-13-01');
    expect(formatShortDate('2026-11-02', new Date('2026-11-23T00:00:00Z'))).toBe('11/2（月）');
    expect(formatShortDate('2027-01-15', new Date('2026-11-23T00:00:00Z'))).toBe('2027/1/15（金）');
  });

  it('shows instants in Tokyo, whatever the machine has', () => {
    expect(formatDateTime('2026-11-01T15:05:00.000Z')).toBe('2026年11月2日 0:05');
    expect(dateInTokyo('2026-12-31T15:00:00.000Z')).toBe('2027-01-01');
    expect(daysUntil('2026-11-03', new Date('2026-11-01T15:00:00.000Z'))).toBe(1);
    expect(daysUntil('2026-11-01', new Date('2026-11-01T15:00:00.000Z'))).toBe(-1);
  });

  it('cuts phone numbers only where it is sure', () => {
    expect(formatPhone('09012345678')).toBe('090-1234-5678');
    expect(formatPhone('0312345678')).toBe('03-1234-5678');
    expect(formatPhone('0120123456')).toBe('0120-123-456');
    expect(formatPhone('08001234567')).toBe('0800-123-4567');
    expect(formatPhone('0422123456')).toBe('0422123456');
    expect(formatPostalCode('1540017')).toBe('154-0017');
    expect(formatYen(5000)).toBe('5,000円');
  });
});

describe('typing', () => {
  it('normalises width and kana and nothing else', () => {
    expect(toHalfWidth('０９０－１２３４ＡＢ')).toBe('090-1234AB');
    expect(toKatakana('たかはし')).toBe('タカハシ');
    expect(toKatakana('ﾀｶﾊｼﾞ ')).toBe('タカハジ');
    expect(toKatakana('髙橋𠮷﨑')).toBe('髙橋𠮷﨑');
    expect(toKatakana('コーヒー')).toBe('コーヒー');
    expect(toDialable('０３ー１２３４ー５６７８')).toBe('03-1234-5678');
    expect(toDialable('090 1234 5678')).toBe('09012345678');
  });

  it('takes years in the Japanese era', () => {
    expect(toWesternYear('令和8')).toBe('2026');
    expect(toWesternYear('R8')).toBe('2026');
    expect(toWesternYear('ｒ８年'.normalize('NFKC'))).toBe('2026');
    expect(toWesternYear('平成元')).toBe('1989');
    expect(toWesternYear('昭和64')).toBe('1989');
    expect(toWesternYear('昭和65')).toBe('昭和65');
    expect(toWesternYear('２０２６')).toBe('2026');
  });

  it('keeps unfinished dates apart from impossible ones', () => {
    expect(joinDate({ year: '2026', month: '1', day: '2' })).toBe('2026-01-02');
    expect(joinDate({ year: '', month: '', day: '' })).toBe('');
    expect(splitDate('2026-01-02')).toEqual({ year: '2026', month: '1', day: '2' });
    expect(dateProblem('2026-11-')).toBe('incomplete');
    expect(dateProblem('2026-02-29')).toBe('impossible');
    expect(dateProblem('2024-02-29')).toBeUndefined();
    expect(dateProblem('26-02-01')).toBe('impossible');
    expect(monthProblem('2026-13')).toBe('impossible');
    expect(timeProblem('24:00')).toBe('impossible');
    expect(timeProblem('9:')).toBe('incomplete');
    expect(timeProblem('15:00')).toBeUndefined();
    expect(parseDate('0050-01-01')?.getUTCFullYear()).toBe(50);
  });

  it('reads numbers as people type them', () => {
    const any = { decimal: false };
    expect(parseNumber('１，２３４', { ...any })).toBe(1234);
    expect(parseNumber('', { ...any })).toBeNull();
    expect(parseNumber('12.5', { ...any })).toBeNaN();
    expect(parseNumber('12.5', { decimal: true })).toBe(12.5);
    expect(parseNumber('169', { ...any, max: 168 })).toBeNaN();
  });
});

describe('forms', () => {
  it('reads and writes nested values without touching the old ones', () => {
    const before = { child: { family: 'a' }, guardians: [{ name: 'x' }] };
    const after = setPath(before, 'guardians.1.name', 'y');
    expect(after.guardians).toEqual([{ name: 'x' }, { name: 'y' }]);
    expect(before.guardians).toHaveLength(1);
    expect(after.child).toBe(before.child);
    expect(getPath(after, 'guardians.1.name')).toBe('y');
    expect(getPath(after, 'child.family.x.y')).toBeUndefined();
    expect(setPath({}, 'rows.0.day', 'mon')).toEqual({ rows: [{ day: 'mon' }] });
    expect(fieldId('guardians.1.name')).toBe('f-guardians-1-name');
  });

  it('parts a problem into errors at fields and sentences', () => {
    const problem = new ApiProblem(422, {
      detail: '入力内容を確認してください。',
      errors: [
        { path: 'child_name', message: '氏名を入力してください。' },
        { pointer: '/documents/0', message: '書類を添付してください。' },
        { path: [], message: '受付期間が過ぎました。' },
      ],
    });
    expect(splitProblem(problem, undefined)).toEqual({
      general: ['受付期間が過ぎました。'],
      server: { child_name: '氏名を入力してください。', 'documents.0': '書類を添付してください。' },
    });
    expect(splitProblem(new ApiProblem(409, { detail: '同じ申請があります。' }), undefined).general).toEqual([
      '同じ申請があります。',
    ]);
    expect(splitProblem(new TypeError('x is undefined'), undefined).general[0]).not.toContain('undefined');
  });

  it('knows files by type or, where there is none, by name', () => {
    expect(isAccepted({ name: 'IMG_0001.HEIC', type: '' }, ACCEPT_DOCUMENTS)).toBe(true);
    expect(isAccepted({ name: 'photo', type: 'image/jpeg' }, ACCEPT_DOCUMENTS)).toBe(true);
    expect(isAccepted({ name: 'a.docx', type: 'application/msword' }, ACCEPT_DOCUMENTS)).toBe(false);
    expect(acceptAttribute(ACCEPT_DOCUMENTS)).toContain('.heic');
  });
});

describe('pages', () => {
  it('shows first, last and neighbours', () => {
    expect(pagesAround(1, 16)).toEqual([1, 2, undefined, 16]);
    expect(pagesAround(8, 16)).toEqual([1, undefined, 7, 8, 9, undefined, 16]);
    expect(pagesAround(3, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(pagesAround(1, 1)).toEqual([1]);
  });
});
