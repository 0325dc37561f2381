import type { RunListResponse } from '../contract/notices.ts';
import { csvOf } from '../views/csv.ts';

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

/** The list to tick off as CSV. */
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
  return csvOf([HEAD, ...lines]);
}
