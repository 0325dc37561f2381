import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const FONT = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
);

const made = new Map<string, Promise<Buffer>>();

function draw(documentType: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pdf = new PDFDocument({ size: 'A4', margin: 60 });
    const parts: Buffer[] = [];
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', () => {
      resolve(Buffer.concat(parts));
    });
    pdf.on('error', reject);
    pdf.font(FONT).fontSize(22).text('見本の書類', { align: 'center' });
    pdf.moveDown().fontSize(12).text(`種類: ${documentType}`);
    pdf.text('これは動作を試すための書類で、実在の人や会社とは関係がありません。');
    pdf.rect(60, 200, 475, 420).stroke();
    pdf
      .moveDown(4)
      .text('事業所名  見本商事株式会社', 80, 220)
      .text('就労時間  9時00分から17時30分まで')
      .text('週の日数  5日');
    pdf.end();
  });
}

/** A one-page PDF that stands for a document of this type. Made-up, and says so. */
export function paper(documentType: string): Promise<Buffer> {
  let pdf = made.get(documentType);
  if (!pdf) made.set(documentType, (pdf = draw(documentType)));
  return pdf;
}
