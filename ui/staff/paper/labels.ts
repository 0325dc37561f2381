import { PAPER_WAYS, PAPER_WAY_LABELS, type PaperState } from '../../../domain/intake/paper.ts';

export const PAPER_STATE_LABELS: Readonly<Record<PaperState, string>> = {
  entering: '入力中',
  submitted: '登録済み',
  discarded: '取りやめ',
};

export const WAY_OPTIONS = PAPER_WAYS.map((value) => ({ value, label: PAPER_WAY_LABELS[value] }));
