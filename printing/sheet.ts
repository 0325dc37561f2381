import PDFDocument from 'pdfkit';
import { fontSet, type FontSet } from './fonts.ts';
import { Structure, type Part } from './structure.ts';
import { breakLines, type Line } from './text.ts';

export const MM = 72 / 25.4;
export const A4 = { width: 210 * MM, height: 297 * MM } as const;

/**
 * What is drawn on a page: lines of text at their baseline, rules, frames, filled squares; points from the upper left. What is to be
 * heard by who cannot see it belongs to a part.
 */
export type Mark =
  | { kind: 'text'; x: number; y: number; size: number; line: Line; part?: Part | undefined }
  | { kind: 'rule'; x1: number; y1: number; x2: number; y2: number; weight: number }
  | { kind: 'frame'; x: number; y: number; width: number; height: number; weight: number }
  | {
      kind: 'squares';
      x: number;
      y: number;
      side: number;
      rows: readonly (readonly [from: number, to: number][])[];
      part?: Part | undefined;
    };
export type Page = readonly Mark[];

export interface TextStyle {
  size: number;
  bold?: boolean;
  /** Distance of baselines, in multiples of the size. */
  leading?: number;
  align?: 'left' | 'right' | 'center';
  part?: Part | undefined;
}

export interface Block {
  marks: readonly Mark[];
  height: number;
}

/** Sets a text into a column; its first line's top is at `y`. */
export function setText(
  text: string,
  { x, y, width }: { x: number; y: number; width: number },
  { size, bold = false, leading = 1.6, align = 'left', part }: TextStyle,
): Block {
  const lines = breakLines(text, { width, size, bold });
  const marks = lines.map((line, index): Mark => {
    const rest = width - line.width;
    const shift = align === 'right' ? rest : align === 'center' ? rest / 2 : 0;
    const baseline = y + size * (leading * index + leading / 2 + 0.38);
    return { kind: 'text', x: x + shift, y: baseline, size, line, part };
  });
  return { marks, height: lines.length * size * leading };
}

export type Pdf = InstanceType<typeof PDFDocument>;

/** Always the same, so that the same content gives the same bytes: when a notice was made stands on it. */
const FIXED = new Date(0);

/**
 * A PDF to be filled page by page; a stream of its bytes. Fonts are embedded as far as they are used.
 * @param tagged whether its pages will say what their parts are (`structure.ts`)
 */
export function openPdf({
  title,
  author,
  tagged = false,
  fonts = fontSet(),
}: {
  title: string;
  author: string;
  tagged?: boolean;
  fonts?: FontSet;
}): Pdf {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: title, Author: author, CreationDate: FIXED, ModDate: FIXED },
    lang: 'ja-JP',
    displayTitle: true,
    tagged,
    pdfVersion: '1.7',
    // Lines of names and addresses hardly ever come twice: keeping their layout would only fill the memory.
    fontLayoutCache: false,
  });
  for (const face of [fonts.regular, fonts.bold, ...(fonts.fallback ? [fonts.fallback] : [])]) {
    pdf.registerFont(face.name, face.font as unknown as PDFKit.Mixins.PDFFontSource);
  }
  return pdf;
}

/** Adds a page with these marks; to a structure where the PDF has one. */
export function addPage(pdf: Pdf, page: Page, structure?: Structure): void {
  pdf.addPage({ size: 'A4', margin: 0 });
  if (!structure) {
    for (const mark of page) draw(pdf, mark);
    return;
  }
  for (const { of, marks } of byPart(page)) {
    structure.draw(of, () => {
      for (const mark of marks) draw(pdf, mark);
    });
  }
}

/** Neighbouring marks of one part together: lines of a paragraph are one text. */
function byPart(page: Page): { of: Part | undefined; marks: Mark[] }[] {
  const groups: { of: Part | undefined; marks: Mark[] }[] = [];
  for (const mark of page) {
    const of = 'part' in mark ? mark.part : undefined;
    const last = groups.at(-1);
    if (last?.of === of && last) last.marks.push(mark);
    else groups.push({ of, marks: [mark] });
  }
  return groups;
}

function draw(pdf: Pdf, mark: Mark): void {
  switch (mark.kind) {
    case 'text': {
      let { x } = mark;
      for (const { face, text, width } of mark.line.runs) {
        pdf.font(face.name).fontSize(mark.size).fillColor('black');
        pdf.text(text, x, mark.y, { lineBreak: false, baseline: 'alphabetic' });
        x += width;
      }
      return;
    }
    case 'rule':
      pdf
        .moveTo(mark.x1, mark.y1)
        .lineTo(mark.x2, mark.y2)
        .lineWidth(mark.weight)
        .strokeColor('black')
        .stroke();
      return;
    case 'frame':
      pdf.rect(mark.x, mark.y, mark.width, mark.height).lineWidth(mark.weight).strokeColor('black').stroke();
      return;
    case 'squares':
      for (const [row, spans] of mark.rows.entries()) {
        for (const [from, to] of spans) {
          pdf.rect(mark.x + from * mark.side, mark.y + row * mark.side, (to - from) * mark.side, mark.side);
        }
      }
      pdf.fillColor('black').fill();
  }
}

/** Pages as one tagged PDF in memory. For single letters; print files are streamed (`print-file.ts`). */
export async function toPdf(
  pages: readonly Page[],
  info: { title: string; author: string },
): Promise<Buffer> {
  const pdf = openPdf({ ...info, tagged: true });
  const structure = new Structure(pdf);
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', () => {
      resolve(Buffer.concat(parts));
    });
    pdf.on('error', reject);
  });
  for (const page of pages) addPage(pdf, page, structure);
  pdf.end();
  return done;
}
