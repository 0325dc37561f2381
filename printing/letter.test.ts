import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { letterToPdf, type LetterContent } from './letter.ts';

const letter = (over: Partial<LetterContent> = {}): LetterContent => ({
  to: {
    postalCode: '154-0017',
    lines: ['東京都世田谷区架空町1-2-3', '見本マンション405'],
    name: '髙橋 𠮷乃',
  },
  date: '2026年12月9日（令和8年）',
  title: '新BOP学童クラブ入会申請に係る書類等の不備について（お願い）',
  opening: [
    '日頃より、ご理解とご協力をいただき、ありがとうございます。',
    '次のとおり、書類の追加が必要です。',
  ],
  listTitle: '追加・訂正をお願いしたいこと',
  items: [
    {
      what: '就労証明書（申請者）',
      lines: ['証明日から3か月を過ぎています。', '（駒繫小学校の山﨑様分とは別に必要です。）'],
    },
    { what: '緊急連絡先', lines: ['電話番号の桁が足りません。'] },
  ],
  closing: ['期限までの対応が難しい場合は、下記の窓口までご連絡ください。'],
  sender: ['世田谷区 子ども・若者部 児童課'],
  office: {
    name: '手続き窓口',
    postalCode: '154-8504',
    address: '世田谷区世田谷4-21-27',
    phone: '03-0000-0000',
    hours: '平日9時〜17時',
  },
  receiptNumber: 'A27-000123-4',
  ...over,
});

interface Placed {
  text: string;
  /** Points from the left, and from the top of the page. */
  x: number;
  y: number;
}

async function pagesOf(pdf: Buffer): Promise<Placed[][]> {
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: false }).promise;
  const pages: Placed[][] = [];
  for (let n = 1; n <= document.numPages; n += 1) {
    const page = await document.getPage(n);
    const { items } = await page.getTextContent();
    const height = page.getViewport({ scale: 1 }).height;
    pages.push(
      items.flatMap((item) =>
        'str' in item
          ? [{ text: item.str, x: Number(item.transform[4]), y: height - Number(item.transform[5]) }]
          : [],
      ),
    );
  }
  await document.destroy();
  return pages;
}

const textOf = (pages: Placed[][]) =>
  pages
    .flat()
    .map(({ text }) => text)
    .join('');

describe('deficiency letter (不備連絡文書, Q20)', () => {
  it('says everything, external characters as they are', async () => {
    const text = textOf(await pagesOf(await letterToPdf(letter())));
    for (const part of [
      '髙橋 𠮷乃',
      '駒繫',
      '山﨑',
      'A27-000123-4',
      '就労証明書（申請者）',
      '03-0000-0000',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('has the address in the window of a 長形3号 envelope', async () => {
    const [first = []] = await pagesOf(await letterToPdf(letter()));
    const mm = (points: number) => (points / 72) * 25.4;
    const address = first.filter(({ text }) => /154-0017|架空町|見本マンション|髙橋/.test(text));
    expect(address.length).toBeGreaterThanOrEqual(4);
    for (const { x, y } of address) {
      expect(mm(x)).toBeGreaterThanOrEqual(20);
      expect(mm(x)).toBeLessThan(100);
      expect(mm(y)).toBeGreaterThan(12);
      expect(mm(y)).toBeLessThan(47);
    }
  });

  it('sets a long name smaller before it breaks it', async () => {
    const name = '髙橋クリスティーナマリア 𠮷乃';
    const [first = []] = await pagesOf(await letterToPdf(letter({ to: { ...letter().to, name } })));
    const [one] = first.filter(({ text }) => text.includes('クリスティーナ'));
    expect(one).toBeDefined();
    expect(textOf([first.filter(({ y }) => y === one?.y)])).toMatch(/𠮷乃\s様/u);
  });

  it('goes on to a next page when there is much to ask, and loses nothing', async () => {
    const items = Array.from({ length: 30 }, (_, i) => ({
      what: `書類その${i + 1}`,
      lines: ['提出してください。'],
    }));
    const pages = await pagesOf(await letterToPdf(letter({ items })));
    expect(pages.length).toBeGreaterThan(1);
    for (const { what } of items) expect(textOf(pages)).toContain(what);
    // Which letter a sheet belongs to, and which of its sheets it is.
    for (const [index, page] of pages.entries()) {
      expect(textOf([page])).toContain('A27-000123-4');
      expect(textOf([page])).toContain(`${index + 1}／${pages.length}ページ`);
    }
  });

  it('is the same bytes for the same content', async () => {
    expect((await letterToPdf(letter())).equals(await letterToPdf(letter()))).toBe(true);
  });
});
