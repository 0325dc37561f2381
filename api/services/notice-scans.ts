import type { Scanned, ScanResult } from '../../domain/notices/scanning.ts';

/** What a reading came to, for the protocol. */
export const SCAN_LABELS: Readonly<Record<ScanResult, string>> = {
  ok: '確認できました',
  more: '確認できました（同じ封筒に残りあり）',
  double: '読み取り済みです（二重）',
  foreign: 'この発送の通知書ではありません',
  voided: '取り消された通知書です',
  unknown: 'この仕組みの通知書ではありません',
};

/** What the clerk has to do now. */
export function scanMessage({ result, envelope, still, left }: Scanned): string {
  const before = left
    ? `封筒${left.envelope}に、まだ読み取っていない通知書があります（${left.references.join('、')}）。`
    : '';
  switch (result) {
    case 'ok':
      return `${before}封筒${String(envelope)}：確認できました。`;
    case 'more':
      return `${before}封筒${String(envelope)}：確認できました。同じ封筒に、あと${still.length}件入れてください（${still.join('、')}）。`;
    case 'double':
      return `封筒${String(envelope)}の通知書は、すでに読み取っています。同じ通知書が2枚ないか、確かめてください。`;
    case 'foreign':
      return '別の発送の通知書です。この封筒から取り出してください。';
    case 'voided':
      return '取り消された通知書です（決定の取り消し、または通知日の変更）。郵送しないで、封筒から取り出してください。';
    case 'unknown':
      return '通知書のQRコードではないか、正しくない通知書です。封筒の中を確かめてください。';
  }
}
