import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Localized } from '../domain/texts/locale.ts';
import { localeAsked } from './locale.ts';
import { PROBLEMS_FOR_APPLICANTS, problemTitles } from './problem-texts.ts';
import {
  attach,
  atMost,
  fileLimit,
  lockedFor,
  receivedBefore,
  receivedFromOther,
  told,
  words,
} from './problem-words.ts';
import { ProblemError } from './problems.ts';

const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/u;
const LABEL = { ja: '住民票', 'ja-easy': '{住民票|じゅうみんひょう}', en: 'Residence record' };

/** All that a family can be told of a problem, with where it stands. */
function everything(): readonly (readonly [string, Localized])[] {
  return [
    ...PROBLEMS_FOR_APPLICANTS.map((code) => [code, new ProblemError(code).told] as const),
    ...Object.entries(words),
    ['attach', attach(LABEL)],
    ['atMost', atMost(LABEL, 5)],
    ['fileLimit', fileLimit(20)],
    ['lockedFor', lockedFor(90)],
    ['receivedBefore', receivedBefore('A27-000001-0', '2026-11-02')],
    ['receivedFromOther', receivedFromOther('2026-11-02')],
    ...schemaTexts().map((ja) => [ja, told(ja)] as const),
  ];
}

/** Japanese sentences in the schemas of what families send; numbers in them as they come out. */
function schemaTexts(): readonly string[] {
  const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'contract');
  const numbers: Readonly<Record<string, number>> = {
    PASSWORD_MIN_LENGTH: 12,
    PASSWORD_MAX_LENGTH: 128,
    MAX_BATCH: 12,
  };
  return ['session', 'common', 'applicant', 'family', 'certificates'].flatMap((name) => {
    const source = readFileSync(path.join(folder, `${name}.ts`), 'utf8').replaceAll(
      /\/\*[\s\S]*?\*\/|\/\/.*$/gmu,
      '',
    );
    return [...source.matchAll(/'([^'\n]*)'|`([^`]*)`/gu)]
      .map(([, plain, filled]) => plain ?? filled ?? '')
      .filter((text) => JAPANESE.test(text))
      .map((text) =>
        text.replaceAll(/\$\{String\((\w+)\)\}/gu, (_, constant: string) => String(numbers[constant])),
      );
  });
}

describe('what families are told of problems', () => {
  it.each(everything())('%s: in three languages', (_where, text) => {
    expect(text.ja).toMatch(JAPANESE);
    expect(text.en ?? '').not.toBe('');
    expect(text.en).not.toMatch(JAPANESE);
    expect(text['ja-easy'] ?? '').not.toBe('');
    // Every Chinese character has its reading beside it.
    expect(text['ja-easy']!.replaceAll(/\{[^{}|]+\|[^{}|]+\}/gu, '')).not.toMatch(/[\u4e00-\u9fff]/u);
    expect(text['ja-easy']).not.toBe(text.ja);
  });

  it('finds the sentences of the schemas', () => {
    expect(schemaTexts().length).toBeGreaterThan(15);
  });

  it('what only staff meet is Japanese', () => {
    expect(problemTitles('bulkChanged')).toEqual({});
    expect(problemTitles('samePerson')).toEqual({});
  });
});

describe('the language of a request', () => {
  it.each([
    [undefined, 'ja'],
    ['', 'ja'],
    ['*', 'ja'],
    ['ja', 'ja'],
    ['ja-JP,ja;q=0.9,en-US;q=0.8', 'ja'],
    ['en-US,en;q=0.9', 'en'],
    ['ja-easy', 'ja-easy'],
    ['fr, en;q=0.8, ja;q=0.5', 'en'],
    ['en;q=0.1, ja;q=0.5', 'ja'],
    ['en;q=0, de', 'ja'],
  ])('%s → %s', (header, locale) => {
    expect(localeAsked(header)).toBe(locale);
  });
});
