import { describe, expect, it, vi } from 'vitest';
import { text } from '../../domain/texts/locale.ts';
import { isLanguage } from './language.ts';
import { parseTemplate, plainText, templateOf, valueNames } from './template.ts';
import type { Message } from './template.ts';

/** All texts of the screens: every export of every messages file that looks like messages. */
const files = import.meta.glob<Record<string, unknown>>('../**/{messages,*[mM]essages,texts/*}.ts', {
  eager: true,
});

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && ['ja', 'en', 'easy'].every((key) => key in value);
}

const all = Object.entries(files).flatMap(([file, exports]) =>
  Object.values(exports)
    .filter((value) => typeof value === 'object' && value !== null)
    .flatMap((area) => Object.entries(area as Record<string, unknown>))
    .flatMap(([key, message]) => (isMessage(message) ? [{ name: `${file} ${key}`, message }] : [])),
);

function offenders(wrong: (message: Message) => boolean): string[] {
  return all.filter(({ message }) => wrong(message)).map(({ name }) => name);
}

/** What stands outside furigana and values. */
function bare(template: string): string {
  return parseTemplate(template)
    .map((piece) => (piece.kind === 'text' ? piece.text : ''))
    .join('');
}

describe('texts of the screens', () => {
  it('are found', () => {
    expect(all.length).toBeGreaterThan(80);
  });

  it('give furigana to every kanji of やさしい日本語, in kana', () => {
    expect(offenders(({ easy }) => /\p{Script=Han}/u.test(bare(easy)))).toEqual([]);
    expect(
      offenders(({ easy }) =>
        parseTemplate(easy).some(
          (piece) =>
            piece.kind === 'ruby' && !/^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u.test(piece.reading),
        ),
      ),
    ).toEqual([]);
  });

  it('leave furigana to やさしい日本語, and Japanese out of English', () => {
    const ruby = (template: string) => parseTemplate(template).some((piece) => piece.kind === 'ruby');
    expect(offenders(({ ja, en }) => ruby(ja) || ruby(en))).toEqual([]);
    // Names that people will see on signs and papers may stand in brackets.
    expect(
      offenders(({ en }) =>
        /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(
          bare(en).replace(/[（(「][^）)」]*[）)」]/gu, ''),
        ),
      ),
    ).toEqual([]);
  });

  it('have no braces left over', () => {
    expect(offenders(({ ja, en, easy }) => [ja, en, easy].some((one) => /[{}|]/u.test(bare(one))))).toEqual(
      [],
    );
  });
});

describe('templates', () => {
  it('part text, furigana and values', () => {
    expect(parseTemplate('{申請|しんせい}を {date}まで')).toEqual([
      { kind: 'ruby', base: '申請', reading: 'しんせい' },
      { kind: 'text', text: 'を ' },
      { kind: 'value', name: 'date' },
      { kind: 'text', text: 'まで' },
    ]);
    expect(parseTemplate('{ a } {b')).toEqual([{ kind: 'text', text: '{ a } {b' }]);
  });

  it('become plain strings without furigana', () => {
    const message = { ja: '{n}件', en: '{n} items', easy: '{n}{件|けん}' };
    expect(plainText(message, 'ja-easy', { n: 3 })).toBe('3件');
    expect(plainText('山田 {花子}', 'en')).toBe('山田 {花子}');
    expect(valueNames('{n}{件|けん} {to}まで')).toEqual(['n', 'to']);
  });

  it('say in the console which value is missing, instead of a hole that nobody notices', () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(plainText({ ja: '{date}まで', en: '', easy: '' }, 'ja')).toBe('まで');
    expect(said).toHaveBeenCalledWith('no value "date" for: {date}まで');
    said.mockRestore();
  });

  it('take texts of the domain, Japanese where a language is missing', () => {
    expect(templateOf(text('申請', '{申請|しんせい}', 'Application'), 'ja-easy')).toBe('{申請|しんせい}');
    expect(templateOf({ ja: '申請' }, 'en')).toBe('申請');
    expect(templateOf({ ja: '申請' }, 'ja-easy')).toBe('申請');
    expect(isLanguage('easy')).toBe(false);
  });
});
