import { parseTemplate, type Piece } from '../../i18n/template.ts';

/**
 * Readings of words by their spelling. Single characters are read differently from word to word, so they stand with the kana that
 * follows them (`出す`, `出る`), or behind a number (`0時`).
 */
export type Readings = ReadonlyMap<string, string>;

const KANJI = /^[\p{Script=Han}々]+$/u;
const RUN = /[\p{Script=Han}々]+/gu;
const KANA = /[\p{Script=Hiragana}]/u;
const DIGIT = /[0-9０-９]/u;

/** Keys of a character that stands alone: with what is before and after it. */
const beside = (base: string, before: string, after: string): string | undefined =>
  DIGIT.test(before) ? `0${base}` : KANA.test(after) ? `${base}${after}` : undefined;

/**
 * Learns readings from texts with furigana that people have checked. A spelling that is read in two ways there is left out:
 * no furigana is better than a wrong one.
 */
export function learnReadings(templates: Iterable<string>): Readings {
  const known = new Map<string, string>();
  const doubtful = new Set<string>();
  const learn = (base: string, reading: string) => {
    if (known.has(base) && known.get(base) !== reading) doubtful.add(base);
    known.set(base, reading);
  };
  for (const template of templates) {
    const pieces = parseTemplate(template);
    for (const [at, piece] of pieces.entries()) {
      if (piece.kind !== 'ruby' || !KANJI.test(piece.base)) continue;
      if (Array.from(piece.base).length > 1) learn(piece.base, piece.reading);
      else {
        const key = beside(piece.base, lastOf(pieces[at - 1]), firstOf(pieces[at + 1]));
        if (key !== undefined) learn(key, piece.reading);
      }
    }
  }
  for (const base of doubtful) known.delete(base);
  return known;
}

const lastOf = (piece: Piece | undefined): string => (piece?.kind === 'text' ? piece.text.slice(-1) : '');
const firstOf = (piece: Piece | undefined): string => (piece?.kind === 'text' ? piece.text.slice(0, 1) : '');

/**
 * Puts furigana over what somebody wrote. A row of kanji gets them only where all of it is made of known words: `申請書類` of
 * `申請` and `書類`; names and everything unknown stay as they are.
 */
export function withFurigana(text: string, readings: Readings): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(RUN)) {
    const [run] = match;
    const after = text.slice(match.index + run.length, match.index + run.length + 1);
    const words = wordsOf(Array.from(run), text.slice(0, match.index).slice(-1), after, readings);
    if (!words) continue;
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    pieces.push(...words);
    end = match.index + run.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

/** Longest words first; `undefined` where something is left over. */
function wordsOf(
  run: readonly string[],
  before: string,
  after: string,
  readings: Readings,
): readonly Piece[] | undefined {
  if (run.length === 0) return [];
  for (let length = run.length; length > 0; length -= 1) {
    const base = run.slice(0, length).join('');
    const last = length === run.length;
    const key = length > 1 ? base : beside(base, before, last ? after : '');
    const reading = key === undefined ? undefined : readings.get(key);
    if (reading === undefined) continue;
    const rest = wordsOf(run.slice(length), '', after, readings);
    if (rest) return [{ kind: 'ruby', base, reading }, ...rest];
  }
  return undefined;
}
