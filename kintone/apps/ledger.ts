import { STAGES, type Channel } from '../../domain/application/state.ts';
import { PAPER_WAY_LABELS } from '../../domain/intake/paper.ts';
import { STAGE_LABELS } from '../../domain/texts/application.ts';
import type { KintoneApp } from './model.ts';
import { PLACE_FIELDS } from './places.ts';

export const CHANNEL_LABELS: Readonly<Record<Channel, string>> = { online: 'オンライン', paper: '紙' };

/** What a stamped paper is in before it is an application, and how it ends where it never becomes one. */
export const PAPER_LEDGER_LABELS = { entering: '入力中', discarded: '入力を取りやめ' } as const;

/**
 * The receipt ledger (受付簿): a line for whatever was received, paper and online, in the order of receipt, so that no number is
 * missing without a reason. Names of families are not in it.
 */
export const LEDGER_APP: KintoneApp = {
  key: 'ledger',
  name: '学童クラブ 受付簿',
  description:
    '受け付けた申請（紙・オンライン）の一覧です。紙の申請は受領印を押したときから載ります。手続きシステムが書き込みます。',
  recordKey: 'ledger_id',
  titleField: 'receipt_number',
  groups: [
    {
      code: 'group_ledger',
      label: '受付',
      open: true,
      fields: [
        { code: 'receipt_number', label: '受付番号', type: 'SINGLE_LINE_TEXT' },
        { code: 'serial', label: '収受番号（紙の受領印）', type: 'SINGLE_LINE_TEXT' },
        { code: 'received_on', label: '受付日', type: 'DATE' },
        { code: 'received_at', label: '記録した日時', type: 'DATETIME' },
        { code: 'channel', label: '受付方法', type: 'DROP_DOWN', options: Object.values(CHANNEL_LABELS) },
        {
          code: 'arrived_by',
          label: '届いた方法',
          type: 'DROP_DOWN',
          options: Object.values(PAPER_WAY_LABELS),
        },
        { code: 'receiver', label: '受け付けた人', type: 'SINGLE_LINE_TEXT' },
        { code: 'procedure', label: '手続き', type: 'SINGLE_LINE_TEXT' },
        { code: 'fiscal_year', label: '年度', type: 'NUMBER' },
        {
          code: 'state',
          label: '状態',
          type: 'DROP_DOWN',
          options: [...Object.values(PAPER_LEDGER_LABELS), ...STAGES.map((stage) => STAGE_LABELS[stage])],
        },
        { code: 'child_id', label: '児童ID', type: 'SINGLE_LINE_TEXT' },
        { code: 'ledger_id', label: '受付簿ID', type: 'SINGLE_LINE_TEXT', unique: true },
      ],
    },
    { code: 'group_place', label: '新BOP・児童館', open: true, fields: PLACE_FIELDS },
  ],
  views: [
    ...[
      { name: '受付簿', condition: '' },
      { name: '本日の受付', condition: 'received_on = TODAY()' },
      { name: 'オンラインの申請', condition: `channel in ("${CHANNEL_LABELS.online}")` },
    ].map((view) => ({
      ...view,
      fields: [
        'received_on',
        'receipt_number',
        'serial',
        'procedure',
        'channel',
        'receiver',
        'state',
        'bop_name',
      ],
      sort: 'received_at desc',
    })),
    {
      name: '紙の申請（収受番号の順）',
      fields: ['serial', 'received_on', 'arrived_by', 'receiver', 'receipt_number', 'procedure', 'state'],
      condition: `channel in ("${CHANNEL_LABELS.paper}")`,
      sort: 'serial asc',
    },
    {
      name: '入力が終わっていない紙の申請',
      fields: ['serial', 'received_on', 'arrived_by', 'receiver', 'procedure'],
      condition: `state in ("${PAPER_LEDGER_LABELS.entering}")`,
      sort: 'received_on asc, serial asc',
    },
  ],
};
