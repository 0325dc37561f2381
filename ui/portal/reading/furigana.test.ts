import { describe, expect, it } from 'vitest';
import type { Piece } from '../../i18n/template.ts';
import { learnReadings, withFurigana } from './furigana.ts';
import { OFFICE_WORDS } from './office-words.ts';
import { readings } from './readings.ts';

const marked = (pieces: readonly Piece[]) =>
  pieces
    .map((piece) =>
      piece.kind === 'ruby' ? `{${piece.base}|${piece.reading}}` : piece.kind === 'text' ? piece.text : '',
    )
    .join('');

describe('furigana over what people wrote', () => {
  const known = learnReadings([
    '{申請|しんせい} {書類|しょるい}を {出|だ}す',
    '9{時|じ}に {出|で}る',
    '{一日|いちにち}と {一日|ついたち}',
  ]);

  it('stands over rows of kanji that are made of known words', () => {
    expect(marked(withFurigana('申請書類を出す。10時に出る。', known))).toBe(
      '{申請|しんせい}{書類|しょるい}を{出|だ}す。10{時|じ}に{出|で}る。',
    );
  });

  it('is left out where a word is unknown, a part of another, or read in two ways', () => {
    for (const text of ['見本 花子', '申請人', '再申請', '一日', '出た', '時に', '{出す}']) {
      expect(marked(withFurigana(text, known))).toBe(text === '{出す}' ? '{{出|だ}す}' : text);
    }
  });

  it('loses nothing of the text', () => {
    const text = '𠮷田様：申請{書類}|を\n2通（9時まで）出す';
    const plain = withFurigana(text, known).map((piece) =>
      'base' in piece ? piece.base : 'text' in piece && piece.text,
    );
    expect(plain.join('')).toBe(text);
  });
});

describe('the portal’s own words', () => {
  it('read what offices and reviewers usually write', () => {
    const all = readings();
    for (const text of [
      '東京都世田谷区世田谷4-21-27',
      '平日 午前9時から午後5時まで（祝日・年末年始を除く）',
      '就労証明書の証明日が3か月を過ぎています。最新のものを提出してください。',
      '写真が不鮮明で、勤務先の電話番号が読めません。全体が写るように撮影してください。',
      '雇用期間の記載がありません。会社に確認して、書き直してもらってください。',
      'お引っ越しの予定を確認してください。',
    ]) {
      const left = withFurigana(text, all)
        .map((piece) => (piece.kind === 'text' ? piece.text : ''))
        .join('');
      expect(left, text).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('no word of the office’s list is in doubt', () => {
    const own = learnReadings(OFFICE_WORDS);
    const all = readings();
    expect([...own.keys()].filter((word) => !all.has(word))).toEqual([]);
  });
});
