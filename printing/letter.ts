import { addressMarks, DEFAULT_WINDOW, type Window } from './address.ts';
import { feet, Flow, FOLDS, framed, LEFT, WIDTH } from './flow.ts';
import { MM, setText, toPdf, type Block, type Page } from './sheet.ts';
import { part, type Part } from './structure.ts';

/** What a deficiency letter says, all in words. */
export interface LetterContent {
  /** The addressee: postal code, address lines, name without 様. */
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

function item(number: number, { what, lines }: LetterContent['items'][number], y: number, list: Part): Block {
  const pad = 2 * MM;
  const entry = part('LBody', part('LI', list));
  const head = setText(
    `${number}　${what}`,
    { x: LEFT + 2 * pad, y: y + pad / 2, width: WIDTH - 4 * pad },
    { size: 10.5, bold: true, leading: 1.5, part: part('P', entry) },
  );
  const body = setText(
    lines.join('\n'),
    { x: LEFT + 5 * pad, y: y + pad / 2 + head.height, width: WIDTH - 7 * pad },
    { size: 10.5, leading: 1.5, part: part('P', entry) },
  );
  const height = head.height + body.height + pad;
  return {
    height,
    marks: [...head.marks, ...body.marks, { kind: 'frame', x: LEFT, y, width: WIDTH, height, weight: 0.5 }],
  };
}

function pagesOf(letter: LetterContent, window: Window): readonly Page[] {
  // Beside the window stand date and sender; the title is below it.
  const flow = new Flow(Math.max(52, window.top + window.height - 5) * MM);
  flow.put(...addressMarks(letter.to, window));
  const right = { size: 10.5, align: 'right', leading: 1.45 } as const;
  for (const line of [letter.date, `受付番号 ${letter.receiptNumber}`, ...letter.sender])
    flow.text(line, right);
  flow.space(6 * MM);
  flow.text(letter.title, { size: 14, bold: true, align: 'center', part: part('H1') });
  flow.space(4 * MM);
  for (const text of letter.opening) flow.text(`　${text}`, { size: 10.5, leading: 1.7 });
  flow.space(3 * MM);
  flow.text(letter.listTitle, { size: 11, bold: true, part: part('H2') });
  const list = part('L');
  flow.space(1 * MM);
  for (const [index, one] of letter.items.entries()) {
    flow.block((y) => item(index + 1, one, y, list));
    flow.space(1 * MM);
  }
  flow.space(3 * MM);
  for (const text of letter.closing) flow.text(`　${text}`, { size: 10.5, leading: 1.7 });
  flow.space(3 * MM);
  const { office } = letter;
  flow.block((y) =>
    framed(
      [
        `【お問い合わせ・送付先】${office.name}`,
        `〒${office.postalCode} ${office.address}`,
        `電話 ${office.phone}（${office.hours}）`,
      ],
      y,
    ),
  );
  return flow.pages.map((page, index) => [
    ...page,
    ...(index === 0 ? FOLDS : []),
    // Sheets of two letters that fell to the floor find together again.
    ...feet({ left: `受付番号 ${letter.receiptNumber}`, page: index + 1, pages: flow.pages.length }),
  ]);
}

/**
 * A deficiency letter (不備連絡文書, Q20) as PDF, A4, fonts embedded, the address where the window of a 長形3号 envelope is when the
 * sheet is folded in three. What does not fit goes on to a next page.
 * @param window where the ward's envelopes have theirs
 */
export function letterToPdf(letter: LetterContent, window: Window = DEFAULT_WINDOW): Promise<Buffer> {
  return toPdf(pagesOf(letter, window), { title: letter.title, author: letter.sender.join(' ') });
}
