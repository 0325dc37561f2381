import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FEE_TABLE } from '../domain/enrolment/fees.ts';
import { DEFAULT_TEMPLATES } from '../domain/notices/default-templates.ts';
import { exampleNotice, exampleProcedure } from '../domain/notices/example.ts';
import { PROCEDURES } from '../domain/procedures/registry.ts';
import { DEFAULT_WINDOW } from './address.ts';
import { letterToPdf } from './letter.ts';
import { noticeToPdf } from './notice.ts';

/**
 * What a screen reader finds in a PDF (JIS X 8341-3): language, title, headings, tables with their headings, texts for what is not
 * text, and nothing that is read by chance.
 */
const office = {
  name: '窓口',
  postalCode: '154-8504',
  address: '世田谷',
  phone: '03-0000-0000',
  hours: '平日',
};
const PROOF = {
  url: 'https://x.example.jp/verify#N26A',
  page: 'https://x.example.jp/verify',
  checkCode: '7K3F9QTM',
};

const tight = (text: string) => text.replace(/\s/gu, '');

/** The tree in the order in which it is read: `H1: title`, spaces left out. */
async function treeOf(document: PDFDocumentProxy): Promise<string[]> {
  const lines: string[] = [];
  for (let n = 1; n <= document.numPages; n += 1) {
    const page = await document.getPage(n);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const texts = new Map<string, string>();
    const open: string[] = [];
    for (const item of items) {
      if ('str' in item) {
        const id = open.at(-1) ?? 'nobody’s';
        texts.set(id, (texts.get(id) ?? '') + item.str);
      } else if (item.type === 'beginMarkedContentProps') open.push(`content ${item.id}`);
      else if (item.type === 'beginMarkedContent') open.push('content');
      else open.pop();
    }
    expect(texts.get('nobody’s'), 'text outside of the structure').toBeUndefined();
    type Node = { role?: string; type?: string; id?: string; alt?: string; children?: Node[] };
    const walk = (node: Node): string => {
      if (node.type === 'content') return texts.get(`content ${node.id}`) ?? '';
      const children = node.children ?? [];
      const at = lines.push('') - 1;
      const own = children.map((child) => walk(child)).join('');
      lines[at] = tight(`${node.role}${node.alt ? `[${node.alt}]` : ''}:${own}`);
      return '';
    };
    walk(await page.getStructTree());
  }
  await document.destroy();
  return lines;
}

const read = async (pdf: Buffer) => getDocument({ data: new Uint8Array(pdf) }).promise;

describe('what a screen reader finds', () => {
  it('in a notice: title as heading, rows with their headings, the code in words, feet left out', async () => {
    const { refused } = DEFAULT_TEMPLATES;
    const objection = { ...refused.objection, procedures: ['admission'] };
    const content = exampleNotice('refused', exampleProcedure('refused', PROCEDURES)!, {
      template: { value: { ...refused, objection }, version: 1 },
      office: { value: office, version: 1 },
      window: DEFAULT_WINDOW,
      fees: DEFAULT_FEE_TABLE,
    });
    const long = { ...content, closing: [...content.closing, '長い注意書き。'.repeat(400)] };
    const document = await read(await noticeToPdf(long, PROOF));
    expect(document.numPages).toBeGreaterThan(1);
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
    const { info } = await document.getMetadata();
    expect(info).toMatchObject({ Language: 'ja-JP', Title: `${content.title} ${content.number}` });
    const tree = await treeOf(document);
    expect(tree.filter((line) => line.startsWith('H1'))).toEqual([`H1:${content.title}`]);
    expect(tree.filter((line) => line.startsWith('H2'))).toEqual(['H2:（教示）']);
    expect(tree.filter((line) => line.startsWith('Figure'))).toEqual([
      `Figure[通知書を確かめるための二次元コード（${content.reference}）]:`,
    ]);
    const rows = tree.filter((line) => /^T[HD]:/u.test(line)).map((line) => line.slice(3));
    expect(rows).toEqual(content.rows.flatMap(({ label, value }) => [tight(label), tight(value)]));
    expect(tree.filter((line) => line.startsWith('LBody'))).toHaveLength(content.objection.length);
    // The order is that of the sheet: to whom, from whom, what, why.
    const order = ['P:〒', `P:${content.number}`, 'H1:', 'Table:', 'H2:', 'P:【お問い合わせ】'];
    const places = order.map((start) => tree.findIndex((line) => line.startsWith(start)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(tree.join('\n')).not.toContain('ページ');
  });

  it('in a deficiency letter: what is asked for as a list under its heading', async () => {
    const document = await read(
      await letterToPdf({
        to: { postalCode: '154-0017', lines: ['世田谷区架空町1-2-3'], name: '髙橋 𠮷乃' },
        date: '2026年12月9日',
        title: '書類の不備について',
        opening: ['次のとおりお願いします。'],
        listTitle: 'お願いしたいこと',
        items: [
          { what: '就労証明書', lines: ['3か月を過ぎています。', '取り直してください。'] },
          { what: '緊急連絡先', lines: ['桁が足りません。'] },
        ],
        closing: ['ご連絡ください。'],
        sender: ['世田谷区'],
        office,
        receiptNumber: 'A27-000123-4',
      }),
    );
    const tree = await treeOf(document);
    const from = tree.indexOf('H2:お願いしたいこと');
    expect(tree.slice(from, from + 10)).toEqual([
      'H2:お願いしたいこと',
      'L:',
      'LI:',
      'LBody:',
      'P:1就労証明書',
      'P:3か月を過ぎています。取り直してください。',
      'LI:',
      'LBody:',
      'P:2緊急連絡先',
      'P:桁が足りません。',
    ]);
    expect(tree).toContain('H1:書類の不備について');
  });
});
