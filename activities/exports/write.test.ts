import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPORT_PROFILES, DEFAULT_REPLACEMENTS } from '../../domain/exports/default-profiles.ts';
import {
  profileProblems,
  type ExportColumn,
  type ExportProfile,
  type Replacement,
} from '../../domain/exports/profile.ts';
import type { ExportRecord } from '../../domain/exports/record.ts';
import { problemText } from '../../domain/exports/texts.ts';
import { charactersOf, ExportWriter, type WrittenLine } from '../../domain/exports/write.ts';
import { procedureOf } from '../../domain/procedures/registry.ts';
import { exampleColumn, exampleProfile, exampleRecord } from '../../testing/exports.ts';
import { encoderOf } from './encoder.ts';

const admission = procedureOf('admission')!;

function write(
  profile: ExportProfile,
  record: ExportRecord,
  replacements: readonly Replacement[] = [],
): WrittenLine {
  return new ExportWriter(profile, encoderOf(profile.encoding), replacements).record(record, admission, 1);
}

const note = (text: string): ExportRecord => exampleRecord({ answers: { child_notes: text } });
const noteColumn = (more: Partial<ExportColumn> = {}) =>
  exampleColumn({ title: '備考', source: { kind: 'answer', field: 'child_notes', label: false }, ...more });

describe('characters that the encoding lacks', () => {
  const profile = exampleProfile({ columns: [noteColumn()] });

  it('are told with their code points, and never become a question mark', () => {
    const line = write(profile, note('𠮷田 駒繫'));
    expect(line.bytes).toBeUndefined();
    expect(line.problems).toEqual([
      { kind: 'character', column: '備考', character: '𠮷', codePoints: 'U+20BB7', value: '𠮷田 駒繫' },
      { kind: 'character', column: '備考', character: '繫', codePoints: 'U+7E6B', value: '𠮷田 駒繫' },
    ]);
    expect(line.problems.map(problemText)[0]).toContain('「𠮷」（U+20BB7）');
  });

  it('are told with their variation selector as one character', () => {
    expect(write(profile, note('葛\u{e0100}飾')).problems).toMatchObject([
      { character: '葛\u{e0100}', codePoints: 'U+845B U+E0100' },
    ]);
  });

  it('are replaced by the ward’s table, each use noted; the table’s own private characters too', () => {
    const replacements = [
      { from: '𠮷', to: '吉', note: '' },
      { from: '繫', to: '\ue001', note: '区の外字' },
    ];
    const line = write(profile, note('𠮷田𠮷 駒繫'), replacements);
    expect(Buffer.from(line.bytes!).toString('hex')).toBe('8b6793638b6720' + '8bee' + 'f041');
    expect(line.notes).toHaveLength(3);
    expect(line.notes[0]).toEqual({ kind: 'replaced', column: '備考', from: '𠮷', to: '吉' });
  });

  it('are still refused where the replacement is lacking too', () => {
    expect(write(profile, note('繫'), [{ from: '繫', to: '𠮷', note: '' }]).problems).toHaveLength(1);
  });

  it('are left alone where the encoding has them', () => {
    const utf8 = exampleProfile({ encoding: 'utf-8', columns: [noteColumn()] });
    const line = write(utf8, note('𠮷田髙橋'), [{ from: '𠮷', to: '吉', note: '' }]);
    expect(Buffer.from(line.bytes!).toString('utf8')).toBe('𠮷田髙橋');
    expect(line.notes).toEqual([]);
    expect(write(profile, note('髙﨑'), [{ from: '髙', to: '高', note: '' }]).notes).toEqual([]);
  });

  it('private characters of somebody’s machine are refused in every encoding', () => {
    const utf8 = exampleProfile({ encoding: 'utf-8', columns: [noteColumn()] });
    expect(write(utf8, note('\ue001田')).problems).toMatchObject([
      { kind: 'character', codePoints: 'U+E001' },
    ]);
  });

  it('of other machines’ signs are the defaults’ only replacements', () => {
    const line = write(profile, note('1〜2 −3 ¥5'), DEFAULT_REPLACEMENTS);
    expect(line.text).toBe('1～2 －3 ￥5');
  });
});

describe('delimited files', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('あ髙a,"\t; \n𠮷|ｱ')), maxLength: 12 });

  it('are read back by another program as they were, whatever is in them', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 2, maxLength: 4 }),
        fc.constantFrom(',', '\t', ';', '|'),
        fc.constantFrom('always' as const, 'whenNeeded' as const),
        (values, delimiter, quote) => {
          const profile = exampleProfile({
            encoding: 'utf-8',
            lineBreaks: 'keep',
            layout: { kind: 'delimited', delimiter, quote, header: false },
            columns: values.map((value) => exampleColumn({ source: { kind: 'constant', value } })),
          });
          const line = write(profile, exampleRecord());
          expect(line.problems).toEqual([]);
          const rows: string[][] = parse(Buffer.from(line.bytes!), { delimiter, skip_empty_lines: false });
          expect(rows).toEqual([values]);
        },
      ),
    );
  });

  it('without quotes refuse what would break them', () => {
    const layout = { kind: 'delimited', delimiter: ',', quote: 'never', header: false } as const;
    const profile = exampleProfile({ layout, columns: [noteColumn()] });
    expect(write(profile, note('a,b')).problems).toMatchObject([{ kind: 'delimiter' }]);
    expect(write(profile, note('a b')).problems).toEqual([]);
  });

  it('turn line breaks into spaces, or refuse them', () => {
    expect(write(exampleProfile({ columns: [noteColumn()] }), note('a\r\nb\nc')).text).toBe('a b c');
    const strict = exampleProfile({ lineBreaks: 'problem', columns: [noteColumn()] });
    expect(write(strict, note('a\nb')).problems).toMatchObject([{ kind: 'lineBreak' }]);
  });

  it('say what is required and empty, too long, or in no table', () => {
    const profile = exampleProfile({
      columns: [
        noteColumn({ required: true }),
        exampleColumn({ title: '短い', source: { kind: 'constant', value: '髙橋花子' }, width: 6 }),
        exampleColumn({
          title: '決定',
          source: { kind: 'decision', item: 'outcome' },
          format: { kind: 'code', map: [], otherwise: null },
        }),
      ],
    });
    expect(write(profile, exampleRecord()).problems).toMatchObject([
      { column: '決定', kind: 'unknownCode', value: 'approved' },
      { column: '備考', kind: 'empty' },
      { column: '短い', kind: 'tooLong', length: 8, width: 6 },
    ]);
  });
});

describe('fixed width', () => {
  const names = fc.string({ unit: fc.constantFrom(...Array.from('髙橋山﨑田ｱaア花子')), maxLength: 20 });

  it('in bytes: always the width, never a character cut in half, cuts noted', () => {
    const decoder = new TextDecoder('shift_jis', { fatal: true });
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 1, max: 24 }),
        fc.constantFrom('left' as const, 'right' as const),
        fc.constantFrom(' ', '0', '\u3000'),
        (value, width, side, char) => {
          const profile = exampleProfile({
            layout: { kind: 'fixed' },
            columns: [
              exampleColumn({
                source: { kind: 'constant', value },
                width,
                overflow: 'cut',
                pad: { side, char },
              }),
            ],
          });
          const line = write(profile, exampleRecord());
          expect(line.bytes).toHaveLength(width);
          const read = decoder.decode(line.bytes);
          const left = line.notes[0]?.kind === 'cut' ? line.notes[0].left : value;
          expect(read.replaceAll(char, '').replaceAll(' ', '')).toBe(left);
          expect(value.startsWith(left)).toBe(true);
          if (side === 'right') expect(read.startsWith(left)).toBe(true);
          else expect(read.endsWith(left)).toBe(true);
        },
      ),
    );
  });

  it('in characters counts code points, and keeps marks with their letter', () => {
    const profile = exampleProfile({
      encoding: 'utf-8',
      unit: 'characters',
      layout: { kind: 'fixed' },
      columns: [
        exampleColumn({ source: { kind: 'constant', value: '葛\u{e0100}飾区' }, width: 3, overflow: 'cut' }),
        exampleColumn({
          source: { kind: 'constant', value: '𠮷' },
          width: 2,
          pad: { side: 'left', char: '0' },
        }),
      ],
    });
    expect(write(profile, exampleRecord()).text).toBe('葛\u{e0100}飾0𠮷');
    expect(charactersOf('葛\u{e0100}飾')).toEqual(['葛\u{e0100}', '飾']);
  });
});

describe('profiles', () => {
  it('that are shipped have no mistake', () => {
    for (const profile of DEFAULT_EXPORT_PROFILES) expect(profileProblems(profile)).toEqual([]);
  });

  it('say what cannot work', () => {
    const fixed = exampleProfile({ layout: { kind: 'fixed' }, lineBreaks: 'keep', columns: [noteColumn()] });
    expect(profileProblems(fixed).map((one) => one.path)).toEqual(['columns.0.width', 'lineBreaks']);
  });
});
