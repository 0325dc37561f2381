import { withoutFurigana } from '../texts/locale.ts';
import type { Block, MailContent } from './content.ts';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Furigana as ruby; everything else escaped. */
function rich(text: string): string {
  return escapeHtml(text)
    .replace(/\{([^{}|]+)\|([^{}|]+)\}/g, '<ruby>$1<rp>(</rp><rt>$2</rt><rp>)</rp></ruby>')
    .replaceAll('\n', '<br>');
}

/** Furigana in brackets behind the word, as plain text has no ruby. */
function plain(text: string): string {
  return text.replace(/\{([^{}|]+)\|([^{}|]+)\}/g, '$1($2)');
}

function blockAsText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return plain(block.text);
    case 'facts':
      return block.rows.map(({ label, value }) => `${plain(label)}：${plain(value)}`).join('\n');
    case 'items':
      return block.items
        .map(({ title, lines }, index) =>
          [`${index + 1}. ${plain(title)}`, ...lines.map((l) => `   ${plain(l)}`)].join('\n'),
        )
        .join('\n\n');
    case 'link':
      return `${plain(block.label)}\n${block.url}`;
  }
}

function blockAsHtml(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:0 0 16px">${rich(block.text)}</p>`;
    case 'facts': {
      const rows = block.rows.map(
        ({ label, value }) =>
          `<tr><th scope="row" align="left" style="padding:4px 16px 4px 0;font-weight:normal;color:#4d4d4d">${rich(label)}</th>` +
          `<td style="padding:4px 0;font-weight:bold">${rich(value)}</td></tr>`,
      );
      return `<table style="margin:0 0 16px;border-collapse:collapse">${rows.join('')}</table>`;
    }
    case 'items': {
      const items = block.items.map(
        ({ title, lines }) =>
          `<li style="margin:0 0 12px"><strong>${rich(title)}</strong>${lines.map((l) => `<br>${rich(l)}`).join('')}</li>`,
      );
      return `<ol style="margin:0 0 16px;padding-left:24px">${items.join('')}</ol>`;
    }
    case 'link':
      return (
        `<p style="margin:0 0 16px"><a href="${escapeHtml(block.url)}" style="display:inline-block;padding:12px 24px;` +
        `background:#0017c1;color:#ffffff;border-radius:8px;text-decoration:none;font-weight:bold">${rich(block.label)}</a></p>` +
        `<p style="margin:0 0 16px;font-size:14px;word-break:break-all">${escapeHtml(block.url)}</p>`
      );
  }
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/**
 * Plain text and HTML of a mail, from one source.
 * @param footer who writes, telephone, hours; several lines
 */
export function renderMail(content: MailContent, footer: string, language: string): RenderedMail {
  const subject = withoutFurigana(content.subject);
  const rule = '――――――――――――――――――――';
  const text = [...content.blocks.map(blockAsText), rule, footer].join('\n\n') + '\n';
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(subject)}</title></head>
<body style="margin:0;background:#f2f2f2"><div style="max-width:600px;margin:0 auto;padding:24px;background:#ffffff;color:#1a1a1a;font-family:'Noto Sans JP',sans-serif;font-size:16px;line-height:1.7">
<h1 style="font-size:20px;margin:0 0 16px">${rich(content.subject.replace(/^【[^】]*】/, ''))}</h1>
${content.blocks.map(blockAsHtml).join('\n')}
<hr style="border:0;border-top:1px solid #cccccc;margin:24px 0"><p style="margin:0;font-size:14px;color:#4d4d4d">${rich(footer)}</p>
</div></body></html>
`;
  return { subject, text, html };
}
