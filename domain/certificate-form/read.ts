import { cellName, Passage, plainLabel, type Sheet } from './grid.ts';
import { isItemLabel, SECTIONS, SIMPLE_ITEMS, type SectionItem, type SimpleItem } from './labels.ts';
import { daysIn } from './values.ts';

/** How sure a reading is: right beside its name; found another way; worked out from something else. */
export type Sureness = 'sure' | 'likely' | 'unsure';

export interface ReadValue {
  item: string;
  value: string;
  cell: string;
  sureness: Sureness;
}

/** What a certificate says, as far as it was found. */
export interface Certificate {
  simple: Partial<Record<SimpleItem, ReadValue>>;
  sections: Partial<Record<SectionItem, Passage>>;
}

interface Labelled {
  row: number;
  column: number;
  label: string;
}

/** How far to the right of its name a value may stand: forms are ruled in many narrow columns. */
const REACH = 60;
const SECTION_ROWS = 14;

/** Reads a workbook by the names of its items; the sheet with most of them is the form. Undefined where none looks like one. */
export function readCertificate(sheets: readonly Sheet[]): Certificate | undefined {
  let best: { certificate: Certificate; found: number } | undefined;
  for (const sheet of sheets) {
    const certificate = readSheet(sheet);
    const found = Object.keys(certificate.simple).length + Object.keys(certificate.sections).length;
    if (found > (best?.found ?? 2)) best = { certificate, found };
  }
  return best?.certificate;
}

function readSheet(sheet: Sheet): Certificate {
  const labels: Labelled[] = [];
  sheet.rows.forEach((cells, row) =>
    cells.forEach((text, column) => {
      if (text === null || text.length > 60) return;
      labels.push({ row, column, label: plainLabel(text) });
    }),
  );
  const simple: Certificate['simple'] = {};
  for (const key of Object.keys(SIMPLE_ITEMS) as SimpleItem[]) {
    for (const at of labels) {
      if (!SIMPLE_ITEMS[key].label.test(at.label)) continue;
      const value = valueBeside(sheet, at, key) ?? valueInside(sheet, at, key) ?? valueBelow(sheet, at, key);
      if (!value) continue;
      simple[key] = value;
      break;
    }
  }
  const sections: Certificate['sections'] = {};
  for (const at of labels) {
    const key = (Object.keys(SECTIONS) as SectionItem[]).find((one) => SECTIONS[one].label.test(at.label));
    if (key === undefined || sections[key]) continue;
    const passage = passageAt(sheet, at);
    if (passage.text.trim() !== '') sections[key] = passage;
  }
  return { simple, sections };
}

function isLabel(text: string): boolean {
  return text.length <= 60 && isItemLabel(plainLabel(text));
}

/** A value as its item wants it; undefined where it is none. */
function fitting(key: SimpleItem, text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  switch (SIMPLE_ITEMS[key].kind) {
    case 'day':
      return daysIn(plain)[0]?.day;
    case 'phone': {
      const digits = plain.replace(/[^\d]/gu, '');
      return /^0\d{9,10}$/u.test(digits) ? digits : undefined;
    }
    case 'text': {
      // Characters of names stay as they were written.
      const words = text.replace(/[\s\u3000]+/gu, ' ').trim();
      return words === '' || isLabel(words) ? undefined : words;
    }
  }
}

/** To the right in the same row, over empty cells, up to the next name. Days and numbers may be spread over cells. */
function valueBeside(sheet: Sheet, { row, column }: Labelled, key: SimpleItem): ReadValue | undefined {
  const parts: { text: string; at: number }[] = [];
  const cells = sheet.rows[row] ?? [];
  for (let at = column + 1; at < Math.min(cells.length, column + REACH); at += 1) {
    const text = cells[at];
    if (text === null || text === undefined || text.trim() === '') continue;
    if (isLabel(text)) break;
    parts.push({ text, at });
  }
  const spread = SIMPLE_ITEMS[key].kind !== 'text';
  const [first] = parts;
  if (!first) return undefined;
  const value = fitting(key, spread ? parts.map((part) => part.text).join(' ') : first.text);
  return value === undefined
    ? undefined
    : { item: SIMPLE_ITEMS[key].name, value, cell: cellName(sheet.name, row, first.at), sureness: 'sure' };
}

/** In the cell itself, after a colon or the name. */
function valueInside(sheet: Sheet, { row, column }: Labelled, key: SimpleItem): ReadValue | undefined {
  const text = sheet.rows[row]?.[column] ?? '';
  const rest = /[:：]\s*(.+)$/su.exec(text)?.[1];
  const value = rest === undefined ? undefined : fitting(key, rest);
  return value === undefined
    ? undefined
    : { item: SIMPLE_ITEMS[key].name, value, cell: cellName(sheet.name, row, column), sureness: 'likely' };
}

/** Under the name, in the next rows. */
function valueBelow(sheet: Sheet, { row, column }: Labelled, key: SimpleItem): ReadValue | undefined {
  for (let at = row + 1; at <= row + 2; at += 1) {
    const text = sheet.rows[at]?.[column];
    if (text === null || text === undefined || text.trim() === '') continue;
    if (isLabel(text)) return undefined;
    const value = fitting(key, text);
    return value === undefined
      ? undefined
      : { item: SIMPLE_ITEMS[key].name, value, cell: cellName(sheet.name, at, column), sureness: 'likely' };
  }
  return undefined;
}

/** Everything right of an item's name and in the rows below it, up to the name of the next item. */
function passageAt(sheet: Sheet, { row, column }: Labelled): Passage {
  const parts: { text: string; cell: string; newRow: boolean }[] = [];
  for (let at = row; at < Math.min(sheet.rows.length, row + SECTION_ROWS); at += 1) {
    const cells = sheet.rows[at] ?? [];
    const start = at === row ? column + 1 : 0;
    // The next item begins at the left, where this one's name stands or before it.
    if (at > row && cells.slice(0, column + 1).some((text) => text !== null && isLabel(text))) break;
    let newRow = true;
    for (let to = start; to < cells.length; to += 1) {
      const text = cells[to];
      if (text === null || text === undefined || text.trim() === '') continue;
      if (at === row && isLabel(text)) break;
      parts.push({ text, cell: cellName(sheet.name, at, to), newRow });
      newRow = false;
    }
  }
  return new Passage(parts);
}
