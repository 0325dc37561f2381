import type { ProcedureDefinition } from '../procedures/definition.ts';
import { dayOf, formatDay } from './dates.ts';
import { toFullWidth, toHalfKatakana, toHalfWidth, toHiragana } from './kana.ts';
import {
  LINE_ENDS,
  type ExportColumn,
  type ExportFormat,
  type ExportProfile,
  type Replacement,
} from './profile.ts';
import { rawValue, type ExportRecord, type RawValue } from './record.ts';

/** An encoding: what a character becomes. */
export interface Encoder {
  /** At the very beginning of a file. */
  readonly bom: Uint8Array;
  /** The bytes of a character (with its marks); undefined where the encoding lacks it. Never a substitute. */
  encode: (character: string) => Uint8Array | undefined;
}

/** Why a value cannot go out as it is. */
export type ExportProblem = { column: string } & (
  | { kind: 'character'; character: string; codePoints: string; value: string }
  | { kind: 'tooLong'; value: string; length: number; width: number }
  | { kind: 'empty' }
  /** Neither kintone nor the waiting copies have the record's answers. */
  | { kind: 'noData' }
  | { kind: 'unknownCode'; value: string }
  | { kind: 'notADate'; value: string }
  | { kind: 'notANumber'; value: string }
  | { kind: 'lineBreak'; value: string }
  | { kind: 'delimiter'; value: string }
);

/** What was changed on the way out, for the protocol. */
export type ExportNote =
  | { kind: 'replaced'; column: string; from: string; to: string }
  | { kind: 'cut'; column: string; value: string; left: string };

export interface WrittenLine {
  /** Undefined where there are problems. */
  bytes: Uint8Array | undefined;
  /** The line as it reads, for the preview. */
  text: string;
  problems: readonly ExportProblem[];
  notes: readonly ExportNote[];
}

/** One character with what it becomes. */
interface Piece {
  text: string;
  bytes: Uint8Array;
}

/** What becomes of a character; no pieces: it cannot be written. */
interface Known {
  pieces: readonly Piece[] | undefined;
  replaced?: string;
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Characters with their marks and variation selectors, as people count them. */
export function charactersOf(text: string): readonly string[] {
  // Nearly all text: no marks, no pairs.
  if (/^[\u0020-\u007e\u3000-\u3098\u309b-\u30ff\u4e00-\u9fff\uff01-\uff9d]*$/u.test(text))
    return Array.from(text);
  return Array.from(segmenter.segment(text), (one) => one.segment);
}

/** `U+9AD9`, with a variation selector `U+845B U+E0100`. */
export function codePointsOf(character: string): string {
  return Array.from(character, (one) => {
    return `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  }).join(' ');
}

/** A value in the column's format; the problem where it does not fit the format. */
export function formatted(
  raw: RawValue,
  format: ExportFormat,
): string | { kind: 'unknownCode' | 'notADate' | 'notANumber' } {
  if (raw === null || raw === '') return '';
  switch (format.kind) {
    case 'text': {
      const kana =
        format.kana === 'halfKatakana'
          ? toHalfKatakana(raw)
          : format.kana === 'hiragana'
            ? toHiragana(raw)
            : format.kana === 'katakana'
              ? katakanaOf(raw)
              : raw;
      if (format.width === 'full') return toFullWidth(kana);
      return format.width === 'half' ? toHalfWidth(kana) : kana;
    }
    case 'date': {
      const day = dayOf(raw);
      return (day === undefined ? undefined : formatDay(day, format.pattern)) ?? { kind: 'notADate' };
    }
    case 'code':
      return format.map.find((one) => one.from === raw)?.to ?? format.otherwise ?? { kind: 'unknownCode' };
    case 'number':
      if (!/^-?\d+(\.\d+)?$/u.test(raw)) return { kind: 'notANumber' };
      return format.digits === 0 ? raw : raw.padStart(format.digits, '0');
  }
}

function katakanaOf(text: string): string {
  return toHiragana(text).replace(/[ぁ-ゖゝゞ]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));
}

/** Makes the lines of a file by a profile. Holds nothing of what it has written but the memory of characters. */
export class ExportWriter {
  readonly #profile: ExportProfile;
  readonly #encoder: Encoder;
  readonly #replacements: ReadonlyMap<string, string>;
  readonly #known = new Map<string, Known>();

  constructor(profile: ExportProfile, encoder: Encoder, replacements: readonly Replacement[]) {
    this.#profile = profile;
    this.#encoder = encoder;
    this.#replacements = new Map(replacements.map(({ from, to }) => [from, to]));
  }

  /** What stands before the first line: the byte order mark where the encoding has one, and the headings. */
  head(): WrittenLine {
    const { layout, columns } = this.#profile;
    const none = { text: '', problems: [], notes: [] };
    if (layout.kind === 'fixed' || !layout.header) return { ...none, bytes: this.#encoder.bom };
    const line = this.#line(columns.map((column) => ({ column, text: column.title, heading: true })));
    return line.bytes ? { ...line, bytes: joined([this.#encoder.bom, line.bytes]) } : line;
  }

  /** The line of a record, without its line end. `line` is its number from 1. */
  record(record: ExportRecord, definition: ProcedureDefinition, line: number): WrittenLine {
    const problems: ExportProblem[] = [];
    const cells = this.#profile.columns.map((column) => {
      const raw = rawValue(column.source, record, definition, line);
      const value = formatted(raw, column.format);
      if (typeof value === 'string') return { column, text: value, heading: false };
      problems.push({ column: column.title, kind: value.kind, value: raw ?? '' });
      return { column, text: '', heading: true };
    });
    const written = this.#line(cells);
    return problems.length === 0
      ? written
      : { ...written, bytes: undefined, problems: [...problems, ...written.problems] };
  }

  /** The line end as bytes. */
  lineEnd(): Uint8Array {
    return this.#ascii(LINE_ENDS[this.#profile.lineEnd]);
  }

  #line(cells: readonly { column: ExportColumn; text: string; heading: boolean }[]): WrittenLine {
    const { layout } = this.#profile;
    const problems: ExportProblem[] = [];
    const notes: ExportNote[] = [];
    const parts: Piece[][] = cells.map((cell) => this.#cell(cell, problems, notes));
    const delimiter = layout.kind === 'delimited' ? this.#plain(layout.delimiter) : [];
    const all = parts.flatMap((part, index) => (index === 0 ? part : [...delimiter, ...part]));
    return {
      bytes: problems.length === 0 ? joined(all.map((piece) => piece.bytes)) : undefined,
      text: all.map((piece) => piece.text).join(''),
      problems,
      notes,
    };
  }

  #cell(
    { column, text: given, heading }: { column: ExportColumn; text: string; heading: boolean },
    problems: ExportProblem[],
    notes: ExportNote[],
  ): Piece[] {
    const { layout, lineBreaks } = this.#profile;
    const { title } = column;
    if (given === '' && !heading && column.required && column.whenEmpty === '') {
      problems.push({ column: title, kind: 'empty' });
    }
    let text = given === '' && !heading ? column.whenEmpty : given;
    if (/[\r\n]/u.test(text)) {
      if (lineBreaks === 'problem') problems.push({ column: title, kind: 'lineBreak', value: text });
      if (lineBreaks !== 'keep') text = text.replace(/\r\n|\r|\n/gu, ' ');
    }
    let pieces = this.#pieces(text, title, problems, notes);
    if (column.width !== null && !(heading && layout.kind === 'delimited')) {
      pieces = this.#fitted(pieces, column, column.width, problems, notes);
    }
    return layout.kind === 'delimited' ? this.#quoted(pieces, title, layout, problems) : pieces;
  }

  /** Characters with their bytes; those that the encoding lacks replaced by the ward's table or told as problems. */
  #pieces(text: string, column: string, problems: ExportProblem[], notes: ExportNote[]): Piece[] {
    return charactersOf(text).flatMap((character) => {
      const { pieces, replaced } = this.#known.get(character) ?? this.#learn(character);
      if (!pieces) {
        const codePoints = codePointsOf(character);
        problems.push({ column, kind: 'character', character, codePoints, value: text });
        return [{ text: character, bytes: new Uint8Array() }];
      }
      if (replaced !== undefined) notes.push({ kind: 'replaced', column, from: character, to: replaced });
      return pieces;
    });
  }

  /** What becomes of a character, worked out once: names and addresses use the same ones again and again. */
  #learn(character: string): Known {
    const bytes = isUnfit(character) ? undefined : this.#encoder.encode(character);
    const replaced = this.#replacements.get(character);
    const known: Known = bytes
      ? { pieces: [{ text: character, bytes }] }
      : replaced === undefined
        ? { pieces: undefined }
        : { pieces: this.#encoded(replaced), replaced };
    this.#known.set(character, known);
    return known;
  }

  /** Undefined where the encoding lacks one of the characters. Private ones may be: the ward named them. */
  #encoded(text: string): readonly Piece[] | undefined {
    const pieces: Piece[] = [];
    for (const character of charactersOf(text)) {
      const bytes = this.#encoder.encode(character);
      if (!bytes) return undefined;
      pieces.push({ text: character, bytes });
    }
    return pieces;
  }

  #fitted(
    pieces: Piece[],
    column: ExportColumn,
    width: number,
    problems: ExportProblem[],
    notes: ExportNote[],
  ): Piece[] {
    const measure = (piece: Piece) =>
      this.#profile.unit === 'bytes' ? piece.bytes.length : Array.from(piece.text).length;
    const length = pieces.reduce((sum, piece) => sum + measure(piece), 0);
    let kept = pieces;
    let used = length;
    if (length > width) {
      const value = pieces.map((piece) => piece.text).join('');
      if (column.overflow === 'problem') {
        problems.push({ column: column.title, kind: 'tooLong', value, length, width });
      }
      used = 0;
      let count = 0;
      // Whole characters only: none is ever cut in half.
      for (const piece of pieces) {
        if (used + measure(piece) > width) break;
        used += measure(piece);
        count += 1;
      }
      kept = pieces.slice(0, count);
      if (column.overflow === 'cut') {
        notes.push({ kind: 'cut', column: column.title, value, left: kept.map((one) => one.text).join('') });
      }
    }
    if (this.#profile.layout.kind !== 'fixed' && !(column.pad.side === 'left' && column.pad.char === '0')) {
      return kept;
    }
    const filling: Piece[] = [];
    const pad = this.#plain(column.pad.char);
    const padWidth = pad.reduce((sum, piece) => sum + measure(piece), 0);
    let room = width - used;
    for (; padWidth > 0 && room >= padWidth; room -= padWidth) filling.push(...pad);
    // What a wide padding leaves over.
    const rest = Array.from({ length: room }, () => this.#plain(' ')).flat();
    return column.pad.side === 'left' ? [...rest, ...filling, ...kept] : [...kept, ...filling, ...rest];
  }

  #quoted(
    pieces: Piece[],
    column: string,
    layout: Extract<ExportProfile['layout'], { kind: 'delimited' }>,
    problems: ExportProblem[],
  ): Piece[] {
    const has = (test: (text: string) => boolean) => pieces.some((piece) => test(piece.text));
    const special = has((text) => text === layout.delimiter || text === '"' || /[\r\n]/u.test(text));
    if (layout.quote === 'never') {
      if (special) {
        problems.push({ column, kind: 'delimiter', value: pieces.map((piece) => piece.text).join('') });
      }
      return pieces;
    }
    const edges = /^[ \t]$/u;
    const wanted =
      layout.quote === 'always' ||
      special ||
      edges.test(pieces[0]?.text ?? '') ||
      edges.test(pieces.at(-1)?.text ?? '');
    if (!wanted) return pieces;
    const quote = this.#plain('"');
    return [
      ...quote,
      ...pieces.flatMap((piece) => (piece.text === '"' ? [piece, ...quote] : [piece])),
      ...quote,
    ];
  }

  /** Text of the profile itself: delimiter, padding. The profile's check has seen that it can be encoded. */
  #plain(text: string): Piece[] {
    return charactersOf(text).map((one) => ({
      text: one,
      bytes: this.#encoder.encode(one) ?? this.#ascii(' '),
    }));
  }

  #ascii(text: string): Uint8Array {
    return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  }
}

/** Characters whose meaning only one machine knows (外字), and controls: as bad as lacking, whatever the encoding. */
function isUnfit(character: string): boolean {
  return /\p{Co}/u.test(character) || (/\p{Cc}/u.test(character) && !/^[\t\r\n]+$/u.test(character));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
