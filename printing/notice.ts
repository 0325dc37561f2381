import type { NoticeContent } from '../domain/notices/content.ts';
import { addressMarks, type Window } from './address.ts';
import { feet, Flow, FOLDS, framed, tableRow } from './flow.ts';
import { fontSet } from './fonts.ts';
import { qrMarks } from './qr.ts';
import { MM, setText, toPdf, type Mark, type Page } from './sheet.ts';
import { part } from './structure.ts';
import { missingCharacters } from './text.ts';

/** What stands on a notice besides its content: how to find out that it is true. */
export interface Verification {
  /** In the QR code. */
  url: string;
  /** The page's address, to type. */
  page: string;
  /** Beside the reference: `7K3F9QTM`. */
  checkCode: string;
}

/** Printed at the foot of each sheet of a print file. */
export interface Stamp {
  run: string;
  envelope: number;
  /** From 1, counted over the envelope's sheets. */
  sheet: number;
  sheets: number;
}

/** Right of what a window can show, wherever the sheet slips to. */
const RIGHT = { x: 113 * MM, width: 72 * MM };
const QR = 25 * MM;

function head(content: NoticeContent, { url, page, checkCode }: Verification): readonly Mark[] {
  const marks: Mark[] = [];
  let y = 12 * MM;
  const right = (text: string, size: number, width = RIGHT.width) => {
    const style = { size, align: 'right', leading: 1.45, part: part('P') } as const;
    const block = setText(text, { x: RIGHT.x, y, width }, style);
    marks.push(...block.marks);
    y += block.height;
  };
  right(content.number, 10.5);
  right(content.date, 10.5);
  y += 2 * MM;
  for (const line of content.sender) right(line, 10.5);
  const top = Math.max(y + 1 * MM, 34 * MM);
  const alt = `通知書を確かめるための二次元コード（${content.reference}）`;
  marks.push(qrMarks(url, { x: RIGHT.x + RIGHT.width - QR, y: top, side: QR, alt }));
  y = top + 4 * MM;
  const beside = RIGHT.width - QR - 1 * MM;
  right(`照会番号 ${content.reference}`, 8, beside);
  right(`確認コード ${checkCode.slice(0, 4)}-${checkCode.slice(4)}`, 8, beside);
  right(`通知書の確認 ${page.replace(/^https?:\/\//u, '')}`, 6.5, beside);
  return marks;
}

const stampLine = ({ run, envelope, sheet, sheets }: Stamp) =>
  `${run}　封筒${envelope}　${sheet}／${sheets}枚目`;

/** Printed at the foot of the sheets of a notice that stands in a print file. */
export interface Stamps extends Omit<Stamp, 'sheet'> {
  firstSheet: number;
}

/** @internal The pages of a notice but for their feet. */
export function noticeBodies(
  content: NoticeContent,
  verification: Verification,
  window: Window,
): readonly Page[] {
  // Below what the window can show: nothing of the child is read from outside.
  const flow = new Flow(Math.max(68, window.top + window.height + 8) * MM);
  flow.put(...addressMarks(content.to, window), ...head(content, verification), ...FOLDS);
  flow.text(content.title, { size: 15, bold: true, align: 'center', leading: 1.5, part: part('H1') });
  flow.space(4 * MM);
  for (const text of content.opening) flow.text(`　${text}`, { size: 10.5, leading: 1.7 });
  flow.space(3 * MM);
  const table = part('Table');
  for (const row of content.rows) flow.block((y) => tableRow(row, y, table));
  flow.space(4 * MM);
  for (const text of content.closing) flow.text(`　${text}`, { size: 10.5, leading: 1.7 });
  if (content.objection.length > 0) {
    flow.space(3 * MM);
    flow.room(20 * MM);
    flow.text('（教示）', { size: 9.5, bold: true, part: part('H2') });
    const list = part('L');
    for (const [index, text] of content.objection.entries()) {
      const entry = part('LBody', part('LI', list));
      flow.text(`${index + 1}　${text}`, { size: 9.5, leading: 1.5, part: entry });
    }
  }
  flow.space(5 * MM);
  const { office } = content;
  flow.block((y) =>
    framed(
      [
        `【お問い合わせ】${office.name}`,
        `〒${office.postalCode} ${office.address}`,
        `電話 ${office.phone}（${office.hours}）`,
      ],
      y,
    ),
  );
  return flow.pages;
}

/** @internal Pages with their feet: reference, page numbers, and in a print file the envelope. */
export function withFeet(content: NoticeContent, pages: readonly Page[], stamps?: Stamps): readonly Page[] {
  return pages.map((page, index) => [
    ...page,
    ...feet({
      left: content.reference,
      page: index + 1,
      pages: pages.length,
      right: stamps && stampLine({ ...stamps, sheet: stamps.firstSheet + index }),
    }),
  ]);
}

/**
 * A notice as pages (A4 upright, for a 長形3号 window envelope folded in three). The same content and verification give the same
 * pages for ever.
 */
export function noticePages(
  content: NoticeContent,
  verification: Verification,
  window: Window = content.window,
): readonly Page[] {
  return withFeet(content, noticeBodies(content, verification, window));
}

/** A notice as PDF; the same bytes for the same content, verification and fonts. */
export function noticeToPdf(content: NoticeContent, verification: Verification): Promise<Buffer> {
  return toPdf(noticePages(content, verification), {
    title: `${content.title} ${content.number}`,
    author: content.sender.join(' '),
  });
}

/** Every text that a notice prints. */
function textsOf(content: NoticeContent): readonly string[] {
  const { to, office } = content;
  return [
    content.title,
    content.number,
    content.date,
    ...content.opening,
    ...content.rows.flatMap(({ label, value }) => [label, value]),
    ...content.closing,
    ...content.objection,
    ...content.sender,
    to.postalCode,
    ...to.lines,
    to.name,
    office.name,
    office.postalCode,
    office.address,
    office.phone,
    office.hours,
  ];
}

/** The characters of a notice that no font here has (外字). A notice that has some must not be posted as it is. */
export function charactersMissing(content: NoticeContent): readonly string[] {
  return missingCharacters(textsOf(content), fontSet());
}

/** A sample with the edge of the window, to see whether the address stands in it. */
export function sampleWithWindow(
  content: NoticeContent,
  verification: Verification,
  window: Window,
): Promise<Buffer> {
  const { left, top, width, height } = window;
  const edge: Mark = {
    kind: 'frame',
    x: left * MM,
    y: top * MM,
    width: width * MM,
    height: height * MM,
    weight: 0.6,
  };
  const label = setText(
    `窓：左${left} 上${top} 幅${width} 高さ${height}（mm）`,
    { x: left * MM, y: (top + height + 1) * MM, width: 90 * MM },
    { size: 7 },
  );
  const pages = noticePages(content, verification, window).map((page, index) =>
    index === 0 ? [...page, edge, ...label.marks] : page,
  );
  return toPdf(pages, { title: content.title, author: '' });
}
