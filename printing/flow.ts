import { A4, MM, setText, type Block, type Mark, type Page, type TextStyle } from './sheet.ts';
import { part, type Part } from './structure.ts';

export const LEFT = 25 * MM;
export const WIDTH = 160 * MM;
const TOP = 20 * MM;
const BOTTOM = 274 * MM;

/** Fills pages from the top; what does not fit goes on to the next one, and no paragraph's line or table row is torn. */
export class Flow {
  readonly #pages: Mark[][] = [[]];
  y: number;

  constructor(begin: number) {
    this.y = begin;
  }

  get pages(): readonly Page[] {
    return this.#pages;
  }

  /** Marks at places of their own on the present page. */
  put(...marks: readonly Mark[]): void {
    this.#pages.at(-1)?.push(...marks);
  }

  space(height: number): void {
    this.y += height;
  }

  /** Begins a new page where less than this is left. */
  room(height: number): void {
    if (this.y + height <= BOTTOM || this.y <= TOP) return;
    this.#pages.push([]);
    this.y = TOP;
  }

  /** A text; long ones go on line by line on the next page. */
  text(text: string, style: TextStyle, column: { x?: number; width?: number } = {}): void {
    const { x = LEFT, width = WIDTH } = column;
    const { marks, height } = setText(text, { x, y: 0, width }, { part: part('P'), ...style });
    const step = height / Math.max(marks.length, 1);
    // The last line of a paragraph is not left alone.
    this.room(Math.min(height, 2 * step));
    for (const mark of marks) {
      this.room(step);
      if (mark.kind === 'text') this.put({ ...mark, y: this.y + mark.y - marks.indexOf(mark) * step });
      this.y += step;
    }
  }

  /** A block that stays together, made for the place where it goes. */
  block(make: (y: number) => Block): void {
    this.room(make(0).height);
    const { marks, height } = make(this.y);
    this.put(...marks);
    this.y += height;
  }
}

/** A row of a table: label and value in their columns, framed. */
export function tableRow(
  { label, value }: { label: string; value: string },
  y: number,
  table: Part,
  { labelWidth = 45 * MM, size = 10.5 } = {},
): Block {
  const pad = 2 * MM;
  const row = part('TR', table);
  const left = setText(
    label,
    { x: LEFT + pad, y: y + 1 * MM, width: labelWidth - 2 * pad },
    { size, leading: 1.5, part: part('TH', row) },
  );
  const right = setText(
    value,
    { x: LEFT + labelWidth + pad, y: y + 1 * MM, width: WIDTH - labelWidth - 2 * pad },
    { size, leading: 1.5, part: part('TD', row) },
  );
  const height = Math.max(left.height, right.height) + 2 * MM;
  return {
    height,
    marks: [
      ...left.marks,
      ...right.marks,
      { kind: 'frame', x: LEFT, y, width: WIDTH, height, weight: 0.5 },
      { kind: 'rule', x1: LEFT + labelWidth, y1: y, x2: LEFT + labelWidth, y2: y + height, weight: 0.5 },
    ],
  };
}

/** Lines in a frame. */
export function framed(lines: readonly string[], y: number, { size = 10, weight = 0.8 } = {}): Block {
  const pad = 3 * MM;
  const marks: Mark[] = [];
  let height = pad / 2;
  for (const line of lines) {
    const place = { x: LEFT + pad, y: y + height, width: WIDTH - 2 * pad };
    const block = setText(line, place, { size, leading: 1.5, part: part('P') });
    marks.push(...block.marks);
    height += block.height;
  }
  height += pad / 2;
  return { height, marks: [...marks, { kind: 'frame', x: LEFT, y, width: WIDTH, height, weight }] };
}

/** Where the sheet is folded in three. */
export const FOLDS: readonly Mark[] = [99 * MM, 198 * MM].map((y) => ({
  kind: 'rule',
  x1: 4 * MM,
  y1: y,
  x2: 8 * MM,
  y2: y,
  weight: 0.4,
}));

/** At the foot of a sheet: what it belongs to, which of how many it is, and for the post its envelope. Not for reading aloud. */
export function feet(what: {
  left: string;
  page: number;
  pages: number;
  right?: string | undefined;
}): readonly Mark[] {
  const line = (text: string, align: 'left' | 'center' | 'right') =>
    setText(text, { x: LEFT, y: A4.height - 14 * MM, width: WIDTH }, { size: 8, align }).marks;
  return [
    ...line(what.left, 'left'),
    ...line(`${what.page}／${what.pages}ページ`, 'center'),
    ...(what.right === undefined ? [] : line(what.right, 'right')),
  ];
}
