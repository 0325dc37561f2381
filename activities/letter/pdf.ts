import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const require = createRequire(import.meta.url);
const font = (weight: string, name: string) =>
  require.resolve(`@expo-google-fonts/noto-sans-jp/${weight}/NotoSansJP_${weight}.ttf${name}`);
const REGULAR = font('400Regular', '');
const BOLD = font('700Bold', '');

/** What a deficiency letter says, all in words. */
export interface LetterContent {
  /** The addressee: postal code, address lines, name with 様. */
  to: { postalCode: string; lines: readonly string[]; name: string };
  date: string;
  title: string;
  opening: readonly string[];
  listTitle: string;
  items: readonly { what: string; lines: readonly string[] }[];
  closing: readonly string[];
  sender: readonly string[];
  office: { name: string; postalCode: string; address: string; phone: string; hours: string };
  receiptNumber: string;
}

const MM = 72 / 25.4;
const LEFT = 25 * MM;
const WIDTH = 160 * MM;
const BOTTOM = 270 * MM;

/**
 * A deficiency letter as PDF, A4, fonts embedded. The address stands where the window of a 長形3号 envelope is when the sheet is
 * folded in three (20 mm from the left, 12 to 45 mm from the top). What does not fit goes on to a next page.
 */
export function letterToPdf(letter: LetterContent): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 20 * MM, bottom: 15 * MM, left: LEFT, right: 25 * MM },
    info: { Title: letter.title, Author: letter.sender.join(' '), CreationDate: new Date(0) },
    lang: 'ja-JP',
    pdfVersion: '1.7',
  });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', () => {
      resolve(Buffer.concat(parts));
    });
    pdf.on('error', reject);
  });
  pdf.registerFont('regular', REGULAR).registerFont('bold', BOLD);

  address(pdf, letter);
  heading(pdf, letter);
  paragraphs(pdf, letter.opening);
  list(pdf, letter);
  paragraphs(pdf, letter.closing);
  contact(pdf, letter);
  pdf.end();
  return done;
}

type Pdf = InstanceType<typeof PDFDocument>;

function address(pdf: Pdf, { to }: LetterContent): void {
  pdf.font('regular').fontSize(11);
  pdf.text(`〒${to.postalCode}`, 22 * MM, 14 * MM, { width: 78 * MM });
  for (const line of to.lines) pdf.text(line, { width: 78 * MM });
  pdf
    .moveDown(0.4)
    .fontSize(13)
    .text(`${to.name}　様`, { width: 78 * MM });
}

function heading(pdf: Pdf, { date, sender, receiptNumber, title }: LetterContent): void {
  pdf.font('regular').fontSize(10.5);
  pdf.text(date, LEFT, 52 * MM, { width: WIDTH, align: 'right' });
  pdf.text(`受付番号 ${receiptNumber}`, { width: WIDTH, align: 'right' });
  for (const line of sender) pdf.text(line, { width: WIDTH, align: 'right' });
  pdf.moveDown(1.5).font('bold').fontSize(14).text(title, LEFT, pdf.y, { width: WIDTH, align: 'center' });
  pdf.moveDown(1);
}

function paragraphs(pdf: Pdf, texts: readonly string[]): void {
  pdf.font('regular').fontSize(10.5);
  for (const text of texts) {
    room(pdf, text, WIDTH);
    pdf.text(`　${text}`, LEFT, pdf.y, { width: WIDTH, lineGap: 3 });
    pdf.moveDown(0.5);
  }
}

/** Starts a new page where a block would be torn. */
function room(pdf: Pdf, text: string, width: number, above = 0): void {
  if (pdf.y + above + pdf.heightOfString(text, { width, lineGap: 3 }) > BOTTOM) pdf.addPage();
}

function list(pdf: Pdf, { listTitle, items }: LetterContent): void {
  pdf.moveDown(0.3).font('bold').fontSize(11).text(listTitle, LEFT, pdf.y, { width: WIDTH });
  pdf.moveDown(0.4);
  const inner = WIDTH - 12 * MM;
  for (const [index, { what, lines }] of items.entries()) {
    const body = lines.join('\n');
    pdf.font('regular').fontSize(10.5);
    room(pdf, `${what}\n${body}`, inner, 6);
    const top = pdf.y;
    pdf.font('bold').text(`${index + 1}　${what}`, LEFT + 4 * MM, top + 5, { width: inner, lineGap: 2 });
    pdf.font('regular').text(body, LEFT + 10 * MM, pdf.y, { width: inner - 6 * MM, lineGap: 3 });
    pdf
      .rect(LEFT, top, WIDTH, pdf.y - top + 4)
      .lineWidth(0.5)
      .strokeColor('#666666')
      .stroke();
    pdf.y += 4;
  }
  pdf.moveDown(0.8);
}

function contact(pdf: Pdf, { office }: LetterContent): void {
  const lines = [
    `【お問い合わせ・送付先】${office.name}`,
    `〒${office.postalCode} ${office.address}`,
    `電話 ${office.phone}（${office.hours}）`,
  ].join('\n');
  pdf.font('regular').fontSize(10.5);
  room(pdf, lines, WIDTH - 8 * MM, 24);
  const top = pdf.y + 8;
  pdf.text(lines, LEFT + 4 * MM, top + 6, { width: WIDTH - 8 * MM, lineGap: 3 });
  pdf
    .rect(LEFT, top, WIDTH, pdf.y - top + 4)
    .lineWidth(0.8)
    .strokeColor('#000000')
    .stroke();
}
