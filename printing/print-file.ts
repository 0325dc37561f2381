import type { Readable } from 'node:stream';
import type { NoticeContent } from '../domain/notices/content.ts';
import { bopOf, hallOfBop } from '../domain/facilities/facilities.ts';
import type { Window } from './address.ts';
import { noticeBodies, withFeet, type Verification } from './notice.ts';
import { A4, addPage, MM, openPdf, setText, type Mark, type Page, type Pdf } from './sheet.ts';

/** What a print file holds, beside the notices. */
export interface PrintFileHead {
  /** 発送番号, for example `発送 2026-003`. */
  run: string;
  /** In words: what was chosen. */
  what: string;
  envelopes: number;
  notices: number;
  /** Before the first envelope of each 新BOP. */
  groups: readonly { bopCode: string; envelopes: number; notices: number }[];
  window: Window;
}

/** An envelope's notices in the order of the sheets. */
export interface PrintedEnvelope {
  number: number;
  bopCode: string;
  notices: readonly { content: NoticeContent; verification: Verification }[];
}

/** A sheet that no envelope takes: told apart from a distance, and by the grey of its edge in the pile. */
function separator(lines: readonly { text: string; size: number; bold?: boolean }[]): Page {
  const marks: Mark[] = [
    {
      kind: 'frame',
      x: 10 * MM,
      y: 10 * MM,
      width: A4.width - 20 * MM,
      height: A4.height - 20 * MM,
      weight: 3,
    },
  ];
  let y = 70 * MM;
  for (const { text, size, bold = false } of lines) {
    const block = setText(
      text,
      { x: 20 * MM, y, width: A4.width - 40 * MM },
      { size, bold, align: 'center' },
    );
    marks.push(...block.marks);
    y += block.height + 4 * MM;
  }
  return marks;
}

function coverPage(head: PrintFileHead): Page {
  return separator([
    { text: head.run, size: 36, bold: true },
    { text: head.what, size: 14 },
    { text: `封筒 ${head.envelopes}通　通知書 ${head.notices}件`, size: 20 },
    { text: '仕切り紙です。封入しないでください。', size: 14 },
  ]);
}

function groupPage(head: PrintFileHead, group: PrintFileHead['groups'][number]): Page {
  return separator([
    { text: hallOfBop(group.bopCode)?.name ?? '', size: 18 },
    { text: bopOf(group.bopCode)?.name ?? group.bopCode, size: 40, bold: true },
    { text: `封筒 ${group.envelopes}通　通知書 ${group.notices}件`, size: 20 },
    { text: head.run, size: 14 },
    { text: '仕切り紙です。封入しないでください。', size: 14 },
  ]);
}

/** Bytes that may wait for the reader before more are made. */
const AHEAD = 1024 * 1024;

/** Lets the reader catch up, and other work of the process have its turn. */
async function breathe(pdf: Pdf): Promise<void> {
  const stream = pdf as unknown as Readable;
  do {
    await new Promise((resolve) => setImmediate(resolve));
    if (stream.readableLength > AHEAD) await new Promise((resolve) => setTimeout(resolve, 5));
  } while (stream.readableLength > AHEAD && !stream.destroyed);
}

/**
 * One file for the printer (Q22): a cover, then for each 新BOP a separator and its envelopes, each sheet stamped with run,
 * envelope and its place in it. Nothing is held but what the reader has not taken yet: contents come one by one.
 * @returns a stream; it fails where `envelopes` does
 */
export function printFile(head: PrintFileHead, envelopes: AsyncIterable<PrintedEnvelope>): Readable {
  const pdf = openPdf({ title: `${head.run} ${head.what}`, author: '' });
  const stream = pdf as unknown as Readable;
  const write = async () => {
    addPage(pdf, coverPage(head));
    let bop: string | undefined;
    for await (const envelope of envelopes) {
      if (stream.destroyed) return;
      if (envelope.bopCode !== bop) {
        bop = envelope.bopCode;
        const group = head.groups.find((one) => one.bopCode === bop);
        if (group) addPage(pdf, groupPage(head, group));
      }
      addEnvelope(pdf, head, envelope);
      await breathe(pdf);
    }
    pdf.end();
  };
  write().catch((error: unknown) => {
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return stream;
}

function addEnvelope(pdf: Pdf, head: PrintFileHead, { number, notices }: PrintedEnvelope): void {
  const window = head.window;
  const bodies = notices.flatMap(({ content, verification }) => {
    const pages = noticeBodies(content, verification, window);
    return Array.from({ length: content.copies }, () => ({ content, pages }));
  });
  const sheets = bodies.reduce((sum, { pages }) => sum + pages.length, 0);
  let firstSheet = 1;
  for (const { content, pages } of bodies) {
    for (const page of withFeet(content, pages, { run: head.run, envelope: number, firstSheet, sheets })) {
      addPage(pdf, page);
    }
    firstSheet += pages.length;
  }
}
