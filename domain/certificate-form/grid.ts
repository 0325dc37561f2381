/** A sheet of a workbook as texts; days are `YYYY-MM-DD`, times `HH:MM`. Of merged cells the first holds the text. */
export interface Sheet {
  name: string;
  rows: readonly (readonly (string | null)[])[];
}

/** Where a value stands, as spreadsheets name it: `就労証明書!F12`. */
export function cellName(sheet: string, row: number, column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${sheet}!${letters}${String(row + 1)}`;
}

/** A label as it is compared: one width, no spaces, no numbering before it. */
export function plainLabel(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s*※]+/gu, '')
    .replace(/^(?:No\.?)?[(（]?\d{1,2}[)）.．、]?(?=\D)/iu, '')
    .replace(/[:：]$/u, '');
}

/** Text of several cells in reading order, which knows the cell of each of its characters. */
export class Passage {
  readonly text: string;
  readonly #spans: readonly { from: number; cell: string }[];

  constructor(parts: readonly { text: string; cell: string; newRow: boolean }[]) {
    let text = '';
    const spans: { from: number; cell: string }[] = [];
    for (const part of parts) {
      if (text !== '') text += part.newRow ? '\n' : ' ';
      spans.push({ from: text.length, cell: part.cell });
      text += part.text.normalize('NFKC');
    }
    this.text = text;
    this.#spans = spans;
  }

  /** The cell in which a position of the text lies. */
  cellAt(index: number): string {
    return this.#spans.findLast((span) => span.from <= index)?.cell ?? '';
  }
}
