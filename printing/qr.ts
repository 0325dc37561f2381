import { encode } from 'uqr';
import type { Mark } from './sheet.ts';
import { part } from './structure.ts';

/** Light modules around a QR code (ISO/IEC 18004: four). */
const QUIET = 4;

/** One of the eight masks, always: trying them all takes most of a sheet's time, and every reader takes any. */
const MASK = 2;

/**
 * A QR code as black squares. Correction level M: survives a fold or a stain.
 * @param side of the whole code with its quiet zone, in points
 * @param alt what it is, for those who do not see it
 */
export function qrMarks(
  text: string,
  { x, y, side, alt }: { x: number; y: number; side: number; alt: string },
): Mark {
  const { data, size } = encode(text, { ecc: 'M', border: 0, maskPattern: MASK });
  const module = side / (size + 2 * QUIET);
  return {
    kind: 'squares',
    x: x + QUIET * module,
    y: y + QUIET * module,
    side: module,
    rows: data.map((row) => spansOf(row)),
    part: part('Figure', undefined, alt),
  };
}

/** Neighbouring dark modules as one: no white lines between them on paper, fewer marks. */
function spansOf(row: readonly boolean[]): [from: number, to: number][] {
  const spans: [number, number][] = [];
  for (const [at, dark] of row.entries()) {
    const last = spans.at(-1);
    if (!dark) continue;
    if (last?.[1] === at) last[1] = at + 1;
    else spans.push([at, at + 1]);
  }
  return spans;
}
