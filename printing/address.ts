import { MM, setText, type Mark } from './sheet.ts';
import { part } from './structure.ts';
import { breakLines } from './text.ts';

/**
 * Where an envelope's window shows the sheet, in millimetres from the sheet's upper left corner while it lies flush left and at
 * the top of the envelope. A window for an address must measure 45 × 80 mm or more (郵便規則, as makers of envelopes publish
 * it); ready-made 長形3号 (120 × 235 mm) envelopes for A4 folded in three (210 × 99 mm) have 45 × 90 mm. Its place differs
 * from maker to maker and the sheet has 25 mm of play to the side and 21 mm upwards, so the ward sets it for its own envelopes.
 */
export interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
}
export const DEFAULT_WINDOW: Window = { left: 20, top: 12, width: 90, height: 45 };

export interface Address {
  postalCode: string;
  lines: readonly string[];
  name: string;
}

/** Distance of the letters from the window's edge. */
const INSET = { left: 3 * MM, top: 2 * MM };

/** The addressee inside the window; letters are made smaller, never cut, where an address is long. */
export function addressMarks(to: Address, window: Window = DEFAULT_WINDOW): readonly Mark[] {
  const x = window.left * MM + INSET.left;
  const width = window.width * MM - 2 * INSET.left;
  const height = window.height * MM - 2 * INSET.top;
  for (const scale of [1, 0.92, 0.84, 0.76, 0.68, 0.6]) {
    let y = window.top * MM + INSET.top;
    const marks: Mark[] = [];
    const add = (text: string, size: number) => {
      const block = setText(text, { x, y, width }, { size: size * scale, leading: 1.35, part: part('P') });
      marks.push(...block.marks);
      y += block.height;
    };
    add(`〒${to.postalCode}`, 11);
    for (const line of to.lines) add(line, 11);
    y += 1.5 * MM * scale;
    add(`${to.name}　様`, nameSize(`${to.name}　様`, width / scale));
    if (y - (window.top * MM + INSET.top) <= height || scale === 0.6) return marks;
  }
  return [];
}

/** A long name stands in smaller letters before it is broken over two lines. */
function nameSize(name: string, width: number): number {
  return [13, 12, 11, 10].find((size) => breakLines(name, { width, size }).length === 1) ?? 13;
}
