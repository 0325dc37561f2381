import { fontSet, type Face, type FontSet } from './fonts.ts';

/** Characters of one typeface, to be drawn in one go. */
export interface Run {
  face: Face;
  text: string;
  /** In points at the size given. */
  width: number;
}
export interface Line {
  runs: readonly Run[];
  width: number;
}

/** What stands for a character that no font has: 〓, as printers always did. */
const GETA = '〓';
/** Must not begin a line (行頭禁則), must not end one (行末禁則). */
const NOT_FIRST = new Set(
  '、。，．・：；！？）」』】〉》〕］｝”’ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;!?)]}%％…‥〜～',
);
const NOT_LAST = new Set('（「『【〈《〔［｛“‘([{〒');
const WORD = /[A-Za-z0-9@_/#:.\-+=?&%~]/u;
const SELECTOR = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

interface Cluster {
  text: string;
  face: Face;
  /** Of the em. */
  advance: number;
}

const known = new Map<string, Cluster>();

function hasAll(face: Face, text: string): boolean {
  return Array.from(text).every(
    (char) => SELECTOR.test(char) || face.font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0),
  );
}

function advanceOf(face: Face, text: string): number {
  const { glyphs } = face.font.layout(text);
  return glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) / face.font.unitsPerEm;
}

/** The typeface that has a character: the wanted one, else the fallback, else 〓 in its place. */
function clusterOf(text: string, wanted: 'regular' | 'bold', fonts: FontSet): Cluster {
  const key = `${wanted}${fonts.fallback ? '+' : '-'}${text}`;
  const before = known.get(key);
  if (before) return before;
  const face = [fonts[wanted], ...(fonts.fallback ? [fonts.fallback] : [])].find((one) => hasAll(one, text));
  const cluster = face
    ? { text, face, advance: advanceOf(face, text) }
    : { text: GETA, face: fonts[wanted], advance: advanceOf(fonts[wanted], GETA) };
  known.set(key, cluster);
  return cluster;
}

function clusters(text: string, wanted: 'regular' | 'bold', fonts: FontSet): Cluster[] {
  return segmentsOf(printable(text)).map((segment) => clusterOf(segment, wanted, fonts));
}

/** Marks and selectors that belong to the character before them; without any, characters are code points. */
const JOINS = /[\p{M}\u200d]/u;

function segmentsOf(text: string): readonly string[] {
  if (!JOINS.test(text)) return Array.from(text);
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Kana with marks as one code point each, as the fonts have them; nothing else is changed. */
function printable(text: string): string {
  return text
    .replace(/[\u304b-\u30ff][\u3099\u309a]/gu, (pair) => pair.normalize('NFC'))
    .replace(/\t/g, '　');
}

/** The characters of these texts that no font has: they would be printed as 〓, so whoever prints has to know of them. */
export function missingCharacters(texts: Iterable<string>, fonts: FontSet = fontSet()): readonly string[] {
  const missing = new Set<string>();
  for (const text of texts) {
    for (const segment of segmentsOf(printable(text))) {
      if (/^\s$/u.test(segment) || segment === GETA) continue;
      if (clusterOf(segment, 'regular', fonts).text === GETA) missing.add(segment);
    }
  }
  return [...missing];
}

function toLine(parts: readonly Cluster[], size: number): Line {
  const runs: Run[] = [];
  for (const { face, text, advance } of parts) {
    const last = runs.at(-1);
    const width = advance * size;
    if (last?.face === face)
      runs[runs.length - 1] = { face, text: last.text + text, width: last.width + width };
    else runs.push({ face, text, width });
  }
  return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
}

/** May a line end between these two? */
function breaks(before: Cluster, after: Cluster): boolean {
  if (NOT_FIRST.has(after.text) || NOT_LAST.has(before.text)) return false;
  if (after.text === ' ') return false;
  return !(WORD.test(before.text) && WORD.test(after.text));
}

/** Where the line that begins at `from` ends: as far as it fits, back to where it may be broken, never nothing. */
function endOfLine(all: readonly Cluster[], from: number, room: number): number {
  let used = 0;
  let end = from;
  while (end < all.length && used + (all[end]?.advance ?? 0) <= room) {
    used += all[end]?.advance ?? 0;
    end += 1;
  }
  if (end === all.length) return end;
  for (let at = end; at > from; at -= 1) {
    const [before, after] = [all[at - 1], all[at]];
    if (before && after && breaks(before, after)) return at;
  }
  return Math.max(end, from + 1);
}

/** Lines set before: most of what a print file says comes on every sheet. */
const setBefore = new Map<string, readonly Line[]>();
const KEPT = 2000;

/**
 * Breaks a text into lines no wider than `width` points by the Japanese rules; line breaks of the text stay.
 * @param size of the letters, in points
 */
export function breakLines(
  text: string,
  {
    width,
    size,
    bold = false,
    fonts = fontSet(),
  }: { width: number; size: number; bold?: boolean; fonts?: FontSet },
): readonly Line[] {
  const key = `${width} ${size} ${bold} ${fonts.fallback !== undefined} ${text}`;
  const before = setBefore.get(key);
  if (before) return before;
  const lines = text.split(/\r\n|\r|\n/u).flatMap((paragraph) => {
    const all = clusters(paragraph, bold ? 'bold' : 'regular', fonts);
    const lines: Line[] = [];
    for (let from = 0; from < all.length;) {
      const end = endOfLine(all, from, width / size);
      lines.push(toLine(all.slice(from, end), size));
      from = end;
      while (all[from]?.text === ' ') from += 1;
    }
    return lines.length > 0 ? lines : [{ runs: [], width: 0 }];
  });
  if (setBefore.size >= KEPT) setBefore.clear();
  setBefore.set(key, lines);
  return lines;
}
