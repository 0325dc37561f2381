import type { RunRow, ScanResponse, StaffNoticeRow } from '../../../api/contract/index.ts';
import { NOTICE_KINDS, NOTICE_LABELS } from '../../../domain/notices/kinds.ts';
import type { StatusTone } from '../../components/index.ts';

export const KIND_OPTIONS = NOTICE_KINDS.map((value) => ({ value, label: NOTICE_LABELS[value] }));
export const ROUND_OPTIONS = [
  { value: 'first', label: '一斉受付（一次）' },
  { value: 'second', label: '一斉受付（二次）' },
  { value: 'anytime', label: '随時受付' },
];
export const DELIVERY_OPTIONS = [
  { value: 'post', label: '郵送' },
  { value: 'portal', label: '画面のみ' },
  { value: 'counter', label: '新BOPで渡す' },
];
export const CHANNEL_OPTIONS = [
  { value: 'online', label: 'オンライン' },
  { value: 'paper', label: '紙' },
];
export const PRINTED_OPTIONS = [
  { value: 'false', label: '未印刷' },
  { value: 'true', label: '印刷ファイルあり' },
];

export function deliveryLabel(delivery: StaffNoticeRow['delivery']): string {
  return DELIVERY_OPTIONS.find((one) => one.value === delivery)?.label ?? delivery;
}

/** How a notice stands, with a colour for its tag. */
export function standingOf(row: StaffNoticeRow): { label: string; tone: StatusTone } {
  if (row.voidedAt !== null) return { label: '取消', tone: 'danger' };
  return row.releasedAt === null
    ? { label: '公開前', tone: 'neutral' }
    : { label: '公開済み', tone: 'success' };
}

export function runName(run: Pick<RunRow, 'number'>): string {
  return `発送 ${run.number}`;
}

export const SCAN_TONES: Readonly<Record<ScanResponse['result'], 'success' | 'warning' | 'error'>> = {
  ok: 'success',
  more: 'success',
  double: 'warning',
  foreign: 'error',
  voided: 'error',
  unknown: 'error',
};
