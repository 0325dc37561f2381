import jsQR from 'jsqr';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TEMPLATES } from '../domain/notices/default-templates.ts';
import { exampleNotice, exampleProcedure } from '../domain/notices/example.ts';
import type { NoticeContent } from '../domain/notices/content.ts';
import { DEFAULT_FEE_TABLE } from '../domain/enrolment/fees.ts';
import { PROCEDURES } from '../domain/procedures/registry.ts';
import { fontSet } from './fonts.ts';
import { charactersMissing, noticePages, noticeToPdf } from './notice.ts';
import { printFile, type PrintedEnvelope } from './print-file.ts';
import { qrMarks } from './qr.ts';
import { MM } from './sheet.ts';
import { breakLines, missingCharacters } from './text.ts';

const WINDOW = { left: 20, top: 12, width: 90, height: 45 };
const base = exampleNotice('admissionApproved', exampleProcedure('admissionApproved', PROCEDURES)!, {
  template: { value: DEFAULT_TEMPLATES.admissionApproved, version: 1 },
  office: {
    value: { name: '窓口', postalCode: '154-8504', address: '世田谷', phone: '03-0000-0000', hours: '平日' },
    version: 1,
  },
  window: WINDOW,
  fees: DEFAULT_FEE_TABLE,
});
const notice = (over: Partial<NoticeContent> = {}): NoticeContent => ({ ...base, ...over });
const PROOF = {
  url: 'https://gakudo.city.setagaya.example.jp/verify#N26A-000123.2026a.AbCdEfGhIjKlMnOpQrStUv',
  page: 'https://gakudo.city.setagaya.example.jp/verify',
  checkCode: '7K3F9QTM',
};

interface Placed {
  text: string;
  x: number;
  y: number;
}

async function placed(pdf: Buffer): Promise<Placed[][]> {
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: false }).promise;
  const pages: Placed[][] = [];
  for (let n = 1; n <= document.numPages; n += 1) {
    const page = await document.getPage(n);
    const { height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    pages.push(
      items.flatMap((item) =>
        'str' in item && item.str !== ''
          ? [
              {
                text: item.str,
                x: Number(item.transform[4]) / MM,
                y: (height - Number(item.transform[5])) / MM,
              },
            ]
          : [],
      ),
    );
  }
  await document.destroy();
  return pages;
}

/** pdf.js gives spaces, full-width ones too, as it likes. */
const tight = (text: string) => text.replace(/\s/gu, '');
const joined = (pages: Placed[][]) => pages.map((page) => page.map(({ text }) => text).join('')).join('\n');

describe('a notice on paper', () => {
  it('says everything, external characters as they are', async () => {
    const content = notice({
      to: { ...base.to, name: '髙橋　𠮷乃' },
      rows: [{ label: '児童の氏名', value: '山﨑　駒繫（ヤマサキ　コマツナギ）' }],
    });
    const text = joined(await placed(await noticeToPdf(content, PROOF)));
    for (const part of [
      '髙橋',
      '𠮷乃',
      '山﨑',
      '駒繫',
      content.number,
      content.reference,
      '7K3F-9QTM',
      '03-0000-0000',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('shows address and nothing else in the envelope’s window, wherever the sheet slips to', async () => {
    const lines = [
      '東京都世田谷区世田谷四丁目二十一番二十七号',
      'とても長い名前の見本グランドマンション世田谷弐番館 1405号室',
    ];
    const [page = []] = await placed(await noticeToPdf(notice({ to: { ...base.to, lines } }), PROOF));
    const inside = page.filter(
      ({ x, y }) => x < WINDOW.left + WINDOW.width && y < WINDOW.top + WINDOW.height,
    );
    expect(tight(inside.map(({ text }) => text).join(''))).toBe(
      tight(`〒${base.to.postalCode}${lines.join('')}${base.to.name}　様`),
    );
    for (const { x, y } of inside) {
      expect(x).toBeGreaterThan(WINDOW.left);
      expect(y).toBeGreaterThan(WINDOW.top);
    }
    // 長形3号 leaves the sheet 25 mm sideways and 21 mm upwards: what may come before the window then is empty.
    const near = page.filter(({ x, y }) => x < 112 && y > WINDOW.top + WINDOW.height && y < 64);
    expect(near).toEqual([]);
  });

  it('is the same bytes for the same content, and others for another', async () => {
    const [a, b, c] = await Promise.all([
      noticeToPdf(notice(), PROOF),
      noticeToPdf(notice(), PROOF),
      noticeToPdf(notice({ date: '令和9年1月30日' }), PROOF),
    ]);
    expect(a.equals(b)).toBe(true);
    expect(a.equals(c)).toBe(false);
  });

  it('goes on to a next page and loses nothing; pages are counted', async () => {
    const closing = Array.from({ length: 60 }, (_, n) => `注意書きその${n}です。`);
    const pages = await placed(await noticeToPdf(notice({ closing }), PROOF));
    expect(pages.length).toBe(noticePages(notice({ closing }), PROOF).length);
    expect(pages.length).toBeGreaterThan(1);
    for (const text of closing) expect(joined(pages)).toContain(text);
    expect(joined(pages)).toContain(`2／${pages.length}ページ`);
  });

  it('finds characters that no font has', () => {
    expect(charactersMissing(notice())).toEqual([]);
    expect(charactersMissing(notice({ to: { ...base.to, name: '外\u{e001}字' } }))).toEqual(['\u{e001}']);
    // Without the fonts of family registers more is missing, and still told.
    const plain = { ...fontSet(), fallback: undefined };
    expect(missingCharacters(['髙橋 𠮷田 山﨑 駒繫'], plain)).toEqual([]);
    expect(missingCharacters(['\u{2f00d}\u{e001}'], plain)).toContain('\u{e001}');
  });
});

describe('lines', () => {
  it('never begin with what must not begin one, fit their column, and lose nothing', () => {
    const text =
      'お子さんの申請（受付番号 A27-000123-4）を承認しました。詳しくは、「お知らせ」をご覧ください。'.repeat(
        4,
      );
    for (const width of [60, 97, 150, 333]) {
      const lines = breakLines(text, { width, size: 10.5 });
      const plain = lines.map((line) => line.runs.map((run) => run.text).join(''));
      expect(plain.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(line.width).toBeLessThanOrEqual(width + 0.01);
      for (const line of plain.slice(1)) expect(line).toMatch(/^[^、。）」]/u);
    }
  });
});

describe('the QR code', () => {
  it('is read by a decoder', () => {
    const mark = qrMarks(PROOF.url, { x: 0, y: 0, side: 25 * MM, alt: '二次元コード' });
    if (mark.kind !== 'squares') throw new Error(mark.kind);
    const modules = mark.rows.length;
    const scale = 6;
    const size = (modules + 8) * scale;
    const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
    for (const [row, spans] of mark.rows.entries()) {
      for (const [from, to] of spans) {
        for (let y = (row + 4) * scale; y < (row + 5) * scale; y += 1) {
          for (let x = (from + 4) * scale; x < (to + 4) * scale; x += 1)
            pixels.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
        }
      }
    }
    expect(jsQR(pixels, size, size)?.data).toBe(PROOF.url);
    // A module of half a millimetre and more is read by every hand scanner.
    expect(mark.side / MM).toBeGreaterThan(0.45);
  });
});

describe('a print file', () => {
  it('has a cover, a separator for each 新BOP, and every sheet stamped with its envelope and place', async () => {
    const one = (number: number, bopCode: string, copies = 1): PrintedEnvelope => ({
      number,
      bopCode,
      notices: [{ content: notice({ copies, reference: `N26A-00000${number}` }), verification: PROOF }],
    });
    async function* envelopes() {
      yield one(1, '2');
      yield one(2, '2', 2);
      yield one(3, '3');
    }
    const head = {
      run: '発送 2026-001',
      what: '入会承認通知書',
      envelopes: 3,
      notices: 3,
      groups: [
        { bopCode: '2', envelopes: 2, notices: 2 },
        { bopCode: '3', envelopes: 1, notices: 1 },
      ],
      window: WINDOW,
    };
    const chunks: Buffer[] = [];
    for await (const chunk of printFile(head, envelopes())) chunks.push(chunk as Buffer);
    const pages = (await placed(Buffer.concat(chunks))).map((page) =>
      tight(page.map(({ text }) => text).join('')),
    );
    expect(pages).toHaveLength(1 + 2 + 4);
    expect(pages[0]).toContain('発送2026-001');
    expect(pages[1]).toContain('封筒2通');
    expect(pages[3]).toContain('封筒21／2枚目');
    expect(pages[4]).toContain('封筒22／2枚目');
    expect(pages[5]).toContain('仕切り紙');
    expect(pages[6]).toContain('封筒3');
  });

  it('fails where its notices cannot be read', async () => {
    // eslint-disable-next-line require-yield
    async function* broken(): AsyncGenerator<PrintedEnvelope> {
      throw new Error('kintone is away');
    }
    const head = { run: '発送', what: '', envelopes: 0, notices: 0, groups: [], window: WINDOW };
    const read = async () => {
      for await (const _chunk of printFile(head, broken()));
    };
    await expect(read()).rejects.toThrow('kintone is away');
  });
});
