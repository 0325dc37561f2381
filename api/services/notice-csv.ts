import type { RunListResponse } from '../contract/notices.ts';

const HEAD = [
  '照合',
  '封筒',
  '照会番号',
  '文書番号',
  '種類',
  '受付番号',
  '児童館',
  '新BOP',
  '児童の氏名',
  '宛名',
  '状態',
];

/** Quoted, and never a formula for a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The list to tick off as CSV: UTF-8 with a byte order mark, CRLF, as spreadsheet programs open it. */
export function csvOfRun(rows: RunListResponse['rows']): string {
  const lines = rows.map((row) => [
    row.countedAt === null ? '' : '済',
    String(row.envelope),
    row.reference,
    row.number,
    row.label,
    row.receiptNumber,
    row.hallName,
    row.bopName,
    row.childName,
    row.addressee,
    row.voided ? '取消' : '',
  ]);
  return `\ufeff${[HEAD, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
