import { describe, expect, it } from 'vitest';
import type { StaffApplication } from '../../../api/contract/index.ts';
import type { Field } from '../../../domain/procedures/definition.ts';
import { changesOf } from './changes.ts';
import { formatAnswer, sameAnswer } from './format.ts';

const label = { ja: '' };
const base = { code: 'x', label };

describe('an answer in words', () => {
  it.each<[Field, never, string]>([
    [{ ...base, kind: 'date' }, '2026-04-01' as never, '2026年4月1日（水）（令和8年）'],
    [{ ...base, kind: 'fiscalYear' }, 2027 as never, '2027年度（令和9年度）'],
    [{ ...base, kind: 'grade' }, 1 as never, '1年生'],
    [{ ...base, kind: 'phone' }, '09012345678' as never, '090-1234-5678'],
    [{ ...base, kind: 'boolean' }, false as never, 'いいえ'],
    [{ ...base, kind: 'bop' }, '2' as never, '三宿小新BOP（池尻児童館）'],
    [{ ...base, kind: 'text', maxLength: 9 }, null as never, ''],
    [
      {
        ...base,
        kind: 'choices',
        options: [
          { value: 'a', label: { ja: '月' } },
          { value: 'b', label: { ja: '火' } },
        ],
      },
      ['a', 'b', 'c'] as never,
      '月、火、c',
    ],
    [
      {
        ...base,
        kind: 'table',
        minRows: 0,
        maxRows: 3,
        rowLabel: label,
        columns: [
          { code: 'name', label, kind: 'text', maxLength: 9 },
          { code: 'grade', label, kind: 'grade' },
        ],
      },
      [
        { name: '髙橋', grade: 2 },
        { name: '𠮷田', grade: null },
      ] as never,
      '髙橋／2年生\n𠮷田',
    ],
  ])('%o', (field, value, words) => {
    expect(formatAnswer(field, value)).toBe(words);
  });

  it('counts nothing and empty as the same, but not no and nothing', () => {
    expect(sameAnswer(undefined, '')).toBe(true);
    expect(sameAnswer([], null)).toBe(true);
    expect(sameAnswer(false, null)).toBe(false);
    expect(sameAnswer(['a'], ['a'])).toBe(true);
    expect(sameAnswer('a', 'b')).toBe(false);
  });
});

describe('changes since filing', () => {
  const by = { kind: 'applicant', id: null, role: null, name: null } as const;
  const version = (
    number: number,
    kind: 'filed' | 'answer' | 'correction',
    field: string,
    before: string | null,
  ): StaffApplication['versions'][number] => ({
    version: number,
    kind,
    at: `2026-11-0${number}T00:00:00.000Z`,
    by,
    changes: [{ field, before, after: 'z' }],
    text: null,
    files: [],
  });

  it('stand newest first, without what was filed', () => {
    const changes = changesOf([
      version(1, 'filed', 'grade', null),
      version(2, 'answer', 'grade', '1'),
      version(3, 'correction', 'grade', '2'),
    ]);
    expect(changes.get('grade')?.map(({ version: v, before }) => [v, before])).toEqual([
      [3, '2'],
      [2, '1'],
    ]);
  });
});
